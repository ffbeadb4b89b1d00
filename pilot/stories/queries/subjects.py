"""Stories as others point at them: a title and a reference."""

from collections.abc import Collection

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.core.registry import Subject, link
from pilot.stories.models import Story
from pilot.stories.rules import ref_of


def subjects(actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Those of the stories that the actor may know of, in one statement."""
    rows = db.session.execute(
        select(Story.id, Story.title, Story.language).where(Story.id.in_(ids), clause(actor, Story))
    )
    return {
        row.id: Subject(
            title=row.title,
            link=link("stories.show", ref=ref_of(row.id)),
            ref=ref_of(row.id),
            lang=row.language,
        )
        for row in rows
    }
