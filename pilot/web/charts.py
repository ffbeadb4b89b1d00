"""Charts: a figure for Plotly, the same numbers as a table, and as a CSV file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from pilot.core.registry import Bars, Link
from pilot.core.words import Message
from pilot.web.access import here_asking
from pilot.web.i18n import translate

LABEL_MOST = 34
#: What there is, what there is room for, and what has not got room.
STACKED = ("var(--pr-cat-1)", "var(--pr-cat-6)", "var(--pr-cat-2)")


@dataclass(frozen=True)
class Chart:
    """What `ui/charts.html` draws; the title states what the numbers say now."""

    id: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    figure: dict[str, Any]
    figure_url: str
    csv_url: str
    source: str = ""
    start: tuple[Message, Link] | None = None

    @property
    def view(self) -> str:
        """«tabell» or «diagram»; the switch is a URL parameter, and so can be sent to others."""
        return "tabell" if request.args.get(self._switch) == "tabell" else "diagram"

    @property
    def _switch(self) -> str:
        return f"vis-{self.id}"

    def toggle_url(self, view: str) -> str:
        args = request.args.to_dict(flat=False) | {self._switch: [view]}
        return f"{here_asking(args)}#{self.id}"


def chart_of(chart_id: str, bars: Bars, *, figure_url: str, csv_url: str) -> Chart:
    """What a room tells in bars, in the reader's language; its labels are so already."""
    columns = tuple(map(translate, bars.columns))
    names, *values = zip(*bars.rows, strict=True) if bars.rows else ((), ())
    drawn = [list(column) for column in values[: bars.drawn]]
    return Chart(
        id=chart_id,
        title=translate(bars.title),
        subtitle=translate(bars.subtitle),
        columns=columns,
        rows=bars.rows,
        figure=horizontal_bars(_apart(names), *drawn, names=columns[1 : 1 + len(drawn)]),
        figure_url=figure_url,
        csv_url=csv_url,
        source="Pilotrommet",
        start=bars.start,
    )


def _apart(names: Iterable[str]) -> list[str]:
    """Labels short enough to leave room for the bars; the same label twice would be one bar."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        short = name if len(name) <= LABEL_MOST else f"{name[: LABEL_MOST - 1].rstrip()}…"
        seen[short] += 1
        found.append(short if seen[short] == 1 else f"{short} ({seen[short]})")
    return found


def horizontal_bars(
    labels: list[str], *series: list[int], names: Sequence[str] = ()
) -> dict[str, Any]:
    """One bar for each label; several series stand one after the other in it, with a legend.

    A plain dict on the hot path; the tests validate it with the plotly package.
    """
    is_stacked = len(series) > 1
    layout: dict[str, Any] = {
        "height": 56 + 36 * len(labels) + 28 * is_stacked,
        "bargap": 0.35,
        "margin": {"l": 8, "r": 40, "t": 8, "b": 8},
        "xaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
        "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True},
        "separators": ", ",
    }
    if is_stacked:
        layout |= {"barmode": "stack", "showlegend": True}
    named = names or [""] * len(series)
    data = [_trace(labels, *one, is_stacked) for one in zip(named, series, strict=True)]
    for trace, color in zip(data, STACKED if is_stacked else (), strict=False):
        trace["marker"] = {"color": color}
    return {"data": data, "layout": layout}


def _trace(labels: list[str], name: str, values: list[int], is_stacked: bool) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": labels,
        "text": [str(value) if value or not is_stacked else "" for value in values],
        "textposition": "inside" if is_stacked else "outside",
        "cliponaxis": False,
        "hoverinfo": "none",
    }
    return trace | {"name": name} if is_stacked else trace
