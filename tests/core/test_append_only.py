"""Tables that only grow: `INSERT OR REPLACE`, too, which fires no trigger for what it removes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pilot.core import audit
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.stories.models import StoryVersion
from pilot.stories.rules import StoryState

pytestmark = pytest.mark.one_database  # the statement is SQLite's own

VERSION = "story_id, number, body, note, author_id, organisation_id, created_at"
EVENT = (
    "happened_at, person_id, organisation_id, subject_kind, subject_id, details, text_hash, "
    "previous_hash, hash"
)
OVER = [
    # by the row's number, and by what else is one of a kind
    f"INTO story_version (id, {VERSION}) SELECT id, {VERSION} FROM story_version",
    f"INTO story_version ({VERSION}) SELECT {VERSION} FROM story_version",
    f"INTO audit_event (id, uid, verb, {EVENT}) SELECT id, uid, 'x', {EVENT} FROM audit_event",
    f"INTO audit_event (uid, verb, {EVENT}) SELECT uid, 'x', {EVENT} FROM audit_event",
    f"INTO audit_event (uid, verb, {EVENT}) SELECT uid || 'x', 'x', {EVENT} FROM audit_event",
]


@pytest.mark.parametrize("statement", OVER)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_nothing_is_put_in_place_of_what_is_there(tell, verb, statement):
    story = tell.at(StoryState.SUBMITTED)
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
        db.session.execute(text(f"{verb} {statement}"))
    assert audit.verify().fault is None
    assert db.session.query(StoryVersion).filter_by(story_id=story.id).count() == 1
