"""Fixtures for driving the real app in real Chromium.

A test takes ``page`` (1280 x 800, light) or makes pages of its own with ``new_page``, calls
``open_page(page, "/error_curve?x=2")`` of ``tests.browser.app_page``, and then acts and expects.
When it ends, it fails by itself if any of its pages asked for anything outside this machine, threw
an error in JavaScript, showed an exception, or made the server log a traceback.

Everything in this folder carries the marker ``browser``. Each worker has an app and a Chromium of
its own. Wait with Playwright's ``expect`` or ``page.wait_for_function``: ``time.sleep`` would
stop the browser's events as well.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.app_page import EXCEPTION, Troubles
from tests.browser.app_server import AppServer, running_app
from tests.browser.tabs import PATIENCE, Tabs

HERE = Path(__file__).parent
# A page lives for seconds here: compiling its JavaScript well takes longer than is won by it, and
# so does looking for garbage before there are 256 MB.
SHORT_LIVED = "--js-flags=--no-opt --invocation-count-for-maglev=4000 --initial-old-space-size=256"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[AppServer]:
    """Return the app that all tests share."""
    with running_app() as app:
        yield app


@pytest.fixture(scope="session")
def games_studied(server: AppServer) -> None:
    """Have ``server`` make the 45 trainings that Rules or learning shows.

    The page draws itself after each of them, which takes Chromium twice as long as they do.
    """
    server.compute("rules_or_learning")


@pytest.fixture(scope="session")
def second_server() -> Iterator[AppServer]:
    """Return a second app."""
    with running_app() as app:
        yield app


@pytest.fixture
def other_server(second_server: AppServer) -> Iterator[AppServer]:
    """Return an app which knows nothing of what is chosen at ``server``.

    A test may restart or kill it.
    """
    yield second_server
    second_server.revive()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one Chromium of the session."""
    with sync_playwright() as playwright:
        path = chromium.find(playwright)
        if path is None:
            if os.environ.get("CI") == "true":
                pytest.fail(chromium.MISSING)
            pytest.skip(chromium.MISSING)
        expect.set_options(timeout=PATIENCE)
        flags = [*chromium.FLAGS, SHORT_LIVED]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: AppServer) -> Iterator[Tabs]:
    """Return where the pages of all tests come from."""
    tabs = Tabs(browser, server.url)
    yield tabs
    tabs.close()


@pytest.fixture
def troubles() -> Troubles:
    """Return what has gone wrong so far on the pages of this test."""
    return Troubles()


@pytest.fixture
def new_page(tabs: Tabs, server: AppServer, troubles: Troubles) -> Iterator[Callable[..., Page]]:
    """Return ``new_page(width=1280, height=800, **context_options)``: a page as nobody has used it.

    A test that adds scripts to a page, or counts its history, takes an ``untouched=True`` one.
    """
    pages: list[Page] = []
    log_before = len(server.log())

    def make(
        width: int = 1280, height: int = 800, *, untouched: bool = False, **options: Any
    ) -> Page:
        page = tabs.take(width, height, untouched=untouched, **options)
        troubles.watch(page)
        pages.append(page)
        return page

    yield make
    shown = [text for page in pages for text in page.locator(EXCEPTION).all_inner_texts()]
    for page in pages:
        troubles.leave(page)
        tabs.give_back(page)
    logged = server.log()[log_before:]
    assert not troubles.outside_requests, f"requests to outside: {troubles.outside_requests}"
    assert not troubles.console_errors, f"errors on the console: {troubles.console_errors}"
    assert not troubles.page_errors, f"errors in JavaScript: {troubles.page_errors}"
    assert not shown, f"an exception is on the screen: {shown}\n{logged}"
    assert "Traceback (most recent call last)" not in logged, logged


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return an empty page of 1280 x 800 in the light theme."""
    return new_page()
