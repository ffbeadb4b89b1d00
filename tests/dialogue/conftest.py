"""What the tests of the vendor dialogue share."""

import pytest

from tests.support.dialogue import Host
from tests.support.people import Person


@pytest.fixture
def host(ks: Person) -> Host:
    return Host(ks)
