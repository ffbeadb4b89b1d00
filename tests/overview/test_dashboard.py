"""The overview: what needs whom now, derived from the data and from nothing else."""

from datetime import timedelta

import pytest

from pilot.core import clock
from pilot.stories import service
from pilot.stories.rules import SolutionLink, StoryState
from tests.support import pages

S = StoryState
REVIEW = "Vurder historier som er sendt inn"
PUBLISH = "Publiser historier som er klare"
MEND = "Rett historier som er sendt tilbake"
GO_ON = "Fortsett på utkast"
JUDGE = "Vurder nasjonale løsninger"
MAIL = "Se på e-post som ikke kom fram"
ALL = {REVIEW, PUBLISH, MEND, GO_ON, JUDGE, MAIL}


def needs(person) -> dict[str, str]:
    """What waits for someone: its words, and where they lead."""
    page = pages.parse(person.get("/oversikt").text)
    links = page.findall(".//ul[@class='pr-todo']//a")
    return {pages.text(e): e.get("href") for e in links}


def tiles(person) -> dict[str, tuple[str, str]]:
    page = pages.parse(person.get("/oversikt").text)
    found = {}
    for cell in page.findall(".//a[@class='pr-figures__cell']"):
        label, value, *_note = (pages.text(e) for e in cell.findall("span"))
        found[label] = (value.partition(" av ")[0], cell.get("href"))
    return found


def test_nothing_waits_on_an_empty_site(ks, municipality, nhn, vendor, hospital, steering):
    for person in (ks, municipality, nhn, vendor, hospital, steering):
        assert not ALL & needs(person).keys(), person


@pytest.mark.parametrize(
    ("state", "who", "need"),
    [
        (S.SUBMITTED, "ks", REVIEW),
        (S.IN_REVIEW, "ks_member", REVIEW),
        (S.READY, "ks", PUBLISH),
        (S.RETURNED, "municipality", MEND),
        (S.RETURNED, "colleague", MEND),
        (S.DRAFT, "municipality", GO_ON),
        (S.SUBMITTED, "nhn", JUDGE),
    ],
)
def test_each_is_told_of_what_waits_for_them(request, world, state, who, need):
    person = request.getfixturevalue(who)
    world.story(state=state)
    found = needs(person)
    assert need in found
    answer = person.get(found[need])  # and it leads to just that
    assert answer.status_code == 200
    assert "1 treff" in pages.words(answer.text) or need == JUDGE


@pytest.mark.parametrize("state", StoryState)
def test_nobody_is_told_of_what_waits_for_others(world, state, neighbour, vendor, hospital):
    world.story(state=state)
    for person in (neighbour, vendor, hospital):
        assert not ALL & needs(person).keys()


def test_a_need_goes_when_it_is_met(tell, ks, municipality, nhn):
    story = tell.at(S.SUBMITTED)
    assert REVIEW in needs(ks)
    tell.move(story, S.READY)
    assert needs(ks).keys() & ALL == {PUBLISH}
    assert JUDGE in needs(nhn)
    service.publish_story(ks.actor, story.id)
    assert not needs(ks).keys() & ALL
    service.assess_solution(nhn.actor, story.id, solution_key="pll", kind=SolutionLink.MISSING)
    assert JUDGE not in needs(nhn)


def test_mail_that_did_not_arrive_is_the_leads_matter(world, ks, ks_member):
    world.mail(state="failed")
    world.mail(state="sent")
    found = needs(ks)
    assert MAIL in found
    assert "1 treff" in pages.words(ks.get(found[MAIL]).text)
    assert MAIL not in needs(ks_member)


def test_what_has_waited_longest_stands_first(world, monkeypatch, ks):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=3))
    world.story(state=S.READY)
    monkeypatch.setattr(clock, "now", lambda: now)
    world.story(state=S.SUBMITTED)
    found = [need for need in needs(ks) if need in ALL]
    assert found[:2] == [PUBLISH, REVIEW]


def test_every_figure_is_the_list_behind_it(world, ks, municipality, vendor):
    for state in (S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.READY, S.READY):
        world.story(state=state)
    world.story(state=S.READY, is_published=True)
    world.story(world.municipality("1103"), state=S.SUBMITTED)
    for person in (ks, municipality, vendor):
        found = tiles(person)
        assert found
        for label, (value, url) in found.items():
            if url.startswith("/historier"):
                listed = pages.words(person.get(url).text)
                assert f"{value} treff" in listed or (value == "0" and "Ingen treff" in listed), (
                    label
                )


def test_ones_own_stories_are_on_ones_own_page(world, municipality, neighbour, vendor):
    world.story(state=S.DRAFT, title="Vårt utkast")
    assert "Vårt utkast" in municipality.get("/oversikt").text
    for person in (neighbour, vendor):
        assert "Vårt utkast" not in person.get("/oversikt").text


def test_the_page_is_for_whom_one_acts_for(two_hats, world):
    world.story(state=S.DRAFT, title="Oslos utkast")
    assert "Oslos utkast" in two_hats.get("/oversikt").text
    two_hats.post("/opptre-som", organisation_id=world.municipality("1103").id)
    page = two_hats.get("/oversikt").text
    assert "Oslos utkast" not in page
    assert "Stavanger kommune" in pages.words(page)


def test_what_is_withdrawn_stands_neither_on_the_overview_nor_on_the_municipalitys_page(
    world, municipality, ks
):
    world.story(state=S.WITHDRAWN, title="Trukket for lenge siden")
    world.story(state=S.DRAFT, title="Vårt utkast")
    for person in (municipality, ks):
        for path in ("/oversikt", "/kommuner/0301"):
            assert "Trukket for lenge siden" not in person.get(path).text
    assert "Vårt utkast" in municipality.get("/kommuner/0301").text
    assert "Trukket for lenge siden" in municipality.get("/historier").text


def test_a_municipality_sees_what_others_have_published_instead_of_a_map(
    world, municipality, ks, vendor
):
    world.story(world.municipality("1103"), state=S.READY, is_published=True, title="Naboens")
    page = municipality.get("/oversikt")
    assert "Naboens" in page.text
    assert "pr-map" not in page.text
    for person in (ks, vendor):
        assert "pr-map" in person.get("/oversikt").text
