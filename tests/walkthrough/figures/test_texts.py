"""What stands in the boxes: nothing before it is computed, the trace's digits after."""

import re
from dataclasses import replace

import pytest

from nnviz.text.digits import digits
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.figures.plan import tightest
from nnviz.walkthrough.figures.texts import BoardTexts
from nnviz.walkthrough.figures.tracks import NAME, SLOPE, VALUE
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.walk import RowUpdate, walk_updates
from tests.walks import random_walk, tutorial_walk


def texts_of(walk, update=0):
    return BoardTexts(walk.traces[update], graph_plans(walk.start.sizes)[0])


def value(board, key):
    """Return the number in a box, without the sign of more to come."""
    return re.search(rf"\{VALUE}([^\n]*)", board.texts[key])[1]


def slope(board, key):
    found = re.search(rf"{SLOPE}([^\n]*)$", board.texts[key])
    return found and found[1]


def shown(number, significant):
    """Return all that may stand for a number: fewer digits where it is long."""
    texts = [digits(number, n).replace(" × ", "×") for n in range(significant, 0, -1)]
    return texts if len(texts[0]) > 6 else texts[:1]


@pytest.mark.parametrize("sizes", [(1, 1), (4, 1), (2, 2, 1), (4, 4, 4, 4, 1)])
def test_before_the_first_step_only_parameters_are_known(sizes):
    walk = random_walk(sizes, "tanh")
    board = texts_of(walk)
    digit_room = board.plan.digits
    for key, text in board.texts.items():
        kind, *place = key.split(".")
        if kind in ("sum", "act", "loss", "unit"):
            assert VALUE not in text
        elif kind == "weight":
            layer, i, unit = map(int, place)
            weight = walk.traces[0].layers[layer].weights[i, unit]
            assert value(board, key) in shown(weight, digit_room)
            assert board.exact[key] == f"now {float(weight)!r}"
        elif kind == "bias":
            layer, unit = map(int, place)
            assert value(board, key) in shown(walk.traces[0].layers[layer].bias[unit], digit_room)
        else:
            assert text.endswith("?"), key
            assert board.exact[key] == ""
    assert set(board.texts) == set(board.plan.boxes)


@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_a_sum_that_goes_on_says_so(sizes):
    walk = random_walk(sizes, "tanh", every_term=True)
    board = texts_of(walk)
    for step in walk.steps:
        board.after(step)
        z = f"z.{step.layer}.{step.unit}"
        if step.kind == "term":
            so_far = value(board, z)
            assert so_far.endswith(" …")
            assert so_far[:-2] in shown(step_values(board.trace, step)[1], board.plan.digits)
        elif step.kind == "bias":
            assert value(board, z) in shown(step_values(board.trace, step)[0], board.plan.digits)


@pytest.mark.parametrize("sizes", [(2, 2, 2, 1), (3, 3, 4, 1)])
def test_contributions_add_up_in_the_box(sizes):
    walk = random_walk(sizes, "tanh")
    board = texts_of(walk)
    trace, seen = board.trace, 0
    for step in walk.steps:
        board.after(step)
        key = f"a.{step.layer}.{step.unit}"
        if step.kind == "contribution":
            following = trace.layers[step.layer + 1]
            paths = following.derror_dpre_activations * following.weights[step.unit]
            so_far = slope(board, key)
            assert so_far.endswith(" …")
            assert so_far[:-2] in shown(paths[: step.source + 1].sum(), board.plan.digits)
            seen += 1
        elif step.kind == "derror_dactivation":
            total = trace.layers[step.layer].derror_dactivations[step.unit]
            assert slope(board, key) in shown(total, board.plan.digits)
    assert seen


@pytest.mark.parametrize("sizes", [(2, 2, 1), (3, 4, 2, 1)])
def test_an_update_is_seen_and_then_the_row_goes_through_again(sizes):
    walk = random_walk(sizes, "tanh")
    board = texts_of(walk)
    trace = walk.traces[0]
    for step in walk.steps:
        before = dict(board.texts)
        board.after(step)
        if step.kind in ("update_bias", "update_weights"):
            at = f"{step.layer}.{step.unit}"
            kind = {"update_bias": "bias", "update_weights": "weight"}[step.kind]
            changed = {key for key in before if before[key] != board.texts[key]}
            assert all(key.startswith(f"{kind}.{step.layer}.") for key in changed)
            assert all(key.endswith(f".{step.unit}") for key in changed)
            if kind == "bias":
                old = float(trace.layers[step.layer].bias[step.unit])
                new = float(trace.updated.layers[step.layer].bias[step.unit])
                assert value(board, f"bias.{at}") in shown(new, board.plan.digits)
                assert board.exact[f"bias.{at}"].startswith(f"now {old!r} → {new!r}\n")
    forward = trace.updated.forward(trace.input_vector[None])
    for layer, z in enumerate(forward.pre_activations):
        for unit, number in enumerate(z[0]):
            a = forward.activations[layer + 1][0, unit]
            assert value(board, f"z.{layer}.{unit}") in shown(number, board.plan.digits)
            assert value(board, f"a.{layer}.{unit}") in shown(a, board.plan.digits)
    assert value(board, "error") in shown(trace.error_after, board.plan.digits)


def test_a_unit_alone_has_room_for_the_tutorials_names_and_for_old_and_new():
    walk = tutorial_walk(1)
    board = texts_of(walk)
    for step in walk.steps:
        board.after(step)
    assert board.texts["bias.0.0"] == f"{NAME}bias\n{VALUE}0 →\n{VALUE}−0.01957"
    assert board.texts["weight.0.1.0"].startswith(f"{NAME}weights_1[1]\n{VALUE}−0.66 →\n{VALUE}−")
    assert board.texts["derror_dweights"] == f"{NAME}derror_dweights\n{SLOPE}[0.3914, 0.2936]"


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 2, 2, 1), (3, 4, 1), (4, 4, 4, 4, 1)])
@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_numbers_have_room_in_their_boxes_on_both_layouts(sizes, activation):
    start = random_walk(sizes, activation, seed=5).start
    start = replace(start, parameters=tuple(p / 50 for p in start.parameters))  # long numbers
    walk = walk_updates(start, [RowUpdate(0, 0.1), RowUpdate(1, 0.1)], every_term=True)
    plans = graph_plans(sizes)
    board = BoardTexts(walk.traces[1], tightest(*plans))
    for step in walk.steps:
        board.after(step)
        for key, text in board.texts.items():
            if key.startswith(("loss", "unit", "sum")) or not (written := numbers_of(text)):
                continue
            size = max(letters(number) + 1.5 * (len(name) == 1) for name, number in written)
            allowed = 8 if key.startswith("act") else 2  # a hexagon's numbers may reach its edges
            for plan in plans:
                room = plan.boxes[key].width + allowed
                assert 0.6 * plan.size * size <= room, (key, text)


def numbers_of(text):
    """Return the numbers in a box, each with the name that stands beside it, if one does."""
    found = []
    for line in text.split("\n"):
        *name, number = line.split("\t")
        if number[0] in (VALUE, SLOPE):
            found.append((name[0][1:] if name else "", number[1:].removesuffix(" …")))
    return found


def letters(number):
    """Return how many digits' room a number takes."""
    return len(number) - 0.5 * ("." in number)
