"""Whether a run is chaotic: how far the smallest change of its start has grown by a step."""

from dataclasses import dataclass, replace

import numpy as np

from nnviz.begin import Begin
from nnviz.checks import FloatArray, instance
from nnviz.draws import start
from nnviz.run_config import RunConfig
from nnviz.training import Run, record

# PyTorch rounds every sum in its own way, and not the start alone: that goes this much further.
_MARGIN = 100.0
_MOST_DIGITS = 9
_FEWEST_DIGITS = 3


@dataclass(frozen=True)
class Sensitivity:
    """How far a run and its twin are apart, which started one last bit away.

    Attributes
    ----------
    step : int
    difference : float
        The largest of the parameters' relative differences, |a - b| / max(|a|, |b|); infinite if
        the twin has left the range of float64. 1e-16 is one last bit.
    """

    step: int
    difference: float

    @property
    def digits_kept(self) -> int:
        """Digits that agree if every sum is rounded in another order, 0 to 9.

        The tests hold PyTorch to it.
        """
        astray = _MARGIN * self.difference
        if astray <= 10.0**-_MOST_DIGITS:
            return _MOST_DIGITS
        return 0 if astray >= 1 else int(-np.log10(astray))

    @property
    def chaotic(self) -> bool:
        """Whether only the very same arithmetic repeats the run: fewer than 3 digits would agree."""
        return self.digits_kept < _FEWEST_DIGITS


def twin(config: RunConfig) -> RunConfig:
    """Return the same run with every starting parameter moved to the next float64.

    A parameter that starts at exactly 0 stays there: the number next to it is none that rounding
    ever makes.
    """
    instance(config, "config", RunConfig)
    parameters = start(config).parameters()
    moved = np.where(parameters == 0, 0.0, np.nextafter(parameters, np.inf))
    n_inputs = config.sizes[0] if config.begin is None else config.begin.n_inputs
    return replace(config, begin=Begin(config.first_step, tuple(moved), n_inputs))


def sensitivity(run: Run, step: int, *, moved: Run | None = None) -> Sensitivity:
    """Return how far a change of the last bit has grown by a step.

    Parameters
    ----------
    run : Run
    step : int
        One that the run has.
    moved : Run, optional
        The record of `twin` of its config, if there is one already.

    Raises
    ------
    TypeError, ValueError
        If `run` is no Run, or has no such step.
    """
    instance(run, "run", Run)
    ours = run.parameters_at(step)
    moved = record(twin(run.config)) if moved is None else moved
    if step > moved.last_step:
        return Sensitivity(step, float("inf"))
    return Sensitivity(step, _relative(ours, moved.parameters_at(step)))


def _relative(a: FloatArray, b: FloatArray) -> float:
    sizes = np.maximum(np.abs(a), np.abs(b))
    with np.errstate(over="ignore"):
        differences = np.abs(a - b)
    return float(np.divide(differences, sizes, out=np.zeros_like(a), where=sizes > 0).max())
