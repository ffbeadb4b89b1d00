"""The forms: what was typed is never lost, and what is wrong is said where it is wrong."""

import pytest
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.rules import StoryState
from tests.support import identity, pages
from tests.support.people import Person

S = StoryState
NEW = "/historier/ny"
FULL = {
    "title": "Se prøvesvar",
    "role": "sykepleier",
    "need": "se prøvesvar",
    "benefit": "slipper å ringe",
}


def count() -> int:
    return db.session.scalar(select(func.count(Story.id)))


def only() -> Story:
    return db.session.scalars(select(Story)).one()


def stands(answer, name: str) -> str:
    """What a field of the answered form holds."""
    [form, *_] = [f for f in pages.forms(answer.text, "/") if name in f.names]
    return dict(form.fields).get(name, "")


def faults(answer) -> dict[str, str]:
    """The error summary: what to mend, by the field it leads to."""
    links = pages.parse(answer.text).findall(".//div[@class='pr-errors']//a")
    return {(e.get("href") or "").lstrip("#"): pages.text(e) for e in links}


# --- a new story -----------------------------------------------------------------------------


def test_submitted(municipality):
    answer = municipality.submit(NEW, submit="1", **FULL, **{"criteria-0": "Vises"})
    assert answer.status_code == 302
    assert "er sendt inn" in pages.words(municipality.follow(answer).text)
    story = only()
    assert (story.state, story.criteria) == (S.SUBMITTED, ["Vises"])


def test_a_draft_is_left_and_found_again(municipality):
    answer = municipality.submit(NEW, save="1", title="Foreløpig")
    assert "er lagret" in pages.words(municipality.follow(answer).text)
    assert "Foreløpig" in municipality.get("/oversikt").text
    again = municipality.submit(f"/historier/{only().ref}/endre", submit="1", **FULL)
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
    answer = municipality.submit(NEW, submit="1", **(FULL | {field: long}))
    assert answer.status_code == 422
    assert "200000" in faults(answer)[field]
    assert stands(answer, field) == long
    assert count() == 0


def test_rows_too_many_and_too_long(municipality):
    form = {f"criteria-{n}": f"rad {n}" for n in range(21)}
    answer = municipality.post(NEW, submit="1", **FULL, **form)
    assert answer.status_code == 422
    assert "inntil 20 rader" in pages.words(answer.text)
    assert stands(answer, "criteria-20") == "rad 20"
    answer = municipality.post(NEW, submit="1", **FULL, elements="x" * 201)
    assert answer.status_code == 422
    assert count() == 0


@pytest.mark.parametrize(
    "number", [identity.ORDINARY, identity.D_NUMBER, identity.H_NUMBER, " ".join(identity.ORDINARY)]
)
@pytest.mark.parametrize(
    "field", [*FULL, "context", "consequence", "elements", "criteria-0", "criteria-1"]
)
def test_an_identity_number_is_refused_at_its_field_also_in_a_draft(municipality, field, number):
    typed = FULL | {"criteria-0": "først", "criteria-1": "så"} | {field: f"gjelder {number}"}
    answer = municipality.post(NEW, save="1", **typed)
    assert answer.status_code == 422
    [(where, sentence)] = faults(answer).items()
    assert where == field
    assert "fødselsnummer" in sentence
    assert stands(answer, "need") == typed["need"]
    assert count() == 0


def test_nul_bytes_are_taken_away_and_the_rest_is_kept(municipality):
    typed = {name: f"\x00{value[:4]}\x00{value[4:]}" for name, value in FULL.items()}
    rows = {"criteria-0": "Vi\x00ses", "elements": "da\x00to", "context": "\x00"}
    assert municipality.post(NEW, submit="1", **typed, **rows).status_code == 302
    story = only()
    assert {name: getattr(story, name) for name in FULL} == FULL
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
    answer = municipality.post(NEW, save="1", **(FULL | tampered))
    assert answer.status_code == 422
    assert stands(answer, "need") == FULL["need"]
    assert count() == 0


