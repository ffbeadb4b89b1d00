"""Decisions and actions: their references, states and limits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from pilot.core.policy import Zone
from pilot.core.text import clean
from pilot.core.words import Message, say

TEXT_MAX = 300
REASONS_MAX = 4_000
LINE_MAX = 120
NOTE_MAX = 2_000
LINKS_MOST = 20
DUE_SOON = timedelta(days=7)

#: Whom an entry may be opened to, from the fewest to all.
ZONE_CHOICES = (
    Zone.INTERNAL,
    Zone.OWN,
    Zone.CORE_TEAM,
    Zone.PUBLIC_SIDE,
    Zone.PARTIES,
    Zone.PUBLIC,
)


class EntryKind(StrEnum):
    """Codes as in states.csv, so that a kind names its own states."""

    DECISION = "decision"
    ACTION = "action"


LETTERS = MappingProxyType({EntryKind.DECISION: "B", EntryKind.ACTION: "O"})
_REF = re.compile(r"([BO])-([1-9][0-9]{0,8})", re.IGNORECASE)


def ref_of(kind: EntryKind, number: int) -> str:
    """B-7 for beslutning 7, O-7 for oppgave 7."""
    return f"{LETTERS[kind]}-{number}"


def parse_ref(text: str) -> tuple[EntryKind, int] | None:
    """The kind and number that a reference names; None where it names none."""
    found = _REF.fullmatch(text.strip())
    if found is None:
        return None
    kind = next(kind for kind, letter in LETTERS.items() if letter == found[1].upper())
    return kind, int(found[2])


# --- states ----------------------------------------------------------------------------------


class EntryState(StrEnum):
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


S = EntryState
#: An action waits for somebody in these.
WAITS = frozenset({S.OPEN, S.IN_PROGRESS})


def shown_state(state: EntryState, due_on: date | None, today: date) -> str:
    """The state's code as people see it: a deadline that is near or past says so."""
    if state in WAITS and due_on is not None:
        if due_on < today:
            return "overdue"
        if due_on - today <= DUE_SOON:
            return "due_soon"
    return state.value


@dataclass(frozen=True)
class Move:
    """A change of state: from where, whether KS alone makes it, and whether it owes a reason."""

    sources: frozenset[EntryState]
    by_ks: bool = False
    needs_reason: bool = False


MOVES: MappingProxyType[EntryState, Move] = MappingProxyType(
    {
        S.IN_PROGRESS: Move(frozenset({S.OPEN})),
        S.DONE: Move(WAITS),
        S.CANCELLED: Move(WAITS, by_ks=True, needs_reason=True),
        S.OPEN: Move(frozenset({S.DONE, S.CANCELLED}), needs_reason=True),
    }
)


@dataclass(frozen=True)
class MoveWords:
    """What the page that asks for a change of state says."""

    title: Message
    lead: Message
    button: Message
    done: Message
    hint: Message


_NOTE = say("Skriv kort hva som er gjort, hvis det er nyttig for andre.")
MOVE_WORDS: MappingProxyType[EntryState, MoveWords] = MappingProxyType(
    {
        S.IN_PROGRESS: MoveWords(
            say("Begynn på oppgaven"),
            say("De som ser oppgaven, ser at du har begynt."),
            say("Begynn"),
            say("Oppgaven er under arbeid."),
            _NOTE,
        ),
        S.DONE: MoveWords(
            say("Oppgaven er utført"),
            say("Oppgaven blir stående i registeret. Du kan åpne den igjen."),
            say("Merk som utført"),
            say("Oppgaven er utført."),
            _NOTE,
        ),
        S.CANCELLED: MoveWords(
            say("Oppgaven er ikke aktuell lenger"),
            say("Oppgaven blir stående i registeret. Du kan åpne den igjen."),
            say("Merk som ikke aktuell"),
            say("Oppgaven er ikke aktuell lenger."),
            say("Skriv hvorfor oppgaven ikke er aktuell lenger."),
        ),
        S.OPEN: MoveWords(
            say("Åpne oppgaven igjen"),
            say("Oppgaven venter på den som har ansvaret."),
            say("Åpne igjen"),
            say("Oppgaven er åpnet igjen."),
            say("Skriv hva som gjenstår."),
        ),
    }
)


# --- what is written -------------------------------------------------------------------------


@dataclass(frozen=True)
class Owner:
    """Who answers for it: an organisation, and perhaps a person in it."""

    organisation_id: int | None = None
    person_id: int | None = None
    is_ks: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryText:
    """What an entry of the register says, and to whom."""

    text: str
    reasons: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    due_on: date | None = None
    zone: Zone = Zone.INTERNAL
    for_steering: bool = False
    owner: Owner = Owner()


def tidy(text: EntryText) -> EntryText:
    return replace(
        text,
        text=" ".join(clean(text.text).split()),
        reasons=clean(text.reasons),
        decided_by=" ".join(clean(text.decided_by).split()),
    )


def faults(kind: EntryKind, text: EntryText, today: date) -> list[tuple[str, Message]]:
    """Every field that must be mended before the entry is stored, with what to do."""
    of_kind = _decision_faults(text, today) if kind is EntryKind.DECISION else _action_faults(text)
    return [*of_kind, *_length_faults(text), *_zone_faults(text)]


def _decision_faults(text: EntryText, today: date) -> Iterable[tuple[str, Message]]:
    if not text.text:
        yield "text", say("Skriv hva som er besluttet.")
    if not text.reasons:
        yield "reasons", say("Skriv begrunnelsen. En beslutning uten begrunnelse blir ikke lagret.")
    if text.decided_on is None:
        yield "decided_on", say("Skriv datoen beslutningen ble tatt.")
    elif text.decided_on > today:
        yield "decided_on", say("Datoen kan ikke være etter i dag.")


def _action_faults(text: EntryText) -> Iterable[tuple[str, Message]]:
    if not text.text:
        yield "text", say("Skriv hva som skal gjøres.")
    if text.owner.organisation_id is None:
        yield "owner", say("Skriv hvem som har ansvaret.")
    if text.due_on is None:
        yield "due_on", say("Skriv en frist.")


def _length_faults(text: EntryText) -> Iterable[tuple[str, Message]]:
    for name, most in (("text", TEXT_MAX), ("reasons", REASONS_MAX), ("decided_by", LINE_MAX)):
        length = len(getattr(text, name))
        if length > most:
            yield name, too_long(length, most)


def _zone_faults(text: EntryText) -> Iterable[tuple[str, Message]]:
    has_owner = text.owner.organisation_id is not None
    if text.zone is Zone.OWN and not has_owner:
        yield "zone", say("Skriv hvem som har ansvaret, eller velg noen andre som skal se dette.")
    if text.zone is Zone.INTERNAL and has_owner and not text.owner.is_ks:
        yield "zone", say("Velg slik at den som har ansvaret, også kan se dette.")


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )
