"""Weights as a file: every bit comes back, and every flaw is told with its place."""

import json
from copy import deepcopy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.data.sample import Sample
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import ENGINEERED, Architecture
from nnviz.training.export.weights_json import (
    LARGEST_WEIGHT,
    fits,
    from_json,
    misfit,
    to_json,
)
from nnviz.training.plan import Plan

RNG = np.random.default_rng(3)
X = RNG.normal(size=(30, 3))


def sample_of(n_classes):
    if not n_classes:
        return Sample(X, X[:, 0], ("a", "b", "c"), (), "price")
    names = tuple("pqrst"[:n_classes])
    return Sample(X, np.arange(30.0) % n_classes, ("a", "b", "c"), names)


def plan_of(n_classes=2, **choices):
    return Plan(sample_of(n_classes), Architecture(**choices))


PLANS = (
    plan_of(),
    plan_of(hidden=()),
    plan_of(inputs=("x3", "sin x1", "x1*x2"), standardise=False, hidden=((8, "relu"),) * 6),
    plan_of(3, output="softmax", loss="cross_entropy"),
    plan_of(2, output="softmax", loss="cross_entropy", hidden=((1, "softplus"),)),
    plan_of(5, output="tanh", loss="squared_error", initialisation="zeros"),
    plan_of(0, output="linear", loss="squared_error"),
    plan_of(0, output="sigmoid", loss="squared_error", standardise=False),
)


@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_every_bit_comes_back(plan):
    parameters = RNG.normal(size=plan.n_parameters) * 10.0 ** RNG.integers(
        -300, 6, plan.n_parameters
    )
    parameters[0], parameters[-1] = LARGEST_WEIGHT, -0.0
    for read in (to_json, lambda *given: b"\xef\xbb\xbf" + to_json(*given).encode()):
        architecture, back = from_json(read(plan, parameters, 17))
        assert architecture == plan.architecture
        assert back.tobytes() == parameters.tobytes()
    assert fits(plan, architecture, back)
    assert fits(plan, architecture)


def test_what_the_file_says():
    plan = plan_of(3, output="softmax", loss="cross_entropy", hidden=((2, "relu"),))
    file = json.loads(to_json(plan, np.arange(15.0), 40))
    assert (file["format"], file["version"], file["step"]) == ("nnviz weights", 1, 40)
    assert file["columns"] == ["a", "b", "c"]
    assert file["classes"] == ["p", "q", "r"]
    train = X[plan.split.train, :2]
    np.testing.assert_allclose(file["standardiser"]["mean"], train.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(file["standardiser"]["scale"], train.std(axis=0), rtol=1e-12)
    first, last = file["layers"]
    assert first == {"activation": "relu", "weights": [[0, 1], [2, 3]], "biases": [4, 5]}
    assert last["weights"] == [[6, 7, 8], [9, 10, 11]]
    assert last["biases"] == [12, 13, 14]


def test_the_standardiser_of_a_regression_holds_the_target_as_well():
    plan = PLANS[6]
    file = json.loads(to_json(plan, plan.start, 0))
    y = plan.sample.y[plan.split.train]
    assert file["target_scale"]["mean"] == pytest.approx(y.mean())
    assert file["target_scale"]["scale"] == pytest.approx(y.std())
    assert json.loads(to_json(PLANS[7], PLANS[7].start, 0))["target_scale"] is None


@pytest.mark.parametrize("value", [np.nan, np.inf, 1.1e6])
def test_what_could_not_be_read_is_not_written(value):
    parameters = np.array(PLANS[0].start)
    parameters[3] = value
    with pytest.raises(ValueError, match="parameters must hold"):
        to_json(PLANS[0], parameters, 0)


GOOD = json.loads(to_json(plan_of(), plan_of().start, 12))


def changed(*place_and_value):
    """Return the good file with one value changed; ... takes it out."""
    *place, name, value = place_and_value
    file = deepcopy(GOOD)
    part = file
    for step in place:
        part = part[step]
    if value is ...:
        del part[name]
    else:
        part[name] = value
    return json.dumps(file)


LAYER = {"activation": "tanh", "weights": [[0.0, 0.0]] * 2, "biases": [0.0, 0.0]}
FLAWS = (
    (changed("version", 2), "version 2, but only version 1"),
    (changed("version", "1"), '"version" must be a whole number .* not "1"'),
    (changed("version", True), "not true"),
    (changed("format", "weights"), '"format" must be nnviz weights, not "weights"'),
    (changed("format", ...), 'has no "format"'),
    (changed("layers", ...), 'The file has no "layers"'),
    (changed("step", -1), '"step" must be a whole number from 0 to 1000000, not −1'),
    (changed("step", 1.5), '"step" must be a whole number'),
    (changed("step", 10**400), '"step" must be .* not inf'),
    (changed("inputs", []), '"inputs" must have 1 to 69 entries, but has 0'),
    (changed("inputs", ["x1", "x1"]), '"inputs" must hold each name once'),
    (changed("inputs", ["x1", "x99"]), 'inputs, number 2" must be x1, x2, .* not "x99"'),
    (changed("inputs", ["x1", 3]), 'inputs, number 2" must be a text in quotes, not 3'),
    (changed("loss", "hinge"), '"loss" must be squared_error, .* or cross_entropy, not "hinge"'),
    (changed("loss", "cross_entropy"), "Layer 3, biases, must have 2 entries, but has 1"),
    (changed("initialisation", "ones"), '"initialisation" must be glorot'),
    (changed("standardise", 1), '"standardise" must be true or false, not 1'),
    (changed("classes", ["a"] * 2), '"classes" must hold each name once'),
    (changed("classes", []), '"classes" must have 2 entries, but has 0'),
    (changed("classes", ["x" * 201, "b"]), "at most 200 letters"),
    (changed("classes", list("abc")), '"classes" must have 2 entries, but has 3'),
    (changed("columns", "ab"), '"columns" must be a list'),
    (changed("target", None), '"target" must be a text in quotes, not null'),
    (changed("standardiser", None), '"standardiser" must be an object'),
    (changed("standardiser", "mean", [0.0]), "Standardiser, mean, must have 2 entries"),
    (changed("standardiser", "scale", 0, 0), "Standardiser, scale, number 1, must be clearly"),
    (changed("target_scale", []), '"target_scale" must be an object, .* not a list'),
    (changed("layers", []), '"layers" must have 1 to 7 layers, but has 0'),
    (changed("layers", [LAYER] * 8), '"layers" must have 1 to 7 layers, but has 8'),
    (changed("layers", 0, []), '"layer 1" must be an object'),
    (changed("layers", 0, "activation", "softmax"), "Layer 1, activation, must be sigmoid, tanh"),
    (changed("layers", 2, "activation", "tanh"), "Layer 3, activation, must be sigmoid, not"),
    (changed("layers", 1, "biases", ...), 'In the file, layer 2 has no "biases"'),
    (changed("layers", 1, "biases", [0] * 9), "Layer 2, biases, must have 1 to 8 entries"),
    (changed("layers", 1, "biases", [0] * 3), "Layer 2, weights, row 1, must have 3 entries"),
    (changed("layers", 0, "weights", [[0] * 4] * 3), "Layer 1, weights, must have 2 rows"),
    (changed("layers", 0, "weights", 1, 3, "0.5"), 'row 2, number 4, must be a number.*"0.5"'),
    (changed("layers", 0, "weights", 0, 0, float("nan")), "number 1, must be a finite .* nan"),
    (changed("layers", 0, "weights", 0, 1, float("-inf")), "number 2, must be a finite .* -inf"),
    (changed("layers", 0, "weights", 0, 1, True), "must be a number, without quotes, not true"),
    (changed("layers", 0, "weights", 0, 0, 10**9), "at most 1,000,000 in size"),
    (changed("layers", 0, "weights", 0, 0, 10**4000), "must be a finite number, not inf"),
    (changed("layers", 0, "weights", 0, 0, 10**290), "at most 1,000,000 in size, not 1 × 10²⁹⁰"),
    (json.dumps(GOOD).replace('"biases": [0.0', '"biases": [1e999', 1), "finite number, not inf"),
    (json.dumps(GOOD).replace('"step"', '"version": 1, "step"'), '"version" twice'),
    ("", "no JSON: something is wrong in line 1"),
    ("{", "no JSON"),
    ("[]", "one JSON object"),
    ("{}", 'has no "format"'),
    ("3", "one JSON object"),
    ('"' + "x" * 10**6 + '"', "larger than 1 MB"),
    (b"\xff\xfe{}", "UTF-8"),
    (b"\x00" * 100, "no JSON"),
    ("[" * 200_000, "too deep"),
    ('{"a":' * 100_000, "too deep"),
)


def test_every_flaw_is_told_in_a_sentence():
    for text, words in FLAWS:
        with pytest.raises(ValueError, match=words) as told:
            from_json(text)
        sentence = str(told.value)
        assert sentence.endswith(".")
        assert len(sentence) < 300
        sentence.encode()


@given(st.text() | st.binary())
@example("\ud800")
@example('{"format": "\\ud800"}')
@example('{"format": "nnviz weights", "version": 1e400}')
@example("-" * 1000)
def test_any_text_gives_weights_or_a_sentence(text):
    with pytest.raises(ValueError, match=r"\.$") as told:
        from_json(text)
    str(told.value).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=5) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=6,
)
PLACES = tuple(
    [(name,) for name in GOOD]
    + [("layers", k) for k in range(3)]
    + [("layers", k, name) for k in range(3) for name in LAYER]
    + [("layers", 0, "weights", 1), ("layers", 1, "weights", 2, 1), ("layers", 2, "biases", 0)]
    + [("standardiser", "mean"), ("standardiser", "scale", 1), ("inputs", 0), ("classes", 1)]
)


