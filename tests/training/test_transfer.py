"""What a network keeps when its plan is changed: what is added has no say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import ENGINEERED, Architecture
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.transfer import same_parameters, transferred

POINTS = generator(0, "points").uniform(-6, 6, (40, 2))
SAMPLES = {
    "two classes": (toys.make("circle", 60, 0.2, 1), "binary_cross_entropy", "sigmoid"),
    "three classes": (toys.make("blobs", 60, 0.5, 2), "cross_entropy", "softmax"),
    "tanh output": (toys.make("blobs", 60, 0.5, 2), "squared_error", "tanh"),
    "regression": (toys.make("plane", 60, 0.3, 3), "squared_error", "linear"),
}
# A target far away from 0, and columns on very different scales.
FAR = Sample(
    np.column_stack([1e3 + 20 * POINTS[:, 0], 1e-3 * POINTS[:, 1]]),
    5e4 + 900 * POINTS[:, 0],
    classes=(),
    target="rent",
)
SAMPLES["far away"] = (FAR, "squared_error", "linear")
ACTIVATIONS = ["tanh", "relu", "softplus", "sigmoid", "leaky_relu", "linear"]


def plan(name="two classes", inputs=("x1", "x2"), standardise=False, hidden=(), **choices):
    sample, loss, output = SAMPLES[name]
    architecture = Architecture(inputs, standardise, hidden, output, loss, "normal")
    return Plan(sample, architecture, **choices)


def altered(old, **choices):
    """Return a plan with another architecture."""
    return replace(old, architecture=replace(old.architecture, **choices))


def drawn(chosen, seed=0):
    """Return parameters, the biases not 0 either."""
    return generator(seed, "drawn").normal(size=chosen.n_parameters)


def told(chosen, parameters, points=POINTS):
    """Return the answers, those of a regression in the unit of its target."""
    given = chosen.inputs(points)
    answers = evaluation.outputs(chosen, parameters[np.newaxis], given)[0]
    return answers if chosen.sample.classes else evaluation.predicted_values(chosen, answers)


def same_answers(old, new, seed=0):
    points = POINTS if old.sample is not FAR else FAR.X
    parameters = drawn(old, seed)
    before, after = (
        told(old, parameters, points),
        told(new, transferred(old, parameters, new), points),
    )
    # Targets far from 0 are taken off and added again, and lose as many digits.
    size = max(1.0, np.abs(before).max(), np.abs(old.sample.y).max())
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-12 * size)


layers = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(ACTIVATIONS)), max_size=3).map(tuple)
inputs = st.lists(st.sampled_from(["x1", "x2", *ENGINEERED]), min_size=1, max_size=7, unique=True)


@given(st.sampled_from(sorted(SAMPLES)), inputs.map(tuple), layers, st.booleans(), st.data())
@settings(max_examples=200)
def test_what_is_added_has_no_say(name, first, hidden, standardise, data):
    """Inputs, units, and standardising switched over, all in one change."""
    old = plan(name, first, standardise, hidden)
    more = tuple(n for n in data.draw(inputs) if n not in first)
    names = data.draw(st.permutations([*first, *more]).map(tuple))
    grown = tuple((min(8, n + data.draw(st.integers(0, 3))), kind) for n, kind in hidden)
    changed = data.draw(st.booleans())
    new = altered(old, inputs=names, hidden=grown, standardise=standardise ^ changed)
    same_answers(old, new, data.draw(st.integers(0, 99)))


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),), ((2, "relu"), (4, "sigmoid"))], ids=str)
@pytest.mark.parametrize("names", [("x2", "x1"), ("x1", "x1^2", "sin x2", "x1*x2")], ids=str)
def test_standardising_there_and_back(name, hidden, names):
    old = plan(name, names, True, hidden)
    other = altered(old, standardise=False)
    same_answers(old, other)
    same_answers(other, old)
    parameters = drawn(old)
    back = transferred(other, transferred(old, parameters, other), old)
    size = 1e-9 if name == "far away" else 1e-12  # of a million, taken off and added again
    np.testing.assert_allclose(back, parameters, rtol=0, atol=size * np.abs(parameters).max())


def test_a_hand_worked_change_of_inputs_and_units():
    old = plan(inputs=("x1", "x2"), hidden=((2, "tanh"),))
    #               w(x1): 1 2, w(x2): 3 4, biases 5 6; then 7 8 and 9
    parameters = np.arange(1.0, 10.0)
    new = altered(old, inputs=("x2", "x1^2", "x1"), hidden=((3, "tanh"),))
    start = new.start
    expected = [3, 4, start[2], 0, 0, start[5], 1, 2, start[8], 5, 6, 0.0, 7, 8, 0, 9]
    np.testing.assert_array_equal(transferred(old, parameters, new), expected)
    assert np.abs(start[[2, 5, 8]]).min() > 0


def test_what_is_removed_is_gone_and_the_rest_stays():
    old = plan(inputs=("x1", "x2", "x1*x2"), hidden=((3, "tanh"), (2, "relu")))
    parameters = np.arange(1.0, old.n_parameters + 1)
    new = altered(old, inputs=("x2",), hidden=((2, "tanh"), (1, "relu")))
    #           x2: 4 5; biases 10 11; from units 1 and 2 to unit 1: 13 15; bias 19; then 21 and 23
    np.testing.assert_array_equal(
        transferred(old, parameters, new), [4, 5, 10, 11, 13, 15, 19, 21, 23]
    )


def test_a_unit_that_is_added_can_learn():
    """Weights in front of it are drawn, so that it is not equal to another one; 0 behind it."""
    old = plan(hidden=((2, "tanh"), (2, "tanh")))
    new = altered(old, hidden=((4, "tanh"), (3, "tanh")))
    (first, _), (second, _), (last, _) = new.layers(transferred(old, drawn(old), new)[np.newaxis])
    fresh = new.layers(new.start[np.newaxis])
    np.testing.assert_array_equal(first[0][:, 2:], fresh[0][0][0][:, 2:])
    np.testing.assert_array_equal(second[0][:, 2:], fresh[1][0][0][:, 2:])
    assert not second[0][2:, :2].any()
    assert not last[0][2:].any()
    assert second[0][:, 2].all()


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        # Layers that stay where they are; the output's is one of them only if all do.
        (1, 2, [True, False, False]),
        (2, 1, [True, False]),
        (3, 1, [True, False]),
        (0, 1, [False, False]),
        (2, 0, [False]),
        (2, 2, [True, True, True]),
        (0, 0, [True]),
    ],
)
def test_layers_keep_their_place_counted_from_the_input(before, after, kept):
    old = plan(hidden=((3, "tanh"),) * before)
    new = altered(old, hidden=((3, "tanh"),) * after)
    parameters = drawn(old)
    found = new.layers(transferred(old, parameters, new)[np.newaxis])
    there = old.layers(parameters[np.newaxis])
    fresh = new.layers(new.start[np.newaxis])
    assert len(found) == len(kept)
    for index, is_kept in enumerate(kept):
        expected = there[index] if is_kept else fresh[index]
        for values, wanted in zip(found[index], expected, strict=True):
            np.testing.assert_array_equal(values, wanted)


def test_an_activation_a_recipe_or_a_loss_changes_no_parameter():
    old = plan("tanh output", hidden=((3, "tanh"),))
    for new in (
        altered(old, hidden=((3, "relu"),)),
        altered(old, loss="cross_entropy", output="softmax"),
        replace(old, test_fraction=0.1),
        replace(old, seed=4),
    ):
        np.testing.assert_array_equal(transferred(old, drawn(old), new), drawn(old))
        assert same_parameters(old, new)


def test_more_classes_keep_the_outputs_that_were_there():
    old = plan("three classes", hidden=((2, "tanh"),))
    new = replace(old, sample=toys.make("blobs", 60, 0.5, 2, n_classes=5))
    parameters = np.arange(1.0, old.n_parameters + 1)
    weights, bias = new.layers(transferred(old, parameters, new)[np.newaxis])[1]
    np.testing.assert_array_equal(weights[0][:, :3], [[7, 8, 9], [10, 11, 12]])
    np.testing.assert_array_equal(bias[0], [13, 14, 15, 0, 0])


def test_parameters_that_stand_for_something_else_are_told_apart():
    old = plan(inputs=("x1", "x2"), hidden=((3, "tanh"),))
    for change in (
        {"inputs": ("x2", "x1")},
        {"inputs": ("x1", "x1^2")},
        {"standardise": True},
        {"hidden": ((4, "tanh"),)},
        {"hidden": ((3, "tanh"), (3, "tanh"))},
    ):
        assert not same_parameters(old, altered(old, **change)), change
    assert same_parameters(old, old)


def test_nothing_that_is_given_is_changed():
    old = plan(hidden=((2, "tanh"),))
    new = altered(old, standardise=True, hidden=((3, "tanh"),))
    parameters = drawn(old)
    again = parameters.copy()
    found = transferred(old, parameters, new)
    np.testing.assert_array_equal(parameters, again)
    found[:] = 0.0
    assert new.start.any()
