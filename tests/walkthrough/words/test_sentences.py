"""The sentences of each step."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.finite_differences import check_derivative
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import UpdateEffect, update_effect
from nnviz.walkthrough.values import ValueNames, step_values
from nnviz.walkthrough.walk import RowUpdate, WalkStart, walk_updates
from nnviz.walkthrough.words.meanings import value_meanings
from nnviz.walkthrough.words.sentences import step_sentence
from nnviz.walkthrough.words.workings import check_sentence, working
from tests.reading import NUMBER, read
from tests.walks import random_walk, tutorial_walk


def told(walk, position):
    place = walk.place(position)
    trace = walk.traces[place.update]
    effect = update_effect(trace, walk.start.X, walk.start.y)
    return trace, place.step, step_sentence(trace, place.step, walk.taken[place.update].row, effect)


def test_the_tutorials_update_word_for_word():
    walk = tutorial_walk(1)
    said = [told(walk, i)[2] for i in range(15)]
    assert said[1] == "The weighted sum begins: 2 times its weight 1.45 makes 2.9."
    assert said[2] == (
        "The next number: 1.5 times its weight −0.66 makes −0.99. The sum so far is 1.91."
    )
    assert said[4] == "The sigmoid squeezes 1.91 between 0 and 1: the prediction is 0.871."
    assert said[9] == (
        "Multiply the three along the path. If the bias rises a little, the error rises 0.1957 "
        "times as much."
    )
    assert said[12] == (
        "The update goes against the slope, by the learning rate times the slope: 0.1 times "
        "0.1957. The bias falls from 0 to −0.01957."
    )
    assert said[14] == (
        "The same row again: its error falls from 0.7587 to 0.7297. But nobody asked the others: "
        "the error of row 1 rises."
    )


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_rising_is_rising_and_the_numbers_are_the_traces(sizes, activation, loss):
    for every_term in (True, False):
        walk = random_walk(sizes, activation, loss, every_term=every_term)
        for position in range(walk.last + 1):
            trace, step, text = told(walk, position)
            slopes = re.findall(r"(?:rises?|falls?) ([\d.]+(?: × 10\S+)?) times as much", text)
            values = step_values(trace, step)
            if len(values) == 1 and slopes:
                assert slopes == [digits(abs(values[0]))]
                assert ("falls " + slopes[0] in text) is (values[0] < 0)
            if step.kind in ("activation", "error", "sum", "bias"):
                assert digits(values[0]) in text


def test_paths_are_counted_and_added():
    walk = random_walk((2, 2, 2, 1), "tanh")
    said = [told(walk, i)[2] for i in range(len(walk.steps))]
    assert sum("along two paths" in text for text in said) == 4
    assert sum(text.startswith("Add over both paths.") for text in said) == 2
    wide = random_walk((2, 1, 3, 1), "tanh")
    said = [told(wide, i)[2] for i in range(len(wide.steps))]
    assert sum("along three paths" in text for text in said) == 3
    assert sum(text.startswith("Add over all 3 paths.") for text in said) == 1


def test_the_ledger_is_told():
    walk = tutorial_walk(1)
    trace, step = walk.traces[0], walk.steps[-1]

    def after(before, later):
        return step_sentence(trace, step, 1, UpdateEffect(np.array(before), np.array(later)))

    assert after([0.2, 0.7], [0.1, 0.6]).endswith("No other row got worse.")
    assert after([0.7, 0.2, 0.1], [0.8, 0.1, 0.3]).endswith("the error of rows 1 and 3 rise.")
    assert after([0.1, 0.7], [0.1, 0.6]).endswith("from 0.7587 to 0.7297.")
    assert after([0.2, 0.7, 0.1], [0.1, 0.6, np.nan]).endswith("from 0.7587 to 0.7297.")


@pytest.mark.parametrize(
    ("error_after", "told"),
    [
        (0.5, "falls from 0.7587 to 0.5"),
        (0.9, "rises from 0.7587 to 0.9"),
        (np.inf, "rises from 0.7587 to infinity"),
        (np.nan, "goes from 0.7587 to not a number"),
        (None, "stays at 0.7587"),
    ],
)
def test_which_way_the_error_goes(error_after, told):
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    after = trace.error if error_after is None else error_after
    effect = UpdateEffect(np.array([1.0, trace.error]), np.array([1.0, after]))
    text = step_sentence(replace(trace, error_after=after), walk.steps[-1], 1, effect)
    assert text == f"The same row again: its error {told}."


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_numbers_that_have_left_are_told_in_words(value):
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    layer = replace(
        trace.layers[0],
        **{
            name: np.full_like(getattr(trace.layers[0], name), value)
            for name in (
                "pre_activations", "activations", "derror_dactivations", "derror_dweights",
                "dactivations_dpre_activations", "derror_dpre_activations", "derror_dbias",
            )
        },
    )  # fmt: skip
    broken = replace(trace, layers=(layer,), error=value, prediction=np.array([value]))
    effect = UpdateEffect(np.array([value, 1.0]), np.array([value, value]))
    for step in walk.steps:
        assert step_sentence(broken, step, 1, effect)


def test_a_proof_says_what_was_tried_and_how_close_it_came():
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    step = walk.steps[walk.position(0, "derror_dbias")]
    tried = check_derivative(trace, step)
    text = check_sentence(tried)
    assert text.startswith("✓ Tried out, a tiny move up and down: 0.1957089299. Relative")
    assert check_sentence(None) == ""
    wrong = replace(tried, relative_differences=(0.001,))
    assert check_sentence(wrong).startswith("✗")
    assert "kink" in check_sentence(replace(tried, at_kink=True))
    assert "cannot be compared" in check_sentence(replace(tried, relative_differences=(np.nan,)))


@pytest.mark.parametrize("sizes", [(1, 1), (4, 1), (2, 2, 1), (3, 4, 2, 1)])
def test_every_box_and_every_way_along_a_weight_has_a_meaning(sizes):
    walk = random_walk(sizes, "tanh")
    meanings = value_meanings(walk.traces[0])
    plan, _ = graph_plans(sizes)
    named = {key for key in plan.boxes if not key.startswith("unit")}
    named |= {key for key in plan.arrows if key.startswith("edge")}
    assert named <= set(meanings)
    assert len(set(meanings.values())) == len(meanings)


def all_told(walk):
    for trace, item in zip(walk.traces, walk.taken, strict=True):
        effect = update_effect(trace, walk.start.X, walk.start.y)
        for step in walk.steps:
            yield trace, step, effect, item.row, step_sentence(trace, step, item.row, effect)


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_what_is_said_to_rise_rises_when_it_is_tried_out(sizes, activation, loss):
    for trace, step, *_, text in all_told(random_walk(sizes, activation, loss, seed=2)):
        found = re.search(rf", \S+(?: \S+)? (rises|falls) ({NUMBER}) times as much", text)
        tried = check_derivative(trace, step)
        if found and tried is not None and len(tried.numeric) == 1:
            (slope,) = tried.numeric
            signed = float(read(found[2])) * (1 if found[1] == "rises" else -1)
            assert signed == pytest.approx(slope, rel=1e-3, abs=1e-8), (step, text)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (1, 2, 1), (3, 4, 2, 1)])
def test_each_parameter_is_said_to_go_where_the_updated_network_has_it(sizes, activation):
    for trace, step, *_, text in all_told(random_walk(sizes, activation, seed=4)):
        names = ValueNames.of(trace)
        old, new = trace.network.layers[step.layer], trace.updated.layers[step.layer]
        if step.kind == "update_weights":
            moves = [
                (names.weight(step.layer, i, step.unit), a, b)
                for i, (a, b) in enumerate(
                    zip(old.weights[:, step.unit], new.weights[:, step.unit], strict=True)
                )
            ]
        elif step.kind == "update_bias":
            name = names.bias(step.layer, step.unit)
            name = "The bias" if name == "bias" else name
            moves = [(name, old.bias[step.unit], new.bias[step.unit])]
            assert f"{digits(trace.learning_rate)} times" in text
        else:
            continue
        for name, a, b in moves:
            way = re.search(rf"{re.escape(name)} (\w+) (?:from|at) ({NUMBER})", text)
            assert way[1] == ("rises" if b > a else "falls" if b < a else "stays")
            assert float(read(way[2])) == pytest.approx(a, rel=1e-3)
            if b != a:
                to = re.search(rf"{re.escape(name)} \w+ from \S+ to ({NUMBER})", text)
                assert float(read(to[1])) == pytest.approx(b, rel=1e-3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_end_of_an_update_tells_who_paid(activation):
    for trace, step, effect, row, text in all_told(
        random_walk((2, 3, 1), activation, seed=6, n_updates=6)
    ):
        if step.kind != "again":
            continue
        way = "falls" if trace.error_after < trace.error else "rises"
        if trace.error != trace.error_after:
            assert f"its error {way} from" in text
        paid = re.search(r"he error of rows? ([\d, and]+?) rises?(?: too)?\.$", text)
        assert ("But nobody" in text) is (bool(paid) and way == "falls")
        told = [int(n) - 1 for n in re.findall(r"\d+", paid[1])] if paid else []
        worse = np.flatnonzero(effect.after > effect.before)
        assert told == [i for i in worse if i != row]


@pytest.mark.parametrize("activation", ["linear", "relu", "softplus"])
@pytest.mark.parametrize("sizes", [(1, 1), (1, 2, 1), (2, 3, 2, 1)])
def test_a_walk_that_diverges_is_told_to_its_end(sizes, activation):
    start = random_walk(sizes, activation, seed=1).start
    rows = tuple(tuple(1e30 * abs(x) for x in row) for row in start.rows)
    parameters = tuple(map(abs, start.parameters))
    start = WalkStart(rows, start.targets, sizes, start.activations, parameters)
    walk = walk_updates(start, [RowUpdate(i % 3, 0.1) for i in range(40)], every_term=True)
    assert walk.stopped or activation != "linear"  # the others stay at 0 once they are there
    for trace, step, *_, text in all_told(walk):
        assert text
        assert "nan" not in text
        assert working(trace, step).result
        assert isinstance(check_sentence(check_derivative(trace, step)), str)


def test_at_a_kink_both_slopes_are_told_and_the_one_that_is_taken():
    """Units exactly at 0: both one-sided slopes are tried out here, and nothing else is said."""
    for activation in ACTIVATIONS:
        first = Layer([[1.0], [1.0]], [0.0], activation)
        network = Network((first, Layer([[1.0]], [0.5], "linear")))
        trace = trace_update(network, [1.0, -1.0], 1.0, learning_rate=0.1)
        effect = UpdateEffect(np.array([1.0]), np.array([1.0]))
        kind = ACTIVATIONS[activation]
        step = Step("dactivation_dpre_activation", 0, 0)
        text = step_sentence(trace, step, 0, effect)
        h = 1e-7
        up, down = (float(kind.value(h) - kind.value(0.0)) / h,
                    float(kind.value(0.0) - kind.value(-h)) / h)  # fmt: skip
        assert ("kink" in text) == (abs(up - down) > 1e-3) == kind.has_kink
        if kind.has_kink:
            up, down = (digits(round(slope, 6)) for slope in (up, down))
            assert f"rises {up} times as much; if it falls, {down} times." in text
            assert f"The code takes {digits(float(kind.derivative(0.0)))}." in text
        for name in ("derror_dpre_activation", "derror_dbias", "derror_dweights"):
            said = step_sentence(trace, Step(name, 0, 0), 0, effect)
            assert ("does not move" not in said) or not kind.has_kink
            assert ("at the kink" in said) == kind.has_kink
        behind = step_sentence(trace, Step("derror_dactivation", 0, 0), 0, effect)
        assert "kink" not in behind


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_numbers_of_a_sentence_make_its_last_one_as_it_is_printed(activation):
    times = re.compile(rf"({NUMBER}) times its weight ({NUMBER}) makes ({NUMBER})")
    squared = re.compile(rf"is ({NUMBER}) and should be ({NUMBER})\. [^:]*: ({NUMBER})\.$")
    found = 0
    for walk in [tutorial_walk(*[1, 0] * 10), *(random_walk((2, 1), activation) for _ in range(3))]:
        for position in range(walk.last + 1):
            sentence = told(walk, position)[2]
            for pattern, compute in (
                (times, lambda a, b: a * b),
                (squared, lambda p, t: (p - t) ** 2),
            ):
                for *given, result in pattern.findall(sentence):
                    made = compute(*(float(read(text)) for text in given))
                    # In the middle between two numbers one person rounds up and another down.
                    assert result in {digits(made * by) for by in (1 - 1e-9, 1 + 1e-9)}, sentence
                    found += 1
    assert found > 60
