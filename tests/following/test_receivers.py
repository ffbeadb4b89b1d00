"""Who a message goes to, and how one chooses."""

import pytest
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.core.policy import OrganisationKind
from pilot.core.registry import Audience
from pilot.core.words import say
from pilot.following import queries
from pilot.following.models import MailMessage
from pilot.following.rules import MessageState
from tests.following.conftest import addresses, mails, row
from tests.support import pages


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("municipalities", {"oslo", "bergen"}),
        ("county:46", {"bergen"}),
        ("county:03", {"oslo"}),
        ("vendors", {"vendor", "rival"}),
        ("participants", {"oslo", "bergen", "vendor", "rival", "nhn"}),
    ],
)
def test_an_audience_holds_the_people_it_says(world, people, audience, expected):
    world.message(audience, is_sent=True)
    assert addresses() == {people[name] for name in expected}


def test_one_organisation_and_the_steering_group(world, people):
    oslo = world.municipality("0301")
    world.message(f"organisation:{oslo.id}", is_sent=True)
    assert addresses() == {people["oslo"]}
    member = world.member(world.seeded(OrganisationKind.KS), role=None)
    world.programme_role(member)
    world.message("steering_group", is_sent=True)
    assert addresses() == {people["oslo"], member.email}


def test_a_person_with_two_organisations_gets_one(world):
    person = world.member(world.municipality("0301"))
    world.membership(person, world.municipality("4601"))
    world.message("municipalities", is_sent=True)
    assert [mail.address for mail in mails()] == [person.email]


def test_another_room_can_add_an_audience(app, world, ks, people, monkeypatch):
    found = select(queries.audiences.Person.id).where(
        queries.audiences.Person.email == people["nhn"]
    )
    registered = Audience(
        say("Dialogmøter"),
        lambda name: say("Påmeldte til %(name)s", name=name),
        lambda _actor: [("3", "økt 3")],
        lambda _value: found,
    )
    monkeypatch.setitem(app.extensions["registry"].audiences, "session", registered)
    answer = ks.submit("/meldinger/ny", audience="session:3", title_nb="Hei", body_nb="Velkommen")
    page = ks.follow(answer).text
    assert "Påmeldte til økt 3" in page
    assert "Send til én mottaker" in page
    ks.submit(answer.headers["Location"], to="/send")
    assert addresses() == {people["nhn"]}


def test_whom_it_may_go_to_stands_under_headings(ks, people):
    page = pages.parse(ks.get("/meldinger/ny").text)
    groups = {one.get("label"): [o.text for o in one] for one in page.iter("optgroup")}
    assert list(groups) == ["Grupper", "Kontakter i ett fylke", "Én organisasjon"]
    assert "Agder" in groups["Kontakter i ett fylke"]
    assert "Alle leverandører" in groups["Grupper"]


def test_whom_it_goes_to_stays_chosen(ks, world, people):
    message = world.message("county:46")
    page = pages.parse(ks.get(f"/meldinger/{message.id}/endre").text)
    chosen = [one.get("value") for one in page.iter("option") if one.get("selected") is not None]
    assert chosen == ["county:46"]


@pytest.mark.parametrize("audience", ["", "finnes-ikke", "county:99", "organisation:0", "county"])
def test_an_audience_that_there_is_not(ks, audience):
    answer = ks.post("/meldinger/ny", audience=audience, title_nb="Hei", body_nb="Tekst")
    assert answer.status_code == 422
    assert not db.session.scalar(select(func.count(MailMessage.id)))


def test_nobody_to_send_to_is_said(ks, world):
    message = world.message("vendors")
    answer = ks.submit(f"/meldinger/{message.id}", to="/send")
    assert answer.status_code == 422
    assert "Ingen får meldingen." in answer.text
    assert row(message).state is MessageState.DRAFT
