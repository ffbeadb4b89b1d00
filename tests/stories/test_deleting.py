"""A draft that was never sent in may go for good; what was sent in is withdrawn instead."""

import pytest
from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing
from pilot.stories import service
from pilot.stories.models import Story, StorySolution, StoryStep
from pilot.stories.rules import StoryState
from tests.support import pages

S = StoryState


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_asked_for_on_a_page_and_gone_with_all_its_rows(municipality, tell):
    story = tell.draft(solutions=("helseid",), title="Helt uferdig")
    tell.move(story, S.WITHDRAWN)
    tell.move(story, S.DRAFT)  # a step in the past is no hindrance: nobody else has read it
    assert "Slett utkast" in municipality.get(story.path).text
    answer = municipality.submit(f"{story.path}/slett")
    assert "Utkastet er slettet." in municipality.follow(answer).text
    assert (count(Story), count(StorySolution), count(StoryStep)) == (0, 0, 0)
    assert municipality.get(story.path).status_code == 404
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.verb, last.subject_kind, last.subject_id) == ("story deleted", "Story", story.id)
    assert (last.person_id, last.organisation_id) == (municipality.id, municipality.organisation_id)
    assert audit.verify().fault is None


def test_its_number_is_never_another_storys(municipality, tell):
    first = tell.draft()
    service.delete_draft(municipality.actor, first.id)
    second = tell.draft()
    service.delete_draft(municipality.actor, second.id)
    third = tell.draft(solutions=("helseid",))
    assert len({first.ref, second.ref, third.ref}) == 3
    assert third.text.solutions == ("helseid",)
    assert municipality.get(third.path).status_code == 200
    told = select(AuditEvent.verb).filter_by(subject_kind="Story", subject_id=third.id)
    assert list(db.session.scalars(told)) == ["story added"]


@pytest.mark.parametrize("state", [s for s in StoryState if s is not S.DRAFT])
def test_what_was_sent_in_stays(municipality, world, state):
    story = world.story(state=state)
    with pytest.raises(Conflict):
        service.delete_draft(municipality.actor, story.id)
    assert municipality.get(f"/historier/{story.ref}/slett").status_code == 409
    assert "Slett utkast" not in municipality.get(f"/historier/{story.ref}").text
    assert count(Story) == 1


def test_nor_a_draft_that_was_sent_in_once(municipality, tell):
    story = tell.at(S.SUBMITTED)
    tell.move(story, S.WITHDRAWN)
    tell.move(story, S.DRAFT)
    with pytest.raises(Conflict):
        service.delete_draft(municipality.actor, story.id)
    page = municipality.get(story.path).text
    assert "Slett utkast" not in page
    assert "Trekk historien" in page


def test_nobody_else_deletes_it(tell, ks, neighbour, nhn, vendor, stranger):
    story = tell.draft()
    for person, refusal in (
        (ks, Forbidden),
        (neighbour, Missing),
        (nhn, Missing),
        (vendor, Missing),
        (stranger, Missing),
    ):
        with pytest.raises(refusal):
            service.delete_draft(person.actor, story.id)
    assert "Slett utkast" not in ks.get(story.path).text
    assert count(Story) == 1


def test_not_from_an_older_page(municipality, colleague, tell):
    story = tell.draft()
    path = f"{story.path}/slett"
    [form] = pages.forms(municipality.get(path).text, path)
    colleague.submit(f"{story.path}/endre", save="1", need="Noe som ikke må bort")
    answer = municipality.send(form, {})
    assert answer.status_code == 409
    assert story.row.need == "Noe som ikke må bort"


def test_one_who_wrote_meanwhile_gets_the_text_back(municipality, colleague, tell):
    story = tell.draft()
    path = f"{story.path}/endre"
    [form] = [f for f in pages.forms(municipality.get(path).text, path) if "title" in f.names]
    service.delete_draft(colleague.actor, story.id)
    answer = municipality.send(form, {"need": "Mitt lange behov", "save": "1"})
    assert answer.status_code == 404
    assert "Mitt lange behov" in answer.text
