"""States, limits and arithmetic of the vendor dialogue: plain Python."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from pilot.core.text import MARKDOWN_MAX, TABLE_TOO_LARGE, clean, has_words, holds_large_table
from pilot.core.words import DEFAULT_LOCALE, Message, locale_or_default, say

TITLE_MAX = 150
PLACE_MAX = 200
URL_MAX = 500
NAME_MAX = 120
REASON_MAX = 1_000
CAPACITY_MAX = 2_000
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=5 * 366)  # how far ahead a session may be set
LONGEST = timedelta(days=7)
SOON = timedelta(days=7)  # when a session asks for attention


class SessionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"


class ShownState(StrEnum):
    """What people read of a session; never how many places are left."""

    DRAFT = "draft"
    OPEN = "open"
    FULL = "full"
    REGISTRATION_CLOSED = "registration_closed"
    HELD = "held"
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


class MailKind(StrEnum):
    """What a mail about a session tells."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    MOVED_UP = "moved_up"
    CHANGED = "changed"
    LEFT = "left"  # the registration is cancelled
    SESSION_CANCELLED = "session_cancelled"
    RECEIPT = "receipt"  # to the organisation, of what KS has entered for it


@dataclass(frozen=True)
class SessionText:
    """What KS writes of a session."""

    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int | None = None
    text: str = ""
    place: str = ""
    join_url: str = ""
    quota: int | None = None  # people from one vendor or group; none: as many as there are places
    registers_until: datetime | None = None  # none: until it starts


def tidy(text: SessionText) -> SessionText:
    return replace(
        text,
        title=clean(text.title),
        text=clean(text.text),
        place=clean(text.place),
        join_url=clean(text.join_url),
    )


Fault = tuple[str, Message]


def faults(text: SessionText, now: datetime) -> list[Fault]:
    """Everything that must be mended, each with its field."""
    return [*_text_faults(text), *_time_faults(text, now), *_number_faults(text)]


def _text_faults(text: SessionText) -> list[Fault]:
    found: list[Fault] = []
    if not text.title:
        found.append(("title", say("Skriv hva møtet handler om.")))
    for name, most in (("title", TITLE_MAX), ("place", PLACE_MAX), ("text", MARKDOWN_MAX)):
        if len(getattr(text, name)) > most:
            found.append((name, too_long(len(getattr(text, name)), most)))
    if text.join_url and not is_link(text.join_url):
        found.append(("join_url", say("Skriv en hel lenke som begynner med https://.")))
    return found


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )


