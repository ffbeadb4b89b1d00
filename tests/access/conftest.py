"""Everyone who comes to the site, and what they come for."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from pilot.accounts import service as accounts
from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role
from tests.support import coreteam
from tests.support.databases import Databases, standing
from tests.support.people import Person, Stranger
from tests.support.world import World

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


@pytest.fixture(scope="session")
def app(databases: Databases) -> Iterator[Flask]:
    """A site of this folder's own: everyone has come to it before the first test, and stays."""
    with standing(databases.copy()) as app:
        with app.app_context():
            app.extensions["members"] = _members(World())
            db.session.remove()
        yield app


#: Whose browser it is, and what they act for where they can choose.
Members = dict[str, tuple[int, int | None]]


def _members(world: World) -> Members:
    oslo, stavanger = world.municipality("0301"), world.municipality("1103")
    two = world.member(oslo)
    world.membership(two, stavanger)
    torn = world.member(stavanger)
    world.membership(torn, world.organisation())
    employed = world.member(world.seeded(OrganisationKind.KS), role=None)
    world.programme_role(employed)
    people = {
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
    found: Members = {name: (row.id, None) for name, row in people.items()}
    return found | {"two_for_oslo": (two.id, oslo.id), "two_for_other": (two.id, stavanger.id)}


@pytest.fixture
def crowd(app: Flask) -> Crowd:
    """All of them, with new browsers."""
    members: Members = app.extensions["members"]
    if "cookies" not in app.extensions:  # signing all of them in takes a while
        app.extensions["cookies"] = {n: Person(app, *one).cookie for n, one in members.items()}
    cookies: dict[str, str] = app.extensions["cookies"]
    return {
        name: Person(app, *members[name], cookie=cookies[name])
        if name in members
        else Stranger(app)
        for name in PEOPLE
    }


@pytest.fixture
def headers_of(rolled_back: None) -> Callable[[Stranger], dict[str, str]]:
    """What someone sends to the API: a token that acts for the organisation they act for."""
    made: dict[Stranger, dict[str, str]] = {}

    def make(person: Stranger) -> dict[str, str]:
        if person not in made:
            made[person] = token_of(person) if isinstance(person, Person) else {}
        return made[person]

    def token_of(person: Person) -> dict[str, str]:
        email = db.session.get_one(PersonRow, person.id).email
        token = accounts.create_token(
            Actor.system(), email, organisation_id=person.actor.organisation_id
        )
        return {"Authorization": f"Bearer {token}"}

    return make
