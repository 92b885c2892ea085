"""A learner for each way in which a lesson can be played.

``make test`` plays each lesson by mouse, by keyboard alone and by touch. In CI, where the time is
limited, each is played by mouse and, from day to day in turn, by keyboard or by touch.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from tests.browser.learner import WAYS, By, Learner


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play a lesson in every way, or in CI in those of the day."""
    if "learner" not in metafunc.fixturenames:
        return
    ways: tuple[By, ...] = WAYS
    if os.environ.get("CI") == "true":
        turn = datetime.now(UTC).toordinal() + len(metafunc.module.__name__)
        ways = ("mouse", ("keys", "touch")[turn % 2])
    metafunc.parametrize("learner", ways, indirect=True)


@pytest.fixture
def learner(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Learner:
    """Return a learner: with the mouse, by keyboard alone, or by touch on a phone."""
    by = request.param
    page = new_page(390, 844, has_touch=True) if by == "touch" else new_page()
    return Learner(page, by)
