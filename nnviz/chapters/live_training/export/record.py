"""The record of a run as a table: one line per moment, read back without losing a bit."""

import csv
from io import StringIO

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, integer
from nnviz.training.parameter_names import parameter_names
from nnviz.training.run import Run

MOST_UPDATES = 20_000
"""The widest window of which every update is written down: 5 MB for the tutorial's neuron."""


def record_csv(
    run: Run, *, every_update: bool = False, first: int | None = None, last: int | None = None
) -> str:
    """Return the errors and parameters of a run as comma-separated values.

    Parameters
    ----------
    run : Run
    every_update : bool
        Every step of a window; otherwise the recorded moments in it, as `Run` keeps them: at most
        about 1,000, evenly spaced, and the last.
    first, last : int, optional
        The window, both included. It begins with the run; it ends with the run, or where it would
        be longer than 20,000 updates if every one of them is asked for.

    Returns
    -------
    str
        A line of names, then one line per step: the step, the cumulative error, the error of each
        row, each parameter. A number has as many digits as it takes to read the same float64 back,
        at most 17.

    Raises
    ------
    TypeError, ValueError
        If `run` is no Run, the window is not within its steps, or has more updates than that.
    """
    instance(run, "run", Run)
    begin = run.config.first_step
    first = begin if first is None else integer(first, "first step", begin, run.last_step)
    if last is None:
        last = min(run.last_step, first + MOST_UPDATES) if every_update else run.last_step
    last = integer(last, "last step", first, run.last_step)
    if not every_update:
        chosen = (run.recorded_steps >= first) & (run.recorded_steps <= last)
        return _table(
            run, run.recorded_steps[chosen], run.row_errors[chosen], run.parameters[chosen]
        )
    if last - first > MOST_UPDATES:
        raise ValueError(
            f"a window of every update must have at most {MOST_UPDATES} of them, "
            f"not {last - first}."
        )
    return _table(
        run,
        np.arange(first, last + 1),
        run.row_errors_between(first, last),
        run.parameters_between(first, last),
    )


def _table(
    run: Run, steps: npt.NDArray[np.int64], row_errors: FloatArray, parameters: FloatArray
) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rows = [f"error of row {row}" for row in range(1, len(run.config.rows) + 1)]
    writer.writerow(["step", "cumulative error", *rows, *parameter_names(run.config)])
    values = np.column_stack([row_errors.sum(axis=1), row_errors, parameters])
    # csv writes a float by its repr, the shortest text that stands for no other float64.
    writer.writerows(
        [step, *line] for step, line in zip(steps.tolist(), values.tolist(), strict=True)
    )
    return text.getvalue()
