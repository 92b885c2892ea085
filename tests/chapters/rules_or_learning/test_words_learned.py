"""What the network makes of a grid, in words."""

import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chapters.rules_or_learning.words_learned import (
    games_told,
    learned_told,
    mistake_told,
    percent,
)

BOXES = RULE_SETS["boxes"]
GRID = (1, *[0] * 15)


def judged(**kinds):
    """Return verdicts for GRID: "c3" is the fourth cell; the others are right."""
    verdicts = [None, *[Verdict(2, 0.5, "right")] * 15]
    for name, verdict in kinds.items():
        verdicts[int(name[1:])] = verdict
    return verdicts


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.0, "100 %"), (0.997, "over 99 %"), (0.5, "50 %"), (0.001, "under 1 %"), (0.0, "0 %")],
)
def test_percent(share, text):
    assert percent(share) == text


def test_only_what_is_right_is_counted():
    said = learned_told(GRID, judged(c3=Verdict(4, 0.6, "wrong")), 64, 600, BOXES)
    assert said == (
        "The network, after 600 updates on 64 solved games, has 14 of 15 empty cells right. Its "
        "surest mistake: 4 in row 1, column 4, with 60 %."
    )


def test_the_surest_forbidden_digit_is_named_with_what_forbids_it():
    verdicts = judged(
        c3=Verdict(1, 0.7, "forbidden"), c5=Verdict(1, 0.93, "forbidden"), c9=Verdict(3, 1, "wrong")
    )
    said = learned_told(GRID, verdicts, 1, 0, BOXES)
    assert said.startswith("The network, after 0 updates on 1 solved game, has 12 of 15")
    assert said.endswith(
        "A mistake that the rules never make: it gives 93 % to 1 in row 2, column 2, although "
        "the top left box already has a 1 (row 1, column 1)."
    )


def test_grids_without_answers_and_full_grids():
    twice = (1, 1, *[0] * 14)
    opened = [None, None, *[Verdict(2, 0.5, "open")] * 14]
    assert "a grid that has no answer" in learned_told(twice, opened, 8, 10, BOXES)
    # Nothing but bad guesses do not make a grid a bad one.
    forbidden = [Verdict(1, 0.9, "forbidden") if cell == 5 else None for cell in range(16)]
    assert "has 0 of 1 empty cells right" in learned_told(GRID, forbidden, 8, 10, BOXES)
    assert "no empty cell" in learned_told(GRID, [None] * 16, 8, 10, BOXES)
    assert mistake_told(GRID, 15, Verdict(2, 0.9, "wrong"), BOXES) == ""
    assert games_told(216) == "216 solved games"
