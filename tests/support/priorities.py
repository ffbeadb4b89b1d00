"""Priority lists brought where a test needs them by the site's own commands."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work
from pilot.priorities import queries, service
from pilot.priorities.models import (
    PriorityItem,
    PriorityList,
    PriorityVersion,
    PriorityVersionItem,
)
from pilot.priorities.rules import ListState, Treatment
from pilot.stories.models import Story
from pilot.stories.rules import StoryState, ref_of
from tests.support.world import World

REASON = "Gjelder mange pasienter."


@dataclass(frozen=True)
class Ranked:
    """A list by its number; its row is read anew each time it is asked for."""

    id: int

    @property
    def paper(self) -> str:
        return f"/prioritering/{self.id}/behandling"

    @property
    def row(self) -> PriorityList:
        db.session.rollback()
        return db.session.get_one(PriorityList, self.id)

    @property
    def order(self) -> list[str]:
        """References in the order they stand, after a look that the places are 1, 2, 3 …"""
        db.session.rollback()
        rows = db.session.execute(
            select(PriorityItem.place, PriorityItem.story_id)
            .where(PriorityItem.list_id == self.id)
            .order_by(PriorityItem.place)
        ).all()
        assert [place for place, _ in rows] == list(range(1, len(rows) + 1))
        return [ref_of(story_id) for _, story_id in rows]


class Ranking:
    """What KS' lead and a member of the steering group do with the list."""

    def __init__(self, world: World, lead: Actor, group: Actor) -> None:
        self.world, self.lead, self.group = world, lead, group

    def stories(self, count: int, **fields: Any) -> list[str]:
        """Published stories that are ready, by their references."""
        made = (
            self.world.story(state=StoryState.READY, is_published=True, **fields)
            for _ in range(count)
        )
        return [ref_of(story.id) for story in made]

    def started(self, refs: list[str]) -> Ranked:
        made = Ranked(service.start_list(self.lead).id)
        have = made.order
        for ref in refs:
            if ref not in have:
                service.add_story(self.lead, made.id, ref, reason=REASON)
        return made

    def at(self, state: ListState, refs: list[str]) -> Ranked:
        """A list in a state, by the way it gets there on the site."""
        made = self.started(refs)
        if state is ListState.PROPOSED:
            return made
        service.put_before_group(self.lead, made.id)
        if state is ListState.BEFORE_STEERING_GROUP:
            return made
        self.treat(made, approve=state is not ListState.RETURNED)
        if state is ListState.RELEASED:
            service.release_list(self.lead, made.id)
        return made

    def grow(self, made: Ranked, count: int) -> None:
        """More on the list and in the newest version: what pages cost with many rows."""
        version = db.session.scalars(select(PriorityVersion).filter_by(number=queries.newest()))
        version_id = version.one().id
        listed = select(PriorityItem.story_id).where(PriorityItem.list_id == made.id)
        wanted = select(Story.id).where(Story.published_at.is_not(None), Story.id.not_in(listed))
        released = {item.story_id for item in queries.items_of_newest()}
        ids = [one for one in db.session.scalars(wanted) if one not in released][:count]
        rows, places = len(queries.items_of(made.id)), len(released)
        with unit_of_work():
            for at, story_id in enumerate(ids, 1):
                item = {"story_id": story_id, "reason": REASON}
                db.session.add(PriorityItem(list_id=made.id, place=rows + at, **item))
                text = {"story_version": 1, "title": "Se prøvesvar", "language": "nb"}
                db.session.add(
                    PriorityVersionItem(version_id=version_id, place=places + at, **item, **text)
                )

    def treat(self, made: Ranked, *, approve: bool, **fields: str) -> None:
        said = Treatment(**({"reason": "Fordi", "attendance": "Alle"} | fields))
        service.treat_list(self.group, made.id, approve=approve, treatment=said)


def subject(lead: Actor, group: Actor, world: World, code: str) -> Ranked:
    """A list as a row of the access matrix names it, whatever was in work before it.

    One that is there in that state will do: making one takes longer than ten requests.
    """
    ranking, found = Ranking(world, lead, group), queries.list_in_work(lead)
    newest = db.session.scalars(select(PriorityList).order_by(PriorityList.id.desc())).first()
    if newest is not None and newest.state is ListState(code):
        return Ranked(newest.id)
    if found is not None:  # take it to its end, so that another can begin
        made = Ranked(found.id)
        if found.state in (ListState.PROPOSED, ListState.RETURNED):
            service.put_before_group(lead, made.id)
        if made.row.state is ListState.BEFORE_STEERING_GROUP:
            ranking.treat(made, approve=True)
        service.release_list(lead, made.id)
    return ranking.at(ListState(code), ranking.stories(2))


def story(ref: str) -> Story:
    db.session.rollback()
    return db.session.get_one(Story, int(ref[3:]))
