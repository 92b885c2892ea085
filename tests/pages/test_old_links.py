"""Links of earlier versions open the same picture, with the same numbers and sentences."""

import json
import re

import pytest

from tests.pages.old_links import KEPT, LINKS, name, shown
from tests.pages.on_screen import unescaped

# Links of those versions were made when everything bore the tutorial's code names.
pytestmark = pytest.mark.usefixtures("code_names")

BEFORE = json.loads(KEPT.read_text("utf-8"))


def alike(now, before, where=""):
    """Hold what is shown to what was shown, texts as they are read; sums to their digits."""
    if isinstance(before, dict):
        assert now.keys() == before.keys(), where
        for key in before:
            alike(now[key], before[key], f"{where}.{key}")
    elif isinstance(before, list) and where.endswith((".pictures", ".traces", ".tracks")):
        # What has come besides may stand between; what was there is there, and in its order.
        rest = iter(now)
        for i, other in enumerate(before):
            at = f"{where}[{i}]"
            assert any(_is_alike(one, other, at) for one in rest), f"{at} is gone"
    elif isinstance(before, list):
        assert len(now) == len(before), (where, now, before)
        for i, (one, other) in enumerate(zip(now, before, strict=True)):
            alike(one, other, f"{where}[{i}]")
    elif isinstance(before, float):
        # What a picture draws travels with the four digits that can be read.
        rel = 5e-4 if ".traces" in where or ".tracks" in where else 1e-6
        assert now == pytest.approx(before, rel=rel, abs=1e-9), where
    elif isinstance(before, str):
        texts, numbers = zip(*(_split(_as_read(text)) for text in (now, before)), strict=True)
        assert texts[0] == texts[1], where
        for one, other in zip(*numbers, strict=True):
            assert _rounded(one, other), (where, one, other)
    else:
        assert now == before, where


def _as_read(text):
    """Return a text as it is read; thousands were not always parted by a comma."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", unescaped(text))


def _split(text):
    """Return a text without its numbers, and those."""
    number = r"\d+(?:\.\d+)?"
    return re.sub(number, "#", text), re.findall(number, text)


def _rounded(now, before):
    """Return whether a number is what it was, or has more digits, with which one can check it."""
    half = 0.5001 * 10.0 ** -len(before.partition(".")[2])
    return now == before or ("." in before and abs(float(now) - float(before)) <= half)


def _is_alike(now, before, where):
    try:
        alike(now, before, where)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("link", LINKS, ids=name)
def test_a_link_shows_what_it_showed(link):
    alike(shown(*link), BEFORE[name(link)])
