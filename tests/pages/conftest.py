"""Fixtures for running pages without a browser, through Streamlit's own AppTest."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nnviz.chapters.live_training.controls
import nnviz.chart.chart
import nnviz.chart.rate_slider

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def visit(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[..., AppTest]]:
    """Return ``visit(page, **query)``: the app, opened by a link to a page; "" is the home page.

    The test fails if a page ends in an exception, be it on the screen or in the log only.
    """

    def open_link(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if page:
            app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    yield open_link
    logged = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not logged, logged


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give the page buttons that do what only hands in a browser do; return what they send."""
    send: dict[str, Any] = {}
    real_chart, real_slider = nnviz.chart.chart.chart, nnviz.chart.rate_slider.rate_slider

    def chart(picture: Any, **given: Any) -> None:
        real_chart(picture, **given)
        if "on_position" not in given:
            return  # not the picture of the page
        for event in ("drag", "click", "position"):
            st.button(event, on_click=lambda e=event: given[f"on_{e}"](send[e]))

    def rate_slider(label: str, value: float, *, on_slide: Any, **given: Any) -> None:
        real_slider(label, value, on_slide=on_slide, **given)
        st.button("slide", on_click=lambda: on_slide(*send["slide"]))

    monkeypatch.setattr(nnviz.chart.chart, "chart", chart)
    monkeypatch.setattr(nnviz.chapters.live_training.controls, "rate_slider", rate_slider)
    return send
