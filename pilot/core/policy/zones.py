"""Which rows an actor may see: one definition, read by Python and by SQL alike.

A zoned row carries `zone` and `organisation_id`. `reach` says once which zones an actor reads
whole and which only for the own organisation; `clears` and `clause` are two readings of it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true

from pilot.core.policy.actor import Actor, OrganisationKind


class Zone(StrEnum):
    PUBLIC = "public"
    PARTIES = "parties"
    PUBLIC_SIDE = "public_side"
    CORE_TEAM = "core_team"
    OWN = "own"
    INTERNAL = "internal"


#: Public or non-profit parties. A private provider is not counted: when unsure, the narrower.
PUBLIC_SIDE_KINDS = frozenset(OrganisationKind) - {
    OrganisationKind.VENDOR,
    OrganisationKind.GP_OR_PRIVATE_PROVIDER,
}


class Zoned(Protocol):
    @property
    def zone(self) -> Zone: ...
    @property
    def organisation_id(self) -> int | None: ...


@dataclass(frozen=True)
class Reach:
    """Zones read whole, and zones read only where the row is the own organisation's."""

    whole: frozenset[Zone]
    own: frozenset[Zone]


def reach(actor: Actor) -> Reach:
    """What DOMAIN.md's zones say of this actor."""
    if actor.is_ks:
        return Reach(frozenset(Zone), frozenset())
    whole = {Zone.PUBLIC}
    if actor.is_guest:
        return Reach(frozenset(whole), frozenset())
    whole.add(Zone.PARTIES)
    if actor.role is None or actor.organisation_id is None:
        return Reach(frozenset(whole), frozenset())
    # The guard follows the person: one who is also employed for a vendor is not let in either.
    if actor.kind in PUBLIC_SIDE_KINDS and not actor.vendor_ties:
        whole.add(Zone.PUBLIC_SIDE)
    if actor.seats:
        whole.add(Zone.CORE_TEAM)
    return Reach(frozenset(whole), frozenset({Zone.PUBLIC_SIDE, Zone.OWN}))


def ours(actor: Actor) -> Any:
    """The organisation acted for, to compare a column with; 0 is nobody's."""
    return 0 if actor.organisation_id is None else actor.organisation_id


def clears(actor: Actor, row: Zoned) -> bool:
    """Whether the actor may know of this row."""
    seen = reach(actor)
    is_own = row.organisation_id is not None and row.organisation_id == actor.organisation_id
    return row.zone in seen.whole or (is_own and row.zone in seen.own)


def clause(actor: Actor, model: Any) -> ColumnElement[bool]:
    """The same, as a condition on a query over a zoned table."""
    seen = reach(actor)
    if seen.whole == frozenset(Zone):
        return true()
    own = (
        and_(model.organisation_id == actor.organisation_id, model.zone.in_(sorted(seen.own)))
        if seen.own
        else false()
    )
    return or_(model.zone.in_(sorted(seen.whole)), own)
