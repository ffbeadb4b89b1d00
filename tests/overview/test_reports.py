"""Status reports: the lead's words and the figures, as the steering group reads them."""

import re

import pytest
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import OrganisationKind, Programme, Role
from pilot.overview.models import StatusReport
from pilot.stories.rules import StoryState
from tests.support import pages
from tests.support.people import Person
from tests.support.world import World

WORDS = "Vi er **i rute**.\n\n- Neste steg: åpne runden"


@pytest.fixture
def lead(app, world: World) -> Person:
    ks = world.seeded(OrganisationKind.KS)
    return Person(app, world.member(ks, Role.LEAD).id)


@pytest.fixture
def steering(app, world: World) -> Person:
    person = world.member(world.seeded(OrganisationKind.KS), None)
    world.programme_role(person, Programme.STEERING_GROUP)
    return Person(app, person.id)


def written(lead: Person, **fields: str) -> str:
    """The address of a new draft."""
    answer = lead.submit(
        "/rapporter/ny", to="/ny", **({"title": "Status i uke 48", "words": WORDS} | fields)
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_from_draft_to_what_the_group_reads(lead, steering, world):
    world.story(state=StoryState.READY, is_published=True)
    world.story(state=StoryState.SUBMITTED)
    address = written(lead)
    assert steering.get(address).status_code == 404
    assert "Status i uke 48" not in steering.get("/rapporter").text
    assert lead.submit(address, to="/send").status_code == 302
    page = steering.get(address)
    assert "<strong>i rute</strong>" in page.text
    published = r"Publisert brukerhistorie<.*?<td[^>]*>(\d+)"
    assert re.findall(published, page.text, re.S) == ["1"]
    assert "0 av 10" in pages.words(page.text)  # conditions that are settled
    world.story(state=StoryState.READY, is_published=True)
    again = steering.get(address).text
    assert re.findall(published, again, re.S) == ["1"], "the figures are frozen"
    assert "0 av 10" in pages.words(again)
    assert "Status i uke 48" in steering.get("/rapporter").text
    pdf = steering.get(f"{address}/rapport.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")


def test_the_figures_of_a_report_read_for_one_and_for_several(lead, steering, world):
    for wanted in ("Publisert brukerhistorie<", "Publiserte brukerhistorier<"):
        world.story(state=StoryState.READY, is_published=True)
        address = written(lead)
        assert wanted in lead.get(address).text
        lead.submit(address, to="/send")
        assert wanted in steering.get(address).text


def test_what_is_sent_stands(lead):
    address = written(lead)
    lead.submit(address, to="/send")
    assert lead.get(f"{address}/endre").status_code == 409
    assert lead.post(f"{address}/send").status_code in (400, 409)


def test_a_form_sent_twice_is_one_report(lead):
    page = lead.get("/rapporter/ny").text
    key = re.search(r'name="form_key"[^>]*value="([0-9a-f]{32})"', page)
    assert key
    first, second = (written(lead, form_key=key[1]) for _ in range(2))
    assert first == second
    assert len(db.session.scalars(select(StatusReport.id)).all()) == 1


def test_an_old_form_shows_both_texts(lead):
    address = written(lead)
    lead.submit(f"{address}/endre", to="/endre", words="Ny tekst fra den ene")
    answer = lead.submit(f"{address}/endre", to="/endre", words="Tekst fra den andre", revision="1")
    assert answer.status_code == 409
    assert "Ny tekst fra den ene" in answer.text
    assert "Tekst fra den andre" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "  "}, "Skriv en tittel."),
        ({"title": "x" * 121}, "Kort ned tittelen"),
        ({"words": "x" * 20_001}, "Kort ned teksten"),
    ],
)
def test_bad_input_gets_a_sentence_and_stores_nothing(lead, fields, sentence):
    typed = {"title": "Status", "words": "Ord"} | fields
    answer = lead.submit("/rapporter/ny", to="/ny", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(StatusReport.id)) is None


@pytest.mark.parametrize(
    "kind", [OrganisationKind.MUNICIPALITY, OrganisationKind.NATIONAL_PROVIDER]
)
def test_reports_are_for_ks_and_the_group_alone(app, world, lead, kind):
    address = written(lead)
    lead.submit(address, to="/send")
    other = Person(app, world.member(world.seeded(OrganisationKind(kind))).id)
    assert other.get(address).status_code == 404
    assert other.get("/rapporter").status_code == 403
    assert other.get("/rapporter/ny").status_code == 403


def test_one_of_the_group_with_a_vendor_is_told_nothing(app, world, lead, steering):
    address = written(lead)
    lead.submit(address, to="/send")
    torn = world.member(world.organisation(OrganisationKind.VENDOR))
    world.programme_role(torn, Programme.STEERING_GROUP)
    assert Person(app, torn.id).get(address).status_code == 404
