"""What the chart sends to the browser, and what it makes of what comes back."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from nnviz.chart.plot import unpacked
from nnviz.chart.slider import logarithmic_values


def _app() -> None:
    import streamlit as st

    from nnviz.chart import plot
    from nnviz.chart.chart import chart
    from nnviz.chart.gestures import Drag, Handle
    from nnviz.chart.picture import Picture

    x, y = st.session_state.get("at", (0.5, 0.5))

    def move(drag: Drag) -> None:
        st.session_state["at"] = (drag.x, drag.y)

    chart(
        Picture(plot.figure([plot.scatter(x=[0, x], y=[0, y])], {})),
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
    sent = _sent(AppTest.from_function(_app, default_timeout=60).run())
    assert sent["words"] == "The tip is at 0.5, 0.5."
    assert sent["handles"][0]["name"] == "tip"
    assert json.loads(unpacked(sent["figure"]))["data"][0]["x"] == [0, 0.5]
    assert sent["answered"] == 0
    assert sent["frames"] == []
    assert sent["save_as"] == "nnviz-c"


def _savable_app() -> None:
    from nnviz.chart import plot
    from nnviz.chart.chart import chart
    from nnviz.chart.picture import Picture

    picture = Picture(plot.figure([], {"height": 300}), {"height": 500})
    chart(picture, key="plain", words="Nothing.", save_as=None)
    chart(picture, key="savable", words="Nothing.", save_as="nnviz-nothing")


def test_a_picture_can_be_saved_under_a_name_unless_the_page_says_no() -> None:
    app = AppTest.from_function(_savable_app, default_timeout=60).run()
    assert not app.exception
    plain, savable = (json.loads(each.proto.json) for each in app.get("bidi_component"))
    assert (plain["save_as"], savable["save_as"]) == (None, "nnviz-nothing")


def test_the_slider_offers_the_rates_that_the_lesson_needs() -> None:
    values = logarithmic_values(-3, 1)
    assert {0.001, 0.01, 0.1, 0.5, 0.9, 1.0, 1.1, 10.0} <= set(values)
    assert list(values) == sorted(set(values))