@pytest.mark.parametrize("key", ["", "x", "å" * 200_000, "\x00", "0" * 33])
def test_a_tampered_key_is_no_key(municipality, key):
    for _ in range(2):
        assert municipality.post(NEW, save="1", form_key=key, **FULL).status_code == 302
    assert count() == 2


@pytest.mark.parametrize("typed", ["1900", "1 900", "1\u00a0900", " 1900 "])
def test_numbers_as_people_write_them(municipality, typed):
    municipality.submit(NEW, save="1", **FULL, patients_per_year=typed)
    assert only().patients_per_year == 1900


def test_a_form_sent_twice_is_one_story(municipality):
    page = municipality.get(NEW)
    [form] = [f for f in pages.forms(page.text, NEW) if "title" in f.names]
    answers = [municipality.send(form, FULL | {"submit": "1"}) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert count() == 1


def test_going_back_to_a_form_that_is_outdated(municipality, tell):
    """The typed text stands on the page that says so."""
    page = municipality.get(NEW)
    [form] = [f for f in pages.forms(page.text, NEW) if "title" in f.names]
    municipality.send(form, FULL | {"submit": "1"})
    answer = municipality.send(form, FULL | {"title": "Noe helt nytt", "submit": "1"})
    assert answer.status_code == 409
    assert "Noe helt nytt" in answer.text
    assert only().ref in answer.text


def test_rows_without_script(municipality):
    answer = municipality.submit(NEW, add_row="1", **{"criteria-0": "Første"})
    assert answer.status_code == 200
    assert stands(answer, "criteria-0") == "Første"
    assert "criteria-1" in pages.forms(answer.text, NEW)[0].names
    typed = {"criteria-0": "Første", "criteria-1": "Andre", "criteria-2": "Tredje"}
    answer = municipality.post(NEW, remove_row="1", **FULL, **typed)
    left = dict(pages.forms(answer.text, NEW)[0].fields)
    assert [left.get(f"criteria-{n}") for n in range(3)] == ["Første", "Tredje", None]
    for odd in ("9" * 5_000, "x", "-1", "²"):
        assert municipality.post(NEW, remove_row=odd, **FULL).status_code == 200
    assert count() == 0


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_form_starts_in_the_readers_language(app, world, locale):
    person = Person(app, world.member(world.municipality("0301"), locale=locale).id)
    assert stands(person.get(NEW), "language") == ("nn" if locale == "nn" else "nb")


def test_a_post_without_its_token_is_refused(csrf, municipality, tell):
    story = tell.draft()
    for path in (NEW, f"{story.path}/endre", f"{story.path}/flytt/submitted"):
        answer = municipality.post(path, submit="1", **FULL)
        assert answer.status_code == 400, path
        assert FULL["title"] in answer.text  # nothing typed is lost
    assert story.row.state is S.DRAFT


# --- two at once -----------------------------------------------------------------------------


def test_an_old_form_gets_both_texts_and_saves_the_second_time(municipality, colleague, tell):
    story = tell.draft(title="Opprinnelig", need="se svar")
    path = f"{story.path}/endre"
    [form] = [f for f in pages.forms(municipality.get(path).text, path) if "title" in f.names]
    colleague.submit(path, save="1", title="Kollegaens tittel")
    answer = municipality.send(form, {"title": "Min tittel", "need": "Mitt behov", "save": "1"})
    assert answer.status_code == 409
    said = pages.words(answer.text)
    assert "Kollegaens" in said
    assert stands(answer, "title") == "Min tittel"
    assert stands(answer, "need") == "Mitt behov"
    assert story.row.title == "Kollegaens tittel"  # nothing was stored
    assert story.row.revision == 2
    [again] = [f for f in pages.forms(answer.text, path) if "title" in f.names]
    assert municipality.send(again, {"save": "1"}).status_code == 302
    assert (story.row.title, story.row.need) == ("Min tittel", "Mitt behov")


@pytest.mark.parametrize("revision", ["", "x", "0", "-1", "99", "9" * 5_000, "\x00", "²"])
def test_a_tampered_revision_is_an_old_form(municipality, tell, revision):
    story = tell.draft()
    answer = municipality.post(f"{story.path}/endre", revision=revision, save="1", **FULL)
    assert answer.status_code == 409
    assert stands(answer, "need") == FULL["need"]
    assert story.row.revision == 1


def test_sent_in_by_a_colleague_meanwhile(municipality, colleague, tell):
    """Not «du har ikke tilgang»: someone was quicker, and the text stands there to be copied."""
    story = tell.draft()
    path = f"{story.path}/endre"
    [form] = [f for f in pages.forms(municipality.get(path).text, path) if "title" in f.names]
    service.move_story(colleague.actor, story.id, to=S.SUBMITTED)
    answer = municipality.send(form, FULL | {"need": "Mitt lange behov", "save": "1"})
    assert answer.status_code == 409
    assert "Mitt lange behov" in answer.text
    assert story.row.version == 1


def test_a_button_on_an_old_page(ks, ks_member, tell):
    story = tell.at(S.SUBMITTED)
    [take_in] = [f for f in pages.forms(ks.get(story.path).text, "/") if "ready" in f.action]
    service.edit_story(ks_member.actor, story.id, tell.world.text(), revision=story.row.revision)
    assert ks.send(take_in, {}).status_code == 409
    assert story.row.state is S.SUBMITTED
    assert ks.submit(story.path, to="/flytt/ready").status_code == 302


def test_a_reason_typed_on_an_old_page_is_not_lost(ks, ks_member, tell):
    story = tell.at(S.SUBMITTED)
    path = f"{story.path}/flytt/returned"
    [form] = pages.forms(ks.get(path).text, path)
    service.move_story(ks_member.actor, story.id, to=S.READY)
    answer = ks.send(form, {"reason": "En lang begrunnelse"})
    assert answer.status_code == 409
    assert "En lang begrunnelse" in answer.text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2_001, f"se {identity.ORDINARY}"])
