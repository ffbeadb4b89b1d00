"""The access matrix: every route × every kind of person, against the answers in `matrix.txt`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pilot.catalogue.rules import ServiceText
from pilot.catalogue.service import add_service
from pilot.core.db import db
from pilot.municipalities.models import HospitalTrust
from pilot.overview import service as overview
from pilot.stories.rules import SolutionLink, StoryState
from pilot.stories.service import assess_solution
from pilot.web import live
from tests.access.conftest import PEOPLE, Crowd
from tests.support.people import Person, Stranger
from tests.support.world import World

TABLE = Path(__file__).with_name("matrix.txt")
API = "/api/v1"
DOOR = "door"  # sent to the sign-in page
TEXT = {"title": "Tittel", "role": "rolle", "need": "behov", "benefit": "nytte"}
SERVICE = {"state": "idea"} | {
    f"links-{n}-{part}": value
    for n in (0, 1)
    for part, value in (("solution", ""), ("kind", "reuse"))
}
#: What is posted where something must be; the rest are buttons.
FIELDS: dict[str, dict[str, Any]] = {
    "/logg-inn": {"password": "galt passord"},
    "/sprak": {"locale": "nb"},
    "/historier/ny": TEXT | {"save": "1"},
    "/historier/<ref>/endre": TEXT | {"save": "1", "revision": "1"},
    "/historier/<ref>/flytt/<state>": {"reason": "Fordi"},
    "/historier/<ref>/losninger": {"solution_key": "helseid", "kind": "reuse"},
    "/tjenester/ny": SERVICE,
    "/tjenester/<key>/endre": SERVICE | {"revision": "1"},
    "/rapporter/ny": {"title": "Status"},
    "/rapporter/<int:report_id>/endre": {"title": "Status", "revision": "1"},
    "/rapporter/<int:report_id>/send": {"revision": "1"},
    f"{API}/stories": TEXT,
    f"{API}/stories/<ref>/transitions": {"reason": "Fordi"},
}
SOLUTION, MUNICIPALITY = "sysvak", "0301"
numbers = count(1)


@dataclass(frozen=True)
class Row:
    """A line of the table: a route, in what state its subject is, and who gets which answer."""

    method: str
    rule: str
    subject: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.rule} {self.subject}"


def table() -> Iterator[Row]:
    lines = [line for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    head, *rows = [line.split() for line in lines]
    assert tuple(head[3:]) == PEOPLE
    for row in rows:
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


def story(world: World, crowd: Crowd, row: Row) -> str:
    """A story of Oslo in the row's state."""
    code = row.subject.partition(">")[0]
    is_published = code == "published"
    state = StoryState.READY if is_published else StoryState(code)
    made = world.story(state=state, is_published=is_published)
    if row.rule.endswith("/fjern"):
        actor = crowd["nhn"].actor
        assess_solution(actor, made.id, solution_key="helseid", kind=SolutionLink.REUSE)
    return made.ref


def report(crowd: Crowd, row: Row) -> str:
    """A status report, as a draft or sent to the steering group."""
    lead = crowd["ks_lead"]
    made = overview.add_report(lead.actor, title="Status", words="Ord")
    if row.subject == "sent":
        overview.send_report(lead.actor, lead.app.extensions["registry"], made.id, revision=1)
    return str(made.id)


def key(crowd: Crowd, row: Row) -> str:
    if row.rule.startswith("/tjenester"):
        text = ServiceText(name=f"Plan {next(numbers)}")
        return add_service(crowd["ks_lead"].actor, text).key
    if row.rule.startswith("/helseforetak"):
        return str(db.session.scalars(select(HospitalTrust.key)).first())
    return "helseid" if row.rule.endswith("/fjern") else SOLUTION


def address(world: World, crowd: Crowd, row: Row) -> str:
    """The address of a row, with a new subject in the row's state."""
    values: dict[str, Callable[[], str]] = {
        "number": lambda: MUNICIPALITY,
        "chart_id": lambda: "tilstander",
        "path:filename": lambda: "img/mark.svg",
        "state": lambda: row.subject.partition(">")[2],
        "ref": lambda: story(world, crowd, row),
        "key": lambda: key(crowd, row),
        "int:report_id": lambda: report(crowd, row),
        "int:mail_id": lambda: str(world.mail(state=row.subject).id),
    }
    return re.sub(r"<([^>]+)>", lambda name: values[name[1]](), row.rule)


@pytest.fixture
def ask(world, crowd, headers_of, unread, monkeypatch) -> Callable[[Row, Stranger], str]:
    """Send the row's request as a person; the answer as the table writes it."""
    monkeypatch.setattr(live, "LIFETIME", 0.0)

    def send(row: Row, person: Stranger) -> str:
        path = address(world, crowd, row)
        fields = dict(FIELDS.get(row.rule, {}))
        if row.rule == "/logg-inn":  # ten tries for one address would be too many
            fields["email"] = f"ingen-{next(numbers)}@prove.example"
        if row.rule.startswith("/tjenester"):
            fields["name"] = f"Delt plan {next(numbers)}"
        if row.rule == "/opptre-som" and isinstance(person, Person):
            fields["organisation_id"] = person.organisation_id
        if path.startswith(API):
            if row.rule.endswith("/transitions"):
                fields["to"] = row.subject.partition(">")[2]
            body = {"json": fields} if row.method == "POST" else {}
            answer = person.api(row.method, path, headers=headers_of(person), **body)
        elif row.method == "POST":
            answer = person.post(path, fields)
        else:
            answer = person.get(path)
        to_door = answer.headers.get("Location", "").startswith("/logg-inn")
        return DOOR if to_door else str(answer.status_code)

    return send


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_gets_the_answer_that_is_theirs(row, crowd, ask):
    found = {name: ask(row, person) for name, person in crowd.items()}
    differs = {n: f"{found[n]}, not {a}" for n, a in row.answers.items() if found[n] != a}
    assert not differs, f"{row}: {differs}"
