"""What a file would do is found in as many statements for three hundred rows as for two."""

import pytest

from pilot.core import clock
from pilot.core.imports import Row
from tests.support.candidates import Rounds

TODAY = f"{clock.today():%d.%m.%Y}"


def typed(key: str, n: int) -> dict[str, str]:
    """A row's cells; each row names its own firm, seat or municipality."""
    mail = f"n{n}@prove.example"
    return {
        "leverandorer": {"firm": f"Firma {n}", "has_none": "ja", "name": "Navn", "email": mail},
        "plasser": {"side": "KS", "role": f"Rolle {n}", "email": mail, "starts_on": TODAY},
        "kandidater": {"number": f"{n:04}", "channel": "brev", "received_on": TODAY},
    }[key]


@pytest.mark.parametrize("key", ["leverandorer", "plasser", "kandidater"])
def test_a_plan_costs_the_same_for_any_number_of_rows(app, ks, counted, key):
    Rounds(ks.actor).open()
    [importer] = [one for one in app.extensions["registry"].imports if one.key == key]
    blank = {column.key: "" for column in importer.columns}
    costs = []
    for many in (2, 300):
        rows = [Row(n, blank | typed(key, n)) for n in range(2, many + 2)]
        with counted() as sent:
            importer.plan(ks.actor, rows)
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 4