def is_link(text: str) -> bool:
    """Whether a text is one address that a browser may follow."""
    if len(text) > URL_MAX or any(c.isspace() for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        return False


def _time_faults(text: SessionText, now: datetime) -> list[Fault]:
    """The end and the deadline are held against a beginning that will do."""
    fault = _start_fault(text.starts_at, now)
    starts_at = text.starts_at if fault is None else None
    found = (
        ("starts_at", fault),
        ("ends_at", _end_fault(starts_at, text.ends_at)),
        ("registers_until", _deadline_fault(starts_at, text.registers_until)),
    )
    return [(name, said) for name, said in found if said is not None]


def _start_fault(starts_at: datetime | None, now: datetime) -> Message | None:
    if starts_at is None:
        return say("Skriv når møtet begynner.")
    if not EARLIEST <= starts_at <= now + AHEAD:
        return say("Velg et tidspunkt i de nærmeste årene.")
    return None


def _end_fault(starts_at: datetime | None, ends_at: datetime | None) -> Message | None:
    if ends_at is None:
        return say("Skriv når møtet slutter.")
    if starts_at is not None and ends_at <= starts_at:
        return say("Møtet må slutte etter at det begynner.")
    if starts_at is not None and ends_at - starts_at > LONGEST:
        return say("Et møte kan vare i høyst sju dager.")
    return None


def _deadline_fault(starts_at: datetime | None, until: datetime | None) -> Message | None:
    if starts_at is None or until is None or EARLIEST <= until <= starts_at:
        return None
    return say("Påmeldingsfristen må være før møtet begynner.")


def _number_faults(text: SessionText) -> list[Fault]:
    found: list[Fault] = []
    if text.capacity is None or not 1 <= text.capacity <= CAPACITY_MAX:
        found.append(("capacity", say("Skriv et tall fra 1 til %(most)d.", most=CAPACITY_MAX)))
    elif text.quota is not None and not 1 <= text.quota <= text.capacity:
        found.append(("quota", _quota_fault(text.quota, text.capacity)))
    return found


def _quota_fault(quota: int, capacity: int) -> Message:
    if quota < 1:
        return say("Skriv minst 1, eller la feltet stå tomt.")
    return say("En leverandør kan ikke ha flere plasser enn møtet har: %(most)d.", most=capacity)


@dataclass(frozen=True)
class Times:
    """When a session is, and when its registration ends."""

    starts_at: datetime
    ends_at: datetime
    registers_until: datetime | None

    @property
    def deadline(self) -> datetime:
        return self.registers_until or self.starts_at


def shown_state(state: SessionState, times: Times, now: datetime, *, is_full: bool) -> ShownState:
    """What is said of a session in place of numbers."""
    if state is not SessionState.PUBLISHED:
        return ShownState(state.value)
    if times.ends_at <= now:
        return ShownState.HELD
    if times.deadline <= now:
        return ShownState.REGISTRATION_CLOSED
    return ShownState.FULL if is_full else ShownState.OPEN


#: Changes that the participants are told of; those who wait are not told of the link.
TOLD = ("title", "starts_at", "ends_at", "place", "join_url")
TOLD_WAITING = ("title", "starts_at", "ends_at", "place")


# --- questions and answers -----------------------------------------------------------------------

RECEIVED_MAX = 5_000
ASKED_MAX = 1_000  # of a question as it is published
ANSWER_MAX = 5_000
ANSWERED_MOST = 50  # questions that one answer answers
BATCH_MOST = 20  # answers in a batch
PAIRS_SHOWN = 20  # a page
#: Nine digits, so that a form may carry it; an SQLite or PostgreSQL integer holds it.
QUESTION_NUMBERS = range(100_000_000, 1_000_000_000)


class QuestionState(StrEnum):
    """Of a question as it was received."""

    RECEIVED = "received"
    ANSWERING = "answering"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


WAITING = (QuestionState.RECEIVED, QuestionState.ANSWERING)


@dataclass(frozen=True)
class QuestionText:
    """What a vendor asks, and in which language."""

    text: str = ""
    lang: str = DEFAULT_LOCALE

    @property
    def tidy(self) -> "QuestionText":
        return QuestionText(clean(self.text), locale_or_default(self.lang))

    def faults(self) -> list[Fault]:
        if not has_words(self.text):
            return [("text", say("Skriv hva dere vil spørre om."))]
        return _over("text", self.text, RECEIVED_MAX)


@dataclass(frozen=True)
class AnswerText:
    """A question in KS' words, and the answer in Markdown."""

    question: str = ""
    answer: str = ""
    lang: str = DEFAULT_LOCALE

    @property
    def tidy(self) -> "AnswerText":
        question = " ".join(clean(self.question).split())
        return AnswerText(question, clean(self.answer), locale_or_default(self.lang))

    def faults(self) -> list[Fault]:
        found: list[Fault] = []
        if not has_words(self.question):
            found.append(("question", say("Skriv spørsmålet slik alle skal lese det.")))
        if not has_words(self.answer):
            found.append(("answer", say("Skriv svaret.")))
        elif holds_large_table(self.answer):
            found.append(("answer", TABLE_TOO_LARGE))
        found += _over("question", self.question, ASKED_MAX)
        return found + _over("answer", self.answer, ANSWER_MAX)


def _over(name: str, text: str, most: int) -> list[Fault]:
    return [(name, too_long(len(text), most))] if len(text) > most else []
