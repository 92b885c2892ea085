"""What is said on the way back and of the update, and when numbers leave what a computer holds."""

import re

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.text.digits import digits
from nnviz.walkthrough.finite_differences import nudge
from nnviz.walkthrough.update_effect import ledger
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.walk import Taken, WalkStart, walk_updates
from nnviz.walkthrough.words.checks import proof
from nnviz.walkthrough.words.forward import backprop
from nnviz.walkthrough.words.workings import working
from tests.reading import NUMBER, read
from tests.walks import random_walk


def all_told(walk):
    for trace, item in zip(walk.traces, walk.taken, strict=True):
        book = ledger(trace, walk.start.X, walk.start.y)
        for step in walk.steps:
            yield trace, step, book, item.row, backprop(trace, step, item.row, book)


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_what_is_said_to_rise_rises_when_it_is_tried_out(sizes, activation, loss):
    for trace, step, *_, text in all_told(random_walk(sizes, activation, loss, seed=2)):
        found = re.search(rf", \S+(?: \S+)? (rises|falls) ({NUMBER}) times as much", text)
        tried = nudge(trace, step)
        if found and tried is not None and len(tried.numeric) == 1:
            (slope,) = tried.numeric
            signed = float(read(found[2])) * (1 if found[1] == "rises" else -1)
            assert signed == pytest.approx(slope, rel=1e-3, abs=1e-8), (step, text)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (1, 2, 1), (3, 4, 2, 1)])
def test_each_parameter_is_said_to_go_where_the_updated_network_has_it(sizes, activation):
    for trace, step, *_, text in all_told(random_walk(sizes, activation, seed=4)):
        names = ValueNames.of(trace.network)
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
    for trace, step, book, row, text in all_told(
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
        worse = np.flatnonzero(book.after > book.before)
        assert told == [i for i in worse if i != row]


@pytest.mark.parametrize("activation", ["linear", "relu", "softplus"])
@pytest.mark.parametrize("sizes", [(1, 1), (1, 2, 1), (2, 3, 2, 1)])
def test_a_walk_that_diverges_is_told_to_its_end(sizes, activation):
    start = random_walk(sizes, activation, seed=1).start
    rows = tuple(tuple(1e30 * abs(x) for x in row) for row in start.rows)
    parameters = tuple(map(abs, start.parameters))
    start = WalkStart(rows, start.targets, sizes, start.activations, parameters)
    walk = walk_updates(start, [Taken(i % 3, 0.1) for i in range(40)], every_term=True)
    assert walk.stopped or activation != "linear"  # the others stay at 0 once they are there
    for trace, step, *_, text in all_told(walk):
        assert text
        assert "nan" not in text
        assert working(trace, step).result
        assert isinstance(proof(nudge(trace, step)), str)