@given(st.sampled_from(PLACES), JSON)
def test_any_value_in_any_place_gives_weights_or_a_sentence(place, value):
    try:
        architecture, parameters = from_json(changed(*place, value))
    except ValueError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert isinstance(architecture, Architecture)
        assert np.isfinite(parameters).all()
        sizes = (len(architecture.inputs), *(n for n, _ in architecture.hidden), 1)
        assert len(parameters) == sum((a + 1) * b for a, b in pairwise(sizes))
    assert sentence.endswith(".")
    sentence.encode()


@given(
    st.lists(st.sampled_from(("x1", "x2", "x3", *ENGINEERED)), min_size=1, unique=True),
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from(tuple(ACTIVATIONS))), max_size=6),
    st.booleans(),
    st.data(),
)
def test_any_network_comes_back(inputs, hidden, standardise, data):
    plan = plan_of(inputs=tuple(inputs), hidden=tuple(hidden), standardise=standardise)
    value = st.floats(-1e6, 1e6)
    drawn = data.draw(st.lists(value, min_size=1, max_size=9))
    parameters = np.resize(drawn, plan.n_parameters)
    architecture, back = from_json(to_json(plan, parameters, 0))
    assert architecture == plan.architecture
    assert back.tobytes() == parameters.tobytes()


@pytest.mark.parametrize(
    ("n_classes", "of", "words"),
    [
        (3, PLANS[0], "tell two classes apart, but the rows are of 3 classes"),
        (0, PLANS[0], "but the rows are for a number to be told"),
        (0, PLANS[3], "tell classes apart, but the rows have a number"),
        (5, PLANS[3], "another number of units than these rows need, which is 5"),
        (2, PLANS[5], "which is 1"),
    ],
)
def test_weights_that_do_not_fit_the_rows_are_told(n_classes, of, words):
    plan = Plan(sample_of(n_classes), Architecture(output="sigmoid", loss="squared_error"))
    assert words in misfit(plan, of.architecture, of.start)
    assert not fits(plan, of.architecture, of.start)


def test_weights_of_a_column_that_is_not_there_are_told():
    sample = Sample(X[:, :2], np.arange(30.0) % 2)
    words = misfit(Plan(sample), PLANS[2].architecture, PLANS[2].start)
    assert words == "These weights need the input x3, but the rows have 2 columns."
