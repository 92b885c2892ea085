"""A learner for each way in which a lesson can be played."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.learner import WAYS, Learner


@pytest.fixture(params=WAYS)
def learner(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Learner:
    """Return a learner: with the mouse, by keyboard alone, and by touch on a phone."""
    by = request.param
    page = new_page(390, 844, has_touch=True) if by == "touch" else new_page()
    return Learner(page, by)
