"""Messages: their states, limits and words; plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pilot.core.texts import Texts, too_long
from pilot.core.texts import faults as text_faults
from pilot.core.words import LOCALES, Message, say

BODY_MAX = 5_000  # a mail, not a document; each receiver's copy holds it
AUDIENCE_MAX = 80
LATEST = timedelta(days=365)  # how far ahead a message may wait


class MessageState(StrEnum):
    """Where a message stands. Sent and failed follow from its mail; they are never stored."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    STOPPED = "stopped"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Tally:
    """How it goes with the mail of a message."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.failed + self.stopped


def standing(stored: MessageState, tally: Tally) -> MessageState:
    """What a message is shown as: sent when nothing waits, failed when none of it arrived."""
    if stored is not MessageState.SCHEDULED or tally.waiting:
        return stored
    return MessageState.SENT if tally.sent else MessageState.FAILED


@dataclass(frozen=True)
class MessageText:
    """What a message says, and to whom; the audience is a choice of the registry."""

    texts: Texts
    audience: str


def message_faults(text: MessageText) -> Iterable[tuple[str, Message]]:
    """Every field that must be mended before the message is stored, with what to do."""
    yield from text_faults(text.texts)
    for one in LOCALES:
        length = len(text.texts.of(one).body)
        if length > BODY_MAX:
            yield f"body_{one}", too_long(length, BODY_MAX)


def time_fault(at: datetime, now: datetime) -> Message | None:
    """What is wrong with a time to send at; a minute ago is now."""
    if at < now - timedelta(minutes=1):
        return say("Velg et tidspunkt som ikke har vært.")
    if at > now + LATEST:
        return say("Velg et tidspunkt innen ett år.")
    return None


#: What a fault of a mail means to people, by how its technical text begins.
FAULTS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("demo data",), say("Demoen sender bare til adresser som slutter på .example.")),
    (("refused",), say("Mottakerens e-posttjener tok ikke imot. Sjekk at adressen er riktig.")),
    (("cannot be rendered",), say("E-posten kunne ikke lages. Be driften om hjelp.")),
    (
        ("SMTPServerDisconnected", "ConnectionResetError", "BrokenPipeError"),
        say("E-posttjeneren brøt forbindelsen."),
    ),
    (("SMTPAuthenticationError",), say("E-posttjeneren slapp oss ikke inn. Be driften om hjelp.")),
    (("SMTP",), say("E-posttjeneren tok ikke imot e-posten.")),
)
NO_CONTACT = say("Vi fikk ikke kontakt med e-posttjeneren.")


def fault_words(fault: str) -> Message:
    """Why a mail has not arrived, in a sentence; the technical text is for those who mend it."""
    return next((words for signs, words in FAULTS if fault.startswith(signs)), NO_CONTACT)
