"""A whole lesson on a projector, and in a small window at 150 %: all of it read and reached."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.learner import Learner
from tests.browser.lessons.test_home import test_the_lesson_is_played_to_its_end as play_home
from tests.browser.lessons.test_live_training import (
    test_the_lesson_is_played_to_its_end as play_live_training,
)


@pytest.mark.parametrize(
    ("width", "height", "scale", "query", "play"),
    [
        (1920, 1080, 1.0, "&size=projector", play_home),
        (853, 480, 1.5, "", play_live_training),  # 1280 x 720 at 150 %
    ],
    ids=("projector", "zoomed"),
)
def test_a_whole_lesson_is_read_and_reached(
    new_page: Callable[..., Page],
    width: int,
    height: int,
    scale: float,
    query: str,
    play: Callable[[Learner], None],
) -> None:
    page = new_page(width, height, device_scale_factor=scale)
    play(Learner(page, "mouse", query=query, roomy=False))
