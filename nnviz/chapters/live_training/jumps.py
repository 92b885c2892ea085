"""The single updates that did the most harm, and the rows to blame."""

from typing import NamedTuple

import numpy as np

from nnviz.nn.checks import instance, integer
from nnviz.training.record import Record

# Up to here every update is looked at.
MOST_UPDATES = 20_000

# A rise of less than this fraction of the error is rounding.
_DUST = 1e-12


class Jump(NamedTuple):
    """One update after which the cumulative error was larger."""

    step: int  # after the update
    row: int  # the row that was picked for it, counted from 0
    before: float  # cumulative error
    after: float


def jumps(run: Record, n: int = 5) -> tuple[Jump, ...]:
    """Return the updates at which the cumulative error rose most, the largest rise first.

    In a run of up to 20,000 updates every update is looked at. In a longer one the `n` recorded
    intervals over which the error rose most are, and the worst update within each is taken; a
    larger jump that was made good before the next checkpoint is missed. There are `n`, from 1 to
    100, or fewer if the error rose at fewer updates.
    """
    instance(run, "run", Record)
    n = integer(n, "n", 1, 100)
    first = run.first_step
    if run.last_step - first <= MOST_UPDATES:
        rises = np.diff(run.cumulative_errors_between(first, run.last_step))
        steps = [first + int(update) + 1 for update in np.argsort(-rises, kind="stable")[:n]]
    else:
        intervals = np.argsort(-np.diff(run.cumulative_errors), kind="stable")[:n]
        steps = [_worst_within(run, int(interval)) for interval in intervals]
    found = [_jump(run, step) for step in steps]
    risen = [jump for jump in found if jump.after > jump.before * (1 + _DUST)]
    return tuple(sorted(risen, key=lambda jump: jump.before - jump.after))


def _worst_within(run: Record, interval: int) -> int:
    first, last = run.recorded_steps[interval : interval + 2].tolist()
    return int(first) + 1 + int(np.diff(run.cumulative_errors_between(first, last)).argmax())


def _jump(run: Record, step: int) -> Jump:
    before, after = run.row_errors_between(step - 1, step)
    row = int(run.picks(step - 1, step)[0])
    return Jump(step, row, float(before.sum()), float(after.sum()))
