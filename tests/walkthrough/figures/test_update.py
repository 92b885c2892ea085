"""What stands on the board at each step, what is lit, and what travels."""

import numpy as np
import pytest

from nnviz.chapters.backpropagation.figure import board_of
from nnviz.nn.activations import ACTIVATIONS
from nnviz.text.digits import digits, in_powers
from nnviz.walkthrough.figures import looks
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.figures.looks import board_items
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.words.workings import several
from tests.walks import random_walk, tutorial_walk


def keys_of(walk):
    return board_items(*graph_plans(walk.start.sizes), {})[0]


def stands(walk, board, index):
    """Return the text of every box at a step, without the letters that say how it is written."""
    texts = [board.texts[i] for i in board.values[index, :, 0]]
    lines = [[piece[1:] for line in t.split("\n") for piece in line.split("\t")] for t in texts]
    return dict(zip(keys_of(walk), lines, strict=True))


def lit(walk, board, index):
    return {
        key: look
        for key, look in zip(keys_of(walk), board.values[index, :, 1].tolist(), strict=True)
        if look != looks.PLAIN
    }


def fits(values, texts):
    """Return whether a text is the number to four digits, or to fewer where it is long."""
    if len(values) > 1:
        return several(values) in texts
    shown = [digits(values[0], n).replace(" × ", "×") for n in (4, 3, 2, 1)]
    kept = [*shown, in_powers(values[0]).replace(" × ", "×")] if len(shown[0]) > 6 else shown[:1]
    return bool({*kept, several(values)} & set(texts))


def test_the_tutorials_board_fills_step_by_step():
    walk = tutorial_walk(1)
    board = board_of(walk.traces[0], walk.steps)
    z = [stands(walk, board, i)["z.0.0"] for i in range(15)]
    assert z[:5] == [
        ["layer_1", "?"], ["layer_1", "2.9 …"], ["layer_1", "1.91 …"], ["layer_1", "1.91"],
        ["layer_1", "1.91"],
    ]  # fmt: skip
    after = walk.traces[0].updated.forward([[2, 1.5]]).pre_activations[0][0, 0]
    assert z[14] == ["layer_1", "1.91 →", digits(after)]
    assert stands(walk, board, 8)["derror_dbias"] == ["derror_dbias", "?"]
    assert stands(walk, board, 9)["derror_dbias"] == ["derror_dbias", "0.1957"]
    assert stands(walk, board, 11)["derror_dweights"] == ["derror_dweights", "[0.3914, 0.2936]"]
    assert stands(walk, board, 13)["weight.0.0.0"] == ["weights_1[0]", "1.45 →", "1.411"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 1), (2, 2, 2, 1)])
def test_what_a_step_computes_stands_in_its_box(sizes, activation):
    walk = random_walk(sizes, activation)
    trace = walk.traces[0]
    board = board_of(trace, walk.steps)
    neuron = len(sizes) == 2
    chips = {
        "derror_dprediction": "derror_dprediction", "dactivation_dpre_activation": "local",
        "dpre_activation_dbias": "by_bias", "derror_dbias": "derror_dbias",
        "dpre_activation_dweights": "by_weights", "derror_dweights": "derror_dweights",
    }  # fmt: skip
    for index, step in enumerate(walk.steps):
        at = f"{step.layer}.{step.unit}"
        values = step_values(trace, step)
        box = {
            "sum": f"z.{at}", "activation": f"a.{at}", "error": "error",
            "derror_dactivation": f"a.{at}", "derror_dpre_activation": f"z.{at}",
            "derror_dbias": f"bias.{at}", "derror_dprediction": f"a.{at}",
        }.get(step.kind)  # fmt: skip
        if neuron and step.kind in chips:
            box = chips[step.kind]
        if box:
            assert fits(values, stands(walk, board, index)[box]), step
        if not neuron and step.kind == "derror_dweights":
            for i, value in enumerate(values):
                key = f"weight.{step.layer}.{i}.{step.unit}"
                assert fits((value,), stands(walk, board, index)[key])


@pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 2, 1), (4, 4, 4, 4, 1)])
def test_every_phase_has_its_look_and_something_is_lit(sizes):
    walk = random_walk(sizes, "tanh")
    board = board_of(walk.traces[0], walk.steps)
    main = {"backward": looks.BACKWARD, "update": looks.UPDATE}
    for index, step in enumerate(walk.steps):
        assert main.get(step.phase, looks.FORWARD) in lit(walk, board, index).values(), step


