"""Every page reads in bokmål, nynorsk and English, for one who may open it."""

import pytest

from tests.access.conftest import Crowd
from tests.access.rooms import Row
from tests.access.test_matrix import ROWS, address
from tests.support import pages
from tests.support.people import Person
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
LOCALES = ("nb", "nn", "en")
#: A word of the frame in each language.
FRAME = {"nb": "Hopp til hovedinnhold", "nn": "Hopp til hovudinnhald", "en": "Skip to main content"}


def reader(row: Row) -> str | None:
    """Someone who may open the page."""
    return next((name for name, answer in row.answers.items() if answer == "200"), None)


#: One row for each page.
PAGES = {
    row.rule: row
    for row in ROWS
    if row.method == "GET" and reader(row) and not any(part in row.rule for part in MACHINES)
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("row", PAGES.values(), ids=str)
def test_every_page(world: World, crowd: Crowd, demo, row: Row, locale: str) -> None:
    person = crowd[reader(row) or ""]
    path = address(world, crowd, row)
    if isinstance(person, Person):
        person.post("/sprak", locale=locale)
    else:
        with person.client.session_transaction() as cookie:
            cookie["locale"] = locale
    answer = person.get(path)
    assert answer.status_code == 200, path
    assert pages.parse(answer.text).get("lang") == locale, path
    assert FRAME[locale] in answer.text, path
