"""Readiness: how far a municipality has come, and how much of that is known.

Sums are exactly rounded (`math.fsum`), so that no figure depends on the order of the criteria, and
a higher level never gives a lower mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

LOWEST, HIGHEST = 0, 4
#: Below this share of the weight, pages show the span and «for lite vurdert», never the mean alone.
ENOUGH = 0.8


class GateState(StrEnum):
    """Whether a minimum requirement is met."""

    MET = "pass"
    UNMET = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Criterion:
    """What counts of a criterion: its place, its weight (0 or more) and its minimum level."""

    code: str
    dimension: str
    weight: float
    gate: int | None = None


#: The level of each criterion that is answered; None, or no entry, is not assessed, never 0.
Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class Figure:
    """A weighted mean of levels and what is known of it.

    `value` is 0–4, unrounded, and None where nothing that has weight is answered. `low` is the mean
    if all that is unanswered were 0, `high` if it were 4. `completeness` is the answered share of
    the weight, 0–1. Where nothing has weight nothing can be known: 0, 4 and 0.
    """

    value: float | None
    low: float
    high: float
    completeness: float

    @property
    def is_enough(self) -> bool:
        """Whether the mean may stand alone."""
        return self.completeness >= ENOUGH


@dataclass(frozen=True)
class DimensionFigure(Figure):
    name: str


@dataclass(frozen=True)
class Gate:
    """A minimum requirement: the criterion, the level it asks for, and how it stands."""

    code: str
    least: int
    state: GateState


@dataclass(frozen=True)
class Readiness:
    """The whole, its dimensions in the order the criteria have them, and every requirement."""

    overall: Figure
    dimensions: tuple[DimensionFigure, ...]
    gates: tuple[Gate, ...]


def readiness(criteria: Sequence[Criterion], levels: Levels) -> Readiness:
    """What the answers come to. A weight of 0 drops a criterion from all means, never its gate."""
    of_dimension: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        of_dimension.setdefault(criterion.dimension, []).append(criterion)
    return Readiness(
        overall=_figure(criteria, levels),
        dimensions=tuple(
            DimensionFigure(**vars(_figure(own, levels)), name=name)
            for name, own in of_dimension.items()
        ),
        gates=tuple(
            Gate(criterion.code, criterion.gate, gate_state(criterion.gate, levels, criterion.code))
            for criterion in criteria
            if criterion.gate is not None
        ),
    )


def gate_state(least: int, levels: Levels, code: str) -> GateState:
    level = levels.get(code)
    if level is None:
        return GateState.UNKNOWN
    return GateState.MET if level >= least else GateState.UNMET


def _figure(criteria: Iterable[Criterion], levels: Levels) -> Figure:
    weighed = [(one.weight, levels.get(one.code)) for one in criteria if one.weight > 0]
    whole = fsum(weight for weight, _level in weighed)
    if not whole:
        return Figure(None, float(LOWEST), float(HIGHEST), 0.0)
    answered = fsum(weight for weight, level in weighed if level is not None)
    if not answered:
        return Figure(None, float(LOWEST), float(HIGHEST), 0.0)
    reached = fsum(weight * level for weight, level in weighed if level is not None)
    at_most = fsum(weight * (HIGHEST if level is None else level) for weight, level in weighed)
    return Figure(reached / answered, reached / whole, at_most / whole, answered / whole)
