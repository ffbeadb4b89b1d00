"""Everyone who comes to the site, and what they come for."""

from collections.abc import Callable

import pytest

from pilot.accounts import service as accounts
from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role
from tests.support import coreteam
from tests.support.people import Person, Stranger

#: The columns of the matrix, in order.
PEOPLE = (
    "stranger",  # on the API: without a token
    "ks_lead",
    "ks_member",
    "owner",  # the contact of Oslo, whose things they are
    "neighbour",  # the contact of Stavanger
    "hospital",
    "nhn",
    "steering",  # employed at KS without a part in the project
    "vendor",
    "other_vendor",
    "two_for_oslo",  # belongs to Oslo and Stavanger, acts for Oslo
    "two_for_other",  # the same, acts for Stavanger
    "torn",  # acts for Stavanger, and also works for a vendor
    "seated",  # a vendor's, with a seat in the core team
)
Crowd = dict[str, Stranger]


@pytest.fixture
def crowd(app, world, request) -> Crowd:
    """All of them, with their browsers."""
    oslo, stavanger = world.municipality("0301"), world.municipality("1103")
    two = world.member(oslo)
    world.membership(two, stavanger)
    torn = world.member(stavanger)
    world.membership(torn, world.organisation())
    employed = world.member(world.seeded(OrganisationKind.KS), role=None)
    world.programme_role(employed)
    members = {
        "ks_lead": world.member(world.seeded(OrganisationKind.KS), Role.LEAD),
        "ks_member": world.member(world.seeded(OrganisationKind.KS)),
        "owner": world.member(oslo, Role.LEAD),
        "neighbour": world.member(stavanger, Role.LEAD),
        "hospital": world.member(world.seeded(OrganisationKind.HOSPITAL_TRUST)),
        "nhn": world.member(world.seeded(OrganisationKind.NATIONAL_PROVIDER)),
        "steering": employed,
        "vendor": world.member(world.organisation(), Role.LEAD),
        "other_vendor": world.member(world.organisation(), Role.LEAD),
        "torn": torn,
        "seated": coreteam.seated_vendor(world),
    }
    found: Crowd = {"stranger": Stranger(app)}
    found |= {name: Person(app, row.id) for name, row in members.items()}
    found["two_for_oslo"] = Person(app, two.id, oslo.id)
    found["two_for_other"] = Person(app, two.id, stavanger.id)
    return {name: found[name] for name in PEOPLE}


@pytest.fixture
def headers_of(rolled_back: None) -> Callable[[Stranger], dict[str, str]]:
    """What someone sends to the API: a token that acts for the organisation they act for."""

    def make(person: Stranger) -> dict[str, str]:
        if not isinstance(person, Person):
            return {}
        email = db.session.get_one(PersonRow, person.id).email
        token = accounts.create_token(
            Actor.system(), email, organisation_id=person.actor.organisation_id
        )
        return {"Authorization": f"Bearer {token}"}

    return make
