"""The record of a training as a table: one line for each checkpoint."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from nnviz.data.csv.file import table_csv
from nnviz.nn.checks import instance, integer
from nnviz.training.record import Record
from nnviz.training.scores import scores

MOST_UPDATES: Final = 20_000
"""The widest window of which every update is written: 5 MB for the tutorial's neuron."""


def record_csv(history: Record) -> str:
    """Return losses and accuracies of a training as comma-separated values.

    A line of names, then one for each checkpoint: step, epochs finished, training loss, test loss,
    training accuracy, test accuracy; of a regression R squared instead. Where there are no test
    rows, or the numbers are beyond float64, the cell is empty. A step at which something was
    changed has two lines: what was there before, and what is there then. A number has as many
    digits as it takes to read the same float64 back.
    """
    instance(history, "history", Record)
    right = "accuracy" if history.segments[0].plan.sample.classes else "R squared"
    names = ["training loss", "test loss", f"training {right}", f"test {right}"]
    return table_csv(["step", "epoch", *names], _rows(history))


def _rows(history: Record) -> Iterator[list[float]]:
    for segment in history.segments:
        found = scores(segment.plan, segment.parameters)
        columns = (found.train_loss, found.test_loss, found.train_accuracy, found.test_accuracy)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        for step, line in zip(segment.recorded_steps.tolist(), numbers, strict=True):
            yield [step, segment.updates.epoch_at(step), *line]


def updates_csv(
    record: Record,
    names: Sequence[str],
    *,
    every_update: bool = False,
    first: int | None = None,
    last: int | None = None,
) -> str:
    """Return the errors of the rows and the parameters of a training as comma-separated values.

    A line of names, then one line per step: the step, the cumulative error, the error of each
    training row, each parameter. Cells are written as in `record_csv`.

    Parameters
    ----------
    record : Record
        Of one architecture and one set of rows.
    names : sequence of str
        What the parameters are called, in the order of `Network.parameters`.
    every_update : bool
        Every step of a window, which must have at most 20,000; otherwise the checkpoints in it.
    first, last : int, optional
        The window, both included. It begins with the record; it ends with it, or where it would be
        too long.
    """
    instance(record, "record", Record)
    begin, end = record.first_step, record.last_step
    first = begin if first is None else integer(first, "first step", begin, end)
    if last is None:
        last = min(end, first + MOST_UPDATES) if every_update else end
    last = integer(last, "last step", first, end)
    if every_update:
        if last - first > MOST_UPDATES:
            raise ValueError(
                f"a window of every update must have at most {MOST_UPDATES} of them, "
                f"not {last - first}."
            )
        steps = np.arange(first, last + 1)
        errors = record.row_errors_between(first, last)
        parameters = record.parameters_between(first, last)
    else:
        chosen = (record.recorded_steps >= first) & (record.recorded_steps <= last)
        steps = record.recorded_steps[chosen]
        errors, parameters = record.row_errors[chosen], record.parameters[chosen]
    rows = [f"error of row {row}" for row in range(1, errors.shape[1] + 1)]
    values = np.column_stack([errors.sum(axis=1), errors, parameters]).tolist()
    lines = ([step, *line] for step, line in zip(steps.tolist(), values, strict=True))
    return table_csv(["step", "cumulative error", *rows, *names], lines)
