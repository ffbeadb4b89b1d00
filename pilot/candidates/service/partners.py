"""Partner municipalities, as KS keeps the list."""

from dataclasses import replace

from pilot.accounts import queries as accounts
from pilot.candidates import queries
from pilot.candidates.models import PartnerMunicipality
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import Partner, partner_faults
from pilot.candidates.service.steps import Stale, refuse
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.text import clean
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

CLASHES["uq_partner_municipality_author_id_form_key"] = say("Kommunen er allerede lagret.")
CLASHES["partner_municipality.author_id, partner_municipality.form_key"] = CLASHES[
    "uq_partner_municipality_author_id_form_key"
]


@command
def add_partner(
    actor: Actor, partner: Partner, *, form_key: str | None = None
) -> PartnerMunicipality:
    """Add a partner municipality; shown to everyone if it has agreed to that."""
    require(actor, CandidatePermission.PARTNER_MANAGE)
    stored = queries.partner_of_form(actor, form_key)
    if stored is not None:
        return stored
    row = PartnerMunicipality(
        author_id=actor.person_id, form_key=form_key, created_at=clock.now(), revision=0
    )
    _write(row, partner)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "partner added", row, organisation=row.organisation_id)
    return row


@command
def edit_partner(
    actor: Actor, partner_id: int, partner: Partner, *, revision: int
) -> PartnerMunicipality:
    """Change a partner municipality; from an older form nothing is stored."""
    row = queries.visible_partner(actor, partner_id)
    require(actor, CandidatePermission.PARTNER_MANAGE)
    if row.revision != revision:
        raise Stale(say("Noen har endret samarbeidskommunen mens du skrev."))
    _write(row, partner)
    audit.record(actor, "partner edited", row, organisation=row.organisation_id)
    return row


def _write(row: PartnerMunicipality, partner: Partner) -> None:
    partner = replace(
        partner,
        area=clean(partner.area),
        contact_name=clean(partner.contact_name),
        contact_email=clean(partner.contact_email),
    )
    refuse(partner_faults(partner))
    organisation_id = accounts.organisation_of(partner.number)
    if organisation_id is None:
        raise Rejected(say("Fant ingen kommune med dette nummeret."), "number")
    assert partner.starts_on is not None  # noqa: S101  # looked at above
    row.organisation_id, row.area = organisation_id, partner.area
    row.starts_on, row.ends_on = partner.starts_on, partner.ends_on
    row.contact_name, row.contact_email = partner.contact_name, partner.contact_email
    row.zone = Zone.PUBLIC if partner.is_public else Zone.OWN
    row.revision += 1
