"""What the chart sends to the browser, and what it makes of what comes back."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.ui.gestures import Click, Drag, Handle, read_click, read_drag
from nnviz.ui.rate_slider import logarithmic_values

HANDLE = Handle(name="tip", label="Tip", x=0, y=0, low=(-1, -2), high=(1, 2))
HANDLES = {"tip": HANDLE}


def _app() -> None:
    import plotly.graph_objects as go
    import streamlit as st

    from nnviz.figures.picture import Picture
    from nnviz.ui.chart import chart
    from nnviz.ui.gestures import Drag, Handle

    x, y = st.session_state.get("at", (0.5, 0.5))

    def move(drag: Drag) -> None:
        st.session_state["at"] = (drag.x, drag.y)

    chart(
        Picture(go.Figure(go.Scatter(x=[0, x], y=[0, y]))),
        key="c",
        words=f"The tip is at {x}, {y}.",
        handles=[Handle(name="tip", label="Tip", x=x, y=y, low=(-1, -2), high=(1, 2))],
        on_drag=move,
    )


def _sent(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    sent: dict[str, Any] = json.loads(app.get("bidi_component")[0].proto.json)
    return sent


def test_the_browser_gets_figure_words_and_handles() -> None:
    sent = _sent(AppTest.from_function(_app).run())
    assert sent["words"] == "The tip is at 0.5, 0.5."
    assert sent["handles"][0]["name"] == "tip"
    assert json.loads(sent["figure"])["data"][0]["x"] == [0, 0.5]
    assert sent["answered"] == 0
    assert sent["frames"] == []


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "tip",
        {},
        {"name": "other", "x": 0, "y": 0},
        {"name": "tip", "x": "0", "y": 0},
        {"name": "tip", "x": None, "y": 0},
        {"name": "tip", "x": float("nan"), "y": 0},
        {"name": "tip", "x": float("inf"), "y": 0},
    ],
)
def test_what_our_javascript_would_not_send_is_ignored(sent: object) -> None:
    assert read_drag(sent, HANDLES) is None


def test_a_drag_is_kept_within_its_limits() -> None:
    sent = {"name": "tip", "x": 1e9, "y": -1e9, "done": True}
    assert read_drag(sent, HANDLES) == Drag("tip", 1, -2, True)


def test_clicks_count_in_the_named_subplots_only() -> None:
    sent = {"axes": "xy", "x": 1.5, "y": 2.5}
    assert read_click(sent, ("xy",)) == Click("xy", 1.5, 2.5)
    assert read_click(sent, ("x2y2",)) is None
    assert read_click({**sent, "x": "1"}, ("xy",)) is None
    assert read_click([], ("xy",)) is None


def test_the_slider_offers_the_rates_that_the_lesson_needs() -> None:
    values = logarithmic_values(-3, 1)
    assert {0.001, 0.01, 0.1, 0.5, 0.9, 1.0, 1.1, 10.0} <= set(values)
    assert list(values) == sorted(set(values))
