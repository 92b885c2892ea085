"""The map and the curves of many runs, as values."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.compare_runs.figure_runs import compare_runs_picture
from nnviz.chapters.compare_runs.figure_sweep_map import MapPlan, colour_places
from nnviz.chapters.compare_runs.sweep import MOST_RUNS, Sweep
from nnviz.chart import theme
from nnviz.data.tutorial import eight_rows
from nnviz.training.baselines.single_neuron import best_neuron
from tests.colours import HOUSE, of_picture
from tests.runs import timeline_of
from tests.sweeps import INF, NAN, made_up, real

DATA = eight_rows()
BEST = best_neuron(DATA.X, DATA.y)
NO_COLOURS = {"coloraxis", "center", "bottom", "h"}  # stand in a layout's coloraxis
MIXED = [[1.0, 2.0, 2.5, NAN], [NAN, NAN, NAN, NAN], [3.0, INF, 0.0, 9.0]]


def draw(result, rate=0, seed=0, best=BEST):
    return compare_runs_picture(result, rate, seed, best)


def named(picture, start):
    (trace,) = [t for t in picture.figure.data if (t.name or "").startswith(start)]
    return trace


@pytest.mark.parametrize("n_seeds", [1, 9, 10, 11, 100, 101, 300])
def test_the_seeds_of_one_rate_are_laid_in_rows(n_seeds):
    plan = MapPlan(Sweep(timeline_of(DATA.X, DATA.y), (0.1,), 0, n_seeds))
    cells = [plan.cell(0, seed) for seed in range(n_seeds)]
    order = [row * plan.n_columns + column for column, row in cells]
    assert order == list(range(n_seeds))
    assert max(row for _, row in cells) == plan.n_rows - 1


@given(st.integers(1, 20), st.integers(1, 300), st.data())
def test_a_click_anywhere_in_a_cell_is_that_run(n_rates, n_seeds, data):
    n_seeds = min(n_seeds, MOST_RUNS // n_rates)
    rates = tuple(range(1, n_rates + 1))
    plan = MapPlan(Sweep(timeline_of(DATA.X, DATA.y), rates, 0, n_seeds))
    run = (data.draw(st.integers(0, n_rates - 1)), data.draw(st.integers(0, n_seeds - 1)))
    column, row = plan.cell(*run)
    near = st.floats(-0.49, 0.49)
    assert plan.run_at(column + data.draw(near), row + data.draw(near)) == run


def test_a_click_beside_the_cells_is_no_run():
    plan = MapPlan(Sweep(timeline_of(DATA.X, DATA.y), (0.1,), 0, 21))  # two rows of 10, and 1
    assert plan.run_at(0, 2) == (0, 20)
    for x, y in ((1, 2), (-0.6, 0), (9.6, 0), (0, 2.6), (0, -0.6)):
        assert plan.run_at(x, y) is None


def test_the_colours_have_guessing_in_the_middle():
    places = colour_places(np.array([0.0, 1.5, 2.0, 2.5, 4.0, 8.0, INF, NAN]), 2.0)
    np.testing.assert_allclose(places, [-1, -0.5, 0, 0.5, 1, 1, 1, NAN])
    axis = draw(real((0.1,), 3)).figure.layout.coloraxis
    assert (axis.cmin, axis.cmax) == (-1, 1)
    assert [stop for stop, _ in axis.colorscale] == [0, 0.5, 1]
    ticks = dict(zip(axis.colorbar.ticktext, axis.colorbar.tickvals, strict=True))
    assert (ticks["0"], ticks["2"], ticks["4+"]) == (-1, 0, 1)


def test_every_cell_has_its_colour_its_mark_and_its_words():
    picture = draw(made_up(MIXED))
    cells, worse, diverged = picture.figure.data[:3]
    np.testing.assert_allclose(cells.z, colour_places(np.array(MIXED), 2.0))
    assert list(zip(worse.x, worse.y, strict=True)) == [(2, 0), (0, 2), (3, 2)]
    assert list(zip(diverged.x, diverged.y, strict=True)) == [(1, 2)]
    assert worse.marker.symbol != diverged.marker.symbol
    assert cells.text[0][1].startswith("rate 0.01, seed 1<br>error 2, the same as always 0.5")
    assert "better than always 0.5" in cells.text[0][0]
    assert "worse than always 0.5" in cells.text[0][2]
    assert "diverged: the numbers grew too large" in cells.text[2][1]


def test_the_share_that_is_worse_stands_beside_each_row():
    texts = {note.text for note in draw(made_up(MIXED)).figure.layout.annotations}
    assert {"worse", "33%", "75%", ""} <= texts
    one = [note.text for note in draw(made_up([[1, 3]])).figure.layout.annotations]
    assert "worse" not in one


def test_what_has_diverged_is_explained_where_there_is_any():
    assert "✖ diverged" in draw(made_up(MIXED)).figure.layout.annotations[0].text
    assert "✖" not in draw(made_up([[1, 3]])).figure.layout.annotations[0].text


def test_the_curves_are_those_of_the_rate():
    result = real((0.01, 0.1), 5)
    picture = draw(result, rate=1, seed=3)
    steps = result.sweep.steps
    median, chosen = named(picture, "median"), named(picture, "seed 3")
    np.testing.assert_array_equal(median.x, steps)
    np.testing.assert_allclose(median.y, np.median(result.curves[1], axis=0), rtol=1e-6)
    np.testing.assert_allclose(chosen.y, result.curves[1, 3], rtol=1e-6)
    every = named(picture, "each of 5 runs")
    curves = every.y.reshape(5, -1)
    np.testing.assert_allclose(curves[:, :-1], result.curves[1], rtol=1e-6)
    assert np.isnan(curves[:, -1]).all()
    band = named(picture, "the middle half")
    low, high = np.quantile(result.curves[1], [0.25, 0.75], axis=0)
    np.testing.assert_allclose(band.y, [*low, *high[::-1]], rtol=1e-6)


def test_every_curve_is_named_in_the_legend_of_both_widths():
    picture = draw(real((0.1,), 5))
    wide, narrow = picture.figure.layout.annotations[-1].text, picture.narrow["annotations"][-1]
    for text in (wide, narrow["text"]):
        for trace in picture.figure.data[3:]:
            assert f"</span> {trace.name}" in text
            assert f"color:{trace.line.color}" in text


def test_the_yardsticks_are_told_apart_by_their_dashes():
    picture = draw(real((0.1,), 5))
    guess, neuron = named(picture, "always 0.5: 2"), named(picture, "lowest found: 1.8838")
    assert guess.y == (2.0, 2.0)
    assert neuron.y == pytest.approx(2 * [1.8838062484862979], rel=1e-9)
    assert guess.line.dash != neuron.line.dash
    names = [trace.name for trace in draw(real((0.1,), 5), best=None).figure.data]
    assert not any("neuron" in (name or "") for name in names)


def test_the_axes_hold_still_while_runs_come():
    result = real((0.1, 1.0), 30)
    empty = made_up([[NAN] * 30] * 2, (0.1, 1.0))
    for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
        shown, before = (draw(r).figure.layout[axis].range for r in (result, empty))
        assert shown == before
    assert draw(result).figure.layout.coloraxis == draw(empty).figure.layout.coloraxis


@pytest.mark.parametrize(
    "result",
    [
        made_up(MIXED),
        made_up([[NAN]]),
        made_up([[INF, INF]]),
        made_up([[1e300, INF, 2]]),
        made_up([[2.0] * 300] * 3),
        made_up([[2.0] * 50] * 20, tuple(range(1, 21))),
        made_up([[1.0] * 300], first=4_294_966_996),
    ],
)
def test_every_extreme_is_a_picture_of_the_house(result):
    for best in (BEST, None):
        picture = draw(result, best=best)
        colours = of_picture(picture) - NO_COLOURS
        assert {theme.SKY, theme.PAPER, theme.ORANGE} <= colours <= HOUSE
        json.dumps(dict(picture.narrow), allow_nan=False)
        assert picture.figure.layout.height <= 440
