"""What rounds and candidates ask of someone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.accounts.permissions import AccountPermission
from pilot.candidates import queries
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import AssessmentState, may_answer
from pilot.core import clock
from pilot.core.policy import Actor, allows
from pilot.core.registry import Need, Tally, link
from pilot.core.words import say, say_many

SENT = AssessmentState.SUBMITTED


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, CandidatePermission.HANDLE):
        return queries.current_round()
    if allows(actor, CandidatePermission.TAKE_PART):
        own = (*queries.own_state(actor), *queries.own_assessment(actor))
        return *queries.current_round(), *own
    return ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    current = Current(*found[:5]) if found[0] else None
    if allows(actor, CandidatePermission.HANDLE):
        yield from _of_round(actor, current) if current else ()
    elif current and found[5] and may_answer(found[5], current.state) and found[6] != SENT:
        yield Need(
            title=say("Fyll ut egenvurderingen"),
            why=say("KS ber kommunen svare på kriteriene i «%(name)s».", name=current.name),
            link=link(
                "candidates.assessment", round_id=current.id, number=actor.municipality_number
            ),
            icon="Pencil",
            color="info",
        )
    elif current and current.takes_interest and found[5] in (None, CandidateState.INVITED):
        yield Need(
            title=say("Svar på om kommunen vil være med i utprøvingen"),
            why=say(
                "«%(name)s» er åpen. Fristen er %(day)s.", name=current.name, day=current.closes_on
            ),
            link=link("candidates.interest", round_id=current.id),
            icon="HandHeart",
            color="info",
        )


@dataclass(frozen=True)
class Current:
    """The open round, else the one opened last."""

    id: int
    name: str
    state: RoundState
    closes_on: date
    released_at: datetime | None

    @property
    def takes_interest(self) -> bool:
        return self.state is RoundState.OPEN and clock.today() <= self.closes_on


def _of_round(actor: Actor, current: Current) -> Iterable[Need]:
    if current.state is RoundState.OPEN and not current.takes_interest:
        yield Need(
            title=say("Start vurderingen av kandidatene"),
            why=say("Fristen i «%(name)s» var %(day)s.", name=current.name, day=current.closes_on),
            link=link("candidates.round_page", round_id=current.id),
            icon="Calendar",
            color="warning",
        )
    is_decided = current.state is RoundState.DECIDED and current.released_at is None
    if is_decided and allows(actor, CandidatePermission.ROUND_MANAGE):
        yield Need(
            title=say("Offentliggjør utprøvingskommunene"),
            why=say("«%(name)s» er besluttet. Bare KS ser utfallet.", name=current.name),
            link=link("candidates.release_round", round_id=current.id),
            icon="Megaphone",
            color="support1",
        )


NEEDS = Tally(_need_numbers, _needs)


def _review_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.to_assess(actor) if allows(actor, CandidatePermission.ASSESS) else ()


def _review_needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    (waiting,) = found
    if waiting:
        yield Need(
            title=say("Vurder kommuner som panelmedlem"),
            why=say_many("Én kommune venter på deg.", "%(n)s kommuner venter på deg.", waiting),
            link=link("candidates.my_reviews"),
            icon="Pencil",
            color="info",
        )


REVIEWS = Tally(_review_numbers, _review_needs)


def by_round(actor: Actor) -> Iterable[Need]:
    """What waits for KS in each round: more than one may be in work."""
    if allows(actor, CandidatePermission.HANDLE):
        for waiting in queries.waiting(actor):
            yield from _needs_of_round(actor, waiting)


def _needs_of_round(actor: Actor, waiting: queries.Waiting) -> Iterable[Need]:
    if waiting.unread:
        yield Need(
            title=say("Les nye interessemeldinger i «%(name)s»", name=waiting.name),
            why=say_many("Én kommune har skrevet.", "%(n)s kommuner har skrevet.", waiting.unread),
            link=link("candidates.listed", runde=waiting.round_id, nye="1"),
            icon="HandHeart",
            color="info",
            since=waiting.since,
        )
    if waiting.unreached and allows(actor, AccountPermission.PEOPLE_MANAGE):
        yield Need(
            title=say("Finn kontaktpersoner i kommuner som er invitert"),
            why=say_many(
                "Én kommune har ingen som kan svare.",
                "%(n)s kommuner har ingen som kan svare.",
                waiting.unreached,
            ),
            link=link("candidates.listed", runde=waiting.round_id, kontakt="mangler"),
            icon="PersonPlus",
            color="warning",
        )
