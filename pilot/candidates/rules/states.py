"""States of pilot rounds and candidates, who may take them where, and what is said about it."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pilot.core.policy.zones import Zone
from pilot.core.words import Message, say


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    ASSESSING = "assessing"
    DECIDED = "decided"
    CLOSED = "closed"


class CandidateState(StrEnum):
    INVITED = "invited"
    INTERESTED = "interested"
    APPLIED = "applied"
    ASSESSED = "assessed"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RESERVE = "reserve"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


R = RoundState
C = CandidateState

#: What KS decides, and nobody else knows of before the round is decided and released.
OUTCOMES = frozenset({C.SELECTED, C.RESERVE, C.DECLINED})
#: The steps from interest to decision; the municipality follows its own.
LADDER = (C.INTERESTED, C.APPLIED, C.ASSESSED, C.SHORTLISTED)
#: A candidate of a round that is decided stands here, unless it never answered.
SETTLED = OUTCOMES | {C.WITHDRAWN, C.INVITED}


def seen_by_all(own_state: CandidateState) -> CandidateState:
    """What everyone may know where the municipality itself knows this: that it is interested, and
    nothing of how far it has come, which would suggest who is chosen."""
    return C.INTERESTED if own_state in LADDER else own_state


def zone_of(own_state: CandidateState, *, is_public: bool) -> Zone:
    """Everyone's, where the municipality has agreed to be shown, or is chosen and released."""
    if own_state is C.SELECTED:
        return Zone.PUBLIC
    is_shown = is_public and own_state not in (C.INVITED, C.WITHDRAWN)
    return Zone.PUBLIC if is_shown else Zone.OWN


# --- rounds ----------------------------------------------------------------------------------

#: From which states a round comes to each. Closing one that is decided takes its release first.
ROUND_MOVES: MappingProxyType[RoundState, frozenset[RoundState]] = MappingProxyType(
    {
        R.OPEN: frozenset({R.PLANNED, R.ASSESSING}),
        R.ASSESSING: frozenset({R.OPEN, R.DECIDED}),
        R.DECIDED: frozenset({R.ASSESSING}),
        R.CLOSED: frozenset({R.PLANNED, R.DECIDED}),
    }
)


def may_move_round(state: RoundState, to: RoundState, *, is_released: bool) -> bool:
    if state not in ROUND_MOVES.get(to, ()):
        return False
    return state is not R.DECIDED or is_released is (to is R.CLOSED)


def round_state_for_all(state: RoundState, *, is_released: bool) -> RoundState:
    """That a round is decided is for KS alone until the decision is released."""
    return R.ASSESSING if state is R.DECIDED and not is_released else state


@dataclass(frozen=True)
class MoveWords:
    """What the page that asks for a change of state says."""

    title: Message
    lead: Message
    button: Message
    done: Message


ROUND_WORDS: MappingProxyType[RoundState, MoveWords] = MappingProxyType(
    {
        R.OPEN: MoveWords(
            say("Åpne runden"),
            say("Alle kan lese om runden, og kommunene kan melde interesse."),
            say("Åpne runden"),
            say("Runden er åpen. Kommunene kan melde interesse."),
        ),
        R.ASSESSING: MoveWords(
            say("Start vurderingen"),
            say("Kommunene kan ikke lenger melde interesse eller endre det de har skrevet."),
            say("Start vurderingen"),
            say("Runden er under vurdering."),
        ),
        R.DECIDED: MoveWords(
            say("Sett runden som besluttet"),
            say("Bare KS ser det. Kommunene og alle andre ser utfallet når du offentliggjør det."),
            say("Sett som besluttet"),
            say("Runden er besluttet. Utfallet er ikke offentliggjort ennå."),
        ),
        R.CLOSED: MoveWords(
            say("Avslutt runden"),
            say("Runden blir stående på siden, men ingen kan endre noe i den."),
            say("Avslutt runden"),
            say("Runden er avsluttet."),
        ),
    }
)
RELEASE_WORDS = MoveWords(
    say("Offentliggjør beslutningen"),
    say(
        "Hver kommune får svar på e-post, og alle ser hvilke kommuner som er valgt. Det kan ikke "
        "angres."
    ),
    say("Offentliggjør for alle"),
    say("Beslutningen er offentliggjort, og kommunene får e-post."),
)


# --- candidates ------------------------------------------------------------------------------


MOVE_GONE = say("Kandidaten kan ikke få denne statusen nå. Last siden på nytt.")


@dataclass(frozen=True)
class Move:
    """A change of state by KS: from where, and while the round is in which state."""

    sources: frozenset[CandidateState]
    rounds: frozenset[RoundState]


_LADDER, _UNDECIDED = frozenset(LADDER), frozenset({R.ASSESSING, R.DECIDED})
#: Every move that KS makes; a municipality's own are interest, withdrawal, and its undoing.
MOVES: MappingProxyType[CandidateState, Move] = MappingProxyType(
    {
        C.INTERESTED: Move(_LADDER | OUTCOMES, frozenset({R.OPEN, R.ASSESSING})),
        C.APPLIED: Move(_LADDER | OUTCOMES, frozenset({R.OPEN, R.ASSESSING})),
        C.ASSESSED: Move(_LADDER | OUTCOMES, frozenset({R.ASSESSING})),
        C.SHORTLISTED: Move(_LADDER | OUTCOMES, frozenset({R.ASSESSING})),
        C.SELECTED: Move(frozenset({C.ASSESSED, C.SHORTLISTED}) | OUTCOMES, _UNDECIDED),
        C.RESERVE: Move(frozenset({C.ASSESSED, C.SHORTLISTED}) | OUTCOMES, _UNDECIDED),
        C.DECLINED: Move(_LADDER | OUTCOMES, _UNDECIDED),
    }
)
#: After the release a reserve may still be given a place that has come free.
AFTER_RELEASE = (C.RESERVE, C.SELECTED)


def may_move(
    state: CandidateState, to: CandidateState, in_round: RoundState, *, is_released: bool
) -> bool:
    """Whether KS may take a candidate from one state to another."""
    if to not in MOVES or state is to or in_round not in MOVES[to].rounds:
        return False
    if is_released:
        return (state, to) == AFTER_RELEASE
    return state in MOVES[to].sources


def moves_from(
    state: CandidateState, in_round: RoundState, *, is_released: bool
) -> tuple[CandidateState, ...]:
    return tuple(to for to in MOVES if may_move(state, to, in_round, is_released=is_released))


def needs_reason(state: CandidateState, to: CandidateState) -> bool:
    """A decision owes a reason, and so does a step back."""
    if to in OUTCOMES:
        return True
    return state in LADDER and to in LADDER and LADDER.index(to) < LADDER.index(state)


#: States a municipality may leave the round from, and those it may come back to.
WITHDRAWABLE = frozenset({C.INVITED, *LADDER, C.SELECTED, C.RESERVE})
RESUMABLE = frozenset({C.INVITED, C.INTERESTED, C.APPLIED})
