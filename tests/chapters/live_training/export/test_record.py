"""The record as a table: pandas reads the same float64s back, every one of them."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from nnviz.chapters.live_training.export.record import MOST_UPDATES, record_csv
from nnviz.data.tutorial import eight_rows
from nnviz.training.run import record
from nnviz.training.run_config import Begin, RunConfig

CHOSEN = [
    {"steps": 2050},
    {"steps": 2050, "learning_rate": 10.0, "seed": 3},
    {"steps": 1000, "features": ("x1*x2",), "hidden": ((3, "tanh"),)},
    {"steps": 500, "begin": Begin(130, (0.1, -0.2, 0.3))},
    {"steps": 100, "output_activation": "linear", "learning_rate": 1.0},  # grows to 1e100 and more
]


def recorded(**choices):
    return record(RunConfig.from_dataset(eight_rows(), **choices))


def read(text):
    return pd.read_csv(StringIO(text))


def same(table, run, steps):
    assert table["step"].tolist() == list(steps)
    errors = [run.cumulative_errors_between(step, step)[0] for step in steps]
    assert table["cumulative error"].tolist() == errors
    rows = [run.row_errors_between(step, step)[0] for step in steps]
    n_rows = len(run.config.rows)
    np.testing.assert_array_equal(table.iloc[:, 2 : 2 + n_rows], rows)
    parameters = [run.parameters_at(step) for step in steps]
    np.testing.assert_array_equal(table.iloc[:, 2 + n_rows :], parameters)


@pytest.mark.parametrize("choices", CHOSEN, ids=repr)
def test_the_recorded_moments_are_read_back_exactly(choices):
    run = recorded(**choices)
    table = read(record_csv(run))
    same(table, run, run.recorded_steps.tolist())
    np.testing.assert_array_equal(table["cumulative error"], run.cumulative_errors)
    np.testing.assert_array_equal(table.iloc[:, -run.config.n_parameters :], run.parameters)


@pytest.mark.parametrize("choices", CHOSEN, ids=repr)
def test_every_update_of_a_window(choices):
    run = recorded(**choices)
    first, last = run.config.first_step + 7, run.last_step - 3
    table = read(record_csv(run, every_update=True, first=first, last=last))
    same(table, run, range(first, last + 1))


def test_every_update_of_a_run():
    run = recorded(steps=300)
    table = read(record_csv(run, every_update=True))
    assert table["step"].tolist() == list(range(301))


def test_recorded_moments_of_a_window():
    table = read(record_csv(recorded(steps=1000, record_every=100), first=150, last=400))
    assert table["step"].tolist() == [200, 300, 400]


def test_the_columns_say_what_is_in_them():
    run = recorded(steps=100, features=("sin x1",))
    rows = [f"error of row {row}" for row in range(1, 9)]
    assert list(read(record_csv(run)).columns) == [
        *["step", "cumulative error"],
        *rows,
        *["weight of x1", "weight of x2", "weight of sin x1", "bias"],
    ]


def test_a_long_run_gives_as_many_updates_as_a_table_holds():
    run = recorded(steps=MOST_UPDATES + 500)
    steps = read(record_csv(run, every_update=True))["step"]
    assert (steps.iloc[0], steps.iloc[-1], len(steps)) == (0, MOST_UPDATES, MOST_UPDATES + 1)
    with pytest.raises(ValueError, match="at most 20000 of them, not 20001"):
        record_csv(run, every_update=True, first=0, last=MOST_UPDATES + 1)


@pytest.mark.parametrize("window", [{"first": -1}, {"last": 101}, {"first": 60, "last": 59}])
@pytest.mark.parametrize("every_update", [False, True])
def test_a_window_outside_the_run_is_refused(window, every_update):
    with pytest.raises(ValueError, match="step must be between"):
        record_csv(recorded(steps=100), every_update=every_update, **window)


def test_only_a_run_has_a_record():
    with pytest.raises(TypeError, match="Run"):
        record_csv(RunConfig.from_dataset(eight_rows()))
