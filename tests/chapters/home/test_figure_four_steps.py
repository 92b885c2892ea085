"""The picture of the four steps: layout, highlighted parts, known values, errors."""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from nnviz.chapters.home.figure_four_steps import (
    ACTS,
    ARROWS,
    ROUNDS_SHOWN,
    TALL,
    WIDE,
    four_steps_picture,
    four_steps_tracks,
)
from nnviz.chapters.home.four_steps import MOST_STEPS, walked
from nnviz.chart.tracks import DotTrack, LineTrack, ReadoutTrack, WordsTrack
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.walkthrough.figures.looks import BACKWARD, FORWARD, PLAIN, UPDATE
from nnviz.walkthrough.figures.plan import Box
from nnviz.walkthrough.figures.tracks import BoardTrack

KNOWN = ["weight.0", "weight.1", "bias", "target"]
KEYS = (*WIDE.arrows, *WIDE.boxes)
THIN = 1.5


@cache
def states():
    row, target = tutorial.SECOND_ROW, tutorial.SECOND_TARGET
    return walked(first_neuron(), row, target, MOST_STEPS)


@cache
def moving(naming="plain"):
    return four_steps_tracks(states(), naming)


def kind(wanted, naming="plain"):
    return [track for track in moving(naming).tracks if isinstance(track, wanted)]


def shown(n_steps, naming="plain"):
    """Return the lines of each box after so many steps, by its key; its name comes first."""
    board = kind(BoardTrack, naming)[0]
    texts = [board.texts[i].split("\n") for i in board.values[n_steps, :, 0]]
    return {
        key: (
            " ".join(line[1:] for line in lines if line[0] == "~"),
            " ".join(line[1:] for line in lines if line[0] == "*"),
        )
        for key, lines in zip(KEYS, texts, strict=True)
        if lines != [""]
    }


def values(n_steps):
    return {key: value for key, (_, value) in shown(n_steps).items() if value}


def lit(n_steps):
    """Return the looks of what is highlighted, by key; arrows apart."""
    board = kind(BoardTrack)[0]
    at = dict(zip(KEYS, board.values[n_steps, :, 1].tolist(), strict=True))
    boxes = {key: look for key, look in at.items() if ">" not in key and look != PLAIN}
    return boxes, [key for key in WIDE.arrows if board.looks[at[key]].width > THIN]


def test_what_acts_is_lit():
    forward = dict.fromkeys
    for n_steps, boxes, arrows in (
        (0, {}, 0),
        (1, forward(("input.0", "input.1"), FORWARD), 0),
        (2, forward(("sum", "z", "act", "a"), FORWARD), 6),
        (3, {"loss": FORWARD, "target": FORWARD, "error": BACKWARD}, 3),
        (4, {**forward(("weight.0", "weight.1", "bias"), UPDATE), "adjust": FORWARD}, 2),
        (6, forward(("sum", "z", "act", "a"), FORWARD), 6),
        (MOST_STEPS, {**forward(("weight.0", "weight.1", "bias"), UPDATE), "adjust": FORWARD}, 2),
    ):
        now, thick = lit(n_steps)
        assert now == boxes, n_steps
        assert len(thick) == arrows, n_steps


def test_values_appear_when_they_are_computed():
    known = set(KNOWN)
    for n_steps, new in ((0, ()), (1, ("input.0", "input.1")), (2, ("z", "a")), (3, ("error",))):
        known |= set(new)
        now = values(n_steps)
        assert len(now) == 9
        assert {key for key, text in now.items() if text != "?"} == known


def test_the_values_are_the_tutorials_and_bear_the_names_of_the_story_or_of_its_code():
    assert {name: text for name, text in shown(3).values() if text} == {
        "hours of sun": "2",
        "glasses of water": "1.5",
        "weight 1": "1.45",
        "weight 2": "−0.66",
        "bias": "0",
        "weighted sum": "1.91",
        "prediction": "0.871",
        "target": "0",
        "error": "0.7587",
    }
    names = [name.replace(" ", "") for name, text in shown(3, "code").values() if text]
    code = ["input_vector[0]", "input_vector[1]", "weights_1[0]", "weights_1[1]", "layer_1"]
    assert set(code) <= set(names)
    assert not {"weight1", "hoursofsun"} & set(names)


def test_adjusting_shows_old_and_new_and_the_next_round_starts_from_the_new():
    adjusted, after = values(4), values(5)
    assert adjusted["weight.0"] == "1.45 → 1.059"
    assert adjusted["bias"] == "0 → −0.1957"
    assert (after["weight.0"], after["bias"]) == ("1.059", "−0.1957")
    assert [key for key in after if after[key] == "?"] == ["z", "a", "error"]


