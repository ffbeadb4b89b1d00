"""The access matrix: every route × every kind of person, against the answers in `matrix.txt`."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pilot.stories.rules import StoryState
from pilot.web import live
from tests.access.conftest import PEOPLE, Crowd
from tests.access.rooms import (
    API,
    Row,
    accounts,
    candidates,
    dialogue,
    editorial,
    overview,
    priorities,
    programme,
    rest,
)
from tests.support.people import Stranger
from tests.support.world import World

TABLE = Path(__file__).with_name("matrix.txt")
DOOR = "door"  # sent to the sign-in page
#: Pages with the budget of a dashboard have one of these in their address.
DASHBOARDS = ("oversikt", "status", "sammenlign", "rapport")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
#: The last one takes what the others leave.
ROOMS: tuple[ModuleType, ...] = (
    accounts,
    programme,  # before the candidates: «utprovinger» begins as «utproving» does
    candidates,
    dialogue,
    editorial,
    overview,
    priorities,
    rest,
)


def table() -> Iterator[Row]:
    lines = [line for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    head, *rows = [line.split() for line in lines]
    assert tuple(head[3:]) == PEOPLE
    for row in rows:
        # The last one, seated in the core team, is left out where it fares as any other vendor.
        row += [row[head.index("vendor")]] * (len(head) - len(row) == 1)
        assert len(row) == len(head), row
        yield Row(*row[:3], dict(zip(PEOPLE, row[3:], strict=True)))


ROWS = list(table())


# --- the table -------------------------------------------------------------------------------


def test_every_route_has_a_row_and_every_row_a_route(app):
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    rows = {(row.method, row.rule) for row in ROWS}
    assert routes - rows == set(), "routes without a row in matrix.txt"
    assert rows - routes == set(), "rows of matrix.txt without a route"
    assert len({str(row) for row in ROWS}) == len(ROWS)


def test_every_state_of_a_story_has_its_page_in_the_table():
    subjects = {row.subject for row in ROWS if row.rule == "/historier/<ref>"}
    assert subjects >= {state.value for state in StoryState} | {"published"}


# --- the answers -----------------------------------------------------------------------------


def room_of(row: Row) -> ModuleType:
    return next(room for room in ROOMS if row.rule.startswith(room.PREFIXES))


def address(world: World, crowd: Crowd, row: Row) -> str:
    """The address of a row, with a new subject in the row's state."""
    values = room_of(row).values(world, crowd, row)
    return re.sub(r"<([^>]+)>", lambda name: values[name[1]](), row.rule)


def fields_of(world: World, crowd: Crowd, row: Row, person: Stranger, path: str) -> dict[str, Any]:
    """What is posted where something must be; the rest are buttons."""
    room = room_of(row)
    return room.FIELDS.get(row.rule, {}) | room.fields(world, crowd, row, person, path)


def costs(row: Row, sent: list[str]) -> str:
    """What is wrong with the statements that a page has sent."""
    if any(WRITES.match(statement) for statement in sent):
        return "writes"
    is_dashboard = any(word in row.rule for word in DASHBOARDS)
    most = 15 if is_dashboard else 10
    return f"sends {len(sent)} statements" if len(sent) > most else ""


@pytest.fixture
def ask(
    world, crowd, headers_of, counted, unread, monkeypatch
) -> Callable[[Row, Stranger, str], str]:
    """Send the row's request as a person; the answer as the table writes it.

    A page that writes, or asks the database too much, is not an answer.
    """
    monkeypatch.setattr(live, "LIFETIME", 0.0)

    def send(row: Row, person: Stranger, path: str) -> str:
        fields = fields_of(world, crowd, row, person, path)
        headers = headers_of(person) if path.startswith(API) else {}
        with counted() as sent:
            if path.startswith(API):
                body = {"json": fields} if row.method in ("POST", "PUT") and fields else {}
                answer = person.api(row.method, path, headers=headers, **body)
            elif row.method == "POST":
                answer = person.post(path, fields)
            else:
                answer = person.get(path)
        if row.method == "GET" and costs(row, sent):
            return costs(row, sent)
        to_door = answer.headers.get("Location", "").startswith("/logg-inn")
        return DOOR if to_door else str(answer.status_code)

    return send


def answers(world: World, crowd: Crowd, row: Row, ask) -> dict[str, str]:
    """What each gets; one who has changed the subject leaves a new one to the next."""
    found: dict[str, str] = {}
    path = ""
    for name, person in crowd.items():
        path = path or address(world, crowd, row)
        found[name] = ask(row, person, path)
        if row.method != "GET" and found[name][0] in "23":
            path = ""
    return found


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_gets_the_answer_that_is_theirs(row, world, crowd, ask):
    found = answers(world, crowd, row, ask)
    differs = {n: f"{found[n]}, not {a}" for n, a in row.answers.items() if found[n] != a}
    assert not differs, f"{row}: {differs}"
