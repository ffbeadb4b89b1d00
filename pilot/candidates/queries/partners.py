"""Partner municipalities: shown to everyone where they have agreed to it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from pilot.accounts.models import Organisation
from pilot.candidates.models import PartnerMunicipality
from pilot.candidates.queries.rows import is_own
from pilot.candidates.rules import Partner
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause
from pilot.municipalities.models import County, Municipality


@dataclass(frozen=True)
class PartnerRow:
    """A partner municipality; its contact is for KS and for the municipality itself."""

    id: int
    name: str
    county: str
    partner: Partner
    revision: int
    sees_contact: bool


def partners(actor: Actor, page: int) -> Page[PartnerRow]:
    """Those that the actor may know of, by county and name."""
    counted = select(func.count(PartnerMunicipality.id)).where(clause(actor, PartnerMunicipality))
    total = db.session.scalar(counted) or 0
    number = within(page, total)
    rows = db.session.execute(
        _rows(actor)
        .order_by(County.sort_key, Municipality.sort_key, PartnerMunicipality.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(_row(actor, *row) for row in rows), number, total)


def partner(actor: Actor, partner_id: int) -> PartnerRow:
    row = db.session.execute(_rows(actor).where(PartnerMunicipality.id == partner_id)).first()
    if row is None:
        raise Missing
    return _row(actor, *row)


def visible_partner(actor: Actor, partner_id: int) -> PartnerMunicipality:
    """The row to change, locked."""
    found = db.session.scalar(
        select(PartnerMunicipality)
        .where(PartnerMunicipality.id == partner_id, clause(actor, PartnerMunicipality))
        .with_for_update()
    )
    if found is None:
        raise Missing
    return found


def partner_of_form(actor: Actor, form_key: str | None) -> PartnerMunicipality | None:
    """The row that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(PartnerMunicipality).filter_by(author_id=actor.person_id, form_key=form_key)
    )


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(PartnerMunicipality, Municipality.number, Municipality.name_unique, County.name)
        .join(Organisation, Organisation.id == PartnerMunicipality.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
        .where(clause(actor, PartnerMunicipality))
    )


def _row(actor: Actor, row: PartnerMunicipality, number: str, name: str, county: str) -> PartnerRow:
    sees = actor.is_ks or is_own(actor, row.organisation_id)
    shown = Partner(
        number=number,
        area=row.area,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        contact_name=row.contact_name if sees else "",
        contact_email=row.contact_email if sees else "",
        is_public=row.zone is Zone.PUBLIC,
    )
    return PartnerRow(row.id, name, county, shown, row.revision, sees)
