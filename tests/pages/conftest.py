"""Fixtures for running pages without a browser, through Streamlit's own AppTest."""

import importlib
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nnviz.chart import plot
from nnviz.site import folded
from nnviz.text.names import CODE

ROOT = Path(__file__).resolve().parents[2]
_CHECKED: set[int] = set()


@pytest.fixture
def visit(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[..., AppTest]]:
    """Return ``visit(page, **query)``: the app, opened by a link to a page; "" is the home page.

    A link that says nothing of the lesson is one for free play.

    The test fails if a page ends in an exception, be it on the screen or in the log only.
    """

    def open_link(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        if page:
            app.switch_page(f"pages/{page}.py")
        if not {"mode", "task"} & set(query):
            query["mode"] = "free"
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    yield open_link
    logged = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not logged, logged


@pytest.fixture(autouse=True)
def checked_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Plotly check every property of every figure that a page shows, and equal parts once."""
    write = plot.to_json

    def is_new(*part: Any) -> bool:
        seen = hash(write({"part": part}))
        if seen in _CHECKED:
            return False
        _CHECKED.add(seen)
        return True

    def new_in(layout: Any) -> plot.Layout:
        found = {}
        for name, value in layout.items():
            if isinstance(value, list):  # shapes, annotations
                value = [each for each in value if is_new(name, each)]
            if is_new(name, value):
                found[name] = value
        return found

    def checked(figure: plot.Figure) -> str:
        text = write(figure)
        if is_new(text):
            traces = [trace for trace in figure["data"] if is_new(trace)]
            layouts = {name: new_in(figure.get(name, {})) for name in ("layout", "narrow")}
            plot.validated({"data": traces, **layouts})
        return text

    monkeypatch.setattr(plot, "to_json", checked)


@pytest.fixture(autouse=True)
def unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make what is behind buttons too, whether they are open or not."""
    monkeypatch.setattr(folded, "is_open", lambda place: True)


@pytest.fixture
def code_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages call everything as the tutorial's code does, as if that came first."""
    monkeypatch.setattr("nnviz.site.naming.FIRST", CODE)


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[Any], Any]], None]:
    """Return ``instead(name, make)``: the app calls ``make(real)`` wherever it calls a function.

    A function of the app is named by its module and its name, as "nnviz.chart.chart.chart".
    """

    def replace(name: str, make: Callable[[Any], Any]) -> None:
        # Every page first, so that none of them keeps what is put in here.
        for path in (ROOT / "nnviz" / "chapters").glob("*/page.py"):
            importlib.import_module(f"nnviz.chapters.{path.parent.name}.page")
        module, _, attribute = name.rpartition(".")
        real = getattr(importlib.import_module(module), attribute)
        fake = make(real)
        for name_here, loaded in list(sys.modules.items()):
            if name_here.startswith("nnviz") and vars(loaded).get(attribute) is real:
                monkeypatch.setattr(loaded, attribute, fake)

    return replace


@pytest.fixture
def all_parts(instead: Callable[..., None]) -> None:
    """Let a page show all its parts below each other, and not the chosen one alone.

    A question stays where it is chosen: the picture hides what answers it.
    """

    def below_each_other(real: Any) -> Any:
        def parts(address: Any, bodies: Any) -> None:
            real(address, bodies)
            for name, body in bodies.items():
                if name not in (address["part"], "predict"):
                    body()

        return parts

    instead("nnviz.site.parts.parts", below_each_other)


@pytest.fixture
def hands(instead: Callable[..., None]) -> dict[str, Any]:
    """Give the page buttons that do what only hands in a browser do; return what they send."""
    send: dict[str, Any] = {}

    def with_buttons(real: Any) -> Any:
        def chart(picture: Any, **given: Any) -> None:
            real(picture, **given)
            if "on_position" not in given:
                return  # not the picture of the page
            for event in ("drag", "click", "position", "press"):
                if f"on_{event}" not in given:
                    continue
                st.button(event, on_click=lambda e=event: given[f"on_{e}"](send[e]))

        return chart

    def with_a_button(real: Any) -> Any:
        def rate_slider(label: str, value: float, *, on_slide: Any, **given: Any) -> None:
            real(label, value, on_slide=on_slide, **given)
            st.button("slide", on_click=lambda: on_slide(*send["slide"]))

        return rate_slider

    instead("nnviz.chart.chart.chart", with_buttons)
    instead("nnviz.chart.slider.rate_slider", with_a_button)
    return send


@pytest.fixture
def board(instead: Callable[..., None]) -> dict[str, Any]:
    """Give the board of squares a button *draw*, which draws the ``drawing`` that is put in here.

    Return what the board was given, by name.
    """
    given_to: dict[str, Any] = {}

    def with_a_hand(real: Any) -> Any:
        def pixel_board(label: str, values: Any, **given: Any) -> None:
            real(label, values, **given)
            given_to.update(given, label=label)
            st.button("draw", on_click=lambda: given["on_draw"](given_to["drawing"]))

        return pixel_board

    instead("nnviz.chart.pixels.pixel_board", with_a_hand)
    return given_to
