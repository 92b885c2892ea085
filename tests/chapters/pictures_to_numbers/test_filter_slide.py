"""A filter on its way: its numbers, its picture, sentences, questions and scripts."""

import json
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.convolution import shifts, words
from nnviz.chapters.pictures_to_numbers.convolution.filters import KNOWN
from nnviz.chapters.pictures_to_numbers.convolution.network import FilterConfig, learn
from nnviz.chapters.pictures_to_numbers.convolution.questions import filter_questions
from nnviz.chapters.pictures_to_numbers.convolution.script import filter_program
from nnviz.chapters.pictures_to_numbers.convolution.slide import slide
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, shifted
from nnviz.chapters.pictures_to_numbers.figures.filter import (
    CLICKS,
    LAST,
    PANELS,
    cell_at,
    filter_picture,
    filter_tracks,
)
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, examples, train_neuron
from tests.clean_process import output

LEARNED, LINE, EDGE = (
    FilterConfig(200, 0, 1, cells) for cells in ((), KNOWN["line"].cells, KNOWN["vertical"].cells)
)
THREE, EIGHT = (examples(0, digit)[0] for digit in (3, 8))
FULL = (16,) * 64


@cache
def network(config):
    return learn(config)


@cache
def run():
    return train_neuron(NeuronConfig(200, 0))


def sliding(config=EDGE, drawing=THREE):
    return slide(network(config), drawing), read_drawing(run().parameters[-1], drawing)


def results(made=None):
    study = shifts.ShiftStudy(0)
    base = (0.5, 0.8, 0.9)  # of the 64 weights, of one filter, of two
    values = {t: np.full(5, base[t[1]] + 0.001 * t[0]) for t in study.trials()}
    return shifts.ShiftResults.of(study, values if made is None else made)


def test_every_place_holds_its_nine_products_and_their_sum():
    for config in (EDGE, LEARNED):
        found, _ = sliding(config)
        grid = np.pad(np.array(THREE).reshape(8, 8), 1)
        for at in (0, 7, 27, 63):
            row, column = divmod(at, 8)
            window = grid[row : row + 3, column : column + 3].ravel()
            np.testing.assert_array_equal(found.inks[at], window)
            total = float((window * found.weights).sum()) + found.offset
            assert found.sums[at] == pytest.approx(total, rel=1e-12)
            assert found.map[at] == max(found.sums[at], 0)
        assert found.mean == pytest.approx(found.map.mean(), rel=1e-12)
        weight = float(found.network.weights[0])
        assert found.z == pytest.approx(weight * found.mean + found.network.bias, rel=1e-12)


def test_learned_filter_and_neuron_know_both_digits():
    assert sliding(LEARNED, THREE)[0].digit == 3
    assert sliding(LEARNED, EIGHT)[0].digit == 8


def test_the_short_answers_are_a_sentence_in_which_no_number_stands_beside_another():
    assert words.short(*sliding(LEARNED, EIGHT)) == "The filter says 8, the 64 weights say 8."


def test_the_sentence_says_what_is_added_up_and_both_answers():
    found, reading = sliding()
    at = int(np.argmin(found.sums))
    told = words.describe_slide(found, at + 1, reading)
    assert "Below 0 it becomes 0 on the map." in told
    assert told.endswith(
        f"Filter and neuron say {words.says(found.digit, found.prediction)}, the 64 weights "
        f"{words.says(reading.digit, reading.prediction)}."
    )
    assert words.describe_slide(found, 0, reading).startswith(words.BEGIN)
    secret = words.describe_slide(found, 5, reading, secret=True)
    assert "say" not in secret
    assert words.HIDDEN in secret
    assert "with the bias" in words.describe_place(sliding(LEARNED)[0], 3)


