"""The list: search, filters, order, pages, what stands when nothing is found, and the file."""

import csv
import io
from datetime import timedelta

import pytest

from pilot.core import clock
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.stories import queries, service
from pilot.stories.models import Story
from pilot.stories.queries import StoryFilter
from pilot.stories.rules import SolutionLink, StoryState
from tests.support import pages

S = StoryState


def refs(person, **wanted) -> list[int]:
    return [row.id for row in queries.listed(person.actor, StoryFilter(**wanted)).rows]


def rows(answer) -> list[str]:
    """The references in the page's table, in order."""
    document = pages.parse(answer.text)
    return [pages.text(e) for e in document.findall(".//tbody//span[@class='pr-ref']")]


def csv_rows(answer) -> list[list[str]]:
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text[1:]), delimiter=";"))


# --- filters ---------------------------------------------------------------------------------


def test_filters_narrow_and_combine(world, ks):
    oslo, stavanger = world.municipality("0301"), world.municipality("1103")
    wanted = world.story(oslo, from_setting="sykehus", to_setting="hjemmetjeneste")
    world.story(oslo, from_setting="sykehus", to_setting="legevakt")
    world.story(stavanger, from_setting="fastlege", to_setting="hjemmetjeneste")
    world.story(oslo, state=S.READY, from_setting="sykehus", to_setting="hjemmetjeneste")
    both = refs(
        ks,
        from_settings=("sykehus",),
        to_settings=("hjemmetjeneste",),
        states=("submitted",),
        municipality="0301",
    )
    assert both == [wanted.id]
    assert len(refs(ks, from_settings=("sykehus", "fastlege"))) == 4  # one of these
    assert len(refs(ks, municipality="1103")) == 1


def test_by_solution(tell, ks, nhn):
    wished = tell.at(S.SUBMITTED, solutions=("helseid", "sysvak"))
    tell.at(S.SUBMITTED)
    assert refs(ks, solutions=("helseid",)) == [wished.id]
    assert refs(ks, solutions=("helseid", "sysvak")) == [wished.id]  # once, though both match
    [row] = queries.listed(ks.actor, StoryFilter(solutions=("helseid",))).rows
    assert len(row.solutions) == 2


def test_unpublished_only(world, ks):
    waiting = world.story(state=S.READY)
    world.story(state=S.READY, is_published=True)
    assert refs(ks, unpublished=True) == [waiting.id]


def test_what_rests_is_shown_when_asked_for_or_own(world, ks, municipality):
    draft, sent = world.story(state=S.DRAFT), world.story()
    assert refs(ks) == [sent.id]
    assert refs(ks, states=("draft",)) == [draft.id]
    assert set(refs(municipality)) == {draft.id, sent.id}


@pytest.mark.parametrize("name", ["tilstand", "fra", "til", "losning", "kommune", "sorter"])
def test_unknown_values_find_nothing_and_break_nothing(name, world, ks):
    world.story()
    for value in ("finnes-ikke", "'", "x" * 2_000, "🙂"):
        answer = ks.get("/historier", query_string={name: value})
        assert answer.status_code == 200
        assert len(rows(answer)) == (1 if name == "sorter" else 0)


# --- order -----------------------------------------------------------------------------------


def test_orders(world, ks):
    oslo, asker = world.municipality("0301"), world.municipality("3203")
    a = world.story(oslo, title="Årsak")
    b = world.story(asker, title="Ærend")
    c = world.story(oslo, title="aagard")  # aa is å
    d = world.story(asker, title="Zink")
    assert refs(ks, sort="nummer") == [a.id, b.id, c.id, d.id]
    assert refs(ks, sort="tittel") == [d.id, b.id, c.id, a.id]
    assert refs(ks, sort="kommune") == [b.id, d.id, a.id, c.id]


def test_newest_first_unless_asked(world, ks):
    old, new = world.story(), world.story()
    with unit_of_work():
        db.session.get_one(Story, old.id).changed_at = clock.now() - timedelta(days=1)
    assert refs(ks) == refs(ks, sort="finnes-ikke") == [new.id, old.id]


# --- pages -----------------------------------------------------------------------------------


@pytest.fixture
def many(world) -> None:
    world.stories(103, title="Lik tittel")


def test_fifty_a_page_and_each_row_once(many, ks):
    seen = [rows(ks.get(f"/historier?sorter=tittel&side={n}")) for n in (1, 2, 3)]
    assert [len(page) for page in seen] == [50, 50, 3]
    assert len({ref for page in seen for ref in page}) == 103


@pytest.mark.parametrize(
    ("side", "count"), [("0", 50), ("-7", 50), ("4", 3), ("9" * 40, 3), ("x", 50), ("", 50)]
)
def test_odd_page_numbers_show_the_nearest(many, ks, side, count):
    assert len(rows(ks.get(f"/historier?side={side}"))) == count


