"""Reading pilots: nothing comes out that the actor may not know of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, SelectBase, case, func, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.finding import findable, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, Zone
from pilot.core.policy.zones import clause, reach
from pilot.core.registry import Subject, Thing, link, resolve
from pilot.core.tallies import grouped, number_of
from pilot.core.text import clean, sort_key
from pilot.core.words import say
from pilot.municipalities.models import Municipality
from pilot.pilots.models import Pilot, PilotStory
from pilot.pilots.rules import STORIES_MOST, Course, PilotState, PilotText
from pilot.priorities import queries as priorities
from pilot.stories.models import Story
from pilot.stories.rules import id_of

OF_STORY_MOST = 20


@dataclass(frozen=True)
class PilotRow:
    id: int
    title: str
    who: str  # the municipality, or the group
    state: PilotState
    course: Course
    starts_on: date | None
    zone: Zone


@dataclass(frozen=True)
class PilotPage:
    row: PilotRow
    text: PilotText
    municipality: str
    municipality_number: str
    contact: str  # empty for those whom it is not for
    is_public: bool
    decision: Subject | None
    stories: tuple[Subject, ...]
    changed_at: datetime
    revision: int


def _rows(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Pilot, Municipality.name_unique, Municipality.number, *more)
        .outerjoin(Organisation, Organisation.id == Pilot.organisation_id)
        .outerjoin(Municipality, Municipality.number == Organisation.municipality_number)
    )


def _row(pilot: Pilot, place: str | None) -> PilotRow:
    return PilotRow(
        id=pilot.id,
        title=pilot.title,
        who=pilot.group or place or "",
        state=pilot.state,
        course=pilot.course,
        starts_on=pilot.starts_on,
        zone=pilot.zone,
    )


def listed(actor: Actor, page: int) -> Page[PilotRow]:
    """A page of those the actor may see, by name."""
    total = db.session.scalar(select(func.count(Pilot.id)).where(clause(actor, Pilot))) or 0
    number = within(page, total)
    rows = db.session.execute(
        _rows()
        .where(clause(actor, Pilot))
        .order_by(Pilot.sort_key, Pilot.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(_row(pilot, place) for pilot, place, _number in rows), number, total)


def page(actor: Actor, pilot_id: int) -> PilotPage:
    """All that a pilot's page shows; stories and the decision as far as the actor may know."""
    wanted = _rows().where(Pilot.id == pilot_id, clause(actor, Pilot))
    found = db.session.execute(wanted).first()
    if found is None:
        raise Missing
    pilot, place, number = found
    story_ids = story_ids_of(pilot.id)
    decision = Thing("entry", pilot.decision_id or 0)
    known = resolve(actor, [decision, *(Thing("story", story_id) for story_id in story_ids)])
    return PilotPage(
        row=_row(pilot, place),
        text=text_of(pilot, story_ids),
        municipality=place or "",
        municipality_number=number or "",
        contact=pilot.contact if Zone.PUBLIC_SIDE in reach(actor).whole else "",
        is_public=pilot.is_public,
        decision=known.get(decision),
        stories=tuple(
            known[Thing("story", story_id)]
            for story_id in story_ids
            if Thing("story", story_id) in known
        ),
        changed_at=pilot.changed_at,
        revision=pilot.revision,
    )


def text_of(pilot: Pilot, story_ids: tuple[int, ...]) -> PilotText:
    fields = ("title", "group", "organisation_id", "contact", "starts_on", "state", "course")
    stored = {name: getattr(pilot, name) for name in (*fields, "in_words")}
    return PilotText(zone=pilot.zone_before, stories=story_ids, **stored)


def story_ids_of(pilot_id: int) -> tuple[int, ...]:
    wanted = select(PilotStory.story_id).where(PilotStory.pilot_id == pilot_id)
    return tuple(db.session.scalars(wanted.order_by(PilotStory.id)))


def of_story(actor: Actor, story_id: int) -> tuple[PilotRow, ...]:
    """Pilots that try out a story, as far as the actor may see them."""
    rows = db.session.execute(
        _rows()
        .join(PilotStory, PilotStory.pilot_id == Pilot.id)
        .where(PilotStory.story_id == story_id, clause(actor, Pilot))
        .order_by(Pilot.sort_key, Pilot.id)
        .limit(OF_STORY_MOST)
    )
    return tuple(_row(pilot, place) for pilot, place, _number in rows)


