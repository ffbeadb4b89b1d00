"""The panel: at least two from KS and Norsk helsenett assess a municipality, each on their own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from pilot.candidates.rules.assessing import UNANSWERED, AnswerText
from pilot.candidates.rules.states import CandidateState, RoundState
from pilot.candidates.rules.texts import too_long
from pilot.core.policy import OrganisationKind
from pilot.core.words import Message, say

LEAST = 2
MOST = 6
DELIVERY_MAX = 300
LOOK_MAX = 2_000
#: How long after a result the municipality may ask for a new look at it, in days.
LOOK_DAYS = 14
#: Whom assessors come from.
ASSESSING_KINDS = frozenset({OrganisationKind.KS, OrganisationKind.NATIONAL_PROVIDER})


class ReviewState(StrEnum):
    ASKED = "asked"  # has not said yet whether they have an interest in the municipality
    DRAFT = "draft"
    DONE = "done"
    STEPPED_ASIDE = "stepped_aside"  # has an interest, and takes no part


REVIEW_WORDS: Mapping[ReviewState, Message] = MappingProxyType(
    {
        ReviewState.ASKED: say("Ikke begynt"),
        ReviewState.DRAFT: say("Vurderer"),
        ReviewState.DONE: say("Ferdig"),
        ReviewState.STEPPED_ASIDE: say("Har en interesse og deltar ikke"),
    }
)


def may_review(state: CandidateState, in_round: RoundState) -> bool:
    """Whether the panel may work: the municipality is asked to answer, and nothing is decided."""
    works = in_round in (RoundState.OPEN, RoundState.ASSESSING)
    return works and state in (CandidateState.APPLIED, CandidateState.ASSESSED)


def is_open(states: Iterable[ReviewState]) -> bool:
    """Whether the assessors may see what the others have written: every one of them is done, and
    there are enough. Before that each sees what is theirs alone."""
    taking_part = [state for state in states if state is not ReviewState.STEPPED_ASIDE]
    return len(taking_part) >= LEAST and all(one is ReviewState.DONE for one in taking_part)


def differs(texts: Sequence[AnswerText]) -> bool:
    """Whether the assessors have come to different levels; one who has none counts as well."""
    return len({text.level for text in texts}) > 1


def agreed(texts: Sequence[AnswerText]) -> AnswerText:
    """What the panel begins its own answer with: the level, where all have the same."""
    if not texts or differs(texts):
        return UNANSWERED
    return AnswerText(level=texts[0].level)


def look_until(result_on: date) -> date:
    """The last day on which the municipality may ask for a new look."""
    return result_on + timedelta(days=LOOK_DAYS)


def look_faults(name: str, text: str) -> Iterator[tuple[str, Message]]:
    if not text:
        yield name, say("Skriv en begrunnelse.")
    yield from too_long(name, text, LOOK_MAX)


def delivery_faults(delivery: str) -> Iterator[tuple[str, Message]]:
    yield from too_long("delivery", delivery, DELIVERY_MAX)
