"""The workings of each step: their arithmetic comes out, in numbers and in names."""

import re
import struct
from functools import cache

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.walkthrough.steps import PHASE_OF, Step, update_steps
from nnviz.walkthrough.values import ValueNames, path_contribution, step_values, sum_of_terms
from nnviz.walkthrough.words import workings
from nnviz.walkthrough.words.workings import working
from tests.nn import tables
from tests.random_networks import random_network, random_rows
from tests.reading import NUMBER, read


class Row(list):
    """Several numbers that are computed with one by one."""

    def __sub__(self, other):
        return Row(a - b for a, b in zip(self, other, strict=True))

    def __rmul__(self, factor):
        return Row(factor * each for each in self)


NAMESPACE = {"Row": Row, "max": max, **tables.FUNCTIONS}
NAMES = "|".join(["max", *tables.FUNCTIONS])
READABLE = re.compile(rf"(?:{NUMBER}|{NAMES}|[ ()\[\],·−²/+])*")


def evaluated(text, number):
    """Work a formula out in which only numbers are left."""
    assert READABLE.fullmatch(text), text
    text = re.sub(NUMBER, lambda match: number(match[0]), text)
    text = text.replace("·", "*").replace("−", "-").replace("²", "**2")
    text = text.replace("[", "Row([").replace("]", "])")
    found = eval(text, dict(NAMESPACE))
    return found if isinstance(found, list) else [found]


def sides_in(numbers):
    """Return what stands on the sides of the equals signs, without what explains a case."""
    return [] if not numbers else re.sub(r", as .*", "", numbers).split(" = ")


@cache
def traced(loss, activation, n_hidden, seed, rate=0.1):
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (1 + (seed + n_hidden) % 4, *((4, 3, 2), (1, 2, 3))[seed % 2][:n_hidden], 1)
    network = random_network(sizes, [activation] * n_hidden + [output], seed)
    X, y = random_rows(network, seed, n_samples=1)
    return trace_update(network, X[0], y[0], loss=loss, learning_rate=rate)


def every_step(trace):
    both = [update_steps(trace.network, every_term=every_term) for every_term in (True, False)]
    return list(dict.fromkeys(step for steps in both for step in steps))


def told(trace, step):
    """Return what a step computes without what it carries along."""
    values = step_values(trace, step)
    return values[1:] if step.kind in ("term", "again") else values


def each_case(check):
    """Turn the check of one trace into a test of each loss, activation and depth."""

    @pytest.mark.parametrize("activation", ACTIVATIONS)
    @pytest.mark.parametrize("loss", ELEMENTWISE)
    def test(loss, activation, monkeypatch):
        if check.__name__.startswith("test_with_all_digits"):
            monkeypatch.setattr(workings, "digits", lambda value, significant=4: digits(value, 17))
        for n_hidden in range(4):
            check(traced(loss, activation, n_hidden, seed=n_hidden))

    return test


@each_case
def test_what_is_printed_gives_the_result_as_it_is_printed(trace):
    for step in every_step(trace):
        shown = working(trace, step)
        if shown.numbers.startswith("prediction"):
            continue
        for side in sides_in(shown.numbers):
            found = evaluated(side, lambda text: f"({float(read(text))!r})")
            goals = [digits(value) for value in told(trace, step)]
            # In the middle between two numbers one person rounds up and another down.
            for by in (1 - 1e-9, 1 + 1e-9):
                assert [digits(float(each) * by) for each in found] == goals, shown


@each_case
def test_with_all_digits_it_is_the_result(trace):
    for step in every_step(trace):
        shown = working(trace, step)
        if shown.numbers.startswith("prediction"):
            continue
        for side in sides_in(shown.numbers):
            found = evaluated(side, lambda text: f"({float(read(text))!r})")
            np.testing.assert_allclose(
                [float(each) for each in found], told(trace, step), rtol=1e-9, atol=1e-13
            )


def values_by_name(trace, step):
    """Return every value that a formula may name, read from the trace."""
    names = ValueNames.of(trace)
    found = {
        "target": trace.target[0],
        "learning_rate": trace.learning_rate,
        names.gradient("prediction"): trace.derror_dprediction[0],
        names.inputs(): trace.input_vector,
        names.by_weights(0, 0): trace.input_vector,
        names.by_bias(0, 0): 1.0,
    }
    for i, layer in enumerate(trace.layers):
        for k, x in enumerate(layer.inputs):
            found[names.source(i, k)] = x
        for j in range(len(layer.bias)):
            a, z, b = (of(i, j) for of in (names.activation, names.pre_activation, names.bias))
            found |= {
                a: layer.activations[j],
                z: layer.pre_activations[j],
                b: layer.bias[j],
                names.weights(i, j): layer.weights[:, j],
                names.local(i, j): layer.dactivations_dpre_activations[j],
                names.gradient(a): layer.derror_dactivations[j],
                names.gradient(z): layer.derror_dpre_activations[j],
                names.gradient(b): layer.derror_dbias[j],
                names.gradient(names.weights(i, j)): layer.derror_dweights[:, j],
            }
            for k, w in enumerate(layer.weights[:, j]):
                found[names.weight(i, k, j)] = w
    if step.kind == "again":
        found["prediction"] = trace.prediction_after[0]
    if step.kind in ("term", "bias"):
        n_terms = step.source if step.kind == "term" else len(trace.layers[step.layer].inputs)
        found["so far"] = sum_of_terms(trace, step, n_terms)
    return found


