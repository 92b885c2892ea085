"""Links of earlier versions open the same picture, with the same numbers and sentences."""

import json

import pytest

from tests.pages.old_links import KEPT, LINKS, name, shown
from tests.pages.on_screen import unescaped

BEFORE = json.loads(KEPT.read_text("utf-8"))


def alike(now, before, where=""):
    """Hold what is shown to what was shown, texts as they are read; sums to seven digits."""
    if isinstance(before, dict):
        assert now.keys() == before.keys(), where
        for key in before:
            alike(now[key], before[key], f"{where}.{key}")
    elif isinstance(before, list):
        assert len(now) == len(before), (where, now, before)
        for i, (one, other) in enumerate(zip(now, before, strict=True)):
            alike(one, other, f"{where}[{i}]")
    elif isinstance(before, float):
        assert now == pytest.approx(before, rel=1e-6, abs=1e-9), where
    elif isinstance(before, str):
        assert unescaped(now) == unescaped(before), where
    else:
        assert now == before, where


@pytest.mark.parametrize("link", LINKS, ids=name)
def test_a_link_shows_what_it_showed(link):
    alike(shown(*link), BEFORE[name(link)])
