"""Limits, states and checks of accounts; plain Python."""

import re
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from pilot.core.errors import Conflict
from pilot.core.policy import OrganisationKind, Role
from pilot.core.text import clean
from pilot.core.words import Message, say

NAME_MAX = 120
EMAIL_MAX = 254
NUMBER_MAX = 20
NOTE_MAX = 600
PASSWORD_LEAST, PASSWORD_MOST = 12, 200
HANDS_MAX = 5  # how often an invitation may be passed on
NORWAY = "NO"
PARTICIPATION = "participation"  # what an organisation's lead confirms here; slices add their own

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def normal_email(text: str | None) -> str:
    """The address as it is stored and compared: no outer space, lower case."""
    return clean(text).lower()


def looks_like_email(text: str) -> bool:
    return len(text) <= EMAIL_MAX and _EMAIL.fullmatch(text) is not None


# --- links that work once --------------------------------------------------------------------


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    PASSWORD = "password"  # noqa: S105  # a purpose, not a secret
    INVITATION = "invitation"
    SIGNUP = "signup"


#: How long a link works after it was sent.
LIVES: MappingProxyType[LinkPurpose, timedelta] = MappingProxyType(
    {
        LinkPurpose.SIGN_IN: timedelta(minutes=15),
        LinkPurpose.PASSWORD: timedelta(hours=1),
        LinkPurpose.INVITATION: timedelta(days=14),
        LinkPurpose.SIGNUP: timedelta(hours=24),
    }
)


class DeadLink(Conflict):
    """A link that nobody knows, that has been used, or that has expired."""

    message: Message

    def __init__(self, message: Message, *, is_known: bool = True) -> None:
        super().__init__(message)
        self.is_known = is_known


UNKNOWN = say("Vi kjenner ikke lenken. Sjekk at hele adressen kom med da du åpnet den.")
USED = say("Lenken er brukt. En lenke fra oss virker bare én gang.")
EXPIRED = say("Lenken har gått ut.")
REPLACED = say("Lenken er erstattet av en nyere. Bruk lenken i den siste e-posten fra oss.")
PASSED_ON = say("Invitasjonen er sendt videre til en kollega. Lenken virker ikke lenger.")


# --- states ----------------------------------------------------------------------------------


class InvitationState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"  # never stored: it follows from the time


class RequestState(StrEnum):
    RECEIVED = "received"
    APPROVED = "approved"
    REFUSED = "refused"


class MailRhythm(StrEnum):
    """How often a person wants mail that can wait."""

    WEEKLY = "weekly"
    AT_ONCE = "at_once"


class NumberKind(StrEnum):
    """What a vendor has to say about its number."""

    NORWEGIAN = "norwegian"
    FOREIGN = "foreign"
    NONE = "none"


KINDS: MappingProxyType[OrganisationKind, Message] = MappingProxyType(
    {
        OrganisationKind.KS: say("KS"),
        OrganisationKind.MUNICIPALITY: say("Kommune"),
        OrganisationKind.NATIONAL_PROVIDER: say("Norsk helsenett"),
        OrganisationKind.VENDOR: say("Leverandør"),
        OrganisationKind.HOSPITAL_TRUST: say("Helseforetak"),
        OrganisationKind.AUTHORITY: say("Myndighet"),
        OrganisationKind.COUNTY: say("Fylkeskommune"),
        OrganisationKind.JOINT_BODY: say("Interkommunalt samarbeid"),
        OrganisationKind.GP_OR_PRIVATE_PROVIDER: say("Fastlege eller privat tjenesteyter"),
        OrganisationKind.USER_ORGANISATION: say("Brukerorganisasjon"),
        OrganisationKind.UNION_OR_PROFESSION: say("Fagforbund eller profesjonsforening"),
        OrganisationKind.RESEARCH: say("Forskningsmiljø"),
    }
)
#: Kinds that the reference data make; people add organisations of the others.
REGISTERED = frozenset(
    {
        OrganisationKind.KS,
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.NATIONAL_PROVIDER,
        OrganisationKind.HOSPITAL_TRUST,
    }
)
ROLES: MappingProxyType[Role, Message] = MappingProxyType(
    {
        Role.LEAD: say("Leder: kan godkjenne på vegne av organisasjonen og invitere andre"),
        Role.MEMBER: say("Medlem: kan delta for organisasjonen"),
    }
)


# --- organisation numbers --------------------------------------------------------------------

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def organisation_number(text: str) -> str | None:
    """The nine digits of a Norwegian organisation number; None where it is not one.

    The ninth is a check digit by modulus 11. Source: Brønnøysundregistrene, «Om
    organisasjonsnummeret».
    """
    digits = re.sub(r"[\s.]", "", clean(text).upper().removeprefix(NORWAY).removesuffix("MVA"))
    if not re.fullmatch(r"[0-9]{9}", digits):
        return None
    rest = -sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits if rest == int(digits[8]) else None


def foreign_number(text: str) -> str:
    """Another country's number as it is compared: letters and digits alone, in capitals."""
    return re.sub(r"[\W_]", "", clean(text).upper())


def number_words(country: str | None, number: str | None) -> str:
    """«974 760 673», or another country's number after its code."""
    if not number:
        return ""
    if country in (None, NORWAY) and len(number) == 9:
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    return f"{country} {number}" if country else number
