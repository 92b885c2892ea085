"""The two boards, the curve and the moving marks stand for what the core says."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.figures.board import (
    area,
    cell_at,
    centre,
    lines,
    quarter,
    quarter_centre,
)
from nnviz.chapters.rules_or_learning.figures.curve import curve_traces, games_at
from nnviz.chapters.rules_or_learning.figures.guess_board import LOOKS, SHADE, quarter_text, shades
from nnviz.chapters.rules_or_learning.figures.rules_board import rules_shapes, rules_traces
from nnviz.chapters.rules_or_learning.figures.side_by_side import Guesses, side_by_side_picture
from nnviz.chapters.rules_or_learning.figures.training import (
    active_parts,
    training_picture,
    training_tracks,
)
from nnviz.chapters.rules_or_learning.figures.workflow import applied_rule
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, answers
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, Measured
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.rules import candidates
from nnviz.chapters.rules_or_learning.study import LADDER, GamesStudy, GamesTrials
from nnviz.chapters.rules_or_learning.verdicts import verdicts
from nnviz.chapters.rules_or_learning.walk import MACHINE, by_hand, start, walk
from nnviz.chart import theme
from nnviz.chart.tracks import MapTrack, TrailTrack
from nnviz.nn.rng import generator
from nnviz.walkthrough.figures.tracks import BoardTrack
from tests.traces import checked

curve_traces = checked(curve_traces)
rules_traces = checked(rules_traces)

BOXES = RULE_SETS["boxes"]
CLUES = puzzle("boxes", "eight clues", 16)
ANSWERS = generator(0, "test").dirichlet(np.ones(4), size=(5, 16))
JUDGED = [verdicts(CLUES, a, answers(CLUES, "boxes"), BOXES) for a in ANSWERS]
STEPS = KEPT_EVERY * np.arange(5)
SHARES = np.linspace(0.2, 0.9, 5)
MEASURED = Measured(STEPS, 2 - SHARES, SHARES + 0.05, SHARES)


def rectangles(shapes, colour):
    return [s for s in shapes if s["type"] == "rect" and s["line"]["color"] == colour]


def inside(shape, cell):
    x, y = centre(cell)
    return shape["x0"] < x < shape["x1"] and shape["y0"] < y < shape["y1"]


def test_places_and_cells_are_inverse():
    for cell in range(16):
        assert cell_at(*centre(cell)) == cell
        left, right, bottom, top = area(cell)
        assert cell_at(left, bottom) == cell_at(right, top) == cell
        for digit in (1, 2, 3, 4):
            assert cell_at(*quarter_centre(cell, digit)) == cell
            edges = quarter(cell, digit)
            assert edges[1] - edges[0] == pytest.approx(0.45)
    assert centre(0) == (0.5, 3.5)
    assert [cell_at(*p) for p in ((-0.1, 2), (4.0, 2), (2, 4.1), (2, 0.0))] == [None] * 4


def test_boxes_have_thick_lines_only_where_the_rules_have_boxes():
    inner = [s for s in lines(BOXES, "xy") if s["type"] == "line"]
    thick = [s for s in inner if s["line"]["width"] > 2]
    assert len(inner) == 24
    assert len(thick) == 8
    assert all(2 in (s["x0"], s["y0"]) for s in thick)
    without = [s for s in lines(RULE_SETS["no boxes"], "x2y2") if s["type"] == "line"]
    assert len(without) == 24
    assert all(s["line"]["width"] == 1 and s["xref"] == "x2" for s in without)


def test_the_cells_that_justify_a_step_are_lit():
    for n_moves in range(1, 9):
        state = walk(CLUES, [MACHINE] * n_moves, BOXES)[-1]
        shapes = rules_shapes(state, BOXES, None, "xy")
        lit = rectangles(shapes, theme.ORANGE)
        reasons = [s for s in lit if s["line"]["dash"] == "solid"]
        found = {c for c in range(16) for s in reasons if inside(s, c)}
        assert found == set(state.step.deduction.because)
        (target,) = rectangles(shapes, theme.GREEN)
        assert inside(target, state.step.cell)


def test_a_contradiction_is_lit_where_it_is():
    first = next(c for c in range(16) if CLUES[c])
    row = [c for c in range(16) if c // 4 == first // 4 and not CLUES[c]]
    state = walk(CLUES, [by_hand(row[0], CLUES[first])], BOXES)[-1]
    conflict = state.conflict(BOXES)
    shapes = rectangles(rules_shapes(state, BOXES, None, "xy"), theme.VERMILLION)
    dashed = [s for s in shapes if s["line"].get("dash") == "dash"]
    assert {c for c in range(16) for s in dashed if inside(s, c)} == set(conflict.because)


def test_digits_say_who_set_them_and_small_ones_what_fits():
    cell = CLUES.index(0)
    moves = [by_hand(cell, 3), MACHINE]
    state = walk(CLUES, moves, BOXES)[-1]
    digits, small = rules_traces(state, BOXES, "xy", 20)
    cells = [cell_at(x, y) for x, y in zip(digits.x, digits.y, strict=True)]
    by_cell = dict(zip(cells, digits.text, strict=True))
    assert by_cell[cell] == "<i>3</i>"
    for c, digit in enumerate(CLUES):
        if digit:
            assert by_cell[c] == f"<b>{digit}</b>"
    fitting = {}
    for x, y, text in zip(small.x, small.y, small.text, strict=True):
        fitting.setdefault(cell_at(x, y), []).append(int(text))
    for c in range(16):
        assert tuple(fitting.get(c, ())) == candidates(state.grid, c, BOXES)


def test_shades_are_the_probabilities_of_their_quarters():
    plane = shades(ANSWERS, CLUES)
    assert plane.shape == (5, 8, 8)
    for cell in range(16):
        for digit in (1, 2, 3, 4):
            x, y = quarter_centre(cell, digit)
            expected = 0 if CLUES[cell] else ANSWERS[:, cell, digit - 1]
            assert np.array_equal(plane[:, int(2 * y), int(2 * x)], np.broadcast_to(expected, 5))


def test_the_first_choice_of_each_cell_is_outlined_by_what_it_is_worth():
    guesses = Guesses(ANSWERS[0], JUDGED[0], ("a", "b", "c", "d"), 3)
    picture = side_by_side_picture(start(CLUES), BOXES, guesses, None, n_games=64)
    shapes = [s.to_plotly_json() for s in picture.figure.layout.shapes]
    for cell, verdict in enumerate(JUDGED[0]):
        if verdict is None:
            continue
        x, y = quarter_centre(cell, verdict.digit)
        around = [
            s for s in shapes
            if s["xref"] == "x2" and s["type"] == "rect" and s["x1"] - s["x0"] < 0.5
            and s["x0"] < x < s["x1"] and s["y0"] < y < s["y1"]
        ]  # fmt: skip
        look = LOOKS[verdict.kind]
        assert [(s["line"]["color"], s["line"]["dash"]) for s in around] == [
            (look.colour, look.dash)
        ]
        assert quarter_text(verdict.digit, 0.5, verdict).startswith("<b>")
    assert "Hidden until you" in str(picture.figure.layout.annotations)


def test_wide_and_narrow_hold_the_same_marks():
    guesses = Guesses(ANSWERS[0], JUDGED[0], ("a", "b", "c", "d"), 0)
    study = GamesTrials.of(GamesStudy("boxes", 0), {(0, 0): 0.3})
    picture = side_by_side_picture(start(CLUES), BOXES, guesses, study, n_games=64, selected=1)
    wide = {a.text for a in picture.figure.layout.annotations}
    narrow = {a["text"] for a in picture.narrow["annotations"]}
    assert wide - {"→"} == narrow
    assert len(picture.narrow["shapes"]) == len(picture.figure.layout.shapes)


def test_the_curve_shows_every_training_and_a_click_finds_its_number():
    values = {(k, i): 0.1 * i + 0.01 * k for i in range(9) for k in range(5)}
    study = GamesTrials.of(GamesStudy("boxes", 0), values)
    *_, dots = curve_traces(study, "x3y3")
    assert sorted(dots.y) == pytest.approx(sorted(study.values.ravel()))
    assert [games_at(i + 0.3) for i in range(9)] == list(LADDER)
    assert games_at(-4) == 1
    assert games_at(40) == 216


def test_what_moves_is_every_moment():
    tracks = training_tracks(CLUES, ANSWERS, JUDGED, MEASURED, [["a", "b", "c", "d"]] * 5, "vwxyz")
    assert tracks.last == STEPS[-1]
    (shaded,) = (t for t in tracks.tracks if isinstance(t, MapTrack))
    assert np.array_equal(shaded.values, np.round(255 * SHADE * shades(ANSWERS, CLUES)))
    trails = [t for t in tracks.tracks if isinstance(t, TrailTrack)]
    assert np.array_equal(trails[0].values, np.column_stack([STEPS, MEASURED.train_right]))
    assert np.array_equal(trails[1].values, np.column_stack([STEPS, MEASURED.unseen_right]))
    quarters, strip = (t for t in tracks.tracks if isinstance(t, BoardTrack))
    assert len(quarters.items) == 4 * CLUES.count(0)
    shown = [quarters.texts[k] for k in quarters.values[2, :4, 0]]
    cell = CLUES.index(0)
    for text, share in zip(shown, ANSWERS[2, cell], strict=True):
        assert text.endswith(f"~{100 * share:.0f}%")
    lit = strip.values[:, :, 1].tolist()
    assert lit == [[1, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    assert active_parts(0, 5) == (0,)


def test_the_still_picture_holds_the_whole_curves():
    picture = training_picture(CLUES, BOXES, MEASURED)
    ys = [tuple(trace.y) for trace in picture.figure.data if trace.xaxis == "x2"]
    assert tuple(MEASURED.train_right) in ys
    assert tuple(MEASURED.unseen_right) in ys
    assert picture.narrow["height"] > picture.figure.layout.height


def test_a_full_grid_moves_as_well():
    full = tuple(answers(CLUES, "boxes")[0].tolist())
    tracks = training_tracks(full, ANSWERS, [(None,) * 16] * 5, MEASURED, [["a"] * 4] * 5, "vwxyz")
    assert tracks.arrays()


def test_the_rule_that_was_fired_is_lit():
    states = walk(CLUES, [MACHINE] * 8, BOXES)
    assert applied_rule(states[0].step) is None
    for state in states[1:]:
        assert applied_rule(state.step) == (state.step.deduction.unit is not None)
    assert applied_rule(walk(CLUES, [by_hand(CLUES.index(0), 1)], BOXES)[-1].step) is None
    clues = puzzle("boxes", "several answers", 3)
    lit = {applied_rule(state.step) for state in walk(clues, [MACHINE] * 30, BOXES)}
    assert 2 in lit
