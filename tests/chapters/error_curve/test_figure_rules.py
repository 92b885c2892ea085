"""The picture of the update rules, as values."""

import numpy as np
import pytest

from nnviz.chapters.error_curve.figure_rules import NAMES, WINDOWS, update_rules_picture
from nnviz.training.update_rules import UPDATE_RULES, apply_rule, error_map

MAPS = [error_map(window, mirrored=i == 1) for i, window in enumerate(WINDOWS)]


def rows(rate=0.1):
    return [
        [apply_rule(rule, learning_rate=rate, mirrored=turned) for rule in UPDATE_RULES]
        for turned in (False, True)
    ]


def drawn(rate=0.1, **options):
    return update_rules_picture(rows(rate), MAPS, **options).figure.to_dict()


def test_each_rule_has_its_own_line_colour_and_dash_on_both_maps():
    shafts = [t for t in drawn()["data"] if t.get("mode") == "lines"]
    assert len(shafts) == 6
    for k, (first, second) in enumerate(zip(shafts[:3], shafts[3:], strict=True)):
        assert first["name"] == second["name"] == NAMES[k]
        assert first["line"] == second["line"]
        assert (first["showlegend"], second["showlegend"]) == (True, False)
    assert len({shaft["line"]["dash"] for shaft in shafts}) == 3
    assert len({shaft["line"]["color"] for shaft in shafts}) == 3


def test_the_arrows_go_from_the_weights_before_to_the_weights_after():
    shafts = iter(t for t in drawn(rate=2.0)["data"] if t.get("mode") == "lines")
    for results in rows(rate=2.0):
        for result in results:
            shaft = next(shafts)
            np.testing.assert_array_equal(
                np.transpose([shaft["x"], shaft["y"]]),
                [result.weights_before, result.weights_after],
            )


def test_the_bars_are_the_errors_before_and_after():
    bars = [t for t in drawn()["data"] if t["type"] == "bar"]
    for bar, results in zip(bars, rows(), strict=True):
        expected = [results[0].error_before, *(result.error_after for result in results)]
        assert list(bar["y"]) == expected
        assert list(bar["customdata"]) == [repr(error) for error in expected]
        assert len(set(bar["marker"]["pattern"]["shape"])) == 3


def test_the_rule_of_the_tutorial_falls_on_one_row_and_rises_on_the_other():
    texts = [note["text"] for note in drawn()["layout"]["annotations"]]
    assert texts == [
        "error falls", "<b>row (2, 1.5), target 0</b>",
        "error rises", "<b>row (−2, −1.5), target 0</b>",
    ]  # fmt: skip


def test_what_is_to_be_predicted_is_not_drawn():
    figure = drawn(shown=False)
    assert not [t for t in figure["data"] if t.get("mode") == "lines"]
    for bar in (t for t in figure["data"] if t["type"] == "bar"):
        assert list(bar["y"][1:]) == [None] * 3
        assert list(bar["text"][1:]) == [""] * 3
    assert len(figure["layout"]["annotations"]) == 2


@pytest.mark.parametrize("i", [0, 1])
def test_the_windows_hold_the_start_and_the_arrows_of_the_usual_rates(i):
    window = WINDOWS[i]
    for result in rows(rate=1.1)[i]:
        for w1, w2 in (result.weights_before, result.weights_after):
            assert window.x_low < w1 < window.x_high
            assert window.y_low < w2 < window.y_high


def test_the_narrow_layout_moves_every_axis():
    picture = update_rules_picture(rows(), MAPS)
    axes = {name for name in picture.figure.to_dict()["layout"] if "axis" in name}
    assert axes <= set(picture.narrow)
