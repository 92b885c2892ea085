"""The table of a training: every recorded moment, read back to the last bit."""

import csv
from io import StringIO

import numpy as np
import pytest

from nnviz.training import evaluation
from nnviz.training.export.record import MOST_UPDATES, record_csv, updates_csv
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.deep_timelines import SEVERAL, SINGLE, once, plan_of
from tests.deep_timelines import along as along_plans
from tests.training.export.test_one_row import TIMELINES as ONE_ROW


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
            loss = evaluation.row_losses(plan, parameters[np.newaxis], inputs, targets).mean()
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


@pytest.mark.parametrize("name", ["tutorial", "network", "another rate"])
def test_updates_are_read_back_exactly(name):
    found = record(ONE_ROW[name])
    names = [f"p{k}" for k in range(found.plan.n_parameters)]
    header, *lines = csv.reader(StringIO(updates_csv(found, names)))
    assert header[:3] == ["step", "cumulative error", "error of row 1"]
    assert header[-len(names) :] == names
    table = np.array(lines, dtype=float)
    assert table[:, 0].tolist() == found.recorded_steps.tolist()
    np.testing.assert_array_equal(table[:, 1], found.cumulative_errors)
    np.testing.assert_array_equal(table[:, 2:10], found.row_errors)
    np.testing.assert_array_equal(table[:, 10:], found.parameters)
    text = updates_csv(found, names, every_update=True, first=60, last=90)
    table = np.array([*csv.reader(StringIO(text))][1:], dtype=float)
    assert table[:, 0].tolist() == list(range(60, 91))
    np.testing.assert_array_equal(table[:, 10:], found.parameters_between(60, 90))
    np.testing.assert_array_equal(table[:, 2:10], found.row_errors_between(60, 90))


def test_a_window_outside_the_record_or_too_wide_is_refused():
    timeline = ONE_ROW["tutorial"]
    found = record(Timeline.of(timeline.plan, MOST_UPDATES + 500, 1000))
    names = ["w1", "w2", "b"]
    steps = [*csv.reader(StringIO(updates_csv(found, names, every_update=True)))][1:]
    assert (steps[0][0], steps[-1][0]) == ("0", str(MOST_UPDATES))
    with pytest.raises(ValueError, match="at most 20000 of them, not 20001"):
        updates_csv(found, names, every_update=True, first=0, last=MOST_UPDATES + 1)
    for window in ({"first": -1}, {"last": MOST_UPDATES + 501}, {"first": 60, "last": 59}):
        with pytest.raises(ValueError, match="step must be between"):
            updates_csv(found, names, **window)
    with pytest.raises(TypeError, match="Record"):
        updates_csv(timeline, names)
