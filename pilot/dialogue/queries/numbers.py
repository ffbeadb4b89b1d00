"""Numbers of the dialogue, for overviews. How many come is for KS; others count their own."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, SelectBase, String, cast, func, select

from pilot.core.policy import Actor, require
from pilot.core.policy.zones import clause
from pilot.core.readers import NOW
from pilot.core.tallies import first_of, number_of
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.queries.registrations import own_active
from pilot.dialogue.queries.sessions import CONFIRMED, WAITLISTED
from pilot.dialogue.rules import RegistrationState, SessionState

Session, Registration = DialogueSession, DialogueRegistration
Numbers = tuple[ScalarSelect[Any], ...]
SHOWN = 8  # sessions in a chart


def _coming() -> tuple[ColumnElement[bool], ...]:
    return Session.state == SessionState.PUBLISHED, Session.ends_at > NOW


def held() -> ScalarSelect[int]:
    """How many sessions have been held; those are everyone's to know of."""
    return number_of(Session.id, Session.state == SessionState.HELD)


def coming(actor: Actor) -> Numbers:
    """How many sessions are to come, of those the actor may know of."""
    return (number_of(Session.id, clause(actor, Session), *_coming()),)


def attending(actor: Actor) -> Numbers:
    """For KS: how many come to them, how many wait in line, and how many places there are."""
    require(actor, DialoguePermission.MANAGE)
    here = Registration.session_id.in_(select(Session.id).where(*_coming()))
    by_state = (
        number_of(Registration.id, here, Registration.state == state)
        for state in (RegistrationState.CONFIRMED, RegistrationState.WAITLISTED)
    )
    places = select(func.coalesce(func.sum(Session.capacity), 0)).where(*_coming())
    return *by_state, places.scalar_subquery()


def unfinished(actor: Actor) -> Numbers:
    """For KS: sessions that are over, and not noted as held; and when the first of them was."""
    require(actor, DialoguePermission.MANAGE)
    is_over = (Session.state == SessionState.PUBLISHED, Session.ends_at <= NOW)
    return number_of(Session.id, *is_over), first_of(Session.ends_at, *is_over)


def own(actor: Actor) -> Numbers:
    """How many places one's own have in sessions to come, and how many of one's own wait."""
    here = Registration.session_id.in_(select(Session.id).where(*_coming()))
    return tuple(
        number_of(Registration.id, own_active(actor), here, Registration.state == state)
        for state in (RegistrationState.CONFIRMED, RegistrationState.WAITLISTED)
    )


def open_to(actor: Actor) -> Numbers:
    """How many sessions take registrations now that nobody of one's own is registered for."""
    theirs = select(Registration.session_id).where(own_active(actor))
    is_open = func.coalesce(Session.registers_until, Session.starts_at) > NOW
    found = (clause(actor, Session), *_coming(), is_open, Session.id.not_in(theirs))
    return number_of(Session.id, *found), first_of(Session.starts_at, *found)


def seats(actor: Actor) -> SelectBase:
    """For KS: the next sessions by title, how many come to each, places left, how many wait."""
    require(actor, DialoguePermission.MANAGE)
    left = Session.capacity - CONFIRMED.element
    following = (
        select(cast(Session.title, String).label("code"), CONFIRMED, left.label("left"), WAITLISTED)
        .where(*_coming())
        .order_by(Session.starts_at, Session.id)
        .limit(SHOWN)
    )
    return select(*following.subquery().c)