@each_case
def test_the_formula_in_names_is_the_result_too(trace):
    functions = {name: kind.value for name, kind in ACTIVATIONS.items()}
    for step in every_step(trace):
        shown = working(trace, step)
        formula = shown.formula.replace("the product of both, which is ", "")
        formula = formula.replace("·", "*").replace("−", "-").replace("²", "**2")
        if not formula or formula.startswith("the same"):
            assert step.kind in ("take", "dpre_activation_dbias", "again")
            continue
        values = values_by_name(trace, step)
        names = sorted(values, key=len, reverse=True)
        pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
        text = re.sub(pattern, lambda match, names=names: f"v{names.index(match[0])}", formula)
        text = text.replace("[", "array([").replace("]", "])")
        namespace = {f"v{i}": values[name] for i, name in enumerate(names)}
        found = eval(text, {**namespace, **functions, **tables.FUNCTIONS, "array": np.array})
        np.testing.assert_allclose(
            np.atleast_1d(found), told(trace, step), rtol=1e-9, atol=1e-13, err_msg=shown.formula
        )


@each_case
def test_results_are_the_values_to_four_digits_and_in_full(trace):
    for step in every_step(trace):
        shown, values = working(trace, step), told(trace, step)
        texts = [digits(value) for value in values]
        assert shown.result == (texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]")
        parsed = [float(text) for text in shown.exact.strip("[]").split(", ")]
        assert struct.pack(f"{len(parsed)}d", *parsed) == struct.pack(f"{len(values)}d", *values)
        assert shown.exact.startswith("[") == (len(values) > 1)


@each_case
def test_a_negative_number_in_the_middle_stands_in_parentheses(trace):
    for step in every_step(trace):
        assert not re.search(r"[·+−/] −", working(trace, step).numbers), working(trace, step)


def test_the_name_is_that_of_the_value():
    trace = traced("squared_error", "tanh", 2, 0)
    for step in every_step(trace):
        name = working(trace, step).name
        names = values_by_name(trace, step)
        plain = re.sub(r"^new |, first term$| so far$| along the path through .*$", "", name)
        if "error" in (name, name.split()[0]):
            assert step.kind in ("error", "again")
        elif plain == name:
            np.testing.assert_array_equal(np.atleast_1d(names[name]), told(trace, step))
        else:
            assert plain in names
        if step.kind == "contribution":
            path = path_contribution(trace, step.layer, step.unit, step.source)
            assert name.endswith(f" through a{step.layer + 2}[{step.source}]")
            assert told(trace, step) == (path,)


TUTORIAL = [
    ("input_vector", "", "", "[2, 1.5]"),
    ("layer_1, first term", "input_vector[0] · weights_1[0]", "2 · 1.45", "2.9"),
    (
        "layer_1 so far",
        "so far + input_vector[1] · weights_1[1]",
        "2.9 + 1.5 · (−0.66) = 2.9 + (−0.99)",
        "1.91",
    ),
    ("layer_1", "so far + bias", "1.91 + 0", "1.91"),
    ("prediction", "sigmoid(layer_1)", "1 / (1 + exp(−1.91))", "0.871"),
    ("error", "(prediction − target)²", "(0.87102 − 0)²", "0.7587"),
    ("derror_dprediction", "2 · (prediction − target)", "2 · (0.871 − 0)", "1.742"),
    ("dprediction_dlayer1", "prediction · (1 − prediction)", "0.87102 · (1 − 0.87102)", "0.1123"),
    ("dlayer1_dbias", "", "", "1"),
    (
        "derror_dbias",
        "derror_dprediction · dprediction_dlayer1 · dlayer1_dbias",
        "1.742 · 0.11234 · 1",
        "0.1957",
    ),
    ("dlayer1_dweights", "input_vector", "", "[2, 1.5]"),
    (
        "derror_dweights",
        "derror_dprediction · dprediction_dlayer1 · dlayer1_dweights",
        "1.74204 · 0.112345 · [2, 1.5]",
        "[0.3914, 0.2936]",
    ),
    ("new bias", "bias − learning_rate · derror_dbias", "0 − 1 · 0.1957", "−0.1957"),
    (
        "new weights_1",
        "weights_1 − learning_rate · derror_dweights",
        "[1.45, −0.66] − 1 · [0.3914, 0.2936]",
        "[1.059, −0.9536]",
    ),
    ("error after the update", "(prediction − target)²", "(0.6204 − 0)²", "0.3849"),
]


