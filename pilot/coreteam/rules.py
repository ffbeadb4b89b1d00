"""The core team: its sides, its limits, and when a seat is filled."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from pilot.core.policy import OrganisationKind
from pilot.core.text import clean
from pilot.core.words import Message, say

ROLE_MAX = 120
TEXT_MAX = 2_000
TELLER_NEEDED = say("Skriv hvilken organisasjon beskjeden kom fra.")
WHOLE = 100  # per cent


class Side(StrEnum):
    """Whom a seat stands for."""

    MUNICIPALITIES = "municipalities"
    KS = "ks"
    NATIONAL_PROVIDER = "national_provider"
    VENDORS = "vendors"
    HOSPITAL_TRUSTS = "hospital_trusts"
    OTHERS = "others"


SIDE_WORDS: MappingProxyType[Side, Message] = MappingProxyType(
    {
        Side.MUNICIPALITIES: say("Kommuner"),
        Side.KS: say("KS"),
        Side.NATIONAL_PROVIDER: say("Norsk helsenett"),
        Side.VENDORS: say("Leverandører"),
        Side.HOSPITAL_TRUSTS: say("Helseforetak"),
        Side.OTHERS: say("Andre"),
    }
)
K = OrganisationKind
#: The kinds of organisation that a side's members come from; «Andre» takes the rest.
SIDE_KINDS: MappingProxyType[Side, frozenset[OrganisationKind]] = MappingProxyType(
    {
        Side.MUNICIPALITIES: frozenset({K.MUNICIPALITY, K.JOINT_BODY}),
        Side.KS: frozenset({K.KS}),
        Side.NATIONAL_PROVIDER: frozenset({K.NATIONAL_PROVIDER}),
        Side.VENDORS: frozenset({K.VENDOR}),
        Side.HOSPITAL_TRUSTS: frozenset({K.HOSPITAL_TRUST}),
    }
)
#: The sides that the team is made of, in the words of its foundation.
FOUNDING = (Side.MUNICIPALITIES, Side.KS, Side.NATIONAL_PROVIDER, Side.VENDORS)


def fits(side: Side, kind: OrganisationKind) -> bool:
    """Whether an organisation of this kind may hold a seat of the side."""
    known = frozenset().union(*SIDE_KINDS.values())
    return kind in SIDE_KINDS[side] if side in SIDE_KINDS else kind not in known


class SeatState(StrEnum):
    FILLED = "filled"
    VACANT = "vacant"


class AppointmentState(StrEnum):
    UPCOMING = "upcoming"
    CURRENT = "current"
    ENDED = "ended"


def standing(starts_on: date, ends_on: date | None, today: date) -> AppointmentState:
    """Both the first and the last day belong to the period."""
    if starts_on > today:
        return AppointmentState.UPCOMING
    if ends_on is not None and ends_on < today:
        return AppointmentState.ENDED
    return AppointmentState.CURRENT


@dataclass(frozen=True, kw_only=True)
class SeatText:
    """What a seat is: whom it stands for, what its holder does, how much of a position it is."""

    side: Side
    role: str
    responsibility: str = ""
    share: int | None = None
    organisation_id: int | None = None


def tidy(text: SeatText) -> SeatText:
    role = " ".join(clean(text.role).split())
    return replace(text, role=role, responsibility=clean(text.responsibility))


def faults(text: SeatText) -> Iterable[tuple[str, Message]]:
    """Every field that must be mended before the seat is stored, with what to do."""
    if not text.role:
        yield "role", say("Skriv rollen, for eksempel «fagansvarlig sykepleier».")
    for name, most in (("role", ROLE_MAX), ("responsibility", TEXT_MAX)):
        length = len(getattr(text, name))
        if length > most:
            yield (
                name,
                say(
                    "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
                    length=length,
                    most=most,
                ),
            )
    if text.share is not None and not 0 <= text.share <= WHOLE:
        yield "share", say("Skriv et helt tall fra 0 til 100.")


@dataclass(frozen=True)
class Period:
    """From and with the first day, to and with the last; without a last day, until further."""

    starts_on: date
    ends_on: date | None = None

    @property
    def is_turned(self) -> bool:
        return self.ends_on is not None and self.ends_on < self.starts_on
