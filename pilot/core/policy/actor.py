"""The person acting, without session or database."""

from dataclasses import dataclass, field
from enum import StrEnum


class OrganisationKind(StrEnum):
    KS = "ks"
    MUNICIPALITY = "municipality"
    NATIONAL_PROVIDER = "national_provider"
    VENDOR = "vendor"
    HOSPITAL_TRUST = "hospital_trust"
    AUTHORITY = "authority"
    COUNTY = "county"
    JOINT_BODY = "joint_body"
    GP_OR_PRIVATE_PROVIDER = "gp_or_private_provider"
    USER_ORGANISATION = "user_organisation"
    UNION_OR_PROFESSION = "union_or_profession"
    RESEARCH = "research"


class Role(StrEnum):
    """What a person is in an organisation; a lead may also confirm on its behalf."""

    LEAD = "lead"
    MEMBER = "member"


class Programme(StrEnum):
    """Roles in the programme itself, whatever organisation the person comes from."""

    STEERING_GROUP = "steering_group"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An organisation that a person may act for."""

    id: int
    name: str
    kind: OrganisationKind
    role: Role | None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting for one organisation; or a guest; or the system itself.

    `role` is None for one who is employed somewhere without a part in the project (a member of the
    steering group, say): such a person reads what all participants may, and no more.
    """

    person_id: int | None = None
    name: str = ""
    locale: str = ""  # empty until the person has chosen one
    organisation_id: int | None = None
    organisation_name: str = ""
    kind: OrganisationKind | None = None
    role: Role | None = None
    municipality_number: str | None = None
    group_id: int | None = None
    seats: frozenset[int] = frozenset()
    interests: frozenset[int] = frozenset()
    programme: frozenset[str] = frozenset()
    vendor_ties: frozenset[int] = frozenset()
    choices: tuple[Choice, ...] = field(default=(), repr=False)
    is_system: bool = False

    @classmethod
    def system(cls) -> "Actor":
        """The site itself: seeds, jobs and the command line."""
        return cls(is_system=True, name="Pilotrommet")

    @property
    def is_guest(self) -> bool:
        return self.person_id is None and not self.is_system

    @property
    def is_ks(self) -> bool:
        """Works on the project at KS. The conflict guard follows the person: one who is also
        employed for a vendor does not, whatever organisation they act for."""
        is_member = self.kind is OrganisationKind.KS and self.role is not None
        return self.is_system or (is_member and not self.vendor_ties)

    @property
    def is_ks_lead(self) -> bool:
        return self.is_system or (self.is_ks and self.role is Role.LEAD)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
