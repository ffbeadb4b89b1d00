"""Documents: versions that stay, a consultation with a last day, input for two pairs of eyes."""

from collections import Counter
from functools import partial

import pytest
from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Rejected
from pilot.recommendations import panels, queries, service
from pilot.recommendations.models import DocumentInput, DocumentVersion
from pilot.recommendations.rules import DocumentState, Position, key_of, takes_input
from tests.support.decisions import day
from tests.support.pages import words
from tests.support.people import Person
from tests.support.race import race
from tests.support.recommendations import document, give, text
from tests.support.told import told_to

S, P = DocumentState, Position
CROWD = 40


# --- what is stored --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": "–"}, "title"),
        ({"title": "Ny"}, "title"),
        ({"body": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "www.ks.no"}, "source_url"),
        ({"body": "Pasient 13097248022"}, "body"),
    ],
)
def test_what_is_not_stored(ks, fields, at):
    with pytest.raises(Rejected) as refused:
        service.add_document(ks.actor, text(**fields))
    assert refused.value.field == at


def test_two_of_one_title_have_addresses_of_their_own():
    assert [document(title="Krav til deling").key for _ in range(3)] == [
        "krav-til-deling",
        "krav-til-deling-2",
        "krav-til-deling-3",
    ]
    assert key_of("Ærlig øre på ås!") == "aerlig-ore-pa-as"


def test_markup_is_made_safe(ks):
    made = document(S.CONSULTATION, body="<script>alert(1)</script> **fet** [x](javascript:a)")
    page = ks.get(f"/anbefalinger/{made.key}").text
    assert "<script>alert" not in page
    assert "<strong>fet</strong>" in page
    assert 'href="javascript' not in page


def test_a_version_never_changes(ks):
    made = document()
    service.edit_document(ks.actor, made.key, text(title="Nytt navn", body="Tekst"), revision=1)
    assert queries.page(ks.actor, made.key).row.version == 1  # the text is the same
    service.edit_document(ks.actor, made.key, text(body="Ny tekst"), revision=2)
    assert queries.page(ks.actor, made.key, 1).body == "Tekst"
    with pytest.raises(service.Stale):
        service.edit_document(ks.actor, made.key, text(), revision=2)
    with pytest.raises(Exception, match="append-only"):
        db.session.connection().execute(DocumentVersion.__table__.delete())


def test_states_follow_each_other(ks, ks_member):
    made = document()
    with pytest.raises(Conflict):
        service.move_document(ks.actor, made.key, to=S.ADOPTED)
    with pytest.raises(Forbidden):
        service.move_document(ks_member.actor, made.key, to=S.CONSULTATION, closes_on=day(1))
    for bad in (None, day(-1)):
        with pytest.raises(Rejected) as refused:
            service.move_document(ks.actor, made.key, to=S.CONSULTATION, closes_on=bad)
        assert refused.value.field == "closes_on"
    service.move_document(ks.actor, made.key, to=S.CONSULTATION, closes_on=day(0))
    service.move_document(ks.actor, made.key, to=S.ADOPTED)
    revision = queries.page(ks.actor, made.key).revision
    with pytest.raises(Conflict):
        service.edit_document(ks.actor, made.key, text(), revision=revision)
    service.move_document(ks.actor, made.key, to=S.SUPERSEDED)
    assert audit.verify().fault is None


# --- input -----------------------------------------------------------------------------------


def test_the_last_day_is_open():
    assert takes_input(S.CONSULTATION, day(0), day(0))
    assert not takes_input(S.CONSULTATION, day(0), day(1))
    assert not takes_input(S.ADOPTED, day(5), day(0))


def test_an_organisation_gives_one_input_and_may_mend_it(municipality, colleague, ks):
    key = document(S.CONSULTATION).key
    give(municipality, key, "Først")
    with pytest.raises(service.Stale):
        give(colleague, key, "Oppå")
    give(colleague, key, "Endret", revision=1)
    rows = queries.input_rows(ks.actor, queries.page(ks.actor, key).row.id)
    assert [(row.text, row.revision) for row in rows] == [("Endret", 2)]


def test_input_when_it_is_too_late_is_refused(ks, municipality):
    key = document(S.ADOPTED).key
    with pytest.raises(Conflict):
        give(municipality, key)


def test_input_says_something(municipality):
    key = document(S.CONSULTATION).key
    with pytest.raises(Rejected):
        give(municipality, key, " ")
    actor = municipality.actor
    service.give_input(actor, key, text="", position=P.NO_REMARKS, revision=None)


