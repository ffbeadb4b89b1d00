"""Redirects stay on the site; a form opened for another organisation is not stored."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.stories.models import Story
from pilot.web.access import ACTING_FIELD, local_path
from tests.support import pages
from tests.support.people import Person

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n//evil.example",
    "\x00//evil.example",
    "///evil.example",
    "http:evil.example",
    "evil.example",
    "/x\\..\\\\evil.example",
    "",
    None,
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_other_addresses_are_not_followed(target):
    assert local_path(target) is None


@pytest.mark.parametrize("target", ["/", "/oversikt", "/historier?q=prøve&side=2", "/a//b"])
def test_own_addresses_are(target):
    assert local_path(target) == target


@given(st.text(alphabet="/\\.:ehvtps \t\n\r@?#%0a", max_size=20))
@example("/\\/evil")
def test_what_is_followed_has_no_host_of_its_own(target):
    found = local_path(target)
    if found is not None:
        # as browsers read it: a backslash is a slash, and white space within is dropped
        read = found.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "")
        assert not urlsplit(read).netloc
        assert not urlsplit(read).scheme


@pytest.mark.parametrize("target", [t for t in ELSEWHERE if t and "\x00" not in t])
def test_signing_in_leads_nowhere_else(stranger, world, target, monkeypatch):
    from pilot.accounts import passwords

    monkeypatch.setattr(passwords, "matches", lambda *_: True)
    world.person(email="noen@prove.example", password_hash="x")
    answer = stranger.client.post(
        "/logg-inn",
        query_string={"next": target},
        data={"email": "noen@prove.example", "password": "x"},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/oversikt"


def test_strangers_come_back_to_where_they_were_going(stranger):
    answer = stranger.get("/oversikt?fra=mail")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/logg-inn?next=/oversikt?fra%3Dmail"


def test_a_form_opened_for_one_organisation_is_not_stored_for_another(two_hats, world):
    oslo, stavanger = world.municipality("0301"), world.municipality("1103")
    opened = {ACTING_FIELD: str(stavanger.id), "organisation_id": str(oslo.id)}
    page = two_hats.post("/opptre-som", opened)
    assert page.status_code == 409
    said = pages.words(page.text)
    assert oslo.name in said
    assert stavanger.name in said
    assert two_hats.post("/opptre-som", opened | {ACTING_FIELD: str(oslo.id)}).status_code == 302


def test_an_organisation_one_has_no_part_in_is_not_there(two_hats, world):
    foreign = world.organisation()
    assert two_hats.post("/opptre-som", organisation_id=foreign.id).status_code == 404
    assert two_hats.post("/opptre-som", {ACTING_FIELD: str(foreign.id)}).status_code == 404
    assert two_hats.post("/opptre-som", organisation_id="abc").status_code == 404


def test_switching_is_remembered_and_shown(two_hats, world):
    stavanger = world.municipality("1103")
    assert two_hats.actor.municipality_number == "0301"
    page = two_hats.follow(two_hats.post("/opptre-som", organisation_id=stavanger.id))
    assert stavanger.name in pages.words(page.text)
    assert two_hats.actor.municipality_number == "1103"


def test_an_open_redirect_is_not_made_by_switching(two_hats, world):
    answer = two_hats.post(
        "/opptre-som", organisation_id=world.municipality("1103").id, next="//evil.example"
    )
    assert answer.headers["Location"] == "/oversikt"


def test_a_form_opened_without_an_organisation_is_not_stored(municipality):
    fields = {"title": "Skrevet før", "save": "1", ACTING_FIELD: ""}
    answer = municipality.post("/historier/ny", fields)
    assert answer.status_code == 409
    assert "Oslo kommune" in pages.words(answer.text)
    assert "Skrevet før" in answer.text
    assert db.session.scalar(select(func.count(Story.id))) == 0


def test_signing_in_once_more_in_another_window_is_no_clash(municipality):
    fields = {"email": "noen@prove.example", "password": "galt", ACTING_FIELD: ""}
    assert municipality.post("/logg-inn", fields).status_code == 422


def test_one_without_an_organisation_is_not_asked_for_it(app, world):
    alone = Person(app, world.person().id)
    assert alone.post("/historier/ny", {ACTING_FIELD: "", "title": "x"}).status_code == 403


def test_writing_is_in_the_menu_of_those_who_may(municipality, ks, vendor, stranger):
    for person, there in ((municipality, True), (ks, False), (vendor, False), (stranger, False)):
        page = pages.parse(person.get("/kommuner").text)
        [menu] = [d for d in page.iter("details") if d.get("class") == "pr-menu"]
        links = [pages.text(a) for a in menu.iter("a") if a.get("href") == "/historier/ny"]
        assert links == ["Skriv en historie"] * there
