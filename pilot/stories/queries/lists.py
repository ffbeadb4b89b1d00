"""Lists of stories: searched, filtered, sorted, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, Subquery, exists, func, or_, select

from pilot.accounts.models import Organisation
from pilot.catalogue.models import NationalSolution
from pilot.core import clock
from pilot.core.db import db
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.core.readers import ids_of, made_once
from pilot.core.tallies import number_of
from pilot.municipalities.models import Municipality
from pilot.stories.models import Story, StorySolution
from pilot.stories.queries.search import found_by
from pilot.stories.rules import ASSESSED_IN, RESTING, SolutionLink, StoryState, ref_of, shown_as


@dataclass(frozen=True)
class StoryFilter:
    q: str = ""
    states: tuple[str, ...] = ()
    from_settings: tuple[str, ...] = ()
    to_settings: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()
    municipality: str = ""
    unpublished: bool = False
    sort: str = "nyest"
    page: int = 1

    @property
    def takes_all(self) -> bool:
        """Whether only the order and the page are asked for."""
        return replace(self, sort="", page=1) == StoryFilter(sort="")


@dataclass(frozen=True)
class StoryRow:
    id: int
    ref: str
    title: str
    language: str
    state: StoryState
    is_published: bool
    from_setting: str | None
    to_setting: str | None
    elements: tuple[str, ...]
    municipality: str
    municipality_number: str
    changed_at: datetime
    solutions: tuple[str, ...] = ()

    def shown_as(self, is_inside: bool) -> str:
        """The code of the status that a reader sees."""
        return shown_as(self.state, is_published=self.is_published, is_inside=is_inside)


_COLUMNS = (
    Story.id,
    Story.title,
    Story.language,
    Story.state,
    Story.published_at.is_not(None).label("is_published"),
    Story.from_setting,
    Story.to_setting,
    Story.elements,
    Municipality.name_unique.label("municipality"),
    Municipality.number.label("municipality_number"),
    Story.changed_at,
)
Order = tuple[ColumnElement[Any], ...]
ORDERS: dict[str, Order] = {
    "nyest": (Story.changed_at.desc(), Story.id.desc()),
    "ventet": (Story.state_since.asc(), Story.id.asc()),
    "nummer": (Story.id.asc(),),
    "tittel": (Story.sort_key.asc(), Story.id.asc()),
    "kommune": (Municipality.sort_key.asc(), Story.id.asc()),
}


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Organisation, Organisation.id == Story.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
    )


def _conditions(actor: Actor, wanted: StoryFilter) -> list[ColumnElement[bool]]:
    """The zones first, then the filters; a search is joined to them."""
    found: list[ColumnElement[bool]] = [clause(actor, Story)]
    if wanted.states:
        found.append(Story.state.in_(_known(wanted.states)))
    else:
        is_own = Story.organisation_id == (actor.organisation_id or 0)
        found.append(or_(Story.state.not_in(RESTING), is_own))
    for column, values in (
        (Story.from_setting, wanted.from_settings),
        (Story.to_setting, wanted.to_settings),
    ):
        if values:
            found.append(column.in_(values))
    if wanted.solutions:
        linked = (StorySolution.story_id == Story.id) & StorySolution.solution_key.in_(
            wanted.solutions
        )
        found.append(exists().where(linked))
    if wanted.municipality:
        here = Organisation.municipality_number == wanted.municipality
        found.append(Story.organisation_id.in_(select(Organisation.id).where(here)))
    if wanted.unpublished:
        found.append(Story.published_at.is_(None))
    return found


def _known(states: Sequence[str]) -> list[StoryState]:
    return [state for state in StoryState if state.value in states]


def listed(actor: Actor, wanted: StoryFilter, *, in_all: int | None = None) -> Page[StoryRow]:
    """One page of the stories that the actor may see and asked for; three statements at most.

    `in_all` is what `facets` has counted already; it saves a count when nothing is filtered away.
    """
    order = ORDERS.get(wanted.sort, ORDERS["nyest"])
    asked = max(wanted.page, 1)
    if wanted.q:
        return _searched(actor, wanted, order, asked)
    conditions = _conditions(actor, wanted)
    total = in_all if wanted.takes_all else None
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(Story).where(*conditions)) or 0
    number = within(asked, total)
    rows = db.session.execute(_page_of(_found(order, Story.id).where(*conditions), order, number))
    return Page(_with_solutions(rows.all()), number, total)


def _searched(actor: Actor, wanted: StoryFilter, order: Order, asked: int) -> Page[StoryRow]:
    """A page of what a search finds; of the newest, those that hold the words as written first."""
    rows, total = _hits(actor, wanted, order, asked, PAGE_SIZE)
    if not rows and asked > 1:  # beyond the end: the last page
        total = _hits(actor, wanted, order, 1, 1)[1]
        asked = within(asked, total)
        rows, total = _hits(actor, wanted, order, asked, PAGE_SIZE)
    return Page(_with_solutions(rows), asked, total)


def _hits(
    actor: Actor, wanted: StoryFilter, order: Order, number: int, most: int
) -> tuple[Sequence[Row[Any]], int]:
    """The rows of one page of a search, and how many it finds in all, in one statement."""
    page = matches(actor, wanted, order, number, most)
    chosen = _rows().add_columns(page.c.total).join(page, page.c.id == Story.id)
    best = (page.c.misses,) if order is ORDERS["nyest"] else ()
    rows = db.session.execute(chosen.order_by(*best, *order)).all()
    return rows, rows[0].total if rows else 0


def matches(actor: Actor, wanted: StoryFilter, order: Order, number: int, most: int) -> Subquery:
    """Which stories a page of a search shows, and how many there are; found first, then read."""
    hit = found_by(wanted.q)
    counted = func.count().over().label("total")
    found = _found(order, Story.id, counted, hit.c.misses).join(hit, hit.c.story_id == Story.id)
    best = (hit.c.misses,) if order is ORDERS["nyest"] else ()
    found = found.where(*_conditions(actor, wanted)).order_by(*best, *order)
    return found.limit(most).offset((number - 1) * most).subquery()


def _page_of(found: Select[Any], order: Order, number: int) -> Select[*tuple[Any, ...]]:
    offset = (number - 1) * PAGE_SIZE
    return _rows_of(found.order_by(*order).limit(PAGE_SIZE).offset(offset), order)


def _rows_of(found: Select[Any], order: Order) -> Select[*tuple[Any, ...]]:
    """The rows of a few stories, which are found first: the index knows, and rows are long."""
    chosen = found.subquery()
    return _rows().join(chosen, chosen.c.id == Story.id).order_by(*order)


def _found(order: Order, *columns: Any) -> Select[Any]:
    """Stories alone, unless they are put in order by their municipality."""
    wanted = select(*columns)
    if order is not ORDERS["kommune"]:
        return wanted
    return wanted.join(Organisation, Organisation.id == Story.organisation_id).join(
        Municipality, Municipality.number == Organisation.municipality_number
    )


def exported(actor: Actor, wanted: StoryFilter) -> tuple[StoryRow, ...]:
    """All of them, for a file."""
    chosen = _rows().where(*_conditions(actor, wanted)).order_by(*ORDERS["nummer"])
    if wanted.q:
        chosen = chosen.where(Story.id.in_(select(found_by(wanted.q).c.story_id)))
    return _with_solutions(db.session.execute(chosen).all())


def _with_solutions(rows: Sequence[Row[Any]]) -> tuple[StoryRow, ...]:
    names: dict[int, list[str]] = {}
    linked = (
        select(StorySolution.story_id, NationalSolution.name)
        .join(NationalSolution, NationalSolution.key == StorySolution.solution_key)
        .where(StorySolution.story_id.in_([row.id for row in rows]))
        .order_by(StorySolution.id)
    )
    for story_id, name in db.session.execute(linked) if rows else ():
        names.setdefault(story_id, []).append(name)
    return tuple(_row(row, tuple(names.get(row.id, ()))) for row in rows)


def _row(row: Row[Any], solutions: tuple[str, ...] = ()) -> StoryRow:
    values = row._asdict()
    values["elements"] = tuple(values["elements"])
    for name in ("total", "kind"):  # of the search or the link, not of the story
        values.pop(name, None)
    return StoryRow(ref=ref_of(row.id), solutions=solutions, **values)


def of_organisation(actor: Actor, municipality_number: str, most: int) -> tuple[StoryRow, ...]:
    """A municipality's stories, newest first, as far as the actor may see them; none withdrawn."""
    wanted = _conditions(actor, StoryFilter(municipality=municipality_number))
    stands = Story.state != StoryState.WITHDRAWN
    return _first(select(Story.id).where(*wanted, stands), ORDERS["nyest"], most)


