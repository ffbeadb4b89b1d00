"""A round: made, opened, assessed, decided, and its decision released."""

from dataclasses import replace

from pilot.candidates import queries
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import (
    OUTCOMES,
    SETTLED,
    RoundState,
    RoundText,
    may_move_round,
    round_faults,
)
from pilot.candidates.service.steps import Stale, refuse, step, take, tell
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import clean, render_markdown
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

CLASHES["uq_pilot_round_author_id_form_key"] = say("Runden er allerede lagret.")
CLASHES["pilot_round.author_id, pilot_round.form_key"] = say("Runden er allerede lagret.")
CLASHES["uq_pilot_round_open"] = say("En annen runde er åpen. Start vurderingen i den først.")
CLASHES["pilot_round.state"] = CLASHES["uq_pilot_round_open"]


@command
def add_round(actor: Actor, text: RoundText, *, form_key: str | None = None) -> PilotRound:
    """Plan a round; nobody but KS sees it before it is opened."""
    require(actor, CandidatePermission.ROUND_MANAGE)
    stored = queries.round_of_form(actor, form_key)
    if stored is not None:
        return stored
    row = PilotRound(
        state=RoundState.PLANNED,
        author_id=actor.person_id,
        form_key=form_key,
        created_at=clock.now(),
        revision=0,
    )
    _write(row, text)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "round added", row)
    return row


@command
def edit_round(actor: Actor, round_id: int, text: RoundText, *, revision: int) -> PilotRound:
    """Change a round's name, calendar or text; from an older form nothing is stored."""
    row = queries.visible_round(actor, round_id, for_update=True)
    require(actor, CandidatePermission.ROUND_MANAGE)
    if row.revision != revision:
        raise Stale(say("Noen har endret runden mens du skrev."))
    if row.state is RoundState.CLOSED:
        raise Conflict(say("Runden er avsluttet og kan ikke endres."))
    _write(row, text)
    audit.record(actor, "round edited", row)
    return row


def _write(row: PilotRound, text: RoundText) -> None:
    text = replace(text, name=clean(text.name), text=clean(text.text))
    refuse(round_faults(text))
    assert text.opens_on is not None  # noqa: S101  # looked at above
    assert text.closes_on is not None  # noqa: S101  # as above
    row.name, row.text = text.name, text.text
    row.opens_on, row.closes_on, row.decision_on = text.opens_on, text.closes_on, text.decision_on
    row.text_html = render_markdown(text.text)
    row.revision += 1


@command
def move_round(actor: Actor, round_id: int, *, to: RoundState) -> PilotRound:
    """Take a round to another state. One round is open at a time, and a round is decided when
    every candidate that has answered has an outcome."""
    row = queries.visible_round(actor, round_id, for_update=True)
    require(actor, CandidatePermission.ROUND_MANAGE)
    if not may_move_round(row.state, to, is_released=row.is_released):
        raise Conflict(say("Runden har fått en annen status. Last siden på nytt."))
    if to is RoundState.OPEN:
        _refuse_opening(row)
        row.opened_at = row.opened_at or clock.now()
        row.criteria_version = row.criteria_version or queries.newest_published_version()
    if to is RoundState.DECIDED:
        _refuse_unsettled(row)
    before, row.state = row.state, to
    row.revision += 1
    db.session.flush()  # the index that keeps one round open at a time speaks here
    audit.record(actor, f"round {to}", row, before=before, after=to)
    return row


def _refuse_opening(row: PilotRound) -> None:
    if row.closes_on < clock.today():
        raise Rejected(
            say("Fristen %(day)s er ute. Sett en ny frist før du åpner.", day=row.closes_on)
        )
    other = queries.other_open_round(row.id)
    if other is not None:
        raise Conflict(say("«%(name)s» er åpen. Start vurderingen i den først.", name=other))


def _refuse_unsettled(row: PilotRound) -> None:
    unsettled = sum(one.state not in SETTLED for one in queries.candidates_in(row.id))
    if unsettled:
        raise Conflict(
            say(
                "Kandidater uten utfall: %(n)s. Sett valgt, reserve eller ikke valgt på alle "
                "kandidatene først.",
                n=unsettled,
            )
        )


@command
def release_round(actor: Actor, round_id: int) -> PilotRound:
    """Make a decision known to everyone at the same moment; it is not taken back."""
    row = queries.visible_round(actor, round_id, for_update=True)
    require(actor, CandidatePermission.ROUND_MANAGE)
    if row.state is not RoundState.DECIDED or row.is_released:
        raise Conflict(say("Bare en runde som er besluttet, kan offentliggjøres."))
    row.released_at = clock.now()
    row.revision += 1
    audit.record(actor, "round released", row)
    told = [one for one in queries.candidates_in(row.id) if one.state in OUTCOMES]
    places = [one.organisation_id for one in told]
    people, numbers = queries.contacts(places), queries.numbers_of(places)
    for candidate in told:
        uid = _release(actor, candidate)
        own = candidate.organisation_id
        tell(actor, row, candidate, uid, number=numbers.get(own, ""), people=people.get(own, ()))
    return row


def _release(actor: Actor, candidate: Candidate) -> str:
    before = candidate.own_state
    take(candidate, candidate.state, is_released=True, reason=candidate.reason)
    return step(
        actor,
        candidate,
        candidate.state,
        before=before,
        reason=candidate.reason,
        public_reason=candidate.public_reason,
    )
