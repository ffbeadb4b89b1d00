"""Searching the stories: every word, in any field, by number, and from any keyboard."""

import pytest
from sqlalchemy import select

from pilot.core import finding
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import Municipality
from pilot.stories import panels, queries, seed, service
from pilot.stories.queries import StoryFilter
from pilot.stories.rules import StoryState
from tests.stories.test_lists import refs, rows
from tests.support import pages

S = StoryState


@pytest.fixture
def found(world, ks):
    story = world.story(
        title="Epikrise til sykehjemmet",
        role="helsefagarbeider",
        need="lese epikriser samme dag",
        benefit="medisinene blir riktige",
        elements=("legemidler i bruk",),
        consequence="Vi ringer avdelingen.",
    )
    world.story(title="Noe helt annet", need="x", benefit="y", role="z")
    return story


@pytest.mark.parametrize(
    "q",
    [
        "epikrise",
        "EPIKRISER",  # another form of the word
        "sykehjem",  # the beginning of a word
        "helsefagarbeider",
        "legemidler bruk",  # all the words, in any order
        "ringer",
        "oslo epikrise",  # the municipality's name counts too
    ],
)
def test_search_finds(found, ks, q):
    assert refs(ks, q=q) == [found.id]


@pytest.mark.parametrize("q", ["hjemmet", "epikrise røntgen", "%", "_", "ikke-noe", "BH-99999"])
def test_search_does_not_find(found, ks, q):
    assert found.id not in refs(ks, q=q) or not q.strip("%_")


def test_signs_that_mean_something_to_the_database_find_no_more(found, ks):
    assert refs(ks, q="epi%se") == []
    assert refs(ks, q="epikr_se") == []


def test_a_number_finds_that_one(found, ks):
    for q in (found.ref, found.ref.lower(), f" {found.ref} "):
        assert refs(ks, q=q.strip()) == [found.id]


def test_the_page_takes_any_words(found, ks):
    for q in ("", "«»", "a" * 5_000, "' OR 1=1 --", "<script>", "æøå", "🙂"):
        assert ks.get("/historier", query_string={"q": q}).status_code == 200
    assert ks.get("/historier?q=%00").status_code == 404


# --- across the fields -----------------------------------------------------------------------


@pytest.mark.parametrize("field", ["title", "role", "need", "benefit", "context", "consequence"])
def test_every_field_is_searched(tell, ks, field):
    story = tell.at(S.SUBMITTED, **{field: "Noe om dialysepasienter"})
    assert refs(ks, q="dialyse") == [story.id]


def test_the_words_may_stand_in_different_fields(world, ks):
    story = world.story(
        title="Epikrise", context="Gjelder dialyse", criteria=("Innen ti minutter",)
    )
    world.story(title="Epikrise", context="Gjelder noe annet")
    assert refs(ks, q=f"dialyse epikrise oslo minutter {story.ref}") == [story.id]
    assert refs(ks, q="dialyse epikrise bergen") == []


def test_what_is_changed_is_searched_for_as_it_reads_now(tell, ks):
    story = tell.at(S.SUBMITTED, title="Epikrise")
    text = tell.world.text(title="Prøvesvar")
    service.edit_story(ks.actor, story.id, text, revision=story.row.revision)
    assert refs(ks, q="epikrise") == []
    assert refs(ks, q="prøvesvar oslo") == [story.id]


def test_a_municipality_is_found_by_its_new_name(world, ks):
    story = world.story(world.municipality("1103"))
    with unit_of_work():
        place = db.session.scalars(select(Municipality).filter_by(number="1103")).one()
        place.name_unique = "Nystrand"
    assert refs(ks, q="nystrand") == []
    assert seed.reference("") == 0
    assert refs(ks, q="nystrand") == [story.id]


# --- letters ---------------------------------------------------------------------------------


def test_exact_letters_come_first(world, ks):
    exact = world.story(title="Aker sykehus")
    near = world.story(title="Åker gård")
    assert refs(ks, q="aker") == [exact.id, near.id]
    assert refs(ks, q="åker") == [near.id]
    assert refs(ks, q="aker", sort="tittel") == [exact.id, near.id]


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["BH-{:04d}", "bh-{}", "BH{}", "bh {:04d}", "BH-{:06d}", "{:04d}"])
def test_a_number_is_found_however_it_is_written(found, ks, how):
    assert refs(ks, q=how.format(found.id)) == [found.id]


def test_a_number_that_is_hidden_is_not_found(world, neighbour, vendor):
    draft = world.story(state=S.DRAFT)
    for person in (neighbour, vendor):
        assert refs(person, q=draft.ref) == []
        assert finding.hits(person.actor, [panels.SEARCH], draft.ref, "nb") == ()


# --- too little ------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["?!", "«»", "a", "7", "_", "%"])
def test_too_little_lists_nothing_and_says_what_to_do(found, ks, q):
    page = ks.get("/historier", query_string={"q": q})
    assert rows(page) == []
    assert "Skriv et ord på minst to bokstaver" in pages.words(page.text)
    assert queries.exported(ks.actor, StoryFilter(q=q)) == ()


@pytest.mark.parametrize("q", ["", "  "])
def test_no_search_is_the_whole_list(found, ks, q):
    assert len(rows(ks.get("/historier", query_string={"q": q}))) == 2


def test_beyond_the_end_is_the_last_page(world, ks):
    world.stories(51, title="Lik tittel")
    page = queries.listed(ks.actor, StoryFilter(q="lik tittel", page=9))
    assert (page.number, page.total, len(page.rows)) == (2, 51, 1)
