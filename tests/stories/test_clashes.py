"""Forms that come too late: from an older page, or opened for another organisation."""

import pytest

from pilot.stories import service
from pilot.stories.rules import StoryState
from tests.stories.written import FIELDS, NEW, count, faults, only, stands
from tests.support import identity, pages

S = StoryState


# --- two at once ----------------------------------------------------------------------------------


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
    answer = municipality.post(f"{story.path}/endre", revision=revision, save="1", **FIELDS)
    assert answer.status_code == 409
    assert stands(answer, "need") == FIELDS["need"]
    assert story.row.revision == 1


def test_sent_in_by_a_colleague_meanwhile(municipality, colleague, tell):
    """Not «du har ikke tilgang»: someone was quicker, and the text stands there to be copied."""
    story = tell.draft()
    path = f"{story.path}/endre"
    [form] = [f for f in pages.forms(municipality.get(path).text, path) if "title" in f.names]
    service.move_story(colleague.actor, story.id, to=S.SUBMITTED)
    answer = municipality.send(form, FIELDS | {"need": "Mitt lange behov", "save": "1"})
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


# --- for another organisation ---------------------------------------------------------------------


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
    two_hats.send(form, FIELDS)
    two_hats.post("/opptre-som", organisation_id=world.municipality("0301").id)
    assert two_hats.send(form, FIELDS).status_code == 302
    assert only().organisation_id == world.municipality("0301").id
