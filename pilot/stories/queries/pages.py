"""A story's page, its versions, and what differs between two of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Organisation, Person
from pilot.catalogue.models import NationalSolution
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause, reach
from pilot.core.words import Message
from pilot.municipalities.models import Municipality
from pilot.stories.models import Story, StorySolution, StoryStep, StoryVersion
from pilot.stories.queries.rows import as_text
from pilot.stories.rules import (
    LegalClearance,
    SolutionLink,
    StoryState,
    StoryText,
    id_of,
    ref_of,
    shown_as,
    why_not_support,
)


@dataclass(frozen=True)
class SolutionRow:
    key: str
    name: str
    is_wished: bool
    kind: SolutionLink | None
    note: str
    assessed_by: str  # the person, for those who see names
    assessed_for: str  # the organisation that the person acted for
    assessed_at: datetime | None


@dataclass(frozen=True)
class VersionRow:
    number: int
    created_at: datetime
    organisation: str
    person: str
    note: str


@dataclass(frozen=True)
class StepRow:
    verb: str
    happened_at: datetime
    organisation: str
    person: str
    reason: str


@dataclass(frozen=True)
class StoryPage:
    id: int
    ref: str
    text: StoryText
    context_html: str
    state: StoryState
    zone: Zone
    legal_clearance: LegalClearance
    organisation_id: int
    municipality: str
    municipality_number: str
    county_number: str
    revision: int
    version: int
    reason: str
    changed_at: datetime
    state_since: datetime
    published_at: datetime | None
    solutions: tuple[SolutionRow, ...]
    versions: tuple[VersionRow, ...]
    steps: tuple[StepRow, ...]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def shown_as(self, is_inside: bool) -> str:
        """The code of the status that a reader sees."""
        return shown_as(self.state, is_published=self.is_published, is_inside=is_inside)

    @property
    def why_not_support(self) -> Message | None:
        """What to tell those who would support it, where it takes no support now."""
        return why_not_support(self.state)

    @property
    def is_assessed(self) -> bool:
        return any(row.kind for row in self.solutions)

    @property
    def assessors(self) -> tuple[str, ...]:
        """The organisations that have assessed solutions, each once."""
        return tuple(dict.fromkeys(row.assessed_for for row in self.solutions if row.assessed_for))


@dataclass(frozen=True)
class Comparison:
    ref: str
    title: str
    old: VersionRow
    new: VersionRow
    old_text: StoryText
    new_text: StoryText


def page(actor: Actor, ref: str) -> StoryPage:
    """All that a story's page shows, in four statements.

    Names of people, reasons and the time before publication are for those who saw it then.
    """
    found = db.session.execute(
        select(Story, Municipality.name_unique, Municipality.number, Municipality.county_number)
        .join(Organisation, Organisation.id == Story.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(Story.id == (id_of(ref) or 0), clause(actor, Story))
    ).first()
    if found is None:
        raise Missing
    story, name, number, county = found
    solutions = _solutions(story.id, named=sees_inside(actor))
    return StoryPage(
        **{name: getattr(story, name) for name in _AS_STORED},
        text=as_text(story, (row.key for row in solutions if row.is_wished)),
        municipality=name,
        municipality_number=number,
        county_number=county,
        reason=story.reason if sees_reasons(actor, story) else "",
        state_since=_state_since(actor, story),
        solutions=solutions,
        versions=_versions(actor, story),
        steps=_steps(actor, story),
    )


_AS_STORED = (
    *("id", "ref", "context_html", "state", "zone", "legal_clearance", "organisation_id"),
    *("revision", "version", "changed_at", "published_at"),
)


def _sees_inside(actor: Actor, story: Story) -> bool:
    """Whether the actor is one of those who could see the story before it was published."""
    is_own = story.organisation_id == actor.organisation_id and actor.role is not None
    return is_own or Zone.PUBLIC_SIDE in reach(actor).whole


def _state_since(actor: Actor, story: Story) -> datetime:
    """What happened before publication has no date for those who came after."""
    if _sees_inside(actor, story) or story.published_at is None:
        return story.state_since
    return max(story.state_since, story.published_at)


def sees_inside(actor: Actor) -> bool:
    """Whether the actor follows stories on their way, and not just those that are published."""
    return Zone.PUBLIC_SIDE in reach(actor).whole


def sees_reasons(actor: Actor, story: Story) -> bool:
    """An own reason is for the municipality it was given to, and for KS."""
    is_own = story.organisation_id == actor.organisation_id and actor.role is not None
    return actor.is_ks or is_own


def _solutions(story_id: int, *, named: bool) -> tuple[SolutionRow, ...]:
    rows = db.session.execute(
        select(StorySolution, NationalSolution.name, Person.name, Organisation.name)
        .join(NationalSolution, NationalSolution.key == StorySolution.solution_key)
        .outerjoin(Person, Person.id == StorySolution.assessed_by_id)
        .outerjoin(Organisation, Organisation.id == StorySolution.assessed_for_id)
        .where(StorySolution.story_id == story_id)
        .order_by(StorySolution.id)
    )
    return tuple(
        SolutionRow(
            link.solution_key,
            name,
            link.is_wished,
            link.kind,
            link.note,
            (person or "") if named else "",
            organisation or "",
            link.assessed_at,
        )
        for link, name, person, organisation in rows
    )


def may_see_version(actor: Actor, story: Story, number: int) -> bool:
    """Versions from before publication stay with those who could see the story then."""
    if _sees_inside(actor, story):
        return True
    return story.published_version is not None and number >= story.published_version


def _versions(actor: Actor, story: Story) -> tuple[VersionRow, ...]:
    wanted = _version_rows(actor).where(StoryVersion.story_id == story.id)
    rows = db.session.execute(wanted.order_by(StoryVersion.number.desc()))
    return tuple(_version(actor, row) for row in rows if may_see_version(actor, story, row.number))


def _version_rows(_actor: Actor) -> Any:
    return (
        select(
            StoryVersion.number,
            StoryVersion.created_at,
            StoryVersion.note,
            Organisation.name.label("organisation"),
            Person.name.label("person"),
        )
        .outerjoin(Organisation, Organisation.id == StoryVersion.organisation_id)
        .outerjoin(Person, Person.id == StoryVersion.author_id)
    )


def _version(actor: Actor, row: Any) -> VersionRow:
    named = sees_inside(actor)
    return VersionRow(
        row.number,
        row.created_at,
        row.organisation or "",
        (row.person or "") if named else "",
        row.note if named else "",
    )


def _steps(actor: Actor, story: Story) -> tuple[StepRow, ...]:
    """The changes of state; those who came after publication see that it was published."""
    rows = db.session.execute(
        select(StoryStep, Organisation.name, Person.name)
        .outerjoin(Organisation, Organisation.id == StoryStep.organisation_id)
        .outerjoin(Person, Person.id == StoryStep.person_id)
        .where(StoryStep.story_id == story.id)
        .order_by(StoryStep.id.desc())
    )
    inside, reasons = _sees_inside(actor, story), sees_reasons(actor, story)
    return tuple(
        StepRow(
            step.verb,
            step.happened_at,
            organisation or "",
            (person or "") if inside else "",
            step.reason if reasons else "",
        )
        for step, organisation, person in rows
        if inside or _since_published(step, story)
    )


def _since_published(step: StoryStep, story: Story) -> bool:
    return story.published_at is not None and step.happened_at >= story.published_at


def comparison(actor: Actor, ref: str, old: int, new: int) -> Comparison:
    """Two versions side by side; Missing unless the actor may see both."""
    story = db.session.scalar(
        select(Story).where(Story.id == (id_of(ref) or 0), clause(actor, Story))
    )
    if story is None or not all(may_see_version(actor, story, n) for n in (old, new)):
        raise Missing
    if not 1 <= min(old, new) <= max(old, new) <= story.version:
        raise Missing
    wanted = _version_rows(actor).add_columns(StoryVersion.body)
    rows = {
        row.number: row
        for row in db.session.execute(
            wanted.where(StoryVersion.story_id == story.id, StoryVersion.number.in_((old, new)))
        )
    }
    if not {old, new} <= rows.keys():
        raise Missing
    return Comparison(
        ref_of(story.id),
        story.title,
        _version(actor, rows[old]),
        _version(actor, rows[new]),
        StoryText.load(rows[old].body),
        StoryText.load(rows[new].body),
    )
