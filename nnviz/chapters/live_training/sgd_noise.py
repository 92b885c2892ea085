"""Why the error goes up and down: some updates as they were made, and all rows at once instead."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.chapters.live_training.row_gradients import row_gradients, sum_of_rows
from nnviz.nn.checks import FloatArray, Frozen, instance, integer
from nnviz.nn.network import gradients
from nnviz.training.record import Record
from nnviz.walkthrough.update_effect import row_errors

MOST_UPDATES = 200

# A rise of less than this fraction of the error is rounding.
_DUST = 1e-12


@dataclass(frozen=True, eq=False)
class SgdNoise(Frozen):
    """Updates of a run, and as many from the same start that average the updates of all rows.

    An update by one row, picked at random, is the average of all rows but for the pick: so the
    two differ in the picking alone.
    """

    first: int  # the step before the first update
    last: int  # the step after the last one
    one_by_one: FloatArray  # (last - first + 1,): cumulative error at every step, as the run had it
    # (at most last - first + 1,): the same from the same start, if every update took the average of
    # what all rows would add to each parameter, at the same learning rate; shorter where that left
    # float64
    all_at_once: FloatArray
    # how many updates of the run pointed up the cumulative error: their product with what all rows
    # together would have added is negative
    against: int

    @property
    def rises(self) -> int:
        """How many updates of the run made the cumulative error larger."""
        return _rises(self.one_by_one)

    @property
    def calm_rises(self) -> int:
        """How many of the updates by all rows at once did."""
        return _rises(self.all_at_once)


def sgd_noise(run: Record, step: int, n: int = MOST_UPDATES) -> SgdNoise:
    """Return what `n` updates from `step` on did, and what all rows at once would have done.

    Near the end of a run they are its last `n` updates; there are fewer if the run is shorter.
    """
    instance(run, "run", Record)
    n = integer(n, "n", 1, 10_000)
    step = integer(step, "step", run.first_step, run.last_step)
    first = max(run.first_step, min(step, run.last_step - n))
    last = min(first + n, run.last_step)
    one_by_one = run.cumulative_errors_between(first, last)
    return SgdNoise(
        first, last, one_by_one, calm(run, first, last - first), _against(run, first, last)
    )


def calm(run: Record, step: int, n: int = MOST_UPDATES) -> FloatArray:
    """Return the cumulative error over `n` updates from `step`, if each averaged all rows.

    The result has the shape (n + 1,): shorter where the parameters or the error left float64.
    """
    instance(run, "run", Record)
    n = integer(n, "n", 0)
    plan, network = run.plan, run.network_at(step)
    X, y = plan.train_inputs, plan.sample.y
    parameters = network.parameters()
    errors = [float(row_errors(network, X, y, plan.loss).sum())]
    for update in range(step, step + n):
        with np.errstate(over="ignore", invalid="ignore"):
            average = gradients(network, X, y, plan.loss) / len(y)
            parameters = parameters - run.learning_rate_at(update) * average
        if not np.isfinite(parameters).all():
            break
        network = network.with_parameters(parameters)
        error = float(row_errors(network, X, y, plan.loss).sum())
        if not np.isfinite(error):
            break
        errors.append(error)
    return np.array(errors)


def _against(run: Record, first: int, last: int) -> int:
    plan = run.plan
    X, y, start = plan.train_inputs, plan.sample.y, run.network_at(first)
    path, rows = run.parameters_between(first, last)[:-1], run.picks(first, last).tolist()
    count = 0
    for parameters, row in zip(path, rows, strict=True):
        each = row_gradients(start.with_parameters(parameters), X, y, plan.loss)
        with np.errstate(over="ignore", invalid="ignore"):
            count += bool(each[row] @ sum_of_rows(each) < 0)
    return count


def _rises(errors: npt.NDArray[np.float64]) -> int:
    with np.errstate(over="ignore", invalid="ignore"):
        return int((np.diff(errors) > _DUST * errors[:-1]).sum())
