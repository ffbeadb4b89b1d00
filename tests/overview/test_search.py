"""The search of the whole site: every kind with its number, and the way to all of it."""

import pytest

from pilot.catalogue.rules import ServiceText
from pilot.catalogue.service import add_service
from pilot.core.policy import Zone
from pilot.stories.rules import StoryState
from tests.support import pages
from tests.support.decisions import decision

S = StoryState


def groups(answer) -> dict[str, tuple[int, int, str]]:
    """Each kind that was found: how many, how many are shown, and where all of them are."""
    found = {}
    for section in pages.parse(answer.text).findall(".//section"):
        heading = section.find("header/h2")
        name, _, total = pages.text(heading).rpartition(" ")
        every = section.find("header/a")
        rows = section.findall("ul/li")
        found[name] = (int(total), len(rows), "" if every is None else every.get("href"))
    return found


def test_the_numbers_are_true_and_lead_to_the_same_search(world, stranger, ks):
    world.stories(12, state=S.READY, is_published=True, title="Nordisk samarbeid")
    world.stories(3, title="Nordisk samarbeid")
    for n in range(7):
        add_service(ks.actor, ServiceText(name=f"Nordisk tjeneste {n}"))
    for person, stories in ((stranger, 12), (ks, 15)):
        found = groups(person.get("/sok?q=nord"))
        assert found["Brukerhistorier"][:2] == (stories, 8)
        assert found["Informasjonstjenester"][:2] == (7, 5)
        assert found["Kommuner"][0] > found["Kommuner"][1] == 5
        for total, shown, every in found.values():
            if total > shown:
                assert f"{total} treff" in pages.words(person.get(every).text), every


def test_what_is_shown_whole_has_no_way_to_more(stranger):
    found = groups(stranger.get("/sok?q=helseid"))
    assert found == {"Nasjonale løsninger": (1, 1, "")}


@pytest.mark.parametrize(
    ("q", "name"), [("hamaroy", "Hamarøy"), ("Baerum", "Bærum"), ("moere", "")]
)
def test_other_keyboards_find_their_way(stranger, q, name):
    assert name in pages.words(stranger.get(f"/sok?q={q}").text)
    assert groups(stranger.get(f"/sok?q={q}"))["Kommuner"][0]


def test_a_decision_is_found_by_its_number(stranger, ks):
    ref = decision(zone=Zone.INTERNAL).ref
    assert groups(ks.get(f"/sok?q={ref}")) == {"Beslutninger og oppgaver": (1, 1, "")}
    assert groups(stranger.get(f"/sok?q={ref}")) == {}


@pytest.mark.parametrize("q", ["", "?!", "a", "«»"])
def test_too_little_finds_nothing_and_says_what_to_do(world, stranger, q):
    world.story(state=S.READY, is_published=True)
    answer = stranger.get("/sok", query_string={"q": q})
    assert groups(answer) == {}
    assert "BH-0001" in pages.words(answer.text)
    assert "Ingen treff" not in pages.words(answer.text)
