"""What the tests of the vendor dialogue share."""

import pytest

from pilot.core.policy import OrganisationKind
from tests.support.dialogue import Host
from tests.support.people import Person


@pytest.fixture
def host(ks: Person) -> Host:
    return Host(ks)


def person_of(app, world, name: str, vendor=None) -> Person:
    organisation = vendor or world.organisation(OrganisationKind.VENDOR)
    return Person(app, world.member(organisation, name=name, email=f"{name}@prove.example").id)


@pytest.fixture
def five(app, world) -> list[Person]:
    return [person_of(app, world, name) for name in ("anne", "bjorn", "cato", "dina", "erik")]
