"""A learner who plays a lesson, in another way from task to task and from day to day.

A lesson is played once: one task with the mouse, the next by keyboard alone, the third by touch on
a phone. Which is the first changes from day to day, so in three days each task is done in each way.
With the environment variable ``EVERY_WAY`` a lesson is played three times.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from tests.browser.learner import LAPTOP, WAYS, Learner


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Begin a lesson in the way of the day, or once in every way."""
    if "learner" not in metafunc.fixturenames:
        return
    first = (datetime.now(UTC).toordinal() + len(metafunc.module.__name__)) % len(WAYS)
    every = [(*WAYS[k:], *WAYS[:k]) for k in range(len(WAYS))]
    turns = every if os.environ.get("EVERY_WAY") else [every[first]]
    metafunc.parametrize("learner", turns, indirect=True, ids=["-".join(each) for each in turns])


@pytest.fixture
def learner(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Learner:
    """Return a learner who acts with the mouse, by keyboard alone and by touch in turn."""
    turns = request.param
    return Learner(new_page(**LAPTOP, has_touch=True), turns[0], turns=turns)
