"""How the lines of a branching run are told apart."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.figures.strands import Strand, strand_curves, strand_marks
from nnviz.chart import theme
from nnviz.chart.strands import STROKES
from nnviz.training.branch_letters import LETTERS
from nnviz.training.playback import view
from tests.runs import run_of
from tests.traces import checked

strand_curves = checked(strand_curves)

RUN = run_of(steps=200)


def strand(number, own_from=0, *windows):
    """Return a line that is drawn in some windows of the run."""
    views = tuple(view(RUN, first=a, last=b) for a, b in windows)
    return Strand(STROKES[number], views, own_from)


def label(mark):
    """Return the letters of a mark, and on which line of text they stand."""
    rows = mark["label"]["text"].split("<br>")
    assert not any(rows[:-1])
    return re.sub("<[^>]*>", "", rows[-1]), len(rows) - 1


def test_every_line_has_a_letter_a_colour_and_a_dash_of_its_own():
    assert [stroke.letter for stroke in STROKES] == list(LETTERS)
    for looks in ("colour", "dash", "sample"):
        assert len({getattr(stroke, looks) for stroke in STROKES}) == len(STROKES)
    # The run itself looks as it does without branches, in light and dark.
    assert (STROKES[0].colour, STROKES[0].dash) == (theme.INK, "solid")


def test_the_samples_look_like_their_dashes():
    samples = {stroke.dash: stroke.sample for stroke in STROKES}
    assert set(samples["solid"]) == {"─"}
    assert "·" in samples["dashdot"]
    assert "─" not in samples["dash"] + samples["dot"]
    assert " " in samples["longdash"]


def test_the_run_itself_has_no_mark():
    assert strand_marks([], 200) == []
    assert strand_marks([strand(0)], 200) == []


@pytest.mark.parametrize("own_from", [1, 80, 199])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_branch_has_a_mark_where_it_begins(number, own_from):
    (mark,) = strand_marks([strand(0), strand(number, own_from)], 200)
    stroke = STROKES[number]
    assert (mark["x0"], mark["x1"]) == (own_from, own_from)
    # Over the whole height of the error curve, whatever its scale.
    assert (mark["xref"], mark["yref"], mark["y0"], mark["y1"]) == ("x2", "y2 domain", 0, 1)
    assert (mark["line"]["color"], mark["line"]["dash"]) == (stroke.colour, stroke.dash)
    assert label(mark) == (stroke.letter, 0)
    assert f"color:{stroke.colour}" in mark["label"]["text"]


def test_branches_that_begin_together_share_a_mark_and_each_keeps_its_colour():
    marks = strand_marks([strand(1, 50), strand(2, 90), strand(3, 50)], 200)
    assert [(mark["x0"], label(mark)) for mark in marks] == [(50, ("B D", 0)), (90, ("C", 0))]
    for number in (1, 3):
        letter = f'color:{STROKES[number].colour}">{STROKES[number].letter}<'
        assert letter in marks[0]["label"]["text"]


@given(st.lists(st.integers(1, 9_999), max_size=4))
def test_no_letters_stand_on_each_other_or_beyond_the_end(steps):
    marks = strand_marks([strand(k, step) for k, step in enumerate(steps, 1)], 10_000)
    assert sorted(mark["x0"] for mark in marks) == sorted(set(steps))
    # On a phone the curve is 290 pixels wide; a letter takes 9 and its space 4.
    places = []
    for mark in marks:
        letters, row = label(mark)
        x, width = 290 * mark["x0"] / 10_000, 13 * len(letters.split())
        left = x - width * (mark["label"]["xanchor"] == "right")
        places.append((row, left, left + width))
        assert 0 <= left <= left + width <= 290
    for i, (row, left, right) in enumerate(places):
        for other_row, other_left, other_right in places[:i]:
            assert row != other_row or right <= other_left or other_right <= left


def test_letters_go_down_only_where_they_have_to():
    marks = strand_marks([strand(k, 2_000 * k) for k in range(1, 5)], 10_000)
    assert [label(mark) for mark in marks] == [("B", 0), ("C", 0), ("D", 0), ("E", 0)]
    marks = strand_marks([strand(k, 2_000 + k) for k in range(1, 4)], 10_000)
    assert [label(mark) for mark in marks] == [("B", 0), ("C", 1), ("D", 2)]


@pytest.mark.parametrize("number", range(5))
def test_the_curves_are_the_errors_of_every_piece(number):
    curves = strand_curves(strand(number, 80, (0, 79), (80, 200)))
    assert [(curve.x[0], curve.x[-1]) for curve in curves] == [(0, 79), (80, 200)]
    for curve in curves:
        errors = RUN.cumulative_errors_between(int(curve.x[0]), int(curve.x[-1]))
        expected = errors[np.array(curve.x, int) - int(curve.x[0])]
        np.testing.assert_allclose(curve.y, expected, rtol=5e-4)
        stroke = STROKES[number]
        assert (curve.line.color, curve.line.dash) == (stroke.colour, stroke.dash)
        assert (curve.xaxis, curve.yaxis) == ("x2", "y2")
        assert curve.hovertemplate.startswith(f"{stroke.letter}: update %{{x}}: %{{y}}")
        # Pale, so that the part that has been can be told from what is to come.
        assert curve.opacity < 0.5


def test_a_line_of_which_nothing_is_drawn_has_no_curve():
    assert strand_curves(strand(2, 80)) == []