def test_ks_and_the_steering_group_give_none(ks, steering):
    key = document(S.CONSULTATION).key
    for person in (ks, steering):
        with pytest.raises(Forbidden):
            give(person, key)


def test_those_who_have_said_nothing_are_asked(municipality, ks, vendor):
    key = document(S.CONSULTATION, title="Krav").key
    asked = [str(need.title) for need in told_to(municipality.actor, panels.NEEDS)]
    assert asked == ["Skriv innspill til rammer og anbefalinger"]
    assert not told_to(ks.actor, panels.NEEDS)
    give(municipality, key)
    assert not told_to(municipality.actor, panels.NEEDS)
    assert told_to(vendor.actor, panels.NEEDS)


# --- pages -----------------------------------------------------------------------------------


def test_from_draft_to_input_on_the_pages(ks, vendor, stranger):
    typed = {"title": "Krav til deling", "body": "## Hvorfor\n\nFordi."}
    path = ks.submit("/anbefalinger/ny", **typed).headers["Location"]
    assert stranger.get(path).status_code == 404
    answer = ks.submit(f"{path}/flytt/consultation", closes_on="")
    assert answer.status_code == 422
    ks.submit(f"{path}/flytt/consultation", closes_on=day(5).isoformat())
    assert "Dokumentet er på høring til og med" in words(stranger.get(path).text)
    empty = vendor.submit(f"{path}/vart-innspill", text="", position="oppose")
    assert empty.status_code == 422
    done = vendor.follow(vendor.submit(f"{path}/vart-innspill", text="For vagt", position="oppose"))
    assert "Innspillet er lagret." in words(done.text)
    assert "For vagt" in ks.get(f"{path}/innspill").text
    old = vendor.submit(f"{path}/vart-innspill", text="Oppå", position="oppose", revision="")
    assert old.status_code == 409
    ks.submit(f"{path}/flytt/adopted")
    assert "Høringen er stengt." in words(vendor.get(f"{path}/vart-innspill").text)


def test_an_old_form_gets_both_texts(ks, ks_member):
    made = document()
    newer = text(body="Endret av kollegaen")
    service.edit_document(ks_member.actor, made.key, newer, revision=1)
    path = f"/anbefalinger/{made.key}/endre"
    answer = ks.submit(path, body="Min tekst", revision="1")
    assert answer.status_code == 409
    assert "Endret av kollegaen" in answer.text
    assert "Min tekst" in answer.text


def test_the_empty_list_says_what_comes(stranger):
    said = words(stranger.get("/anbefalinger").text)
    assert "Ingen rammer eller anbefalinger å vise ennå" in said


def test_statements_are_constant(app, world, ks, stranger, municipality, counted):
    key = document(S.CONSULTATION).key
    give(municipality, key)
    paths = ("/anbefalinger", f"/anbefalinger/{key}")
    asked = [(stranger, paths), (ks, (*paths, f"/anbefalinger/{key}/innspill"))]
    asked.append((municipality, (f"/anbefalinger/{key}/vart-innspill",)))

    def cost() -> list[int]:
        found = []
        for person, wanted in asked:
            for path in wanted:
                with counted() as sent:
                    assert person.get(path).status_code == 200
                found.append(len(sent))
        return found

    few = cost()
    for n in range(12):
        document(S.CONSULTATION)
        give(Person(app, world.member(world.organisation()).id), key)
        revision = queries.page(ks.actor, key).revision
        service.edit_document(ks.actor, key, text(body=f"Tekst {n}"), revision=revision)
    assert cost() == few
    assert max(few) <= 10


# --- races -----------------------------------------------------------------------------------


def send(person_id: int, key: str, number: int) -> str:
    from pilot.accounts.queries import actor_of

    actor = actor_of(person_id, None, None)
    assert actor is not None
    try:
        service.give_input(actor, key, text=f"Nummer {number}", position=P.SUPPORT, revision=None)
    except Conflict:
        return "late"
    return "stored"


def test_many_of_one_organisation_send_at_once(shared_database, municipality):
    key, person_id = document(S.CONSULTATION).key, municipality.id
    db.session.remove()
    answers = race(partial(send, person_id, key), shared_database, threads=CROWD // 2)
    assert Counter(answers) == {"stored": 1, "late": CROWD - 1}
    db.session.rollback()
    assert db.session.scalar(select(func.count(DocumentInput.id))) == 1
