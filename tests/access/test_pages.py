"""Every page of the matrix: it reads in three languages, and no hostile address breaks it."""

import pytest

from tests.access.conftest import Crowd
from tests.access.rooms import Row
from tests.access.test_matrix import ROWS, WRITES, address, fields_of
from tests.support import pages
from tests.support.people import Person, Stranger
from tests.support.world import World

#: Not pages: files, figures, streams and what is read by machines.
MACHINES = (
    "/static/",
    "/healthz",
    "/readyz",
    "/diagram/",
    "/api/",
    "/historier/strom",
    ".csv",
    ".json",
    ".atom",
    ".ics",
    ".pdf",
)
#: A word of the frame in each language.
FRAME = {"nb": "Hopp til hovedinnhold", "nn": "Hopp til hovudinnhald", "en": "Skip to main content"}
#: What a hostile address may hold; none of it may reach the site's own links or break a page.
HOSTILE = (
    "_scheme=javascript&_external=1&_anchor=x&_method=POST",
    "number=1&ref=x&key=x&chart_id=x&endpoint=x&self=x&values=x",
    "side=-1&side=x",
    "runde=99999999999999999999&mot=-1&nye=1&counties=x&counties=99&numbers=0301+9999+x",
    "runde=x&mot=99999999999999999999&counties=%ff&begrunnelse=%3Cscript%3Ealert(1)%3C/script%3E",
    "side=99999999999999999999",
    "q=%00&tilstand=%00&fra=%00&til=%00&losning=%00&kommune=%00&fylke=%00&vis=%00&next=%00",
    "q=%ff%27%22%3Cscript%3Ealert(1)%3C/script%3E",
    "q=%25%5F%5C*%28",
    "q=" + "a" * 3_000,
    "sorter=finnes-ikke&tilstand=finnes-ikke&fylke=99&tilstand=x&tilstand=y",
)


def reader(row: Row) -> str | None:
    """Someone who may open the page."""
    return next((name for name, answer in row.answers.items() if answer == "200"), None)


#: One row for each page.
PAGES = {
    row.rule: row
    for row in ROWS
    if row.method == "GET" and reader(row) and not any(part in row.rule for part in MACHINES)
}


def choose(person: Stranger, locale: str) -> None:
    if isinstance(person, Person):
        person.post("/sprak", locale=locale)
    else:
        with person.client.session_transaction() as cookie:
            cookie["locale"] = locale


@pytest.fixture
def opened(world: World, crowd: Crowd, demo, request) -> tuple[Stranger, str]:
    """A page of the matrix with something on it, and someone who may open it."""
    row: Row = request.param
    person = crowd[reader(row) or ""]
    path = address(world, crowd, row)
    fields_of(world, crowd, row, person, path)  # makes what a page without a number is about
    return person, path


every_page = pytest.mark.parametrize("opened", PAGES.values(), ids=str, indirect=True)


@every_page
@pytest.mark.one_database  # the sweep; that each page is answered is tried on both
def test_it_reads_in_three_languages(opened: tuple[Stranger, str]) -> None:
    person, path = opened
    for locale, word in FRAME.items():
        choose(person, locale)
        answer = person.get(path)
        assert answer.status_code == 200, path
        assert pages.parse(answer.text).get("lang") == locale, path
        assert word in answer.text, path


@every_page
@pytest.mark.on_postgresql
def test_no_hostile_address_breaks_it(opened: tuple[Stranger, str]) -> None:
    person, path = opened
    for query in HOSTILE:
        answer = person.client.get(f"{path}?{query}")  # quickly: other tests parse the pages
        assert answer.status_code < 500, f"{path}?{query[:60]}"
        assert "javascript:" not in answer.text, path
        assert "<script>alert" not in answer.text, path


def test_writing_by_get_would_be_seen(counted, world):
    """The matrix is worth what its counter sees."""
    with counted() as sent:
        world.person()
    assert [s for s in sent if WRITES.match(s)]
