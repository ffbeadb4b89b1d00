"""The demo's stories as the shipped files have them."""

import csv
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from pilot.catalogue.rules import settings
from pilot.core.words import DATA
from pilot.stories.rules import Frequency, StoryText

FREQUENCIES: MappingProxyType[str, Frequency] = MappingProxyType(
    {"daglig": Frequency.DAILY, "ukentlig": Frequency.WEEKLY, "månedlig": Frequency.MONTHLY}
)


def lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def text_of(line: dict[str, str]) -> StoryText:
    return StoryText(
        title=line["title"],
        role=line["role"],
        need=line["need"],
        benefit=line["benefit"],
        from_setting=_setting_keys()[line["from_service"]],
        to_setting=_setting_keys()[line["to_service"]],
        elements=tuple(line["information_elements"].split("; ")),
        criteria=tuple(line["acceptance_criteria"].split(" | ")),
        solutions=(_solution_keys()[line["national_solution"]],),
        frequency=FREQUENCIES[line["frequency"]],
        patients_per_year=int(line["patients_affected_per_year"]),
        language=line["language"],
    )


@cache
def _setting_keys() -> dict[str, str]:
    """Keys of care settings by their bokmål name, or by what the stories call them."""
    return {name: s.key for s in settings().values() for name in (s.names["nb"], s.alias) if name}


@cache
def _solution_keys() -> dict[str, str]:
    return {line["name"]: line["key"] for line in lines("story_solutions.csv")}
