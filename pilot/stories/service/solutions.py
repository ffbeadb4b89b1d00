"""Which national solutions meet a need: what NHN says of each."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import say
from pilot.stories import queries
from pilot.stories.models import StorySolution
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import REASON_MAX, SolutionLink, too_long


@command
def assess_solution(
    actor: Actor, story_id: int, *, solution_key: str, kind: SolutionLink, note: str = ""
) -> StorySolution:
    """Say how a national solution meets the need; a second word on the same one replaces it.

    The story's revision stays: what is said of it is not a change of its text, and must not stand
    in the way of the municipality that is writing.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.ASSESS, story)
    note = clean(note)
    if len(note) > REASON_MAX:
        raise Rejected(too_long(len(note), REASON_MAX), "note")
    if not queries.solution_exists(solution_key):
        raise Rejected(say("Velg en nasjonal løsning."), "solution_key")
    link = queries.solution_link(story.id, solution_key)
    if link is None:
        link = StorySolution(story_id=story.id, solution_key=solution_key, is_wished=False)
        db.session.add(link)
    link.kind, link.note = kind, note
    link.assessed_by_id, link.assessed_at = actor.person_id, clock.now()
    link.assessed_for_id = actor.organisation_id
    audit.record(
        actor, "solution assessed", story, solution=solution_key, kind=kind, text=note or None
    )
    return link


@command
def remove_assessment(actor: Actor, story_id: int, *, solution_key: str) -> None:
    """Take an assessment back; what the municipality wished for stays."""
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.ASSESS, story)
    link = queries.solution_link(story.id, solution_key)
    if link is None or link.kind is None:
        raise Conflict(say("Vurderingen er allerede fjernet."))
    if link.is_wished:
        link.kind, link.note = None, ""
        link.assessed_by_id = link.assessed_for_id = link.assessed_at = None
    else:
        db.session.delete(link)
    audit.record(actor, "solution assessment removed", story, solution=solution_key)
