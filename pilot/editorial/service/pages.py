"""Writing editorial pages: every save is a version, and one version is published."""

from sqlalchemy import func, select

from pilot.catalogue.rules import key_of
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.texts import searchable, too_long
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.editorial import queries
from pilot.editorial.models import EditorialPage, PageLink, PageVersion
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.rules import NOTE_MAX, PageText, is_free, page_faults
from pilot.editorial.service.steps import refuse, refuse_stale

TAKEN = say("Det finnes allerede en side med denne tittelen. Velg en annen, eller endre den siden.")
CLASHES["uq_editorial_page_key"] = TAKEN
CLASHES["editorial_page.key"] = TAKEN  # as SQLite names it
TOP = 2  # the text is the page: its headings are second to the title


@command
def add_page(actor: Actor, text: PageText, *, key: str = "") -> EditorialPage:
    """Begin a page, as a draft that only KS sees; its address is made of the title."""
    require(actor, EditorialPermission.PAGE_EDIT)
    refuse(page_faults(text))
    key = key or key_of(text.texts.nb.title)
    if not is_free(key):
        raise Rejected(say("Velg en tittel som sier hva siden handler om."), "title_nb")
    if db.session.scalar(select(EditorialPage.id).where(EditorialPage.key == key)) is not None:
        raise Rejected(TAKEN, "title_nb")
    last = db.session.scalar(select(func.max(EditorialPage.position))) or 0
    page = EditorialPage(key=key, position=last + 1, revision=0, version=0, search_text="")
    db.session.add(page)
    db.session.flush()
    _freeze(actor, page, text, note="")
    audit.record(actor, "page added", page)
    return page


@command
def edit_page(
    actor: Actor, key: str, text: PageText, *, revision: int, note: str = ""
) -> EditorialPage:
    """Write the next version; what all read stays as it is until that is published."""
    page = queries.visible_page(actor, key, for_update=True)
    require(actor, EditorialPermission.PAGE_EDIT)
    refuse_stale(page.revision, revision)
    refuse(page_faults(text))
    if len(note) > NOTE_MAX:
        raise Rejected(too_long(len(note), NOTE_MAX), "note")
    before = queries.page_text(page.id, page.version)
    if before == text:
        return page
    _freeze(actor, page, text, note=note)
    old, new = before.flat(), text.flat()
    changed = [name for name in new if old[name] != new[name]]
    audit.record(actor, "page changed", page, version=page.version, fields=changed)
    return page


@command
def publish_page(actor: Actor, key: str, *, revision: int) -> EditorialPage:
    """Let everyone read the last version; `Stale` when it is not the one that was looked at."""
    page = queries.visible_page(actor, key, for_update=True)
    require(actor, EditorialPermission.PAGE_EDIT)
    refuse_stale(page.revision, revision)
    if page.published_version == page.version:
        raise Conflict(say("Den siste versjonen er allerede publisert."))
    page.published_version, page.published_at = page.version, clock.now()
    page.search_text = searchable(queries.page_text(page.id, page.version).texts)
    page.revision += 1
    audit.record(actor, "page published", page, version=page.version)
    return page


@command
def withdraw_page(actor: Actor, key: str) -> EditorialPage:
    """Take a page away from everyone; its text and versions stay, and it can be published again."""
    page = queries.visible_page(actor, key, for_update=True)
    require(actor, EditorialPermission.PAGE_EDIT)
    if page.published_version is None:
        raise Conflict(say("Siden er ikke publisert."))
    page.published_version = page.published_at = None
    page.search_text = ""
    page.revision += 1
    audit.record(actor, "page withdrawn", page)
    return page


def _freeze(actor: Actor, page: EditorialPage, text: PageText, *, note: str) -> None:
    page.version += 1
    page.revision += 1
    version = PageVersion(
        page_id=page.id,
        number=page.version,
        note=note,
        author_id=actor.person_id,
        created_at=clock.now(),
    )
    version.write(text.texts, top=TOP)
    db.session.add(version)
    db.session.flush()
    db.session.add_all(
        PageLink(
            version_id=version.id,
            position=at,
            title=link.title,
            address=link.address,
            source=link.source,
            checked_on=link.checked_on,
        )
        for at, link in enumerate(text.links)
    )
