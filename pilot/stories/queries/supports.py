"""Who supports a story: read by those on the public side, and of one's own municipality."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pilot.accounts.models import Organisation
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, allows
from pilot.core.policy.zones import clause
from pilot.core.readers import ids_of, made_once
from pilot.core.registry import Kept
from pilot.municipalities.models import County, Municipality
from pilot.stories.models import StorySupport
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries.pages import OwnSupport, StoryPage
from pilot.stories.queries.rows import STORY
from pilot.stories.queries.sight import sees_inside
from pilot.stories.rules import ref_of

FIRST = 10  # supporters that the story's own page shows


@dataclass(frozen=True)
class SupportRow:
    """A municipality that supports a story."""

    number: str
    name: str
    county: str
    note: str
    given_at: datetime
    behalf: Behalf | None


@dataclass(frozen=True)
class Totals:
    """How many municipalities support a story, and how many people live in them."""

    municipalities: int = 0
    population: int = 0


@dataclass(frozen=True)
class Support:
    """What a story's page tells of its support; without totals to those who see none."""

    totals: Totals | None
    rows: tuple[SupportRow, ...]
    own: OwnSupport | None

    @property
    def is_cut(self) -> bool:
        return self.totals is not None and self.totals.municipalities > len(self.rows)


def support(actor: Actor, story: StoryPage) -> Support | None:
    """The first supporters, how many there are, and one's own; None to those who know of none, and
    before the story is sent in."""
    if not story.version:
        return None
    may_give = allows(actor, StoryPermission.SUPPORT, story)
    own = story.own if may_give else None
    if not sees_inside(actor):
        return Support(None, (), own) if may_give else None
    found = db.session.execute(_first(actor), {STORY.key: story.id, **ids_of(actor)}).all()
    counted = Totals(*found[0][-2:]) if found else Totals()
    return Support(counted, tuple(_row(row) for row in found), own)


@made_once
def _first(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The first supporters of a story, each with the totals."""
    return _rows(actor, STORY).add_columns(*totals_of(actor, STORY)).limit(FIRST)


def supporters(actor: Actor, story: StoryPage, number: int) -> tuple[Totals, Page[SupportRow]]:
    """A page of all that support a story; Missing to those who see none."""
    if not sees_inside(actor):
        raise Missing
    totals = Totals(*db.session.execute(select(*totals_of(actor, story.id))).one())
    at = within(number, totals.municipalities)
    wanted = _rows(actor, story.id).limit(PAGE_SIZE).offset((at - 1) * PAGE_SIZE)
    rows = tuple(_row(row) for row in db.session.execute(wanted))
    return totals, Page(rows, at, totals.municipalities)


def totals_of(actor: Actor, story_id: Any) -> tuple[Any, ...]:
    """The numbers of `Totals` as columns, each municipality counted once however often it has said
    so; none to those who see no support."""
    if not sees_inside(actor):
        return ()
    behind = select(StorySupport.organisation_id).where(*_given(actor, story_id))
    places = (
        select(Municipality)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .where(Organisation.id.in_(behind))
    )
    return (
        places.with_only_columns(func.count(Municipality.id)).scalar_subquery(),
        places.with_only_columns(
            func.coalesce(func.sum(Municipality.population), 0)
        ).scalar_subquery(),
    )


def supporter(actor: Actor, story: StoryPage, number: str) -> SupportRow:
    """One municipality that supports a story; Missing where it does not."""
    one = _rows(actor, story.id).where(Municipality.number == number)
    found = db.session.execute(one).first()
    if found is None:
        raise Missing
    return _row(found)


def kept_of(actor: Actor) -> Kept:
    """The support that a person has written or entered, for that person."""
    rows = db.session.execute(
        select(StorySupport.story_id, StorySupport.note, StorySupport.given_at)
        .where(StorySupport.person_id == actor.person_id)
        .order_by(StorySupport.id)
    )
    kept = [
        {"story": ref_of(story_id), "note": note, "given_at": given_at.isoformat()}
        for story_id, note, given_at in rows
    ]
    return {"support": kept}


def support_of(story_id: int, organisation_id: int) -> StorySupport | None:
    """The row for a command, which has cleared the story and asked for the organisation."""
    return db.session.scalar(
        select(StorySupport).where(
            StorySupport.story_id == story_id, StorySupport.organisation_id == organisation_id
        )
    )


def _given(actor: Actor, story_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Support that stands. The one place that says which stories' support is counted: a story
    that others were merged into will count theirs too."""
    return (
        StorySupport.story_id == story_id,
        StorySupport.withdrawn_at.is_(None),
        clause(actor, StorySupport),
    )


def _rows(actor: Actor, story_id: Any) -> Select[*tuple[Any, ...]]:
    """By county and name: no league table."""
    return (
        select(
            Municipality.number,
            Municipality.name_unique,
            County.name,
            StorySupport.note,
            StorySupport.given_at,
            StorySupport.behalf_channel,
            StorySupport.behalf_received_on,
        )
        .select_from(StorySupport)
        .join(Organisation, Organisation.id == StorySupport.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
        .where(*_given(actor, story_id))
        .order_by(County.sort_key, Municipality.sort_key, Municipality.number, StorySupport.id)
    )


def _row(row: Any) -> SupportRow:
    number, name, county, note, given_at, channel, received_on, *_ = row
    told = Behalf(channel, received_on) if channel else None
    return SupportRow(number, name, county, note, given_at, told)
