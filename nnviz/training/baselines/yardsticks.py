"""What one run is measured against, all of it found by the program from the run's own rows."""

from dataclasses import dataclass, replace
from typing import Final

from nnviz.text.digits import digits
from nnviz.training.baselines.best_network import best_network
from nnviz.training.baselines.search_limits import Best
from nnviz.training.baselines.separation import BestLine, best_line
from nnviz.training.baselines.single_neuron import best_neuron, guess
from nnviz.training.plan import Plan

OF_A_RUN: Final = "A run on this page has come lower than all searches."

_ROUNDING: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Yardsticks:
    """What to compare a run with."""

    guess: float  # cumulative error of answering 0.5 to every row
    line: BestLine  # the most rows that a straight line can get right on the plane of x1 and x2
    best: Best | None  # that the model of the run can do; None if it is still to be looked for
    model: str = "neuron"  # or "network", with a hidden layer


def yardsticks(plan: Plan, *, quick: bool = False) -> Yardsticks:
    """Return the yardsticks for the rows and the model of a run; see `search_limits`.

    The plan has one hidden layer or none, a sigmoid at the output and the squared error. What has
    to be searched for is left out if it shall be `quick`, so that a picture need not wait for it.
    """
    y, architecture = plan.sample.y, plan.architecture
    line = best_line(plan.sample.X, y)
    if quick:
        return Yardsticks(guess(y), line, None)
    output = (architecture.output, architecture.loss)
    if len(architecture.hidden) > 1 or output != ("sigmoid", "squared_error"):
        raise ValueError(
            "the best error is looked for with one hidden layer at the most, a sigmoid at the "
            "output and the squared error."
        )
    neuron = best_neuron(plan.train_inputs, y)
    if not architecture.hidden:
        return Yardsticks(guess(y), line, neuron)
    best = best_network(plan.train_inputs, y, *architecture.hidden[0], neuron)
    return Yardsticks(guess(y), line, best, "network")


def reached(measures: Yardsticks, error: float) -> Yardsticks:
    """Return the yardsticks, with a best that is nowhere above an error that a run has reached.

    A search proves nothing: a run may have come lower. What is sure stays as it is. `error`:
    the lowest cumulative error of runs of this very model on these rows.
    """
    best = measures.best
    if best is None or best.sure or not error < best.error - _ROUNDING:
        return measures
    how = f"{OF_A_RUN} The searches found {digits(best.error, 5)}."
    lower = replace(best, error=error, attained=True, how=how)
    return replace(measures, best=lower)
