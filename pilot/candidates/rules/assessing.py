"""What a municipality answers about itself, criterion by criterion, and when it may."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilot.candidates.rules.criteria import LEVELS, CriterionText
from pilot.candidates.rules.states import OUTCOMES, CandidateState, RoundState
from pilot.candidates.rules.texts import NAME_MAX, too_long
from pilot.core.words import Message, say
from pilot.methods.readiness import Levels

RATIONALE_MAX = 2_000
LINKS_MOST = 10
LINK_MAX = 500
#: From this level on an answer should show what it rests on, as should one that meets a minimum
#: requirement.
SHOWN_FROM = 3
#: KS has asked these to answer the criteria.
ANSWERS = frozenset({CandidateState.APPLIED, CandidateState.ASSESSED, CandidateState.SHORTLISTED})
ANSWERS |= OUTCOMES


class AssessmentKind(StrEnum):
    SELF = "self"
    PANEL = "panel"


class AssessmentState(StrEnum):
    """`submitted` while nothing has been changed since the newest version was sent; the panel's is
    `final`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    FINAL = "final"


class QuickAnswer(StrEnum):
    """What the quick check takes as an answer to its one question of a dimension."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


QUICK_WORDS: Mapping[QuickAnswer, Message] = {
    QuickAnswer.YES: say("Ja"),
    QuickAnswer.PARTLY: say("Delvis"),
    QuickAnswer.NO: say("Nei"),
}


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """What is said of one criterion. No level is «not assessed», which is never 0."""

    level: int | None = None
    rationale: str = ""
    evidence: tuple[str, ...] = ()  # addresses


UNANSWERED = AnswerText()


@dataclass(frozen=True)
class Written:
    """An answer as a form or a program sends it; `seen` is the revision it was written on."""

    text: AnswerText
    seen: int


@dataclass(frozen=True, kw_only=True)
class Approval:
    """«Hvem har godkjent dette?»"""

    name: str = ""
    role: str = ""
    on: date | None = None


def may_answer(own_state: CandidateState, in_round: RoundState) -> bool:
    """Whether the municipality may write: KS has asked it to go on, and has not assessed it yet."""
    asks = in_round in (RoundState.OPEN, RoundState.ASSESSING)
    return asks and own_state is CandidateState.APPLIED


def may_check(own_state: CandidateState, in_round: RoundState) -> bool:
    """Whether the municipality may take the quick check: once it has said that it is interested."""
    asks = in_round in (RoundState.OPEN, RoundState.ASSESSING)
    return asks and own_state in (CandidateState.INTERESTED, CandidateState.APPLIED)


def is_assessed(state: CandidateState) -> bool:
    """Whether a candidate has come so far that it answers, or has answered, the criteria."""
    return state in ANSWERS


def answer_faults(code: str, text: AnswerText) -> Iterator[tuple[str, Message]]:
    """Every part of an answer that must be mended, under the name of its field."""
    if text.level is not None and text.level not in LEVELS:
        yield f"{code}_level", say("Velg et nivå fra 0 til 4.")
    yield from too_long(f"{code}_rationale", text.rationale, RATIONALE_MAX)
    if len(text.evidence) > LINKS_MOST:
        words = say("Du kan ha inntil %(most)d lenker. Ta med de viktigste.", most=LINKS_MOST)
        yield f"{code}_evidence", words
    for address in text.evidence[:LINKS_MOST]:
        yield from _address_faults(f"{code}_evidence", address)


def _address_faults(name: str, address: str) -> Iterator[tuple[str, Message]]:
    if not address.startswith(("https://", "http://")) or any(sign.isspace() for sign in address):
        yield name, say("Skriv hele adressen med https:// foran, én på hver linje.")
    yield from too_long(name, address, LINK_MAX)


def approval_faults(approval: Approval, today: date) -> Iterator[tuple[str, Message]]:
    if not approval.name:
        yield "name", say("Skriv navnet på den som har godkjent dette.")
    if not approval.role:
        yield "role_title", say("Skriv rollen til den som har godkjent dette.")
    yield from too_long("name", approval.name, NAME_MAX)
    yield from too_long("role_title", approval.role, NAME_MAX)
    if approval.on is None:
        yield "confirmed_on", say("Skriv datoen det ble godkjent.")
    elif approval.on > today:
        yield "confirmed_on", say("Datoen kan ikke være etter i dag.")


def wants_evidence(criterion: CriterionText, text: AnswerText) -> bool:
    """Whether an answer says so much that it should show what it rests on, and does not."""
    if text.level is None or text.evidence:
        return False
    is_gate_met = criterion.gate is not None and text.level >= criterion.gate
    return text.level >= SHOWN_FROM or is_gate_met


def levels_of(answers: Mapping[str, AnswerText]) -> Levels:
    return {code: text.level for code, text in answers.items()}


@dataclass(frozen=True)
class Moved:
    """A criterion that is answered otherwise than in the version before."""

    code: str
    before: int | None
    after: int | None


def moved(
    codes: Iterable[str], before: Mapping[str, AnswerText], after: Mapping[str, AnswerText]
) -> tuple[Moved, ...]:
    """The levels that differ between two versions, in the order the criteria are asked."""
    pairs = ((code, before.get(code, UNANSWERED), after.get(code, UNANSWERED)) for code in codes)
    return tuple(
        Moved(code, was.level, now.level) for code, was, now in pairs if was.level != now.level
    )