def test_the_nine_products_and_the_bias_add_up_as_printed():
    def number(text):
        return float(text.replace("−", "-"))

    for drawing in (THREE, EIGHT, *(examples(0, 8)[k] for k in range(5))):
        found, _ = sliding(LEARNED, drawing)
        for at in range(64):
            cells, bias = words.cell_texts(found, at)
            total, _ = words.added_up(found, at)
            printed = sum(number(product) for *_, product in cells) + number(bias)
            assert f"{printed:.3g}" == f"{total:.3g}", (drawing, at)
    found, _ = sliding(FilterConfig(200, 0, 1, (-99, 99, -98, 1, 0, 3, 4, 5, 6)), THREE)
    total = found.inks[29] @ found.weights
    assert f"{total:.0f}".replace("-", "−") == words.written(total)
    assert f"add up to {words.written(total)}." in words.describe_place(found, 29)


def test_drawings_and_filters_with_nothing_in_them_are_told():
    for told in (words.describe_answers, words.short):
        said = told(*sliding(EDGE, EMPTY))
        assert said.startswith("Nothing is drawn")
        assert "3" not in said
        assert "8" not in said
    for config in (EDGE, LINE, LEARNED):
        found, reading = sliding(config, FULL)
        assert "the same everywhere but at the edge" in words.describe_answers(found, reading)
        assert np.ptp(found.map.reshape(8, 8)[1:-1, 1:-1]) < 1e-12
    zeros = FilterConfig(200, 0, 1, (0.0,) * 9)
    assert "A filter of zeros" in words.describe_answers(*sliding(zeros, THREE))


def test_the_picture_moves_window_products_and_map():
    found, reading = sliding()
    texts = [words.describe_slide(found, step, reading) for step in range(LAST + 1)]
    picture = filter_picture(found, reading, results())
    assert picture.figure is not None
    tracks = {(t.kind, t.axes): t for t in filter_tracks(found, reading, texts).tracks}
    frame = tracks["line", "xy"]
    assert len(frame.values) == 64
    assert frame.start == 1
    np.testing.assert_allclose(frame.values[27].mean(axis=0), [4 - 0.3, 5 - 0.3])
    board = tracks["board", "x2y2"]
    assert board.values.shape == (65, 10, 2)
    shown = [board.texts[i] for i in board.values[28, :, 0]]
    for cell in range(9):
        ink, product = found.inks[27, cell], found.products[27, cell] + 0.0
        assert shown[cell].split("\n")[0] == f"~{ink:.0f}"
        assert shown[cell].split("\n")[2] == f"*{product:.0f}".replace("-", "−")
    shades = tracks["map", "x3y3"].values[0, ::-1].ravel()
    order = np.argsort(found.map, kind="stable")
    assert (np.diff(shades[order].astype(int)) >= 0).all()  # a larger number is never paler
    assert shades[order[-1]] == 255
    # Where the window has not been yet there is a stroke; not where nothing slides.
    struck = tracks["board", "x3y3"].values[..., 1]
    assert [int(row.sum()) for row in struck] == list(range(64, -1, -1))
    assert struck[28].tolist() == [0] * 28 + [1] * 36
    still = filter_tracks(found, reading, texts, whole=True).tracks
    assert ("board", "x3y3") not in {(t.kind, t.axes) for t in still}
    titles = [
        [
            each.text
            for each in filter_picture(found, reading, None, whole=whole).figure.layout.annotations
        ]
        for whole in (False, True)
    ]
    assert ["not yet" in " ".join(each) for each in titles] == [True, False]
    assert json.dumps(picture.plain["layout"]["annotations"])


def test_panels_that_are_out_of_sight_leave_room():
    found, reading = sliding()
    few = filter_picture(found, reading, None, panels=("drawing", "cells", "map"))
    assert "xaxis4" not in few.plain["layout"]
    low = few.plain["layout"]["yaxis3"]["domain"][0]
    assert low < filter_picture(found, reading, results()).plain["layout"]["yaxis3"]["domain"][0]
    kinds = [t.axes for t in filter_tracks(found, reading, ["x"] * 65, panels=PANELS[:1]).tracks]
    assert "x3y3" not in kinds
    assert few.figure is not None


