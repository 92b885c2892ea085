"""The ledger beside the graph: bars and texts are the errors of the rows, before and after."""

import numpy as np
import pytest

from nnviz.walkthrough.figures.update_effect import (
    FALLS,
    RISES,
    effect_axes,
    effect_tracks,
    highest_error,
)
from nnviz.walkthrough.update_effect import UpdateEffect

BOOKS = (
    UpdateEffect(np.array([0.5, 0.2, 0.1]), np.array([0.4, 0.3, 0.1])),
    UpdateEffect(np.array([0.4, 0.3, 0.1]), np.array([0.4000001, 0.0, 2.0])),
)
STEPS, UPDATED_AT = 4, 3


def tracks():
    return effect_tracks(BOOKS, (0, 1), (1.0, 0.0, 0.5), n_steps=STEPS, updated_at=UPDATED_AT)


def said(step):
    text = tracks()[-1]
    return [text.texts[i].split("\n") for i in text.values[step, :, 0]]


def test_before_an_update_is_done_only_the_errors_before_it_are_bars():
    before, rises, falls, _ = tracks()
    for step in range(2 * STEPS):
        effect = BOOKS[step // STEPS]
        np.testing.assert_array_equal(before.values[step], effect.before)
        after = np.where(np.isnan(rises.values[step]), falls.values[step], rises.values[step])
        if step % STEPS < UPDATED_AT:
            assert np.isnan(after).all()
        else:
            np.testing.assert_array_equal(after, effect.after)


def test_a_bar_is_coloured_by_where_it_went():
    _, rises, falls, _ = tracks()
    assert set(rises.colours) == {RISES} != {FALLS} == set(falls.colours)
    assert (~np.isnan(rises.values[3])).tolist() == [False, True, False]
    assert (~np.isnan(falls.values[3])).tolist() == [True, False, True]
    assert (~np.isnan(rises.values[7])).tolist() == [True, False, True]


def test_the_texts_say_old_and_new_and_which_row_is_learnt():
    assert [line for _, line in said(0)] == ["*0.5", "*0.2", "*0.1"]
    starts, ends = ("~▸ row 1", "~row 2", "~row 3"), (" 1", " 0", " 0.5")
    for (name, _), start, end in zip(said(0), starts, ends, strict=True):
        assert name.startswith(start)
        assert name.endswith(end)
    assert said(2) == said(0)
    assert [line for _, line in said(3)] == ["*0.5 → 0.4 ▼", "*0.2 → 0.3 ▲", "*0.1 → 0.1 ="]
    assert [name.startswith("~▸") for name, _ in said(4)] == [False, True, False]
    # A small move is told with as many digits as it takes.
    assert said(7)[0][1] == "*0.4 → 0.4000001 ▲"
    text = tracks()[-1]
    assert text.exact[text.values[7, 0, 0]] == "0.4 → 0.4000001"
    assert text.exact[text.values[4, 0, 0]] == "0.4"


@pytest.mark.parametrize("lost", [np.inf, np.nan])
def test_errors_that_have_left_the_numbers_stretch_no_axis(lost):
    effect = UpdateEffect(np.array([0.5, lost]), np.array([lost, lost]))
    assert highest_error([*BOOKS[:1], effect]) == pytest.approx(1.02)
    assert highest_error(BOOKS) == pytest.approx(2.04)
    made = effect_tracks([effect], [0], [1.0, 0.0], n_steps=2, updated_at=1)
    words = made[-1].texts[made[-1].values[1, 1, 0]]
    assert not set("▲▼") & set(words)
    assert words.startswith("~row 2")


def test_rows_stand_from_the_top_down_and_the_domains_are_kept():
    axes = effect_axes(3, 2.0, ((0.8, 1), (0.1, 1)))
    assert axes["xaxis2"]["range"] == [0, 2.0]
    low, high = axes["yaxis2"]["range"]
    assert low > 2 > 0 > high
    assert (axes["xaxis2"]["domain"], axes["yaxis2"]["domain"]) == ([0.8, 1], [0.1, 1])
    for i, item in enumerate(tracks()[-1].items):
        assert high < item.wide.text[1] < i < low
        assert item.start
