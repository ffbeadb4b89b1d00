"""A story's page: the buttons that work and no others, what it says, its versions."""

import re

import pytest

from pilot.core.db import db
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.rules import MOVES, SolutionLink, StoryState, StoryText
from tests.stories.test_rules import STEPS
from tests.support import pages
from tests.support.people import Person

S = StoryState


def actions(answer) -> set[str]:
    """Where the buttons at the top of a story's page lead, without the address of the story."""
    head = pages.parse(answer.text).find(".//div[@class='pr-head']/div[@class='pr-actions']")
    links = [e.get("href") for e in head.iter("a")] + [e.get("action") for e in head.iter("form")]
    return {link.split("/", 3)[3] for link in links}


def expected(state: StoryState, who: str, *, is_published: bool) -> set[str]:
    """What DOMAIN.md lets this side do with a story in this state."""
    moves = {
        f"flytt/{to}"
        for source, to, side, _ in STEPS
        if source == state and side == who and not is_published
    }
    # The municipality sends in from the form, where the text is.
    moves.discard("flytt/submitted")
    if who == "owner" and state in (S.DRAFT, S.RETURNED):
        moves.add("endre")
    if who == "ks" and state in (S.SUBMITTED, S.IN_REVIEW, S.READY, S.PRIORITISED):
        moves.add("endre")
    if who == "ks" and state is S.READY and not is_published:
        moves.add("publiser")
    if who == "owner" and state is S.DRAFT:
        moves.add("slett")
    return moves


def press(person: Person, story: Story, action: str) -> int:
    """Press a button as a browser would; the status of what came of it."""
    path = f"/historier/{story.ref}"
    if action == "endre":
        fields = {"title": "Ny tittel", "role": "r", "need": "n", "benefit": "b"}
        return person.submit(f"{path}/endre", save="1", **fields).status_code
    if action in ("flytt/returned", "flytt/rejected"):
        return person.submit(f"{path}/{action}", reason="Fordi").status_code
    if action in ("flytt/withdrawn", "publiser", "slett"):
        return person.submit(f"{path}/{action}").status_code
    return person.submit(path, to=action).status_code


@pytest.mark.parametrize("state", StoryState)
@pytest.mark.parametrize("who", ["owner", "ks"])
def test_every_button_works_and_no_other_way_does(state, who, world, municipality, ks):
    person = municipality if who == "owner" else ks
    found = actions(person.get(f"/historier/{world.story(state=state).ref}"))
    assert found == expected(state, who, is_published=False)
    for action in found:
        assert press(person, world.story(state=state), action) == 302, action
    hidden = {f"flytt/{to}" for to in MOVES} | {"publiser", "slett"}
    if who == "owner" and state in (S.DRAFT, S.RETURNED):
        hidden.discard("flytt/submitted")
    for action in hidden - found:
        story = world.story(state=state)
        answer = person.post(f"/historier/{story.ref}/{action}", reason="Fordi")
        assert answer.status_code in (403, 409), f"{action}: {answer.status_code}"
        assert db.session.get_one(Story, story.id, populate_existing=True).state is state


@pytest.mark.parametrize("who", ["owner", "ks"])
def test_what_is_published_stays_published(who, world, municipality, ks):
    person = municipality if who == "owner" else ks
    story = world.story(state=S.READY, is_published=True)
    found = actions(person.get(f"/historier/{story.ref}"))
    assert found == expected(S.READY, who, is_published=True)


def test_others_have_no_buttons(world, neighbour, nhn, hospital, vendor, steering, stranger):
    story = world.story(state=S.READY, is_published=True)
    for person in (neighbour, nhn, hospital, vendor, steering, stranger):
        assert actions(person.get(f"/historier/{story.ref}")) == set()


def test_only_those_who_judge_solutions_have_the_link(world, nhn, ks, municipality, vendor):
    story = world.story(state=S.READY, is_published=True)
    link = f'href="/historier/{story.ref}/losninger"'
    for person, has in ((nhn, True), (ks, True), (municipality, False), (vendor, False)):
        assert (link in person.get(f"/historier/{story.ref}").text) is has