def test_accuracies_are_drawn_when_they_are_there_and_not_asked_for():
    found, reading = sliding()
    named = {t.name: t for t in filter_picture(found, reading, results()).figure.data if t.name}
    assert set(named) == {"64 weights", "one filter", "two filters"}
    np.testing.assert_allclose(named["two filters"].y, results().of_reader("two").median)
    assert len({t.marker.symbol for t in named.values()}) == 3
    drawn = np.linspace(0.5, 0.9, 5)
    by_hand = filter_picture(found, reading, results(), drawn).figure.data
    (line,) = (t for t in by_hand if t.name == "this filter")
    np.testing.assert_array_equal(line.y, drawn)
    assert line.text[4] == "this filter, shifted by 2: 90.0%"
    for hidden in (None, results({})):
        picture = filter_picture(found, reading, hidden)
        assert not any(t.name for t in picture.figure.data)
        assert not picture.plain["layout"]["showlegend"]


def test_what_a_shift_leaves_is_said():
    told = words.describe_shifts(results())
    assert "64 weights 50.6% and 50.6%; one filter 80.6% and 80.6%" in told
    assert words.describe_shifts(results({})) == "0 of 36 trainings are made."
    assert words.counted_numbers().endswith("its neuron 2 numbers: 12. Two filters: 23.")


def test_a_click_finds_its_cell():
    assert [cell_at(x, y) for x, y in ((1, 3), (3.4, 2.6), (2, 1))] == [0, 2, 7]
    assert cell_at(2, 0.1) is None
    assert cell_at(3.7, 2) is None
    assert set(CLICKS) < set(PANELS)


def test_questions_are_judged_by_the_core():
    found, reading = sliding(LEARNED)
    shift, sign, largest = filter_questions(found, 26, reading)
    moved = shifted(THREE, 0, 1)
    changes = [
        abs(a.prediction - b.prediction)
        for a, b in zip(sliding(LEARNED, moved), (found, reading), strict=True)
    ]
    names = ("filter and neuron", "the 64 weights")
    assert shift.answer == names[int(np.argmax(changes))]
    assert sign.answer == ("more than 0" if found.sums[27] > 0 else "0")
    best = int(np.argmax(found.map))
    assert largest.answer == f"row {best // 8 + 1}, column {best % 8 + 1}"
    assert filter_questions(*sliding(EDGE, EMPTY)[:1], 0, sliding(EDGE, EMPTY)[1]) == ()
    zeros = FilterConfig(200, 0, 1, (0.0,) * 9)
    assert filter_questions(sliding(zeros)[0], 0, reading) == ()
    for config in (EDGE, LINE, LEARNED):
        for at in range(0, 64, 9):
            for question in filter_questions(sliding(config, EIGHT)[0], at, reading):
                assert question.answer in question.options


def test_scripts_print_the_numbers_on_the_screen(tmp_path):
    for config in (LINE, LEARNED):
        found, _ = sliding(config)
        lines = output(filter_program(run(), config, THREE, 27).script, tmp_path)
        by_start = dict(line.rsplit(" ", 1) for line in lines if " " in line)
        for name, value in (
            ("added up, with the bias:", found.sums[27]),
            ("mean of the map", found.mean),
            ("filter squeezed", found.prediction),
        ):
            assert float(by_start[name]) == pytest.approx(value, rel=1e-6)
        measured = shifts.of_filters(network(config), 0)
        for name, shift in (("straight", 0), ("shifted", 1)):
            (line,) = [line for line in lines if line.startswith(name)]
            _, _, _, by_weights, _, by_filter = line.split()
            at = shifts.SHIFTS.index(shift)
            assert float(by_filter) == pytest.approx(measured[at])
            assert float(by_weights) == pytest.approx(
                shifts.of_weights(run().parameters[-1], 0)[at]
            )
    cells = json.loads(filter_program(run(), LINE, THREE, 27).notebook)["cells"]
    assert any("windows" in "".join(cell["source"]) for cell in cells)
