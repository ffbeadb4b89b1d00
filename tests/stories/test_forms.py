"""The forms: what was typed is never lost, and what is wrong is said where it is wrong."""

import pytest

from pilot.stories.rules import StoryState
from tests.stories.written import FIELDS, NEW, count, faults, only, stands
from tests.support import identity, pages
from tests.support.people import Person

S = StoryState


def test_submitted(municipality):
    answer = municipality.submit(NEW, submit="1", **FIELDS, **{"criteria-0": "Vises"})
    assert answer.status_code == 302
    assert "er sendt inn" in pages.words(municipality.follow(answer).text)
    story = only()
    assert (story.state, story.criteria) == (S.SUBMITTED, ["Vises"])


def test_a_draft_is_left_and_found_again(municipality):
    answer = municipality.submit(NEW, save="1", title="Foreløpig")
    assert "er lagret" in pages.words(municipality.follow(answer).text)
    assert "Foreløpig" in municipality.get("/oversikt").text
    again = municipality.submit(f"/historier/{only().ref}/endre", submit="1", **FIELDS)
    assert again.status_code == 302
    assert only().state is S.SUBMITTED


def test_what_is_missing_is_said_at_each_field(municipality):
    typed = {"title": "", "role": "", "need": "", "benefit": ""}
    answer = municipality.submit(NEW, submit="1", **typed, context="Skrevet før")
    assert answer.status_code == 422
    assert faults(answer).keys() == typed.keys()
    assert stands(answer, "context") == "Skrevet før"
    assert pages.text(pages.parse(answer.text).find("head/title")).startswith("Feil:")
    assert count() == 0


@pytest.mark.parametrize("field", ["title", "role", "need", "benefit", "context", "consequence"])
def test_two_hundred_thousand_characters(municipality, field):
    long = "å" * 200_000
    answer = municipality.submit(NEW, submit="1", **(FIELDS | {field: long}))
    assert answer.status_code == 422
    assert "200000" in faults(answer)[field]
    assert stands(answer, field) == long
    assert count() == 0


def test_rows_too_many_and_too_long(municipality):
    form = {f"criteria-{n}": f"rad {n}" for n in range(21)}
    answer = municipality.post(NEW, submit="1", **FIELDS, **form)
    assert answer.status_code == 422
    assert "inntil 20 rader" in pages.words(answer.text)
    assert stands(answer, "criteria-20") == "rad 20"
    answer = municipality.post(NEW, submit="1", **FIELDS, elements="x" * 201)
    assert answer.status_code == 422
    assert count() == 0


@pytest.mark.parametrize(
    "number", [identity.ORDINARY, identity.D_NUMBER, identity.H_NUMBER, " ".join(identity.ORDINARY)]
)
@pytest.mark.parametrize(
    "field", [*FIELDS, "context", "consequence", "elements", "criteria-0", "criteria-1"]
)
def test_an_identity_number_is_refused_at_its_field_also_in_a_draft(municipality, field, number):
    typed = FIELDS | {"criteria-0": "først", "criteria-1": "så"} | {field: f"gjelder {number}"}
    answer = municipality.post(NEW, save="1", **typed)
    assert answer.status_code == 422
    [(where, sentence)] = faults(answer).items()
    assert where == field
    assert "fødselsnummer" in sentence
    assert stands(answer, "need") == typed["need"]
    assert count() == 0


def test_nul_bytes_are_taken_away_and_the_rest_is_kept(municipality):
    typed = {name: f"\x00{value[:4]}\x00{value[4:]}" for name, value in FIELDS.items()}
    rows = {"criteria-0": "Vi\x00ses", "elements": "da\x00to", "context": "\x00"}
    assert municipality.post(NEW, submit="1", **typed, **rows).status_code == 302
    story = only()
    assert {name: getattr(story, name) for name in FIELDS} == FIELDS
    assert (story.criteria, story.elements, story.context) == (["Vises"], ["dato"], "")


@pytest.mark.parametrize(
    "tampered",
    [
        {"from_setting": "finnes-ikke"},
        {"to_setting": "\x00"},
        {"solutions": "finnes-ikke"},
        {"language": "en"},
        {"patients_per_year": "mange"},
        {"patients_per_year": "9" * 5_000},
        {"patients_per_year": "-3"},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(municipality, tampered):
    answer = municipality.post(NEW, save="1", **(FIELDS | tampered))
    assert answer.status_code == 422
    assert stands(answer, "need") == FIELDS["need"]
    assert count() == 0


@pytest.mark.parametrize("key", ["", "x", "å" * 200_000, "\x00", "0" * 33])
def test_a_tampered_key_is_no_key(municipality, key):
    for _ in range(2):
        assert municipality.post(NEW, save="1", form_key=key, **FIELDS).status_code == 302
    assert count() == 2


@pytest.mark.parametrize("typed", ["1900", "1 900", "1\u00a0900", " 1900 "])
def test_numbers_as_people_write_them(municipality, typed):
    municipality.submit(NEW, save="1", **FIELDS, patients_per_year=typed)
    assert only().patients_per_year == 1900


def test_a_form_sent_twice_is_one_story(municipality):
    page = municipality.get(NEW)
    [form] = [f for f in pages.forms(page.text, NEW) if "title" in f.names]
    answers = [municipality.send(form, FIELDS | {"submit": "1"}) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert count() == 1


def test_going_back_to_a_form_that_is_outdated(municipality, tell):
    """The typed text stands on the page that says so."""
    page = municipality.get(NEW)
    [form] = [f for f in pages.forms(page.text, NEW) if "title" in f.names]
    municipality.send(form, FIELDS | {"submit": "1"})
    answer = municipality.send(form, FIELDS | {"title": "Noe helt nytt", "submit": "1"})
    assert answer.status_code == 409
    assert "Noe helt nytt" in answer.text
    assert only().ref in answer.text


def test_rows_without_script(municipality):
    answer = municipality.submit(NEW, add_row="1", **{"criteria-0": "Første"})
    assert answer.status_code == 200
    assert stands(answer, "criteria-0") == "Første"
    assert "criteria-1" in pages.forms(answer.text, NEW)[0].names
    typed = {"criteria-0": "Første", "criteria-1": "Andre", "criteria-2": "Tredje"}
    answer = municipality.post(NEW, remove_row="1", **FIELDS, **typed)
    left = dict(pages.forms(answer.text, NEW)[0].fields)
    assert [left.get(f"criteria-{n}") for n in range(3)] == ["Første", "Tredje", None]
    for odd in ("9" * 5_000, "x", "-1", "²"):
        assert municipality.post(NEW, remove_row=odd, **FIELDS).status_code == 200
    assert count() == 0


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_form_starts_in_the_readers_language(app, world, locale):
    person = Person(app, world.member(world.municipality("0301"), locale=locale).id)
    assert stands(person.get(NEW), "language") == ("nn" if locale == "nn" else "nb")


def test_a_post_without_its_token_is_refused(csrf, municipality, tell):
    story = tell.draft()
    for path in (NEW, f"{story.path}/endre", f"{story.path}/flytt/submitted"):
        answer = municipality.post(path, submit="1", **FIELDS)
        assert answer.status_code == 400, path
        assert FIELDS["title"] in answer.text  # nothing typed is lost
    assert story.row.state is S.DRAFT
