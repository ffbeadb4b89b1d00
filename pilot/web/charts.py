"""Charts: a figure for Plotly, the same numbers as a table, and as a CSV file."""

from dataclasses import dataclass
from typing import Any

from flask import request

from pilot.web.access import here_asking


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


def horizontal_bars(labels: list[str], values: list[int]) -> dict[str, Any]:
    """A plain dict on the hot path; the tests validate it with the plotly package."""
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": labels,
                "text": [str(value) for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "hoverinfo": "none",
            }
        ],
        "layout": {
            "height": 56 + 36 * len(labels),
            "bargap": 0.35,
            "margin": {"l": 8, "r": 40, "t": 8, "b": 8},
            "xaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True},
            "yaxis": {"autorange": "reversed", "automargin": True, "fixedrange": True},
            "separators": ", ",
        },
    }