def test_weights_without_room_are_shown_while_a_step_is_about_them():
    walk = random_walk((4, 4, 1), "tanh")
    board = board_of(walk.traces[0], walk.steps)
    for index, step in enumerate(walk.steps):
        shown = {key for key, text in stands(walk, board, index).items() if text != [""]}
        covered = {key for key in shown if key.startswith("weight.0")}
        about = {f"weight.0.{i}.{step.unit}" for i in range(4)}
        of_a_unit = step.layer == 0 and step.kind not in (
            "take", "contribution", "derror_dactivation", "derror_dpre_activation",
            "dactivation_dpre_activation", "again",
        )  # fmt: skip
        assert covered == (about if of_a_unit else set()), step


def test_numbers_travel_from_what_is_used_to_what_acts():
    walk = tutorial_walk(1)
    board = board_of(walk.traces[0], walk.steps)
    keys = keys_of(walk)

    def flights(index):
        return [(f.text, keys[f.start], keys[f.end]) for f in board.flights[index]]

    assert flights(0) == []
    assert flights(1) == [
        ("2", "input.0", "sum.0.0"), ("1.45", "weight.0.0.0", "sum.0.0"),
    ]  # fmt: skip
    assert flights(4) == [("1.91", "z.0.0", "a.0.0")]
    assert flights(9) == [
        ("1.742", "derror_dprediction", "derror_dbias"), ("0.1123", "local", "derror_dbias"),
        ("1", "by_bias", "derror_dbias"),
    ]  # fmt: skip


def test_no_derivative_stands_beside_a_value_that_came_after_it():
    walk = random_walk((2, 2, 1), "tanh")
    board = board_of(walk.traces[0], walk.steps)
    before, after = (stands(walk, board, index) for index in (-2, -1))
    for key in ("z.0.0", "a.0.1", "z.1.0", "a.1.0"):
        assert len(after[key]) == len(before[key]) - 1
    assert after["act.0.0"] == before["act.0.0"][:1]
    assert after["weight.0.0.0"] == before["weight.0.0.0"]  # its derivative made the update


def test_the_hover_tells_the_number_in_full():
    walk = tutorial_walk(1)
    board = board_of(walk.traces[0], walk.steps)
    index = keys_of(walk).index("derror_dbias")
    full = board.exact[board.values[9, index, 0]]
    assert full == f"derivative {walk.traces[0].layers[0].derror_dbias[0].item()!r}"


def test_the_same_update_is_the_same_board():
    first, again = (board_of(tutorial_walk(1, 0).traces[1], tutorial_walk(1).steps) for _ in "ab")
    np.testing.assert_array_equal(first.values, again.values)
    assert first.texts == again.texts
    assert first.cards == again.cards


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_travels_back_is_what_is_multiplied(activation):
    """Along a path weights travel, not what the error does with them; into act values do."""
    walk = random_walk((2, 3, 2, 1), activation)
    trace = walk.traces[0]
    board, keys = board_of(trace, walk.steps), keys_of(walk)
    seen = set()
    for step, group in zip(walk.steps, board.flights, strict=True):
        layer = trace.layers[step.layer]
        for flight in group:
            kind, *place = keys[flight.start].split(".")
            at = [int(n) for n in place]
            if step.kind in ("contribution", "derror_dactivation"):
                of = trace.layers[at[0]]
                number = (
                    of.weights[at[1], at[2]]
                    if kind == "weight"
                    else of.derror_dpre_activations[at[1]]
                )
            elif step.kind == "dactivation_dpre_activation":
                number = {"z": layer.pre_activations, "a": layer.activations}[kind][step.unit]
            elif step.kind == "derror_dpre_activation":
                number = {
                    "a": layer.derror_dactivations, "act": layer.dactivations_dpre_activations,
                }[kind][step.unit]  # fmt: skip
            elif step.kind == "derror_dweights" and kind == "z":
                number = layer.derror_dpre_activations[step.unit]
            elif step.kind == "derror_dweights":
                number = layer.inputs[at[-1]]
            else:
                continue
            # A hexagon has room for a digit less.
            right = fits((float(number),), [flight.text]) or (
                kind == "act" and flight.text == digits(number, 3)
            )
            assert right, (step, flight)
            seen.add((step.kind, kind))
    assert len(seen) == 11