def test_a_reason_that_must_be_mended(ks, tell, reason):
    story = tell.at(S.SUBMITTED)
    answer = ks.submit(f"{story.path}/flytt/rejected", reason=reason)
    assert answer.status_code == 422
    assert faults(answer).keys() == {"reason"}
    assert stands(answer, "reason") == reason.strip()
    assert story.row.state is S.SUBMITTED


def test_an_unfinished_draft_cannot_be_sent_by_its_step(municipality):
    municipality.submit(NEW, save="1", title="Bare en tittel")
    answer = municipality.post(f"/historier/{only().ref}/flytt/submitted")
    assert answer.status_code == 422
    assert "Skriv" in pages.words(answer.text)
    assert only().state is S.DRAFT


# --- for another organisation ----------------------------------------------------------------


@pytest.mark.parametrize("page", [NEW, "edit", "withdraw", "button"])
def test_a_form_for_another_organisation_names_both(two_hats, world, tell, page):
    story = tell.draft()
    path = {"edit": f"{story.path}/endre", "withdraw": f"{story.path}/flytt/withdrawn"}.get(
        page, page
    )
    if page == "button":
        service.move_story(tell.owner.actor, story.id, to=S.WITHDRAWN)
        path = story.path
    [form, *_] = pages.forms(two_hats.get(path).text, path)
    before = count(), story.row.revision
    two_hats.post("/opptre-som", organisation_id=world.municipality("1103").id)
    fields = {"title": "Skrevet for Oslo"} if "title" in form.names else {}
    answer = two_hats.send(form, fields)
    assert answer.status_code == 409
    said = pages.words(answer.text)
    assert "Oslo kommune" in said
    assert "Stavanger kommune" in said
    assert not fields or "Skrevet for Oslo" in answer.text
    assert (count(), story.row.revision) == before


def test_back_for_the_right_one_it_is_stored(two_hats, world):
    [form] = [f for f in pages.forms(two_hats.get(NEW).text, NEW) if "title" in f.names]
    two_hats.post("/opptre-som", organisation_id=world.municipality("1103").id)
    two_hats.send(form, FULL)
    two_hats.post("/opptre-som", organisation_id=world.municipality("0301").id)
    assert two_hats.send(form, FULL).status_code == 302
    assert only().organisation_id == world.municipality("0301").id
