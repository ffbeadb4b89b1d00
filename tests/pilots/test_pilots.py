"""Pilots: nobody is shown as chosen before a decision stands behind it; hidden means hidden."""

from collections import Counter
from functools import partial

import pytest

from pilot.core import audit
from pilot.core.errors import Conflict, Forbidden, Rejected
from pilot.core.policy import Zone
from pilot.pilots import queries, service
from pilot.pilots.rules import PilotState
from tests.support.decisions import action, decision
from tests.support.pages import words
from tests.support.pilots import SYSTEM, pilot, released, text
from tests.support.race import race

CROWD = 40


# --- what is stored --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"zone": Zone.OWN}, "zone"),
        ({"zone": Zone.PUBLIC}, "zone"),
        ({"zone": Zone.PARTIES}, "zone"),
        ({"state": PilotState.ACTIVE}, "starts_on"),
        ({"in_words": "Pasient 13097248022"}, "in_words"),
    ],
)
def test_what_is_not_stored(ks, fields, at):
    with pytest.raises(Rejected) as refused:
        service.add_pilot(ks.actor, text(**fields))
    assert refused.value.field == at
    assert queries.listed(ks.actor, 1).total == 0


def test_only_ks_writes_and_only_a_lead_releases(ks_member, municipality, vendor, steering):
    for person in (municipality, vendor, steering):
        with pytest.raises(Forbidden):
            service.add_pilot(person.actor, text())
    made = service.add_pilot(ks_member.actor, text())
    with pytest.raises(Forbidden):
        service.release_pilot(ks_member.actor, made.id, decision=decision().ref)


def test_nothing_is_released_without_a_decision_that_stands(ks, stranger):
    made = pilot().id
    older = decision()
    service_ref = older.ref
    for ref in ("", "B-99", action(ks.organisation_id, is_ks=True).ref):
        with pytest.raises(Rejected) as refused:
            service.release_pilot(ks.actor, made, decision=ref)
        assert refused.value.field == "decision"
    assert stranger.get(f"/utprovinger/{made}").status_code == 404
    service.release_pilot(ks.actor, made, decision=service_ref)
    assert stranger.get(f"/utprovinger/{made}").status_code == 200
    with pytest.raises(Conflict):
        service.release_pilot(ks.actor, made, decision=service_ref)
    service.hide_pilot(ks.actor, made)
    assert stranger.get(f"/utprovinger/{made}").status_code == 404
    with pytest.raises(Conflict):
        service.hide_pilot(ks.actor, made)


def test_an_edit_does_not_release_nor_hide(ks, stranger):
    made = released()
    changed = text(title="Nytt navn", zone=Zone.INTERNAL)
    service.edit_pilot(ks.actor, made.id, changed, revision=made.revision)
    assert "Nytt navn" in words(stranger.get(f"/utprovinger/{made.id}").text)
    with pytest.raises(service.Stale):
        service.edit_pilot(ks.actor, made.id, changed, revision=1)


# --- what is hidden --------------------------------------------------------------------------


def test_the_contact_is_not_for_all(world, ks, stranger, vendor, municipality):
    made = released(contact="Kari, 99 88 77 66")
    path = f"/utprovinger/{made.id}"
    assert "99 88 77 66" in municipality.get(path).text
    for person in (stranger, vendor):
        assert "99 88 77 66" not in person.get(path).text


def test_stories_are_cleared_for_the_reader(world, stranger, ks):
    hidden, shown = world.story(), world.story(is_published=True)
    made = released(stories=(hidden.id, shown.id))
    page = stranger.get(f"/utprovinger/{made.id}").text
    assert f"/historier/{shown.ref}" in page
    assert f"/historier/{hidden.ref}" not in page
    assert f"/historier/{hidden.ref}" in ks.get(f"/utprovinger/{made.id}").text


# --- pages -----------------------------------------------------------------------------------


def test_ks_describes_changes_and_releases(world, ks, stranger):
    story = world.story(is_published=True)
    typed = {"title": "Delt plan", "municipality": "Finnes ikke", "stories": story.ref}
    bad = ks.submit("/utprovinger/ny", **typed)
    assert bad.status_code == 422
    assert "Fant ingen kommune med dette navnet." in words(bad.text)
    typed |= {"municipality": world.municipality().name, "stories": "BH-9999"}
    assert "Fant ikke BH-9999." in words(ks.submit("/utprovinger/ny", **typed).text)
    path = ks.submit("/utprovinger/ny", **(typed | {"stories": story.ref})).headers["Location"]
    assert "Bygger på beslutning" in words(ks.get(path).text)
    assert ks.submit(f"{path}/endre", in_words="Går fint", course="on_track").status_code == 302
    empty = ks.submit(f"{path}/vis-for-alle")
    assert empty.status_code == 422
    assert "Skriv nummeret på beslutningen" in words(empty.text)
    done = ks.follow(ks.submit(f"{path}/vis-for-alle", decision=decision(zone=Zone.PUBLIC).ref))
    assert "Alle kan lese om utprøvingen." in words(done.text)
    said = words(stranger.get(path).text)
    assert "Går fint" in said
    assert "I rute" in said
    assert "Delt plan" in words(stranger.get(f"/historier/{story.ref}").text)
    ks.submit(path, to="/skjul")
    assert stranger.get(path).status_code == 404


def test_an_old_form_gets_both_texts(ks, ks_member):
    made = pilot()
    newer = text(title="Endret av kollegaen")
    service.edit_pilot(ks_member.actor, made.id, newer, revision=1)
    path = f"/utprovinger/{made.id}/endre"
    answer = ks.submit(path, title="Min tekst", revision="1")
    assert answer.status_code == 409
    assert "Endret av kollegaen" in answer.text
    assert "Min tekst" in answer.text


def test_a_double_click_is_one_pilot(ks):
    form = {"title": "Delt plan", "form_key": "c" * 32}
    first, second = (ks.submit("/utprovinger/ny", **form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_the_empty_list_says_what_comes(stranger):
    assert "Ingen utprøvinger å vise ennå" in words(stranger.get("/utprovinger").text)


def test_statements_are_constant(world, ks, stranger, counted):
    oslo, story = world.municipality().id, world.story(is_published=True)
    first = released(organisation_id=oslo, stories=(story.id,)).id
    paths = ("/utprovinger", f"/utprovinger/{first}", f"/historier/{story.ref}")

    def cost() -> list[int]:
        found = []
        for person, asked in ((stranger, paths), (ks, (*paths, f"/utprovinger/{first}/endre"))):
            for path in asked:
                with counted() as sent:
                    assert person.get(path).status_code == 200
                found.append(len(sent))
        return found

    few = cost()
    for _ in range(15):
        released(organisation_id=oslo, stories=(story.id,))
    assert cost() == few
    assert max(few) <= 10


# --- races -----------------------------------------------------------------------------------


def release(pilot_id: int, ref: str, _number: int) -> str:
    try:
        service.release_pilot(SYSTEM, pilot_id, decision=ref)
    except Conflict:
        return "late"
    return "released"


def test_many_release_the_same(shared_database):
    made, ref = pilot().id, decision().ref
    task = partial(release, made, ref)
    from pilot.core.db import db

    db.session.remove()
    answers = Counter(race(task, shared_database, threads=CROWD // 2))
    assert answers == {"released": 1, "late": CROWD - 1}
    db.session.rollback()
    assert audit.verify().fault is None