def test_every_known_value_says_all_its_digits_on_hover():
    board = kind(BoardTrack)[0]
    exact = [[board.exact[i] for i in board.values[n, :, 0] if board.exact[i]] for n in (0, 3)]
    assert "error: 0.7586743559278976" in exact[1]
    assert (len(exact[0]), len(exact[1])) == (len(KNOWN), 9)


def test_the_line_holds_the_errors_so_far_and_its_newest_is_a_dot():
    (line,), (dot,) = kind(LineTrack), kind(DotTrack)
    assert (line.start, line.stride) == (dot.start, dot.stride) == (3, 4)
    for n in (1, 3, 6, 100):
        errors = states()[4 * n - 1].errors
        assert len(errors) == n
        x, y = line.values[n - 1].T
        assert np.isfinite(x).sum() == n
        assert y[:n].tolist() == list(errors)
        ticks = {int(name): place for name, place in ticks_at(4 * n - 1)}
        # The axis says of each point which round it is.
        np.testing.assert_allclose(x[:n] * max(ticks), np.arange(1, n + 1))
        np.testing.assert_allclose(list(ticks.values()), np.array(list(ticks)) / max(ticks))
        assert dot.values[n - 1].tolist() == [x[n - 1], y[n - 1]]


def ticks_at(n_steps):
    board = kind(BoardTrack)[1]
    places = [item.wide.text[0] for item in board.items]
    return zip((board.texts[i][1:] for i in board.values[n_steps, :, 0]), places, strict=True)


def test_the_axis_of_rounds_grows_in_jumps_only():
    for n_steps, last in ((0, 5), (22, 5), (23, 10), (43, 20), (83, 50), (203, 100), (400, 100)):
        assert max(int(name) for name, _ in ticks_at(n_steps)) == last, n_steps
    assert ROUNDS_SHOWN[-1] == MOST_STEPS / 4
    layout = four_steps_picture(1.0, moving(), "plain").figure.to_dict()["layout"]
    assert max(states()[-1].errors) < layout["yaxis2"]["range"][1]


def test_round_and_step_are_named_while_it_plays_and_a_sentence_says_each():
    rounds, now = kind(ReadoutTrack)
    assert rounds.values[[0, 1, 4, 5, MOST_STEPS]].tolist() == [1, 1, 1, 2, 100]
    assert [now.names[i] for i in now.values[:6]] == [
        "", "1 Take the input", "2 Predict", "3 Compare", "4 Adjust", "1 Take the input"
    ]  # fmt: skip
    (words,) = kind(WordsTrack)
    assert words.texts[words.values[3]].endswith("itself: 0.7587.")
    assert len(set(words.texts)) > MOST_STEPS / 2


PLANS = pytest.mark.parametrize("plan", [WIDE, TALL], ids=["wide", "tall"])
INSIDE = ("weight.0", "weight.1", "bias")


def edges(box):
    half_width, half_height = box.width / 2, box.height / 2
    return box.x - half_width, box.x + half_width, box.y - half_height, box.y + half_height


def overlap(a, b):
    (left, right, low, high), (left_b, right_b, low_b, high_b) = edges(a), edges(b)
    return left < right_b and left_b < right and low < high_b and low_b < high


@PLANS
def test_nothing_overlaps_but_the_parameters_and_their_frame(plan):
    for (name, a), (other, b) in combinations(plan.boxes.items(), 2):
        framed = "parameters" in (name, other) and {name, other} & set(INSIDE)
        assert overlap(a, b) == bool(framed), (name, other)


@PLANS
def test_everything_stands_on_the_plane_and_the_parameters_in_their_frame(plan):
    for box in plan.boxes.values():
        assert min(edges(box)) >= 0
        assert max(edges(box)) <= 100
    left, right, low, high = edges(plan.boxes["parameters"])
    for name in INSIDE:
        inner = edges(plan.boxes[name])
        assert left < inner[0] < inner[1] < right
        assert low < inner[2] < inner[3] < high


@PLANS
def test_an_arrow_leads_from_edge_to_edge_and_through_nothing(plan):
    for arrow, ((x0, y0), (x1, y1)) in plan.arrows.items():
        assert max(abs(x1 - x0), abs(y1 - y0)) > 2, arrow
        points = [(x0 + t * (x1 - x0) / 20, y0 + t * (y1 - y0) / 20) for t in range(1, 20)]
        for name, box in plan.boxes.items():
            for x, y in points:
                assert not overlap(box, Box(x, y, 0.01, 0.01)), (arrow, name)


@PLANS
def test_arrows_at_the_frame_stand_upright_or_level(plan):
    for arrow in ("parameters>sum", "adjust>parameters"):
        (x0, y0), (x1, y1) = plan.arrows[arrow]
        assert x0 == x1 or y0 == y1


def test_every_function_and_arrow_has_a_place():
    assert set(WIDE.boxes) == set(TALL.boxes)
    assert {name for ends in ARROWS for name in ends} | set(ACTS) == set(WIDE.boxes)
