"""No identity number is ever stored, whatever it is written in."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from pilot.core.audit import AuditEvent, AuditText
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.stories import service
from pilot.stories.rules import SolutionLink, StoryState
from tests.stories.written import FULL, count
from tests.support import identity

NUMBERS = [
    identity.ORDINARY,
    identity.D_NUMBER,
    identity.H_NUMBER,
    identity.TEST_NUMBER,
    f"{identity.ORDINARY[:6]} {identity.ORDINARY[6:]}",
    " ".join(identity.D_NUMBER),
]
TEXT_FIELDS = ["title", "role", "need", "benefit", "context", "consequence"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("field", [*TEXT_FIELDS, "criteria", "elements"])
def test_an_identity_number_is_never_stored(municipality, field, number):
    words = f"Gjelder {number}, som bor hjemme."
    value = ("først noe annet", words) if field in ("criteria", "elements") else words
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, replace(FULL, **{field: value}))
    assert refusal.value.field == field
    assert count() == 0
    assert count(AuditEvent) == 0 or not db.session.scalar(
        select(AuditText.id).where(AuditText.text.contains(number))
    )


@pytest.mark.parametrize("field", [*TEXT_FIELDS, "criteria", "elements"])
def test_nor_when_a_story_is_changed(municipality, tell, field):
    story = tell.draft()
    words = f"se {identity.ORDINARY}"
    value = (words,) if field in ("criteria", "elements") else words
    before = story.text
    with pytest.raises(Rejected):
        service.edit_story(
            municipality.actor, story.id, replace(before, **{field: value}), revision=1
        )
    assert story.text == before


def test_nor_in_a_note_or_a_reason(municipality, ks, nhn, tell):
    story = tell.at(StoryState.SUBMITTED)
    with pytest.raises(Rejected):
        service.move_story(
            ks.actor, story.id, to=StoryState.RETURNED, reason=f"Gjelder {identity.ORDINARY}"
        )
    with pytest.raises(Rejected):
        service.edit_story(
            ks.actor,
            story.id,
            replace(story.text, title="Nytt"),
            revision=story.row.revision,
            note=identity.H_NUMBER,
        )
    with pytest.raises(Rejected):
        service.assess_solution(
            nhn.actor,
            story.id,
            solution_key="helseid",
            kind=SolutionLink.REUSE,
            note=identity.D_NUMBER,
        )
    assert story.row.state is StoryState.SUBMITTED
    assert story.row.version == 1