def latest(actor: Actor, most: int) -> tuple[StoryRow, ...]:
    """The stories published last."""
    rows = db.session.execute(_latest(actor, most), ids_of(actor))
    return tuple(_row(row) for row in rows)


@made_once
def _latest(actor: Actor, most: int) -> Select[*tuple[Any, ...]]:
    order: Order = (Story.published_at.desc(), Story.id.desc())
    published = select(Story.id).where(clause(actor, Story), Story.published_at.is_not(None))
    return _rows_of(published.order_by(*order).limit(most), order)


def _first(found: Select[Any], order: Order, most: int) -> tuple[StoryRow, ...]:
    rows = db.session.execute(_rows_of(found.order_by(*order).limit(most), order))
    return tuple(_row(row) for row in rows)


def pointing_at(
    actor: Actor, solution_key: str, most: int
) -> tuple[tuple[tuple[StoryRow, SolutionLink | None], ...], int]:
    """The newest stories that point at a national solution, what NHN says of each, and how many."""
    links = (StorySolution.story_id == Story.id) & (StorySolution.solution_key == solution_key)
    chosen = (
        select(Story.id, StorySolution.kind, func.count().over().label("total"))
        .join(StorySolution, links)
        .where(*_conditions(actor, StoryFilter()))
        .order_by(*ORDERS["nyest"])
        .limit(most)
        .subquery()
    )
    wanted = _rows().add_columns(chosen.c.total, chosen.c.kind)
    rows = db.session.execute(
        wanted.join(chosen, chosen.c.id == Story.id).order_by(*ORDERS["nyest"])
    ).all()
    return tuple((_row(row), row.kind) for row in rows), rows[0].total if rows else 0


