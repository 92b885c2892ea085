"""The table of a training: every recorded moment, read back to the last bit."""

import csv
from io import StringIO

import numpy as np
import pytest

from nnviz.training import evaluation
from nnviz.training.export.record import record_csv
from nnviz.training.record import record
from tests.deep_timelines import SEVERAL, SINGLE, once, plan_of
from tests.deep_timelines import along as along_plans


def table_of(history):
    names, *lines = csv.reader(StringIO(record_csv(history)))
    return names, [[float(cell) if cell else None for cell in line] for line in lines]


@pytest.mark.parametrize("name", ["optimiser adam", "three classes", "regression", "other rows"])
def test_every_line_is_a_moment_of_the_record(name):
    history = record({**SINGLE, **SEVERAL}[name])
    names, lines = table_of(history)
    right = "R squared" if name == "regression" else "accuracy"
    assert names == [
        "step", "epoch", "training loss", "test loss", f"training {right}", f"test {right}"
    ]  # fmt: skip
    steps = [step for stretch in history.segments for step in stretch.recorded_steps.tolist()]
    assert [line[0] for line in lines] == steps
    for line in lines[:: max(1, len(lines) // 9)]:
        step = int(line[0])
        plan, parameters = history.plan_at(step), history.parameters_at(step)
        assert line[1] == history.epoch_at(step)
        for column, inputs, targets in (
            (2, plan.train_inputs, plan.train_targets),
            (3, plan.test_inputs, plan.test_targets),
        ):
            answers = evaluation.outputs(plan, parameters[np.newaxis], inputs)
            loss = evaluation.losses(plan, answers, targets).mean()
            assert line[column] == pytest.approx(loss, rel=1e-12)
        y = plan.sample.y[plan.split.test]
        expected = evaluation.accuracy(plan, answers, y)[0]
        assert line[5] == pytest.approx(expected, rel=1e-12)


def test_a_change_has_a_line_before_and_one_after():
    history = record(along_plans(plan_of(), plan_of(l1=0.1), steps=100))
    _, lines = table_of(history)
    assert [line[0] for line in lines].count(60) == 2


def test_cells_are_empty_where_there_are_no_test_rows():
    _, lines = table_of(record(once(test_fraction=0.0, steps=5)))
    assert all(
        [cell is None for cell in line] == [False, False, False, True, False, True]
        for line in lines
    )
    assert len(lines) == 6


def test_only_a_history_has_a_table():
    with pytest.raises(TypeError, match="Record"):
        record_csv(once())
