"""What is written of rounds, candidates and partner municipalities, and what must be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pilot.accounts.rules import looks_like_email
from pilot.core.words import Message, say

NAME_MAX = 120
TEXT_MAX = 20_000
SENTENCE_MAX = 500
REASON_MAX = 2_000
PUBLIC_REASON_MAX = 300
AREA_MAX = 300
INVITED_MOST = 400  # more than there are municipalities


@dataclass(frozen=True, kw_only=True)
class RoundText:
    """What KS writes of a round: its name, its calendar and its text."""

    name: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    decision_on: date | None = None
    text: str = ""


def round_faults(text: RoundText) -> Iterator[tuple[str, Message]]:
    """Every field that must be mended before a round is stored."""
    if not text.name:
        yield "name", say("Skriv et navn på runden.")
    yield from too_long("name", text.name, NAME_MAX)
    yield from too_long("text", text.text, TEXT_MAX)
    opens, closes, decides = text.opens_on, text.closes_on, text.decision_on
    if opens is None:
        yield "opens_on", say("Skriv når runden åpner.")
    if closes is None:
        yield "closes_on", say("Skriv fristen for å melde interesse.")
    elif opens is not None and closes < opens:
        yield "closes_on", say("Fristen må være etter at runden åpner.")
    if closes is not None and decides is not None and decides < closes:
        yield "decision_on", say("Beslutningen må komme etter fristen.")


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What a municipality says when it expresses interest: three minutes on a phone."""

    contact_name: str = ""
    contact_email: str = ""
    approved_by: str = ""
    approved_role: str = ""
    approved_on: date | None = None
    sentence: str = ""
    is_public: bool = False


REQUIRED: MappingProxyType[str, Message] = MappingProxyType(
    {
        "contact_name": say("Skriv navnet på kontaktpersonen."),
        "approved_by": say("Skriv navnet på den som har godkjent dette."),
        "approved_role": say("Skriv rollen til den som har godkjent dette."),
        "sentence": say("Skriv én setning om hvorfor dere vil være med."),
    }
)


def faults(interest: Interest, today: date) -> Iterator[tuple[str, Message]]:
    """Every field that must be mended before an expression of interest is stored."""
    yield from ((name, words) for name, words in REQUIRED.items() if not getattr(interest, name))
    for name in ("contact_name", "approved_by", "approved_role"):
        yield from too_long(name, getattr(interest, name), NAME_MAX)
    yield from too_long("sentence", interest.sentence, SENTENCE_MAX)
    if not looks_like_email(interest.contact_email):
        words = say("Skriv en e-postadresse, for eksempel navn@kommune.no.")
        yield "contact_email", words
    if interest.approved_on is None:
        yield "approved_on", say("Skriv datoen det ble godkjent.")
    elif interest.approved_on > today:
        yield "approved_on", say("Datoen kan ikke være etter i dag.")


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A municipality that works with KS on procurement."""

    number: str = ""
    area: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    contact_name: str = ""
    contact_email: str = ""
    is_public: bool = False


def partner_faults(partner: Partner) -> Iterator[tuple[str, Message]]:
    """Every field that must be mended before a partner municipality is stored."""
    if not partner.area:
        yield "area", say("Skriv hva dere samarbeider om.")
    yield from too_long("area", partner.area, AREA_MAX)
    yield from too_long("contact_name", partner.contact_name, NAME_MAX)
    if partner.contact_email and not looks_like_email(partner.contact_email):
        words = say("Skriv en e-postadresse, for eksempel navn@kommune.no.")
        yield "contact_email", words
    if partner.starts_on is None:
        yield "starts_on", say("Skriv når samarbeidet begynte.")
    elif partner.ends_on is not None and partner.ends_on < partner.starts_on:
        yield "ends_on", say("Samarbeidet kan ikke slutte før det begynner.")


def too_long(name: str, text: str, most: int) -> Iterator[tuple[str, Message]]:
    if len(text) > most:
        yield (
            name,
            say(
                "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
                length=len(text),
                most=most,
            ),
        )
