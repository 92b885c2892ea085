"""The thread of the four steps: what is lit, what is said to those who do not see it."""

import re

import pytest

from nnviz.site.course import COURSE
from nnviz.site.strip import STEPS, strip_html


@pytest.mark.parametrize("lit", [(1,), (1, 2), (2, 4), (1, 2, 3, 4)])
def test_the_lit_steps_look_and_read_otherwise(lit):
    items = re.findall(r"<li(.*?)</li>", strip_html(lit))
    assert len(items) == len(STEPS)
    for number, item in enumerate(items, 1):
        name, meaning = STEPS[number - 1]
        # Once as a tooltip, once for a screen reader.
        assert f"title='{number} {name}: {meaning}" in item
        assert f">{number}<b> {name}</b><i>: {meaning}" in item
        assert ("class='nv-on'" in item) == (number in lit)
        assert ("not on this page" in item) == (number not in lit)


def test_every_page_lights_steps_that_exist_in_their_order():
    for page in COURSE.values():
        assert page.steps == tuple(sorted(set(page.steps) & {1, 2, 3, 4}))
    assert COURSE["prediction"].steps == (1, 2)
    assert COURSE["live_training"].steps == (1, 2, 3, 4)
    assert COURSE["vector_similarity"].steps == COURSE["home"].steps == ()
