"""Writing notices: a draft that KS sees, then published, and perhaps withdrawn."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.texts import searchable
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.editorial import queries
from pilot.editorial.models import Notice
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.rules import NoticeState, NoticeText, notice_faults, zone_of
from pilot.editorial.service.steps import refuse, refuse_stale

CLASHES["uq_notice_author_id_form_key"] = say("Oppslaget er allerede lagret.")
CLASHES["notice.author_id, notice.form_key"] = CLASHES["uq_notice_author_id_form_key"]


@command
def add_notice(actor: Actor, text: NoticeText, *, form_key: str | None = None) -> Notice:
    """Begin a notice, as a draft that only KS sees. The same form sent twice is one notice."""
    require(actor, EditorialPermission.NOTICE_EDIT)
    stored = queries.notice_of_form(actor, form_key)
    if stored is not None:
        return stored
    refuse(notice_faults(text))
    notice = Notice(
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key or None,
        state=NoticeState.DRAFT,
        revision=0,
        created_at=clock.now(),
    )
    _write(notice, text)
    db.session.add(notice)
    db.session.flush()
    audit.record(actor, "notice added", notice)
    return notice


@command
def edit_notice(actor: Actor, notice_id: int, text: NoticeText, *, revision: int) -> Notice:
    """Change a notice; one that is published is changed for its readers at once."""
    notice = queries.visible_notice(actor, notice_id, for_update=True)
    require(actor, EditorialPermission.NOTICE_EDIT)
    refuse_stale(notice.revision, revision)
    refuse(notice_faults(text))
    before = notice.aimed_at
    _write(notice, text)
    audit.record(actor, "notice changed", notice, before=before, after=notice.aimed_at)
    return notice


@command
def publish_notice(actor: Actor, notice_id: int, *, revision: int) -> Notice:
    """Show a notice to those it is for; `Stale` when it is not the text that was looked at."""
    notice = queries.visible_notice(actor, notice_id, for_update=True)
    require(actor, EditorialPermission.NOTICE_EDIT)
    refuse_stale(notice.revision, revision)
    if notice.state is NoticeState.PUBLISHED:
        raise Conflict(say("Oppslaget er allerede publisert."))
    notice.published_at = clock.now()
    _move(notice, NoticeState.PUBLISHED)
    audit.record(actor, "notice published", notice, zone=notice.zone)
    return notice


@command
def withdraw_notice(actor: Actor, notice_id: int) -> Notice:
    """Take a notice away; only KS sees it, and it can be published again."""
    notice = queries.visible_notice(actor, notice_id, for_update=True)
    require(actor, EditorialPermission.NOTICE_EDIT)
    if notice.state is not NoticeState.PUBLISHED:
        raise Conflict(say("Oppslaget er ikke publisert."))
    _move(notice, NoticeState.WITHDRAWN)
    audit.record(actor, "notice withdrawn", notice)
    return notice


def _write(notice: Notice, text: NoticeText) -> None:
    notice.write(text.texts)
    notice.dated_on, notice.aimed_at = text.dated_on, text.aimed_at
    notice.search_text = searchable(text.texts)
    _move(notice, notice.state)


def _move(notice: Notice, to: NoticeState) -> None:
    notice.state = to
    notice.zone = zone_of(to, notice.aimed_at)
    notice.changed_at = clock.now()
    notice.revision += 1
