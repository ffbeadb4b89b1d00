"""The open pages: what is published and nothing else, the same for everyone who looks."""

import csv
import io
import re

import pytest

from pilot.stories.rules import StoryState
from tests.support import pages

S = StoryState
UNDECIDED = "Hvilke kommuner og brukerhistorier som prøves ut, er ikke avklart"
FLOW = {"from_setting": "sykehus", "to_setting": "hjemmetjeneste"}


@pytest.fixture
def two(world) -> None:
    """One that is published, of Oslo; one that waits, of Stavanger."""
    world.story(state=S.READY, is_published=True, title="Åpen for alle", **FLOW)
    world.story(world.municipality("1103"), state=S.READY, title="Venter ennå", **FLOW)


def main(answer) -> str:
    """The main part of a page, without the moment it was drawn."""
    words = pages.text(pages.parse(answer.text).find(".//main"))
    return re.sub(r"Oppdatert .*? kl\. \d\d\.\d\d", "", words)


@pytest.mark.parametrize("path", ["/", "/status"])
def test_it_is_said_that_nothing_is_decided(stranger, ks, path):
    for person in (stranger, ks):
        assert UNDECIDED in pages.words(person.get(path).text)


@pytest.mark.parametrize("path", ["/", "/status", "/kommuner/kart"])
def test_the_open_pages_show_what_is_published_whoever_looks(two, stranger, ks, vendor, path):
    seen = {main(person.get(path)) for person in (stranger, ks, vendor)}
    assert len(seen) == 1
    [words] = seen
    assert "Oslo" in words
    assert "Stavanger" not in words
    assert "Venter ennå" not in words


def test_the_front_page_shows_the_newest(two, stranger):
    page = stranger.get("/")
    assert "Åpen for alle" in page.text
    assert "én brukerhistorie er publisert" in pages.words(page.text)


@pytest.mark.parametrize("path", ["/", "/status", "/kommuner/kart", "/historier", "/sok?q=svar"])
def test_an_empty_site_has_its_pages(stranger, path):
    assert stranger.get(path).status_code == 200


# --- the map ---------------------------------------------------------------------------------


def shapes(answer) -> dict[str, str]:
    links = [e for e in pages.parse(answer.text).iter("a") if e.get("aria-label")]
    return {e.get("href").rsplit("/", 1)[1]: e.get("aria-label") for e in links}


def test_the_map_and_its_list_say_the_same(world, stranger):
    for number, count in (("0301", 5), ("1103", 2), ("5001", 1)):
        for _ in range(count):
            world.story(world.municipality(number), state=S.READY, is_published=True)
    page = stranger.get("/kommuner/kart")
    found = shapes(page)
    assert set(found) == {"0301", "1103", "5001"}
    marks = {e.get("data-shape") for e in pages.parse(page.text).iter() if e.get("data-shape")}
    assert marks == {"ring", "circle", "diamond"}  # by shape, not by colour alone
    listed = pages.parse(page.text).find(".//section[@id='liste']")
    assert {a.get("href").rsplit("/", 1)[1] for a in listed.iter("a")} == set(found)
    assert found["0301"] == "Oslo: 5 historier"
    assert found["5001"].endswith(": én historie")


def test_an_invented_municipality_has_no_place_on_the_map(stranger):
    assert shapes(stranger.get("/kommuner/kart")) == {}


def test_a_municipalitys_page_shows_what_the_reader_may_see(two, world, stranger, vendor, ks):
    assert "Åpen for alle" in stranger.get("/kommuner/0301").text
    for person in (stranger, vendor):
        assert "Venter ennå" not in person.get("/kommuner/1103").text
    assert "Venter ennå" in ks.get("/kommuner/1103").text


# --- the charts ------------------------------------------------------------------------------


def numbers(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))[1:]


def test_the_numbers_are_the_readers_own(two, stranger, ks, vendor):
    assert numbers(ks.get("/diagram/tilstander.csv")) == [["Klar", "2"]]
    for person in (stranger, vendor):
        assert numbers(person.get("/diagram/tilstander.csv")) == [["Publisert", "1"]]
    assert numbers(ks.get("/diagram/tilstander.csv?apent=1")) == [["Publisert", "1"]]


def test_figure_table_and_file_hold_the_same_numbers(two, ks):
    figure = ks.get("/diagram/flyter.json").json["data"][0]
    rows = numbers(ks.get("/diagram/flyter.csv"))
    assert [[y, str(x)] for y, x in zip(figure["y"], figure["x"], strict=True)] == rows
    page = pages.parse(ks.get("/oversikt?vis-flyter=tabell").text)
    table = page.find(".//figure[@id='flyter']//tbody")
    assert [[pages.text(cell) for cell in row] for row in table] == rows


def test_the_title_states_what_the_numbers_say(world, ks):
    def title(chart_id: str) -> str:
        page = pages.parse(ks.get("/oversikt").text)
        return pages.text(page.find(f".//h2[@id='{chart_id}-tittel']"))

    world.story(state=S.SUBMITTED, **FLOW)
    assert title("tilstander") == "0 av 1 historier er tatt inn"
    world.story(state=S.READY, **FLOW)
    assert title("tilstander") == "1 av 2 historier er tatt inn"
    assert title("flyter").startswith("Flest historier gjelder sykehus")
    for _ in range(2):
        world.story(state=S.READY, from_setting="legevakt", to_setting="sykehus")
    assert title("flyter") == "2 flyter har flest historier: 2 hver"


@pytest.mark.parametrize("chart", ["x", "%00", "tilstander.csv"])
def test_a_chart_that_there_is_not(stranger, chart):
    assert stranger.get(f"/diagram/{chart}.json").status_code == 404


# --- search ----------------------------------------------------------------------------------


def test_search_finds_in_every_room_what_the_reader_may_see(two, stranger, ks):
    def hits(person, q: str) -> str:
        return pages.words(person.get("/sok", query_string={"q": q}).text)

    assert "Åpen for alle" in hits(stranger, "åpen")
    assert "Stavanger" in hits(stranger, "stavanger")
    assert "HelseID" in hits(stranger, "helseid")
    assert "Venter ennå" in hits(ks, "venter")
    assert "Ingen treff" in hits(stranger, "venter")


@pytest.mark.parametrize("q", ["", " ", "a" * 5_000, "%", "<script>alert(1)</script>", "BH-0001"])
def test_search_takes_any_words(stranger, q):
    answer = stranger.get("/sok", query_string={"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


# --- about the site --------------------------------------------------------------------------


def test_about_the_demo_is_for_demos(demo, stranger):
    assert stranger.get("/om-demoen").status_code == 200


def test_there_is_no_such_page_elsewhere(stranger):
    assert stranger.get("/om-demoen").status_code == 404


def test_the_privacy_page_names_what_is_kept(stranger, app):
    words = pages.words(stranger.get("/personvern").text)
    kept = app.extensions["registry"].retention
    assert len(kept) >= 3
    for one in kept:
        assert all(str(said) in words for said in (one.what, one.why, one.deleted))