def test_the_tutorials_neuron():
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    trace = trace_update(network, [2, 1.5], 0, learning_rate=1)
    shown = [working(trace, step) for step in update_steps(network, every_term=True)]
    assert [(each.name, each.formula, each.numbers, each.result) for each in shown] == TUTORIAL
    whole = working(trace, Step("sum"))
    assert whole.formula == "input_vector[0] · weights_1[0] + input_vector[1] · weights_1[1] + bias"
    assert whole.numbers == "2 · 1.45 + 1.5 · (−0.66) + 0"


def test_the_tutorials_neuron_with_cross_entropy():
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    trace = trace_update(network, [2, 1.5], 0, loss="binary_cross_entropy", learning_rate=1)
    assert working(trace, Step("derror_dbias")).numbers == "0.871 · 1"
    assert working(trace, Step("derror_dweights")).numbers == "0.87102 · [2, 1.5]"
    after = working(trace, Step("again"))
    assert after.formula == "the same formula with the new prediction"
    prediction, target = re.fullmatch(
        rf"prediction ({NUMBER}), target ({NUMBER})", after.numbers
    ).groups()
    assert (prediction, target) == (digits(trace.prediction_after[0]), "0")
    assert after.result == digits(trace.error_after)


def test_a_saturated_output_is_worked_out_without_the_factors_that_cancel():
    # The two factors are huge and tiny: as numbers of four digits their product would be lost.
    network = Network((Layer([[1.0]], [0.0], "linear"), Layer([[-30.0]], [0.0], "sigmoid")))
    trace = trace_update(network, [1.0], 1, loss="binary_cross_entropy")
    shown = working(trace, Step("derror_dpre_activation", 1))
    assert shown.formula == "the product of both, which is prediction − target"
    assert (shown.numbers, shown.result) == ("9.358 × 10⁻¹⁴ − 1", "−1")
    # Nothing cancels with another loss, and not in the layers before.
    squared = working(trace_update(network, [1.0], 1), Step("derror_dpre_activation", 1))
    before = working(trace, Step("derror_dpre_activation", 0))
    assert squared.formula == "derror_dprediction · dprediction_dz2[0]"
    assert before.formula == "derror_da1[0] · da1[0]_dz1[0]"


@pytest.mark.parametrize(
    ("activation", "z", "numbers"),
    [
        ("relu", 2.0, "1, as layer_1 = 2 is above 0"),
        ("relu", -2.0, "0, as layer_1 = −2 is not above 0"),
        ("relu", 0.0, "0, as layer_1 = 0 is not above 0"),
        ("leaky_relu", 2.0, "1, as layer_1 = 2 is above 0"),
        ("leaky_relu", 0.0, "0.01, as layer_1 = 0 is not above 0"),
        ("linear", 2.0, ""),
        ("softplus", -2.0, "1 / (1 + exp(2))"),
        ("tanh", 0.0, "1 − 0²"),
    ],
)
def test_slopes_by_cases(activation, z, numbers):
    trace = trace_update(Network((Layer([[z]], [0.0], activation),)), [1.0], 0.5)
    assert working(trace, Step("dactivation_dpre_activation")).numbers == numbers


@pytest.mark.parametrize(
    ("z", "numbers"), [(2.0, "2, as it is above 0"), (0.0, "0.01 · 0"), (-2.0, "0.01 · (−2)")]
)
def test_leaky_relu_by_cases(z, numbers):
    trace = trace_update(Network((Layer([[z]], [0.0], "leaky_relu"),)), [1.0], 0.5)
    assert working(trace, Step("activation")).numbers == numbers


def test_every_kind_of_step_has_a_working():
    traces = [traced("squared_error", "tanh", n_hidden, 0) for n_hidden in (0, 2)]
    assert {step.kind for trace in traces for step in every_step(trace)} == set(PHASE_OF)
    for trace in traces:
        for step in every_step(trace):
            shown = working(trace, step)
            texts = {**vars(shown)}
            assert texts.pop("values") == (step_values(trace, step)[-len(shown.values) :])
            assert all(isinstance(text, str) for text in texts.values())
            assert shown.name
            assert shown.result
            assert "-" not in shown.formula + shown.numbers + shown.result


def test_what_leaves_float64_is_told_in_words_and_without_a_warning():
    linear = Network((Layer([[1e60, 1e60]] * 2, [0.0, 0.0], "linear"),
                      Layer([[1e20]] * 2, [0.0], "linear")))  # fmt: skip
    saturated = Network((Layer([[1.7e208]] * 2, [0.0], "sigmoid"),))
    for trace in (
        trace_update(linear, [1e75, 1e75], 0),
        trace_update(saturated, [1e100, 1e100], 1),
        trace_update(saturated, [-1e100, -1e100], 1),
    ):
        for step in every_step(trace):
            values = told(trace, step)
            parsed = [float(text) for text in working(trace, step).exact.strip("[]").split(", ")]
            assert parsed == pytest.approx(values, rel=0, nan_ok=True)
    assert working(trace_update(linear, [1e75, 1e75], 0), Step("error", 1)).result == "infinity"
    bias = working(trace_update(saturated, [-1e100, -1e100], 1), Step("bias"))
    assert (bias.numbers, bias.result) == ("(−infinity) + 0", "−infinity")
