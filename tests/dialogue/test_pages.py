"""The pages of the dialogue as people meet them: what they say, refuse and keep."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.accounts.models import Organisation
from pilot.core import clock
from pilot.core.db import db
from pilot.dialogue import service
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from tests.support.dialogue import LINK, Host, join, mails, session_fields, standing
from tests.support.identity import ORDINARY
from tests.support.people import Person

ROOT = "/leverandordialog"
VOLUNTARY = "Deltakelse er frivillig, gir ingen fordel, og uteblivelse gir ingen ulempe."


def at(session: int, tail: str = "") -> str:
    return f"{ROOT}/okter/{session}{tail}"


def count(model: type = DialogueRegistration) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id))) or 0


# --- KS -------------------------------------------------------------------------------------------


def test_ks_writes_a_draft_looks_at_it_and_publishes(ks, stranger):
    answer = ks.submit(f"{ROOT}/okter/ny", to="ny", **session_fields(title="Om legemidler"))
    page = ks.follow(answer)
    assert "Dette er et utkast" in page.text
    where = answer.headers["Location"]
    assert stranger.get(where).status_code == 404
    assert "Om legemidler" not in stranger.get(ROOT).text
    published = ks.follow(ks.submit(f"{where}/publiser", to="publiser"))
    assert "Ledige plasser" in published.text
    assert "2. desember 2030 kl. 09.00–10.30, norsk tid (CET)" in stranger.get(where).text
    assert "Om legemidler" in stranger.get(ROOT).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Skriv hva møtet handler om."),
        ({"ends_at": "2030-12-02T08:00"}, "Møtet må slutte etter at det begynner."),
        ({"ends_at": "snart"}, "Skriv dag og klokkeslett"),
        ({"starts_at": "0001-01-01T00:00"}, "Skriv dag og klokkeslett"),
        ({"starts_at": "9999-12-31T23:59"}, "Skriv dag og klokkeslett"),
        (
            {"starts_at": "2050-12-02T09:00", "ends_at": "2050-12-02T10:00"},
            "Velg et tidspunkt i de nærmeste årene.",
        ),
        ({"capacity": "0"}, "Skriv et tall fra 1 til 2000."),
        ({"capacity": "99999999999999"}, "Skriv et helt tall, for eksempel 80."),
        ({"capacity": "mange"}, "Skriv et helt tall, for eksempel 80."),
        ({"quota": "11"}, "En leverandør kan ikke ha flere plasser enn møtet har: 10."),
        ({"quota": "0"}, "Skriv minst 1, eller la feltet stå tomt."),
        ({"registers_until": "2030-12-03T09:00"}, "Påmeldingsfristen må være før møtet begynner."),
        ({"join_url": "mote.example"}, "Skriv en hel lenke som begynner med https://."),
        ({"text": f"Ring {ORDINARY}"}, "Fjern tallet som ligner på et fødselsnummer."),
    ],
)
def test_a_session_that_will_not_do_gets_a_sentence_and_keeps_what_was_typed(changes, sentence, ks):
    fields = session_fields(place="Haakon VIIs gate") | changes
    answer = ks.submit(f"{ROOT}/okter/ny", to="ny", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Haakon VIIs gate" in answer.text
    assert count(DialogueSession) == 0


@pytest.mark.parametrize("capacity", ["", "mange"])
def test_all_that_is_wrong_with_a_session_is_said_at_once(capacity, ks):
    page = ks.submit(f"{ROOT}/okter/ny", to="ny", capacity=capacity)
    assert page.status_code == 422
    for field in ("title", "starts_at", "ends_at", "capacity"):
        assert f'id="{field}-feil"' in page.text, field


def test_a_nul_is_cleaned_away(ks):
    answer = ks.submit(f"{ROOT}/okter/ny", to="ny", **session_fields(title="Om\x00 dialog"))
    assert "Om dialog" in ks.follow(answer).text


def test_two_leads_at_once_lose_nothing(ks, ks_member, host):
    session = host.session(title="Før")
    form = ks_member.get(at(session, "/endre"))
    host.edit(session, title="Kollegaens tittel")
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form.text)
    fields = session_fields(title="Min tittel") | {"revision": revision[1]}
    answer = ks_member.post(at(session, "/endre"), fields)
    assert answer.status_code == 409
    assert "Kollegaens tittel" in answer.text
    assert "Min tittel" in answer.text
    again = re.search(r'name="revision"[^>]*value="(\d+)"', answer.text)
    assert again[1] != revision[1]
    assert ks_member.post(at(session, "/endre"), fields | {"revision": again[1]}).status_code == 302


def test_ks_sees_who_comes_and_takes_the_list_along(ks, host, vendor, other_vendor):
    session = host.session(capacity=1)
    join(vendor, session, name="=HYPERLINK(1)", address="formel@prove.example")
    join(other_vendor, session)
    page = ks.get(at(session, "/pameldte")).text
    assert "nummer 1 i køen" in page
    rows = list(csv.reader(io.StringIO(ks.get(at(session, "/pameldte.csv")).text), delimiter=";"))
    assert len(rows) == 3
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert rows[1][3] == "Bekreftet"
    assert rows[2][3:5] == ["På venteliste", "1"]


def test_attendance_is_ticked_on_the_page(ks, host, vendor):
    session = host.session()
    made = [join(vendor, session), host.told(session)]
    host.move_to_past(session)
    path = at(session, "/pameldte")
    ks.follow(ks.submit(path, to="pameldte", came=[str(made[0].id)]))
    ticked = re.findall(r'name="came" value="(\d+)" checked', ks.get(path).text)
    assert ticked == [str(made[0].id)]
    ks.submit(path, to="pameldte", came=[])
    assert "checked" not in ks.get(path).text


def test_ks_registers_for_a_vendor(ks, host, vendor):
    session = host.session()
    path = at(session, "/meld-pa-for")
    wrong = ks.submit(path, to="meld-pa-for", name="Per", address="per@prove.example")
    assert wrong.status_code == 422
    assert "Velg en leverandør fra listen." not in wrong.text  # what the form sees comes first
    assert "Velg hvordan beskjeden kom." in wrong.text
    fields = {
        "organisation_id": str(vendor.organisation_id),
        "name": "Per",
        "address": "per@prove.example",
        "behalf_channel": "mail",
        "behalf_received_on": "2026-11-12",
    }
    ks.follow(ks.submit(path, to="meld-pa-for", **fields))
    assert "registrert av KS etter e-post 12. november 2026" in vendor.get(at(session)).text
    assert (
        ks.submit(path, to="meld-pa-for", **(fields | {"organisation_id": "x"})).status_code == 422
    )


# --- vendors --------------------------------------------------------------------------------------


def test_a_vendor_registers_itself_and_a_colleague(vendor, host):
    session = host.session(capacity=1)
    page = vendor.get(at(session, "/meld-pa"))
    assert VOLUNTARY in page.text
    came = vendor.follow(vendor.submit(at(session, "/meld-pa"), to="meld-pa", me="1"))
    assert LINK in came.text
    again = vendor.get(at(session, "/meld-pa")).text
    assert "Du er registrert" in again
    waits = vendor.follow(
        vendor.submit(
            at(session, "/meld-pa"), to="meld-pa", name="Ola", address="ola@prove.example"
        )
    )
    assert "nummer 1 i køen" in waits.text
    assert "Ola" in vendor.get(f"{ROOT}/mine").text


def test_what_is_wrong_with_a_colleague_is_said_and_kept(vendor, host):
    session = host.session()
    answer = vendor.post(at(session, "/meld-pa"), name="Ola Prøve", address="ola")
    assert answer.status_code == 422
    assert "Skriv en e-postadresse" in answer.text
    assert "Ola Prøve" in answer.text
    empty = vendor.post(at(session, "/meld-pa"))
    assert "Skriv navnet på den som skal delta." in empty.text
    assert count() == 0


@pytest.mark.parametrize("code", ["cancelled", "registration_closed", "held"])
def test_a_closed_session_says_so_and_stores_nothing(code, vendor, host):
    session = host.at(code)
    answer = vendor.post(at(session, "/meld-pa"), me="1")
    assert answer.status_code == 409
    assert re.search("avlyst|fristen er ute", answer.text)
    assert count() == 0


def test_leaving_is_asked_for_and_frees_the_place(vendor, other_vendor, host):
    session = host.session(capacity=1)
    made = join(vendor, session)
    waiting = join(other_vendor, session)
    path = f"{ROOT}/pameldinger/{made.id}/meld-av"
    assert "Plassen går til den neste" in vendor.get(path).text
    assert count() == 2
    vendor.follow(vendor.submit(path, to="meld-av"))
    assert standing(session) == [(waiting.name, "confirmed")]
    assert vendor.get(path).status_code == 404


def test_a_colleague_comes_instead(vendor, host):
    session = host.session()
    made = join(vendor, session)
    path = f"{ROOT}/pameldinger/{made.id}/endre"
    vendor.follow(vendor.submit(path, to="endre", name="Kari", address="kari@prove.example"))
    assert standing(session) == [("Kari", "confirmed")]
    assert LINK not in vendor.get(at(session)).text  # the place, and the link, are Kari's now


def test_a_form_opened_for_another_vendor_stores_nothing(vendor, other_vendor, host):
    session = host.session()
    fields = {"me": "1", "acting_organisation_id": str(other_vendor.organisation_id)}
    assert vendor.post(at(session, "/meld-pa"), fields).status_code == 404
    made = join(other_vendor, session)
    for tail in ("endre", "meld-av"):
        path = f"{ROOT}/pameldinger/{made.id}/{tail}"
        assert vendor.get(path).status_code == 404
        assert vendor.post(path, name="X", address="x@prove.example").status_code == 404
    assert standing(session) == [(made.name, "confirmed")]


def test_nothing_on_a_page_moves_with_others_registrations(vendor, stranger, host):
    """Same words, same order, same size, however many have registered, until it is full."""
    session = host.session(capacity=4)
    paths = (ROOT, at(session), at(session, "/meld-pa"), "/oversikt", "/api/v1/sessions")
    keys = re.compile(r'(name="(csrf_token|form_key)"[^>]*value=")[^"]*')
    people: list[Callable[[str], str]] = [
        lambda path, who=who: keys.sub(r"\1", who.get(path).text) for who in (vendor, stranger)
    ]
    before = [look(path) for look in people for path in paths]
    for _ in range(3):
        host.told(session)
    assert [look(path) for look in people for path in paths] == before
    host.told(session)
    assert "Fullt, venteliste" in people[0](at(session))


def test_the_link_is_for_those_who_come(app, world, vendor, other_vendor, stranger, ks, host):
    session = host.session(capacity=1)
    join(vendor, session)
    join(other_vendor, session)
    firm = db.session.get_one(Organisation, vendor.organisation_id)
    colleague = Person(app, world.member(firm).id)
    assert LINK in vendor.get(at(session)).text
    assert LINK in ks.get(at(session)).text
    for person in (other_vendor, colleague, stranger):
        assert LINK not in person.get(at(session)).text
    service.cancel_session(host.ks.actor, session, reason="Syk")
    assert LINK not in vendor.get(at(session)).text


# --- others' pages --------------------------------------------------------------------------------


def test_what_needs_one_now(ks, vendor, other_vendor, host):
    soon = clock.now() + timedelta(days=3)
    session = host.session(starts_at=soon, title="Snart møte", capacity=1, join_url="")
    join(vendor, session)
    join(other_vendor, session)
    page = ks.get("/oversikt").text
    assert "Legg inn møtelenke: Snart møte" in page
    assert "Se på ventelisten: Snart møte" in page
    assert "Du skal i møte: Snart møte" in vendor.get("/oversikt").text
    assert "Du skal i møte" not in other_vendor.get("/oversikt").text
    host.edit(session, join_url=LINK)
    assert "Legg inn møtelenke" not in ks.get("/oversikt").text


def test_a_search_finds_what_is_published(stranger, ks, host):
    host.session(title="Samtale om multidose")
    host.session(title="Utkast om multidose", publish=False)
    found = stranger.get("/sok?q=multidose").text
    assert "Samtale om multidose" in found
    assert "Utkast om multidose" not in found
    assert "Utkast om multidose" in ks.get("/sok?q=multidose").text


def test_empty_lists_say_why(stranger, vendor, ks):
    assert "Ingen møter er kunngjort" in stranger.get(ROOT).text
    assert "Ingen møter er holdt ennå" in vendor.get(f"{ROOT}?vis=tidligere").text
    assert "Ingen er påmeldt" in vendor.get(f"{ROOT}/mine").text
    session = Host(ks).session()
    assert "Ingen er påmeldt ennå" in ks.get(at(session, "/pameldte")).text


def test_the_outbox_shows_the_mail(ks, vendor, host):
    join(vendor, host.session(title="Om legemidler"))
    assert mails()
    assert "Om legemidler" in ks.get("/utboks").text
