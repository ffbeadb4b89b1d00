"""KS's side of a session: written, published, changed, cancelled, held."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.search import line_of
from pilot.core.text import clean, render_markdown
from pilot.core.unit import CLASHES, command
from pilot.core.words import say, say_many
from pilot.dialogue import queries
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import (
    REASON_MAX,
    TOLD,
    TOLD_WAITING,
    MailKind,
    RegistrationState,
    SessionState,
    SessionText,
    faults,
    tidy,
    too_long,
)
from pilot.dialogue.service.steps import Faulty, Stale, give_freed_places, tell

CLASHES["uq_dialogue_session_author_id_form_key"] = say("Møtet er allerede lagret.")
CLASHES["dialogue_session.author_id, dialogue_session.form_key"] = CLASHES[
    "uq_dialogue_session_author_id_form_key"
]


@command
def add_session(
    actor: Actor, text: SessionText, *, publish: bool = False, form_key: str | None = None
) -> DialogueSession:
    """Write a plenary session, as a draft or published at once; a form sent twice is one."""
    require(actor, DialoguePermission.MANAGE)
    stored = queries.session_of_form(actor, form_key)
    if stored is not None:
        return stored
    text = tidy(text)
    _refuse_faults(text)
    session = DialogueSession(
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key,
        zone=Zone.INTERNAL,
        state=SessionState.DRAFT,
        revision=0,  # writing the text raises it
        created_at=clock.now(),
    )
    _write(session, text)
    db.session.add(session)
    db.session.flush()
    audit.record(actor, "session added", session)
    return publish_session(actor, session.id) if publish else session


@command
def edit_session(
    actor: Actor, session_id: int, text: SessionText, *, revision: int
) -> DialogueSession:
    """Change a session. Those who come are told of a new time, place or link; more places go to
    those who wait; fewer than those who come are refused."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.MANAGE, session)
    if session.revision != revision:
        raise Stale(say("Noen har endret møtet mens du skrev."))
    if session.state not in (SessionState.DRAFT, SessionState.PUBLISHED):
        raise Conflict(say("Møtet er avlyst eller gjennomført, og kan ikke endres."))
    text = tidy(text)
    _refuse_faults(text)
    _refuse_too_small(session, text)
    before = queries.text_of(session)
    changed = [name for name in before.__dataclass_fields__ if _differs(before, text, name)]
    _write(session, text)
    uid = audit.record(actor, "session edited", session, fields=changed)
    if session.state is SessionState.PUBLISHED:
        _tell_of_change(session, frozenset(changed), uid)
        give_freed_places(session)
    return session


def _differs(before: SessionText, after: SessionText, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


@command
def publish_session(
    actor: Actor, session_id: int, *, revision: int | None = None
) -> DialogueSession:
    """Let everyone read it, and vendors register; all at the same moment."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.MANAGE, session)
    _refuse_stale(session, revision)
    if session.state is not SessionState.DRAFT:
        raise Conflict(say("Møtet er allerede publisert eller avlyst."))
    if session.times.deadline <= clock.now():
        raise Rejected(
            say("Påmeldingsfristen er ute. Velg en senere frist før du publiserer."),
            "registers_until" if session.registers_until else "starts_at",
        )
    session.state, session.zone = SessionState.PUBLISHED, Zone.PUBLIC
    session.revision += 1
    audit.record(actor, "session published", session)
    return session


@command
def cancel_session(
    actor: Actor, session_id: int, *, reason: str, revision: int | None = None
) -> DialogueSession:
    """Call a session off. All who come or wait are told why, and their calendars let go of it."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.MANAGE, session)
    _refuse_stale(session, revision)
    if session.state not in (SessionState.DRAFT, SessionState.PUBLISHED):
        raise Conflict(say("Møtet er allerede avlyst eller gjennomført."))
    if session.starts_at <= clock.now() and session.state is SessionState.PUBLISHED:
        raise Conflict(say("Møtet har begynt, og kan ikke avlyses."))
    reason = clean(reason)
    if not reason:
        raise Rejected(say("Skriv hvorfor møtet er avlyst. De påmeldte får teksten."), "reason")
    if len(reason) > REASON_MAX:
        raise Rejected(too_long(len(reason), REASON_MAX), "reason")
    session.state, session.reason = SessionState.CANCELLED, reason
    session.revision += 1
    uid = audit.record(actor, "session cancelled", session, text=reason)
    for registration in queries.active(session.id):
        tell(session, registration, MailKind.SESSION_CANCELLED, uid, note=reason)
    return session


@command
def hold_session(actor: Actor, session_id: int) -> DialogueSession:
    """Note that a session has been held; from then on it only changes who came."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.MANAGE, session)
    if session.state is not SessionState.PUBLISHED:
        raise Conflict(say("Bare et publisert møte kan bli gjennomført."))
    if session.starts_at > clock.now():
        raise Conflict(say("Møtet har ikke begynt ennå."))
    session.state = SessionState.HELD
    session.revision += 1
    audit.record(actor, "session held", session)
    return session


@command
def note_attendance(
    actor: Actor, session_id: int, *, came: frozenset[int], stayed_away: frozenset[int]
) -> DialogueSession:
    """Tick who came. Only those named are changed, so that two may tick at once."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.MANAGE, session)
    if session.state is SessionState.CANCELLED or session.starts_at > clock.now():
        raise Conflict(say("Frammøte kan krysses av når møtet har begynt."))
    for registration in queries.active(session.id):
        is_named = registration.id in came | stayed_away
        if is_named and registration.state is RegistrationState.CONFIRMED:
            registration.attended = registration.id in came
    audit.record(actor, "attendance noted", session, came=sorted(came), away=sorted(stayed_away))
    return session


# --- what they share -----------------------------------------------------------------------------


def _refuse_faults(text: SessionText) -> None:
    found = faults(text, clock.now())
    if found:
        raise Faulty(found)


def _refuse_stale(session: DialogueSession, revision: int | None) -> None:
    if revision is not None and session.revision != revision:
        raise Stale(say("Noen har endret møtet mens du leste. Last siden på nytt."))


def _refuse_too_small(session: DialogueSession, text: SessionText) -> None:
    come = queries.confirmed_count(session.id)
    if (text.capacity or 0) < come:
        raise Rejected(
            say_many(
                "Én er bekreftet. Sett minst så mange plasser, eller meld av noen først.",
                "%(n)s er bekreftet. Sett minst så mange plasser, eller meld av noen først.",
                come,
            ),
            "capacity",
        )


def _write(session: DialogueSession, text: SessionText) -> None:
    for name in text.__dataclass_fields__:
        setattr(session, name, getattr(text, name))
    session.text_html = render_markdown(text.text)
    session.search_text = line_of((text.title, text.text, text.place))
    session.revision += 1


def _tell_of_change(session: DialogueSession, changed: frozenset[str], uid: str) -> None:
    """Those who come, of all that matters to them; those who go on waiting, of time and place.

    One who gets a place by the same change hears of it in that mail.
    """
    registered = queries.active(session.id)
    come = [one for one in registered if one.state is RegistrationState.CONFIRMED]
    wait = [one for one in registered if one.state is RegistrationState.WAITLISTED]
    if changed & set(TOLD):
        _tell_all(session, come, uid)
    if changed & set(TOLD_WAITING):
        _tell_all(session, wait[session.capacity - len(come) :], uid)


def _tell_all(
    session: DialogueSession, registrations: list[DialogueRegistration], uid: str
) -> None:
    for registration in registrations:
        tell(session, registration, MailKind.CHANGED, uid)