def unassessed(actor: Actor, page: int) -> Page[StoryRow]:
    """Stories in which nobody has yet judged a national solution; the oldest wait first."""
    total = db.session.scalar(select(func.count(Story.id)).where(*not_judged(actor))) or 0
    number = within(page, total)
    order: Order = (Story.state_since.asc(), Story.id.asc())
    found = select(Story.id).where(*not_judged(actor))
    rows = db.session.execute(_page_of(found, order, number))
    return Page(_with_solutions(rows.all()), number, total)


def unjudged(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """The same as a number of the overview."""
    return (number_of(Story.id, *not_judged(actor)),)


def not_judged(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    judged = select(StorySolution.story_id).where(StorySolution.kind.is_not(None))
    return clause(actor, Story), Story.state.in_(ASSESSED_IN), Story.id.not_in(judged)


def changed_since(actor: Actor, moment: float, most: int = 100) -> tuple[str, ...]:
    """References of the stories that have changed since a moment (seconds since 1970)."""
    # In this order: max() answers its first argument when the second is not a number.
    since = datetime.fromtimestamp(min(max(0.0, moment), clock.now().timestamp()), UTC)
    changed = select(Story.id).where(clause(actor, Story), Story.changed_at > since)
    return tuple(ref_of(i) for i in db.session.scalars(changed.order_by(Story.id).limit(most)))
