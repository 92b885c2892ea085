"""Fixtures for running pages without a browser, through Streamlit's own AppTest."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
