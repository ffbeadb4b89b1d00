"""Support of stories: the demo's, and from 0 to 12 municipalities for each of the large number.

Only municipalities that say yes: to have taken support back would be invented of a real one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.core import audit, clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.growing import in_pieces
from pilot.core.policy import Actor, OrganisationKind, Zone
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import Municipality
from pilot.stories.models import Story, StorySupport
from pilot.stories.rules import SUPPORTABLE
from pilot.stories.seed.compose import SEED
from pilot.stories.seed.people import cast
from pilot.stories.service.supporting import GIVEN

NOTES = (
    "",
    "Vi har det samme behovet i hjemmetjenesten.",
    "Hos oss går det ukentlig mye tid med til å ringe rundt.",
    "Legevakten vår dekker fire kommuner og mangler de samme opplysningene.",
    "Vi er en liten kommune, og får ikke løst dette alene.",
    "Gjelder også for sykehjemmene våre, særlig i helgene.",
)
#: The demo: which stories, and which municipalities support them; the first by a mail to KS.
DEMO: MappingProxyType[int, tuple[str, ...]] = MappingProxyType(
    {
        1: (
            *("3301", "0301", "1103", "4601", "5001", "5501", "1804", "5603"),
            *("1108", "3401", "4204", "1506"),
        ),
        3: ("5501", "1804"),
        31: ("4601", "0301", "1103"),
        36: ("5603",),
    }
)
#: How many of a hundred stories have so many supporters: few have many.
ODDS = (14, 18, 16, 13, 10, 8, 6, 5, 3, 2, 2, 2, 1)
ON_BEHALF = 0.05
SOME = 400  # stories stored at a time


@dataclass(frozen=True)
class Place:
    """A municipality, and who speaks for it; nobody, where it has no contact."""

    organisation_id: int
    number: str
    population: int
    contact: Actor | None


def demo(_password_hash: str) -> int:
    """A few stories have support; one municipality has written to KS instead."""
    places, ks = {place.number: place for place in _places()}, cast().ks[1]
    kept: list[bool] = []
    with unit_of_work():
        stories = db.session.scalars(select(Story).order_by(Story.id)).all()
        for number, supporters in DEMO.items():
            story = stories[number - 1]  # as the file numbers them; a database may count from more
            first, *others = [places[one] for one in supporters]
            rng = Random(f"{SEED}-{number}")  # noqa: S311  # what is invented, no secret
            kept.append(_keep(rng, story, first, ks, is_told=True))
            kept += [_keep(rng, story, one, ks, is_told=not one.contact) for one in others]
    return sum(kept)


def large(_password_hash: str) -> int:
    """Support for stories that have none and take it; a second run adds nothing."""
    has_some = select(StorySupport.id).where(StorySupport.story_id == Story.id).exists()
    wanted = db.session.scalars(
        select(Story.id)
        .where(Story.form_key.startswith("stor-"), Story.state.in_(SUPPORTABLE), ~has_some)
        .order_by(Story.id)
    ).all()
    places, ks = [place for place in _places() if place.contact], cast().ks[1]
    weights = [place.population**0.5 for place in places]
    chosen = [story_id for story_id in wanted if _count(story_id)]
    kept: list[bool] = []

    def store(ids: Sequence[int]) -> None:
        for story in db.session.scalars(select(Story).where(Story.id.in_(ids))).all():
            rng = Random(f"{SEED}-{story.id}")  # noqa: S311  # as above
            drawn = rng.choices(places, weights, k=_count(story.id))
            for place in dict.fromkeys(drawn):
                kept.append(_keep(rng, story, place, ks, is_told=rng.random() < ON_BEHALF))

    in_pieces(chosen, store, SOME)
    return sum(kept)


def _count(story_id: int) -> int:
    """How many support a story; the same each time."""
    rng = Random(f"{SEED}+{story_id}")  # noqa: S311  # as above
    return rng.choices(range(len(ODDS)), ODDS)[0]


def _places() -> list[Place]:
    """The real municipalities."""
    people = cast().by_municipality
    rows = db.session.execute(
        select(Organisation.id, Municipality.number, Municipality.population)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, ~Municipality.is_invented)
        .order_by(Municipality.number)
    )
    return [Place(i, number, people_in, people.get(number)) for i, number, people_in in rows]


def _keep(rng: Random, story: Story, place: Place, ks: Actor, *, is_told: bool) -> bool:
    """The rows that the command would have left; False, and none, where the story is its own."""
    if place.organisation_id == story.organisation_id:
        return False
    since = story.state_since
    at = since + (clock.now() - since) * rng.uniform(0.1, 0.9)
    by = ks if is_told or place.contact is None else place.contact
    note = rng.choice(NOTES)
    row = StorySupport(
        story_id=story.id,
        organisation_id=place.organisation_id,
        zone=Zone.PUBLIC_SIDE,
        note=note,
        person_id=by.person_id,
        revision=1,
        given_at=at,
    )
    row.behalf = Behalf(rng.choice([*Channel]), _day(at)) if by is ks else None
    db.session.add(row)
    told = {"channel": row.behalf.channel.value} if row.behalf else {}
    of = {"story": story.id, "for": place.organisation_id}
    audit.record(by, f"support {GIVEN}", row, text=note or None, **of, **told)
    return True


def _day(at: datetime) -> date:
    """When the mail came: the day before it was entered."""
    return (at - timedelta(days=1)).astimezone(clock.OSLO).date()
