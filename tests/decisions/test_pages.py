"""The register in a browser: recording from a thing's page, errors, old forms, lists and files."""

from datetime import date

import pytest

from pilot.core.policy import Zone
from pilot.core.registry import Thing
from pilot.decisions import queries, service
from pilot.decisions.rules import EntryKind
from tests.support.decisions import action, condition_id, day, decision, text
from tests.support.pages import words

NEW = {"text": "Vi begynner i januar", "reasons": "Da er teamet klart", "decided_on": "2026-01-15"}


def test_ks_records_a_decision_from_a_storys_page(world, ks, municipality, vendor):
    story = world.story()
    page = ks.get(f"/historier/{story.ref}").text
    path = f"/beslutninger/ny?gjelder=story:{story.id}"
    assert f"gjelder=story:{story.id}" in page.replace("%3A", ":")
    answer = ks.follow(ks.submit(path, **NEW, zone="public_side"))
    assert "B-1 er registrert." in words(answer.text)
    assert story.ref in words(answer.text)
    assert "Vi begynner i januar" in words(municipality.get(f"/historier/{story.ref}").text)
    assert "Vi begynner i januar" in words(municipality.get("/sok?q=januar").text)
    assert vendor.get("/beslutninger/B-1").status_code == 404
    assert "januar" not in words(vendor.get("/beslutninger").text)


def test_without_a_reason_nothing_is_stored_and_nothing_is_lost(ks):
    answer = ks.submit("/beslutninger/ny", **(NEW | {"reasons": ""}), zone="parties")
    assert answer.status_code == 422
    assert "Skriv begrunnelsen." in words(answer.text)
    assert "Vi begynner i januar" in answer.text
    assert queries.listed(ks.actor, queries.EntryFilter()).total == 0


def test_an_action_is_given_carried_out_and_remarked_on(world, ks, municipality):
    name = world.municipality("0301").name
    fields = {"text": "Send inn historiene", "owner": name, "due_on": "1.12.2026", "zone": "own"}
    answer = ks.submit("/beslutninger/ny?slag=oppgave", **fields)
    assert answer.headers["Location"].endswith("/beslutninger/O-1")
    row = queries.visible_by_ref(ks.actor, "O-1")
    assert row.due_on == date(2026, 12, 1)
    said = ks.submit("/beslutninger/O-1", to="/merknader", note="Ring om du lurer")
    assert said.status_code == 302
    assert "Ring om du lurer" in words(municipality.get("/beslutninger/O-1").text)
    answer = municipality.follow(municipality.submit("/beslutninger/O-1/flytt/done"))
    assert "Oppgaven er utført." in words(answer.text)
    empty = municipality.submit("/beslutninger/O-1", to="/merknader", note=" ")
    assert empty.status_code == 422


def test_an_old_form_gets_both_texts(ks, ks_member):
    entry = decision(text="Først")
    newer = text(text="Endret av kollegaen")
    service.change_entry(ks_member.actor, entry.id, newer, revision=1)
    path = f"/beslutninger/{entry.ref}/endre"
    answer = ks.submit(path, text="Min tekst", revision="1")
    assert answer.status_code == 409
    assert "Endret av kollegaen" in answer.text
    assert "Min tekst" in answer.text
    assert ks.submit(path, text="Min tekst").status_code == 302


def test_a_double_click_is_one_entry(ks):
    form = {**NEW, "zone": "parties", "form_key": "b" * 32}
    first, second = (ks.submit("/beslutninger/ny", **form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/beslutninger/B-1"


def test_a_newer_decision_replaces_an_older(ks):
    decision()
    answer = ks.follow(ks.submit("/beslutninger/ny?erstatter=B-1", **NEW, zone="parties"))
    assert "Erstatter" in words(answer.text)
    assert "Beslutningen er erstattet av B-2" in words(ks.get("/beslutninger/B-1").text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"B-1", "O-1", "O-2"}),
        ("?slag=decision", {"B-1"}),
        ("?tilstand=open", {"O-1", "O-2"}),
        ("?over=1", {"O-1"}),
        ("?mine=1", {"O-2"}),
        ("?q=taushetsplikten", {"B-1"}),
        ("?q=o-2", {"O-2"}),
        ("?slag=tull", set()),
    ],
)
def test_filters(ks, municipality, asked, found):
    decision(text="Taushetsplikt gjelder også her")
    action(municipality.organisation_id, due_on=day(-3))
    action(ks.organisation_id, is_ks=True)
    said = words(ks.get(f"/beslutninger{asked}").text)
    assert {ref for ref in ("B-1", "O-1", "O-2") if f"{ref} " in said} == found
    file = ks.get(f"/beslutninger/last-ned.csv{asked}").text
    assert {ref for ref in ("B-1", "O-1", "O-2") if f'"{ref}"' in file} == found


def test_a_list_about_what_one_may_not_know_of_does_not_exist(world, ks, vendor):
    hidden = world.story()
    decision(Thing("story", hidden.id), zone=Zone.PUBLIC)
    path = f"/beslutninger?gjelder=story:{hidden.id}"
    assert "Sak" in words(ks.get(path).text)
    assert vendor.get(path).status_code == 404
    assert vendor.get(path.replace("?", "/last-ned.csv?")).status_code == 404


def test_empty_states_say_what_comes(stranger, ks):
    assert "Ingen beslutninger å vise ennå" in words(stranger.get("/beslutninger").text)
    assert "Registrer den første beslutningen" in words(ks.get("/beslutninger").text)
    decision()
    assert "Ingenting passer til søket" in words(ks.get("/beslutninger?q=xyzzy").text)


def test_statements_are_constant(world, ks, municipality, counted):
    paths = ("/beslutninger", "/beslutninger/B-1", "/rammebetingelser/finansiering")
    paths += ("/beslutninger/B-1/endre", "/rammebetingelser", "/beslutninger?mine=1")

    def cost() -> list[int]:
        found = []
        for path in paths:
            with counted() as sent:
                assert ks.get(path).status_code == 200
            found.append(len(sent))
        return found

    thing = Thing("condition", condition_id())
    first = decision(thing, Thing("story", world.story().id), Thing("municipality", 1))
    service.remark(ks.actor, first.id, "En merknad")
    few = cost()
    for _ in range(60):
        decision(thing)
        action(municipality.organisation_id, thing)
        service.remark(ks.actor, first.id, "En merknad til")
    assert cost() == few
    assert max(few) <= 10
    assert EntryKind.ACTION.value in ks.get("/beslutninger").text
