"""Notices, cleared by their zone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from pilot.core.db import ID_MOST, db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, Zone, allows
from pilot.core.policy.zones import clause
from pilot.core.readers import ids_of, made_once
from pilot.core.tallies import number_of
from pilot.core.texts import Texts
from pilot.core.written import Shown, titled
from pilot.editorial.models import Notice
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.rules import NoticeState, NoticeText

NEWEST = (Notice.dated_on.desc(), Notice.id.desc())


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: int
    shown: Shown
    dated_on: date
    aimed_at: Zone
    state: NoticeState
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    id: int
    shown: Shown
    dated_on: date
    aimed_at: Zone
    state: NoticeState
    revision: int
    published_at: datetime | None
    changed_at: datetime
    texts: Texts

    @property
    def text(self) -> NoticeText:
        return NoticeText(self.texts, self.dated_on, self.aimed_at)


def visible_notice(actor: Actor, notice_id: int, *, for_update: bool = False) -> Notice:
    wanted = select(Notice).where(Notice.id == min(notice_id, ID_MOST), clause(actor, Notice))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def notice(actor: Actor, notice_id: int, locale: str) -> NoticePage:
    row = visible_notice(actor, notice_id)
    return NoticePage(
        id=row.id,
        shown=row.shown(locale),
        dated_on=row.dated_on,
        aimed_at=row.aimed_at,
        state=row.state,
        revision=row.revision,
        published_at=row.published_at,
        changed_at=row.changed_at,
        texts=row.texts,
    )


def _listed(actor: Actor, state: NoticeState) -> Select[Notice]:
    """Newest first; of one state, as far as the actor may see them."""
    return select(Notice).where(*_chosen(actor, state)).order_by(*NEWEST)


def _chosen(actor: Actor, state: NoticeState) -> tuple[ColumnElement[bool], ...]:
    return Notice.state == state, clause(actor, Notice)


def notices(
    actor: Actor, locale: str, number: int, state: NoticeState = NoticeState.PUBLISHED
) -> Page[NoticeRow]:
    """A page of notices; those that are not published are for KS alone."""
    wanted = _listed(actor, state)
    count = select(func.count()).select_from(wanted.order_by(None).subquery())
    total = db.session.scalar(count) or 0
    number = within(number, total)
    rows = db.session.scalars(wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page(tuple(_row(row, locale) for row in rows), number, total)


def latest(actor: Actor, locale: str, most: int) -> tuple[NoticeRow, ...]:
    rows = db.session.scalars(_latest(actor, most), ids_of(actor))
    return tuple(_row(row, locale) for row in rows)


@made_once
def _latest(actor: Actor, most: int) -> Select[Notice]:
    return _listed(actor, NoticeState.PUBLISHED).limit(most)


def _row(row: Notice, locale: str) -> NoticeRow:
    shown = row.shown(locale)
    return NoticeRow(row.id, shown, row.dated_on, row.aimed_at, row.state, row.changed_at)


def drafts(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """How many wait to be published: a number of the overview of those who may."""
    if not allows(actor, EditorialPermission.NOTICE_EDIT):
        return ()
    return (number_of(Notice.id, Notice.state == NoticeState.DRAFT),)


def notice_of_form(actor: Actor, form_key: str | None) -> Notice | None:
    """What a form has stored already, if it was sent before."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Notice).where(Notice.author_id == actor.person_id, Notice.form_key == form_key)
    )


def notice_lines(actor: Actor, locale: str) -> Select[Any]:
    """Published notices, the newest first, whatever language the words are in; for the search of
    the whole site."""
    found = findable(Notice.id, *titled(Notice, locale))
    published = found.where(*_chosen(actor, NoticeState.PUBLISHED))
    return lines(published, Notice.search_text, order=NEWEST, begins=True)
