"""The map of Norway as the pages show it: where published stories come from, who shows interest."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache

from pilot.core.words import DATA, Message, say
from pilot.stories.queries import Place

SOME, MANY = 2, 5  # from how many stories the mark changes shape


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    box: tuple[float, float, float, float]


@cache
def points() -> dict[str, Point]:
    """Where each municipality lies on the map, in the units of its view box (1000 × 1248)."""
    found = json.loads((DATA / "map" / "points.json").read_text())["points"]
    return {number: Point(p["x"], p["y"], tuple(p["box"])) for number, p in found.items()}


@dataclass(frozen=True)
class Shape:
    """A municipality with published stories, or in the pilots' round; its mark says how many
    stories by shape, and in words both."""

    number: str
    label: str
    county: str
    count: int
    x: float
    y: float
    state: str = ""  # of its candidacy, as far as the reader may know

    @property
    def marker(self) -> str:
        if not self.count:
            return "dashed"
        if self.count >= MANY:
            return "diamond"
        return "circle" if self.count >= SOME else "ring"


LEGEND: tuple[tuple[str, Message], ...] = (
    ("ring", say("én historie (ring)")),
    ("circle", say("to til fire historier (fylt sirkel)")),
    ("diamond", say("fem historier eller flere (rute)")),
    ("dashed", say("ingen historie, men med i utprøvingsrunden (stiplet ring)")),
)


@dataclass(frozen=True, eq=False)  # one object for the same places, see `story_map`
class StoryMap:
    shapes: tuple[Shape, ...]

    @property
    def stories(self) -> int:
        return sum(shape.count for shape in self.shapes)

    @property
    def places(self) -> int:
        """Municipalities that published stories come from."""
        return sum(1 for shape in self.shapes if shape.count)

    @property
    def shows_states(self) -> bool:
        return any(shape.state for shape in self.shapes)

    @property
    def counties(self) -> tuple[tuple[str, tuple[Shape, ...]], ...]:
        """The same as a list: by county, then name, as the register is sorted."""
        groups: dict[str, list[Shape]] = {}
        for shape in self.shapes:
            groups.setdefault(shape.county, []).append(shape)
        return tuple((county, tuple(shapes)) for county, shapes in groups.items())

    @property
    def legend(self) -> tuple[tuple[str, Message], ...]:
        used = {shape.marker for shape in self.shapes}
        return tuple(entry for entry in LEGEND if entry[0] in used)


@lru_cache(maxsize=8)
def story_map(places: tuple[Place, ...], states: tuple[tuple[str, str], ...] = ()) -> StoryMap:
    """Put the stories on the map, and the states of municipalities by their number; the demo's
    invented municipalities have no place on it.

    The same places are the same map: hundreds of shapes are laid out once, and drawn once.
    """
    known, state_of = points(), dict(states)
    return StoryMap(
        tuple(
            Shape(
                place.municipality_number,
                place.name,
                place.county,
                place.stories,
                known[place.municipality_number].x,
                known[place.municipality_number].y,
                state_of.get(place.municipality_number, ""),
            )
            for place in places
            if place.municipality_number in known
        )
    )
