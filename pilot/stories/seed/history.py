"""A story with a past: the rows that the commands would have left, at the times they would have.

The commands always say «now» and tell people by mail; invented stories have happened over weeks,
and nobody is to hear of them. So the rows are made here, by the rules and the texts of the
commands, and each change has the audit event that its command records. The trail says when the
rows were stored, which is when the seed ran; the stories' own times are invented, as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pilot.core import audit
from pilot.core.db import Base, db
from pilot.core.policy import Actor
from pilot.stories.models import Story, StorySolution, StoryStep, StoryVersion
from pilot.stories.rules import (
    PUBLISHED,
    SolutionLink,
    StoryState,
    StoryText,
    changed_fields,
    zone_of,
)
from pilot.stories.service.steps import write
from pilot.stories.service.words import index_new


@dataclass
class _Event:
    actor: Actor
    verb: str
    note: str = ""
    details: dict[str, object] = field(default_factory=dict)


@dataclass
class _Judgement:
    actor: Actor
    kind: SolutionLink
    note: str
    at: datetime


class History:
    """What happens to one story, told in its order; `keep_all` stores many."""

    def __init__(
        self, author: Actor, text: StoryText, at: datetime, *, form_key: str | None = None
    ) -> None:
        self._text = text
        self._steps: list[StoryStep] = []
        self._versions: list[StoryVersion] = []
        self._judged: dict[str, _Judgement] = {}
        self._events = [_Event(author, "story added")]
        self.story = Story(
            organisation_id=author.organisation_id,
            author_id=author.person_id,
            form_key=form_key,
            state=StoryState.DRAFT,
            zone=zone_of(StoryState.DRAFT, is_published=False),
            created_at=at,
            changed_at=at,
            state_since=at,
            revision=1,
            version=0,
        )

    def move(
        self, actor: Actor, to: StoryState, at: datetime, *, reason: str = "", note: str = ""
    ) -> None:
        """Take the story to another state, as `move_story` does."""
        story = self.story
        before, story.state = story.state, to
        story.state_since, story.reason = at, reason
        story.zone = zone_of(to, is_published=False)
        self._touch(at)
        if to is StoryState.SUBMITTED:
            self._freeze(actor, at, note)
        self._step(actor, to, at, reason)
        self._note(actor, f"story {to}", reason, before=before, after=to)

    def edit(
        self, actor: Actor, text: StoryText, at: datetime, *, note: str = "", submit: bool = False
    ) -> None:
        """Change the text, as `edit_story` does: after it was sent in, that is a version."""
        fields = list(changed_fields(self._text, text))
        self._text = text
        self._touch(at)
        self._note(actor, "story edited", note, fields=fields)
        if submit:
            self.move(actor, StoryState.SUBMITTED, at, note=note)
        elif self.story.version:
            self._freeze(actor, at, note)

    def publish(self, actor: Actor, at: datetime) -> None:
        """Show it to everyone, as `publish_story` does."""
        story = self.story
        story.published_at, story.published_version = at, story.version
        story.zone = zone_of(story.state, is_published=True)
        self._touch(at)
        self._step(actor, PUBLISHED, at, "")
        self._note(actor, "story published", version=story.version)

    def judge(
        self, actor: Actor, key: str, kind: SolutionLink, at: datetime, *, note: str = ""
    ) -> None:
        """Say how a national solution meets the need, as `assess_solution` does."""
        self._judged[key] = _Judgement(actor, kind, note, at)
        self._note(actor, "solution assessed", note, solution=key, kind=kind)

    def finish(self) -> Story:
        """Put the last text into the row; what it holds of times and counts stays."""
        changed_at, revision = self.story.changed_at, self.story.revision
        write(self.story, self._text)
        self.story.changed_at, self.story.revision = changed_at, revision
        return self.story

    def rows(self) -> Iterable[Base]:
        """All that hangs on the story, once it has a number."""
        for step in self._steps:
            step.story_id = self.story.id
        for version in self._versions:
            version.story_id = self.story.id
        yield from (*self._steps, *self._versions)
        for key in dict.fromkeys((*self._text.solutions, *self._judged)):
            yield self._solution(key)

    def record(self) -> None:
        for event in self._events:
            text = event.note or None
            audit.record(event.actor, event.verb, self.story, text=text, **event.details)

    def _touch(self, at: datetime) -> None:
        self.story.changed_at = at
        self.story.revision += 1

    def _freeze(self, actor: Actor, at: datetime, note: str) -> None:
        self.story.version += 1
        self._versions.append(
            StoryVersion(
                number=self.story.version,
                body=self._text.dump(),
                note=note,
                author_id=actor.person_id,
                organisation_id=actor.organisation_id,
                created_at=at,
            )
        )

    def _step(self, actor: Actor, verb: str, at: datetime, reason: str) -> None:
        self._steps.append(
            StoryStep(
                verb=verb,
                version=self.story.version,
                person_id=actor.person_id,
                organisation_id=actor.organisation_id,
                reason=reason,
                happened_at=at,
            )
        )

    def _note(self, actor: Actor, verb: str, note: str = "", **details: object) -> None:
        self._events.append(_Event(actor, verb, note, details))

    def _solution(self, key: str) -> StorySolution:
        row = StorySolution(
            story_id=self.story.id, solution_key=key, is_wished=key in self._text.solutions
        )
        said = self._judged.get(key)
        if said:
            row.kind, row.note = said.kind, said.note
            row.assessed_by_id, row.assessed_at = said.actor.person_id, said.at
            row.assessed_for_id = said.actor.organisation_id
        return row


def keep_all(histories: Iterable[History]) -> int:
    """Store stories with their pasts; runs inside a unit of work, and numbers them in order."""
    told = [*histories]
    db.session.add_all([history.finish() for history in told])
    db.session.flush()
    for history in told:
        index_new(history.story)
        db.session.add_all(history.rows())
        history.record()
    return len(told)
