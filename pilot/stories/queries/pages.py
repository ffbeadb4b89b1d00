"""A story's page, its versions, and what differs between two of them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, select

from pilot.accounts.models import Organisation, Person
from pilot.catalogue.models import NationalSolution
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause, ours
from pilot.core.readers import ids_of, made_once
from pilot.core.words import Message
from pilot.municipalities.models import Municipality
from pilot.stories.models import Story, StorySolution, StorySupport
from pilot.stories.queries.history import StepRow, VersionRow, history
from pilot.stories.queries.rows import STORY, as_text
from pilot.stories.queries.sight import saw_it_before, sees_inside, sees_reasons
from pilot.stories.rules import (
    LegalClearance,
    SolutionLink,
    StoryState,
    StoryText,
    id_of,
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
class OwnSupport:
    """What one's own municipality has said, also where it was taken back; revision 0: nothing."""

    name: str  # of the municipality
    note: str
    revision: int
    is_given: bool
    behalf: Behalf | None

    @classmethod
    def of(cls, name: str, said: StorySupport | None) -> "OwnSupport":
        if said is None:
            return cls(name, "", 0, False, None)
        return cls(name, said.note, said.revision, said.is_given, said.behalf)


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
    own: OwnSupport | None  # of the municipality one acts for

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


def page(actor: Actor, ref: str) -> StoryPage:
    """What a story's page shows of itself, in three statements.

    Names of people, reasons and the time before publication are for those who saw it then.
    """
    asked = {STORY.key: id_of(ref) or 0, **ids_of(actor)}
    found = db.session.execute(_found(actor), asked).first()
    if found is None:
        raise Missing
    story, name, number, county, said, own_name = found
    versions, steps = history(actor, story)
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
        versions=versions,
        steps=steps,
        own=OwnSupport.of(own_name, said) if own_name else None,
    )


_AS_STORED = (
    *("id", "ref", "context_html", "state", "zone", "legal_clearance", "organisation_id"),
    *("revision", "version", "changed_at", "published_at"),
)


@made_once
def _found(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The story, where it comes from, and what one's own municipality is called and has said."""
    own_name = (
        select(Municipality.name_unique)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .where(Organisation.id == ours(actor))
        .correlate(None)
        .scalar_subquery()
    )
    is_own = StorySupport.organisation_id == ours(actor)
    said = and_(StorySupport.story_id == Story.id, is_own, clause(actor, StorySupport))
    return (
        select(
            Story,
            Municipality.name_unique,
            Municipality.number,
            Municipality.county_number,
            StorySupport,
            own_name,
        )
        .join(Organisation, Organisation.id == Story.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .outerjoin(StorySupport, said)
        .where(Story.id == STORY, clause(actor, Story))
    )


def _state_since(actor: Actor, story: Story) -> datetime:
    """What happened before publication has no date for those who came after."""
    if saw_it_before(actor, story) or story.published_at is None:
        return story.state_since
    return max(story.state_since, story.published_at)


def _solutions(story_id: int, *, named: bool) -> tuple[SolutionRow, ...]:
    rows = db.session.execute(_linked(), {STORY.key: story_id})
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


@cache
def _linked() -> Select[*tuple[Any, ...]]:
    """Made once: it is the same for every story and reader."""
    return (
        select(StorySolution, NationalSolution.name, Person.name, Organisation.name)
        .join(NationalSolution, NationalSolution.key == StorySolution.solution_key)
        .outerjoin(Person, Person.id == StorySolution.assessed_by_id)
        .outerjoin(Organisation, Organisation.id == StorySolution.assessed_for_id)
        .where(StorySolution.story_id == STORY)
        .order_by(StorySolution.id)
    )