# --- what it says ----------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["title", "role", "need", "benefit", "consequence", "context"])
def test_markup_is_shown_as_text(field, tell, ks, neighbour):
    story = tell.at(S.SUBMITTED, **{field: '<script>alert(1)</script> & "<b>"'})
    page = neighbour.get(story.path)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    if field != "context":  # Markdown takes raw HTML away
        assert '<script>alert(1)</script> & "<b>"' in pages.words(page.text)


def test_names_of_people_and_organisations_are_text_too(app, world, ks, tell):
    name = "<script>alert(1)</script>"
    person = Person(app, world.member(world.municipality("0301"), name=name).id)
    story = tell.at(S.SUBMITTED, person)
    assert name in pages.words(ks.get(story.path).text)
    assert name in pages.words(person.get("/oversikt").text)


def test_few_patients_are_not_counted(tell, municipality, ks):
    story = tell.at(S.SUBMITTED, patients_per_year=3)
    service.edit_story(
        ks.actor, story.id, tell.world.text(patients_per_year=7), revision=story.row.revision
    )
    service.edit_story(
        ks.actor, story.id, tell.world.text(patients_per_year=1900), revision=story.row.revision
    )
    assert "1 900" in pages.words(ks.get(story.path).text).replace("\u00a0", " ")
    compared = pages.words(ks.get(f"{story.path}/versjoner?fra=1&til=3").text)
    assert "under 10" in compared
    few = pages.words(ks.get(f"{story.path}/versjoner?fra=1&til=2").text)
    assert "Pasienter i året" not in few  # 3 and 7 read the same


def test_the_reason_stands_where_the_municipality_looks(tell, municipality, neighbour):
    story = tell.at(S.RETURNED)
    assert "KS sendte historien tilbake:" in pages.words(municipality.get(story.path).text)
    assert "KS sendte historien tilbake:" in pages.words(
        municipality.get(f"{story.path}/endre").text
    )
    assert "opplysninger det gjelder" not in neighbour.get(story.path).text


def test_an_empty_draft_has_a_page(municipality):
    story = service.add_story(municipality.actor, StoryText(need="noe"))
    page = municipality.get(f"/historier/{story.ref}")
    assert "Uten tittel" in pages.words(page.text)
    assert "Uten tittel" in pages.words(municipality.get("/historier").text)


@pytest.mark.parametrize("ref", ["BH-9999", "BH-", "x", "BH-0", "%00", "..", "BH-99999999999999"])
@pytest.mark.parametrize("tail", ["", "/versjoner", "/endre", "/losninger", "/flytt/ready"])
def test_an_unknown_number_is_not_found(ks, ref, tail):
    assert ks.get(f"/historier/{ref}{tail}").status_code in (404, 308)


def test_a_foreign_draft_is_not_found_on_any_of_its_pages(tell, neighbour, vendor, nhn):
    story = tell.draft()
    for person in (neighbour, vendor, nhn):
        for tail in ("", "/versjoner", "/endre", "/losninger", "/flytt/withdrawn"):
            assert person.get(story.path + tail).status_code == 404
        for tail in ("/endre", "/losninger", "/flytt/withdrawn", "/publiser"):
            assert person.post(story.path + tail, title="x").status_code == 404
    assert story.row.revision == 1


@pytest.mark.parametrize("to", ["prioritised", "published", "merged", "x"])
def test_a_step_that_there_is_not(tell, ks, to):
    story = tell.at(S.READY)
    for answer in (ks.get(f"{story.path}/flytt/{to}"), ks.post(f"{story.path}/flytt/{to}")):
        assert answer.status_code == 404


# --- versions --------------------------------------------------------------------------------


@pytest.fixture
def changed(tell, ks):
    story = tell.at(S.SUBMITTED, title="Se svar i dag", criteria=("Først",))
    text = tell.world.text(title="Se prøvesvar i dag", criteria=("Først", "Så"))
    service.edit_story(ks.actor, story.id, text, revision=story.row.revision, note="Klarere")
    return story


def test_a_difference_is_shown_word_by_word(changed, neighbour):
    page = neighbour.get(f"{changed.path}/versjoner")
    document = pages.parse(page.text)
    added = [pages.text(e) for e in document.iter("ins")]
    removed = [pages.text(e) for e in document.iter("del")]
    assert "fjernet: svar" in removed
    assert "lagt til: prøvesvar" in added
    assert any("Så" in text for text in added)
    assert "Klarere" in pages.words(page.text)


