"""The team's pages: what each kind of reader sees of it, and KS' forms."""

import pytest

from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.coreteam import service
from pilot.coreteam.rules import SeatText, Side
from pilot.web.mail import render
from tests.support.coreteam import seat, seated_vendor, sits
from tests.support.decisions import day
from tests.support.pages import words
from tests.support.people import Person

NAME = "Merkeord Navnesen"


@pytest.fixture
def sitting(app, world):
    """Someone of Oslo on a seat, who has not agreed to be named."""
    row = world.member(world.municipality(), name=NAME)
    held = sits(seat(role="Fagansvarlig").id, row)
    return Person(app, row.id), held.id, held.seat_id


def test_a_name_is_for_the_team_until_the_person_agrees(app, world, sitting, ks, request):
    person, held, seat_id = sitting
    inside = [ks, person, Person(app, seated_vendor(world).id)]
    outside = [request.getfixturevalue(name) for name in ("stranger", "vendor", "neighbour", "nhn")]
    pages = ("/kjerneteam", f"/kjerneteam/plasser/{seat_id}", "/sok?q=fagansvarlig")
    for one in outside:
        for path in pages:
            assert NAME not in one.get(path).text, path
        assert "Oslo kommune" in words(one.get("/kjerneteam").text)
    for one in inside:
        assert NAME in one.get("/kjerneteam").text
    path = f"/kjerneteam/plasser/{seat_id}"
    answer = person.follow(person.submit(path, to="/navn"))
    assert "Alle kan lese navnet ditt." in words(answer.text)
    assert all(NAME in one.get("/kjerneteam").text for one in outside)
    person.submit(path, to="/navn")
    assert NAME not in outside[0].get("/kjerneteam").text
    assert ks.post(f"/kjerneteam/oppnevninger/{held}/navn", shows="1").status_code == 403


def test_the_chart_says_what_the_numbers_say(stranger, sitting):
    seat(Side.VENDORS)
    said = words(stranger.get("/kjerneteam?vis-sammensetning=tabell").text)
    assert "1 av 2 plasser i kjerneteamet er fylt" in said
    rows = stranger.get("/kjerneteam/sammensetning.csv").text
    assert '"Kommuner";"1";"0"' in rows
    assert '"Leverandører";"0";"1"' in rows
    assert stranger.get("/kjerneteam/sammensetning.json").json["data"][0]["x"] == [1, 0]


def test_ks_makes_a_seat_and_appoints(ks, world, stranger):
    fields = {"side": "municipalities", "role": "Fagansvarlig", "share": "20 %"}
    answer = ks.submit("/kjerneteam/plasser/ny", **fields)
    path = answer.headers["Location"]
    assert "20 %" in words(stranger.get(path).text)
    person = world.member(world.municipality(), name=NAME)
    email = person.email
    bad = ks.submit(f"{path}/oppnevn", email=email, starts_on="2026-12-01", ends_on="2026-11-30")
    assert bad.status_code == 422
    assert "Siste dag kan ikke være før første dag." in words(bad.text)
    done = ks.follow(ks.submit(f"{path}/oppnevn", email=email, starts_on=day(0).isoformat()))
    assert "Personen er oppnevnt og har fått e-post." in words(done.text)
    assert NAME in done.text
    other = world.member(world.municipality()).email
    taken = ks.submit(f"{path}/oppnevn", email=other, starts_on=day(3).isoformat())
    assert taken.status_code == 409


def test_a_seat_is_registered_for_an_organisation(ks, vendor, world):
    name = vendor.actor.organisation_name
    fields = {"side": "vendors", "role": "Arkitekt", "organisation": name}
    path = "/kjerneteam/plasser/ny?for=1"
    bare = ks.submit(path, **fields)
    assert bare.status_code == 422
    assert "Velg hvordan beskjeden kom." in words(bare.text)
    told = {"behalf_channel": "mail", "behalf_received_on": "12.01.2026"}
    answer = ks.follow(ks.submit(path, **fields, **told))
    assert "registrert av KS etter e-post 12. januar 2026" in words(answer.text)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/kjerneteam/plasser/ny", {"side", "role", "share"}),
        (
            "/kjerneteam/plasser/ny?for=1",
            {"behalf_channel", "behalf_received_on", "organisation", "side", "role", "share"},
        ),
    ],
)
@pytest.mark.parametrize("share", ["101", "9" * 5000, "mye"])
def test_all_that_is_wrong_with_a_seat_is_said_at_once(path, fields, share, ks):
    page = ks.submit(path, share=share)
    assert page.status_code == 422
    for field in fields:
        assert f'id="{field}-feil"' in page.text, field


@pytest.mark.parametrize("typed", ["", " "])
def test_nobody_is_appointed_without_an_address(typed, ks):
    page = ks.submit(f"/kjerneteam/plasser/{seat().id}/oppnevn", email=typed)
    assert page.status_code == 422
    assert "Skriv en e-postadresse." in words(page.text)
    assert "Fant ingen" not in page.text


def test_an_old_form_gets_both_texts(ks, ks_member):
    row = seat(Side.OTHERS)
    newer = SeatText(side=Side.OTHERS, role="Endret av kollegaen")
    service.edit_seat(ks_member.actor, row.id, newer, revision=1)
    path = f"/kjerneteam/plasser/{row.id}/endre"
    answer = ks.submit(path, role="Min rolle", revision="1")
    assert answer.status_code == 409
    assert "Endret av kollegaen" in answer.text
    assert "Min rolle" in answer.text


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_mail_says_for_how_long(ks, world, locale):
    person = world.member(world.municipality(), locale=locale)
    sits(seat(role="Fagansvarlig").id, person, day(0), day(30))
    mail = db.session.query(OutboxMail).one()
    sent = render([mail], base_url="https://prove.example", site_name="P", sender="a@b.example")
    text = sent.get_body(("plain",)).get_content()
    assert "Fagansvarlig" in text
    assert str(day(30).year) in text
    assert f"/kjerneteam/plasser/{mail.values['seat_id']}" in text
    assert db.session.get_one(PersonRow, person.id).locale == locale


def test_statements_are_constant(app, world, ks, stranger, counted):
    oslo = world.municipality()

    def fill(n: int) -> None:
        for _ in range(n):
            row = seat()
            sits(row.id, world.member(oslo), day(-9), day(-5))
            sits(row.id, world.member(oslo))
            sits(row.id, world.member(oslo), is_deputy=True)

    fill(1)
    first = seat().id
    held = sits(first, world.member(oslo)).id
    paths = ("/kjerneteam", f"/kjerneteam/plasser/{first}")
    inside = (f"/kjerneteam/plasser/{first}/endre", f"/kjerneteam/oppnevninger/{held}/avslutt")

    def cost() -> list[int]:
        found = []
        for person, asked in ((stranger, paths), (ks, (*paths, *inside))):
            for path in asked:
                with counted() as sent:
                    assert person.get(path).status_code == 200
                found.append(len(sent))
        return found

    few = cost()
    fill(12)
    assert cost() == few
    assert max(few) <= 10
