"""Figures are plain dicts on the hot path; here the plotly package says whether they are right."""

import plotly.graph_objects as go
import pytest

from pilot.web.charts import horizontal_bars


@pytest.mark.parametrize("values", [[], [3], [3, 0, 12]])
def test_bars_are_a_figure_that_plotly_knows(values: list[int]) -> None:
    labels = [f"Flyt {n}" for n in range(len(values))]
    figure = go.Figure(horizontal_bars(labels, values))
    assert list(figure.data[0].x) == values
    assert list(figure.data[0].y) == labels


def test_bars_begin_at_nought() -> None:
    assert horizontal_bars(["a"], [5])["layout"]["xaxis"]["rangemode"] == "tozero"


def test_an_unknown_part_is_refused() -> None:
    figure = horizontal_bars(["a"], [5])
    figure["layout"]["no_such_part"] = 1
    with pytest.raises(ValueError, match="no_such_part"):
        go.Figure(figure)
