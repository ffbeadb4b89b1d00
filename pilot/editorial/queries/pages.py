"""Editorial pages: what everyone reads, and what leads are writing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from pilot.accounts.models import Person
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.policy import Actor, allows, require
from pilot.core.texts import Texts
from pilot.core.written import Shown, titled
from pilot.editorial.models import EditorialPage, PageLink, PageVersion
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.rules import Links, LinkText, PageText


@dataclass(frozen=True, slots=True)
class PageRow:
    key: str
    title: str
    lang: str
    is_published: bool
    has_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One version of a page, as a reader gets it in a language."""

    id: int
    key: str
    shown: Shown
    links: Links
    number: int
    revision: int
    version: int
    published_version: int | None
    written_at: datetime
    texts: Texts

    @property
    def is_published(self) -> bool:
        return self.published_version is not None

    @property
    def is_newest(self) -> bool:
        """Whether this is both the last version and the one that all read."""
        return self.version == self.published_version == self.number


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    note: str
    author: str
    created_at: datetime
    is_published: bool


def _clause(actor: Actor) -> ColumnElement[bool]:
    """What an actor may know of: a page that nobody has published is for KS alone."""
    is_published: ColumnElement[bool] = EditorialPage.published_version.is_not(None)
    return EditorialPage.id > 0 if allows(actor, EditorialPermission.DRAFTS) else is_published


def visible_page(actor: Actor, key: str, *, for_update: bool = False) -> EditorialPage:
    wanted = select(EditorialPage).where(EditorialPage.key == key, _clause(actor))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def contents(actor: Actor, locale: str) -> tuple[PageRow, ...]:
    """All pages in their order; to KS also those that are not published."""
    reads_drafts = allows(actor, EditorialPermission.DRAFTS)
    number = EditorialPage.version if reads_drafts else EditorialPage.published_version
    rows = db.session.execute(
        select(EditorialPage, PageVersion)
        .join(
            PageVersion, and_(PageVersion.page_id == EditorialPage.id, PageVersion.number == number)
        )
        .where(_clause(actor))
        .order_by(EditorialPage.position, EditorialPage.id)
    )
    return tuple(_row(page, version, locale) for page, version in rows)


def _row(page: EditorialPage, version: PageVersion, locale: str) -> PageRow:
    shown = version.shown(locale)
    published = page.published_version
    return PageRow(
        page.key, shown.title, shown.lang, published is not None, page.version != published
    )


def page(_actor: Actor, key: str, locale: str) -> PageView:
    """The published version, whoever asks."""
    return _view(key, locale, EditorialPage.published_version)


def published_text(actor: Actor, key: str, locale: str) -> PageView | None:
    """The same, for a page of another slice that shows it when it is there."""
    try:
        return page(actor, key, locale)
    except Missing:
        return None


def latest_draft(actor: Actor, key: str, locale: str) -> PageView:
    """The last version, published or not; for KS."""
    visible_page(actor, key)
    require(actor, EditorialPermission.DRAFTS)
    return _view(key, locale, EditorialPage.version)


def _view(key: str, locale: str, number: ColumnElement[int] | object) -> PageView:
    row = db.session.execute(
        select(EditorialPage, PageVersion)
        .join(PageVersion, PageVersion.page_id == EditorialPage.id)
        .where(EditorialPage.key == key, PageVersion.number == number)
    ).first()
    if row is None:
        raise Missing
    page, version = row
    return PageView(
        id=page.id,
        key=page.key,
        shown=version.shown(locale),
        links=_links(version.id),
        number=version.number,
        revision=page.revision,
        version=page.version,
        published_version=page.published_version,
        written_at=version.created_at,
        texts=version.texts,
    )


def _links(version_id: int) -> Links:
    rows = db.session.execute(
        select(PageLink.title, PageLink.address, PageLink.source, PageLink.checked_on)
        .where(PageLink.version_id == version_id)
        .order_by(PageLink.position)
    )
    return tuple(LinkText(*row) for row in rows)


def page_text(page_id: int, number: int) -> PageText:
    """What a version says; inside a command or a query that has asked already."""
    version = db.session.scalars(
        select(PageVersion).where(PageVersion.page_id == page_id, PageVersion.number == number)
    ).one_or_none()
    if version is None:
        raise Missing
    return PageText(version.texts, _links(version.id))


def versions(actor: Actor, key: str) -> tuple[VersionRow, ...]:
    """All versions of a page, newest first; for KS."""
    page = visible_page(actor, key)
    require(actor, EditorialPermission.DRAFTS)
    rows = db.session.execute(
        select(PageVersion.number, PageVersion.note, Person.name, PageVersion.created_at)
        .outerjoin(Person, Person.id == PageVersion.author_id)
        .where(PageVersion.page_id == page.id)
        .order_by(PageVersion.number.desc())
    )
    now = page.published_version
    return tuple(VersionRow(n, note, who or "", at, n == now) for n, note, who, at in rows)


def page_lines(locale: str) -> Select[Any]:
    """Published pages in their order, whatever language the words are in; for the search of the
    whole site."""
    published = and_(
        PageVersion.page_id == EditorialPage.id,
        PageVersion.number == EditorialPage.published_version,
    )
    found = findable(EditorialPage.key, *titled(PageVersion, locale)).where(published)
    order = (EditorialPage.position,)
    return lines(found, EditorialPage.search_text, order=order, begins=True)