def test_the_pager_keeps_the_filters(many, ks):
    page = ks.get("/historier?tilstand=submitted&q=lik&sorter=tittel").text
    links = [e.get("href") for e in pages.parse(page).findall(".//nav[@class='pr-pages']//a")]
    assert links
    assert all("tilstand=submitted" in url and "q=lik" in url for url in links)


# --- chips and numbers -----------------------------------------------------------------------


def chips(answer) -> dict[str, str]:
    found = pages.parse(answer.text).findall(".//ul[@class='pr-chips']//a")
    return {pages.text(e.find("span")): e.get("href") for e in found}


def test_each_filter_is_a_chip_that_takes_itself_away(world, ks):
    world.story(from_setting="sykehus")
    address = "/historier?tilstand=submitted&tilstand=ready&fra=sykehus&kommune=0301&upublisert=1"
    found = chips(ks.get(address + "&q=svar&losning=helseid"))
    assert len(found) == 7
    for label, url in found.items():
        assert len(chips(ks.get(url))) == 6, label
    assert found["«svar»"].count("q=") == 0


def test_the_numbers_beside_the_filters(world, ks, vendor):
    world.story(state=S.READY, is_published=True, from_setting="sykehus", to_setting="legevakt")
    world.story(state=S.READY, from_setting="sykehus")
    world.story(state=S.DRAFT, from_setting="sykehus")
    of_ks, of_vendor = queries.facets(ks.actor), queries.facets(vendor.actor)
    assert (of_ks.total, of_vendor.total) == (2, 1)
    assert (of_ks.from_settings["sykehus"], of_vendor.from_settings["sykehus"]) == (2, 1)
    assert of_vendor.flows == {("sykehus", "legevakt"): 1}
    assert of_vendor.states == {"ready": 1}


# --- nothing ---------------------------------------------------------------------------------


def test_nothing_yet(stranger, municipality, ks):
    for person, may_write in ((stranger, False), (municipality, True), (ks, False)):
        page = person.get("/historier").text
        assert "Ingen historier å vise ennå" in page
        assert ("/historier/ny" in page) is may_write


def test_nothing_found(world, ks):
    world.story()
    page = ks.get("/historier?q=ikkenoe").text
    assert "Ingen historier passer til søket" in page


# --- the file --------------------------------------------------------------------------------


def test_the_file_holds_the_list_as_it_is_filtered(world, ks, tell):
    wanted = tell.at(S.SUBMITTED, title="Epikrise", from_setting="sykehus", solutions=("helseid",))
    tell.at(S.SUBMITTED, title="Annet")
    head, *body = csv_rows(ks.get("/historier/last-ned.csv?q=epikrise"))
    assert len(head) == 7
    assert body == [[wanted.ref, "Epikrise", "Oslo", "Sykehus", "", "HelseID", "Sendt inn"]]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r="])
def test_the_file_runs_no_formula(world, ks, sign):
    world.story(title=f"{sign}HYPERLINK(0)")
    [_, row] = csv_rows(ks.get("/historier/last-ned.csv"))
    assert row[1].startswith("'")


def test_the_file_is_a_file(world, vendor):
    world.story(state=S.READY)
    answer = vendor.get("/historier/last-ned.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(csv_rows(answer)) == 1


# --- NHN's list ------------------------------------------------------------------------------


def test_what_waits_for_nhn(world, tell, nhn):
    waiting = tell.at(S.SUBMITTED, solutions=("helseid",))  # wished for is not judged
    judged = tell.at(S.SUBMITTED)
    service.assess_solution(nhn.actor, judged.id, solution_key="helseid", kind=SolutionLink.REUSE)
    for state in (S.DRAFT, S.RETURNED, S.REJECTED, S.WITHDRAWN):
        world.story(state=state)
    assert [row.id for row in queries.unassessed(nhn.actor, 1).rows] == [waiting.id]
    assert rows(nhn.get("/historier/uten-losning")) == [waiting.ref]
    service.remove_assessment(nhn.actor, judged.id, solution_key="helseid")
    assert [r.id for r in queries.unassessed(nhn.actor, 1).rows] == [waiting.id, judged.id]


def test_nothing_waits_for_nhn(nhn):
    assert "Alle historiene er vurdert" in nhn.get("/historier/uten-losning").text


# --- the flow --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "listed", "told"),
    [
        ({"from_setting": "sykehus"}, "Fra sykehus", "Opplysningene kommer fra sykehus"),
        ({"to_setting": "legevakt"}, "Til legevakt", "Opplysningene skal til legevakt"),
        (
            {"from_setting": "sykehus", "to_setting": "legevakt"},
            "sykehus → legevakt",
            "Opplysningene går fra sykehus til legevakt",
        ),
    ],
)
def test_a_flow_of_which_half_is_known_is_told_in_words(world, stranger, flow, listed, told):
    story = world.story(state=S.READY, is_published=True, **flow)
    for path in ("/historier", "/"):
        words = pages.words(stranger.get(path).text)
        assert listed in words, path
        assert ("→" in words) is (len(flow) == 2), path
    assert told in pages.words(stranger.get(f"/historier/{story.ref}").text)