def test_the_same_version_twice_is_no_difference(changed, neighbour):
    page = neighbour.get(f"{changed.path}/versjoner?fra=2&til=2").text
    assert "Teksten er lik i de to versjonene." in pages.words(page)


@pytest.mark.parametrize("query", ["fra=7&til=9", "fra=0&til=2", "fra=1&til=" + "9" * 30])
def test_an_unknown_version_is_not_found(changed, ks, query):
    assert ks.get(f"{changed.path}/versjoner?{query}").status_code == 404


def test_words_for_numbers_mean_the_newest(changed, ks):
    assert ks.get(f"{changed.path}/versjoner?fra=x&til=").status_code == 200


def test_one_version_is_nothing_to_compare(tell, ks):
    story = tell.at(S.SUBMITTED)
    assert "Ingenting å sammenligne" in ks.get(f"{story.path}/versjoner").text


# --- solutions -------------------------------------------------------------------------------


def test_nhn_judges_and_takes_it_back(tell, nhn, neighbour):
    story = tell.at(S.SUBMITTED, solutions=("helseid",))
    path, before = f"{story.path}/losninger", story.row.revision
    answer = nhn.submit(path, solution_key="helseid", kind="reuse", note="Finnes alt")
    assert answer.status_code == 302
    assert "Finnes alt" in neighbour.get(story.path).text
    assert story.row.revision == before  # no clash for the municipality that is writing
    again = nhn.submit(path, solution_key="helseid", kind="extend", note="Bare delvis")
    assert again.status_code == 302
    page = neighbour.get(story.path).text
    assert "Bare delvis" in page
    assert "Finnes alt" not in page
    assert nhn.submit(path, to="/fjern").status_code == 302
    page = neighbour.get(story.path).text
    assert "Bare delvis" not in page
    assert "Ønsket, ikke vurdert" in pages.words(page)
    assert nhn.post(f"{path}/helseid/fjern").status_code == 409


def test_one_that_nobody_wished_for_goes_altogether(tell, nhn, ks):
    story = tell.at(S.SUBMITTED)
    service.assess_solution(nhn.actor, story.id, solution_key="pll", kind=SolutionLink.MISSING)
    nhn.submit(f"{story.path}/losninger", to="/fjern")
    assert "Ingen nasjonal løsning er foreslått eller vurdert ennå." in pages.words(
        ks.get(story.path).text
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": None}, "kind"),
        ({"note": "x" * 2_001}, "Teksten er for lang"),
        ({"note": "Gjelder 13097248022"}, "fødselsnummer"),
    ],
)
def test_a_judgement_that_must_be_mended(tell, nhn, fields, sentence):
    story = tell.at(S.SUBMITTED)
    path = f"{story.path}/losninger"
    answer = nhn.submit(path, **({"solution_key": "pll", "kind": "reuse"} | fields))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Ingen nasjonal løsning er foreslått" in nhn.get(story.path).text


def test_others_do_not_judge(tell, municipality, hospital):
    story = tell.at(S.SUBMITTED)
    for person in (municipality, hospital):
        assert person.get(f"{story.path}/losninger").status_code == 403
        fields = {"solution_key": "pll", "kind": "reuse"}
        assert person.post(f"{story.path}/losninger", **fields).status_code == 403
        assert person.post(f"{story.path}/losninger/pll/fjern").status_code == 403


# --- the public word -------------------------------------------------------------------------


def test_what_is_published_is_called_so_by_those_outside(tell, vendor, stranger, ks, neighbour):
    story = tell.published(title="Åpen", from_setting="sykehus", to_setting="legevakt")
    shown = ("/historier", "/historier?tilstand=ready", story.path, "/sok?q=bh-1", "/kommuner/0301")
    for person in (vendor, stranger):
        for path in (*shown, "/", "/historier/last-ned.csv", "/diagram/tilstander.csv"):
            assert not re.search(r"\bKlar\b", person.get(path).text), path
        for path in ("/historier", story.path, "/historier/last-ned.csv"):
            assert "Publisert" in person.get(path).text, path
    assert "Klar" not in pages.words(vendor.get("/oversikt").text)
    for person in (ks, neighbour):  # they see which are taken in, and which of them are published
        words = pages.words(person.get("/historier").text)
        assert "Klar Publisert" in words
    assert ks.get(f"/api/v1/stories/{story.ref}").json["state"] == "ready"