def pilot_lines(actor: Actor) -> Select[Any]:
    """The pilots that a search of the whole site looks through, by name."""
    found = findable(Pilot.id, Pilot.title).where(clause(actor, Pilot))
    return lines(found, Pilot.search_text, order=(Pilot.sort_key, Pilot.id), begins=True)


def known(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """A number of the overview: how many the actor may read about."""
    return (number_of(Pilot.id, clause(actor, Pilot)),)


def troubled(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """How many of those under way do not go as planned."""
    is_troubled = Pilot.course.in_((Course.AT_RISK, Course.OFF_TRACK))
    under_way = Pilot.state == PilotState.ACTIVE
    return (number_of(Pilot.id, clause(actor, Pilot), under_way, is_troubled),)


def released() -> tuple[ScalarSelect[int], ...]:
    """How many everyone may read about."""
    return (number_of(Pilot.id, Pilot.is_public),)


def by_state(actor: Actor) -> SelectBase:
    """How many stand in each state, of those the actor may read about."""
    return grouped(Pilot.state, clause(actor, Pilot))


def stories_tried() -> ScalarSelect[int]:
    """How many stories are tried out in pilots that everyone may read of."""
    wanted = select(func.count(PilotStory.story_id.distinct()))
    found = wanted.join(Pilot, Pilot.id == PilotStory.pilot_id).where(Pilot.is_public)
    return found.scalar_subquery()


def tried_of_prioritised() -> ScalarSelect[Any]:
    """The same; none while no list of priorities is released either."""
    tried, listed = stories_tried(), priorities.newest_number()
    return select(case((tried > 0, tried), (listed.is_not(None), 0))).scalar_subquery()


def visible(actor: Actor, pilot_id: int, *, for_update: bool = False) -> Pilot:
    wanted = select(Pilot).where(Pilot.id == pilot_id, clause(actor, Pilot))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def pilot_of_form(actor: Actor, form_key: str | None) -> Pilot | None:
    """The pilot that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Pilot).where(Pilot.author_id == actor.person_id, Pilot.form_key == form_key)
    )


# --- what a form names -----------------------------------------------------------------------


def municipality_names() -> tuple[str, ...]:
    """All that can be named, for a field that suggests while one types."""
    kind = Organisation.kind == OrganisationKind.MUNICIPALITY
    return tuple(
        db.session.scalars(select(Organisation.name).where(kind).order_by(Organisation.sort_key))
    )


def municipality_name(organisation_id: int | None) -> str:
    wanted = select(Organisation.name).where(Organisation.id == organisation_id)
    return db.session.scalar(wanted) or ""


def municipality_named(name: str) -> int | None:
    name = clean(name)
    if not name:
        return None
    wanted = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.MUNICIPALITY,
        Organisation.sort_key == sort_key(name),
    )
    found = db.session.scalar(wanted.order_by(Organisation.id).limit(1))
    if found is None:
        words = say("Fant ingen kommune med dette navnet. Velg fra listen.")
        raise Rejected(words, "municipality")
    return found


def stories_named(actor: Actor, refs: str) -> tuple[int, ...]:
    """The stories that a form names, with commas or spaces between: BH-0004, BH-0012."""
    wanted = dict.fromkeys(refs.replace(",", " ").upper().split())
    ids = {ref: id_of(ref) or 0 for ref in wanted}
    if len(ids) > STORIES_MOST:
        raise Rejected(
            say("Du kan ta med inntil %(most)d historier.", most=STORIES_MOST), "stories"
        )
    rows = select(Story.id).where(Story.id.in_(ids.values()), clause(actor, Story))
    known = set(db.session.scalars(rows)) if ids else set()
    missing = [ref for ref, story_id in ids.items() if story_id not in known]
    if missing:
        words = say("Fant ikke %(refs)s. Skriv numre som BH-0004.", refs=", ".join(missing[:5]))
        raise Rejected(words, "stories")
    return tuple(ids.values())


def subjects(actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Pilots as others point at them, in one statement."""
    wanted = select(Pilot.id, Pilot.title).where(Pilot.id.in_(ids), clause(actor, Pilot))
    return {
        row.id: Subject(title=row.title, link=link("pilots.show", pilot_id=row.id), lang="nb")
        for row in db.session.execute(wanted)
    }
