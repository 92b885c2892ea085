"""Whether a run is chaotic: how far the smallest change has grown by a step.

Another computation of the same run rounds its sums in another way. So its numbers are off by a last
bit from the first update on, and again and again. What becomes of that, a twin of the run shows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze, instance
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.transfer import transferred

# PyTorch rounds every sum in its own way, and not a few of them: that goes this much further.
_MARGIN = 100.0
_MOST_DIGITS = 9
_FEWEST_DIGITS = 3


@dataclass(frozen=True)
class Sensitivity:
    """How far a run and its twin are apart, which started one last bit away."""

    step: int
    # the largest of the parameters' relative differences, |a - b| / max(|a|, |b|); infinite if the
    # twin has left the range of float64. 1e-16 is one last bit
    difference: float

    @classmethod
    def between(cls, step: int, ours: FloatArray, theirs: FloatArray) -> "Sensitivity":
        """Return how far two parameters of a step are apart, each of shape (n_parameters,)."""
        if not np.isfinite(theirs).all():
            return cls(step, float("inf"))
        sizes = np.maximum(np.abs(ours), np.abs(theirs))
        with np.errstate(over="ignore"):
            differences = np.abs(ours - theirs)
        apart = np.divide(differences, sizes, out=np.zeros_like(sizes), where=sizes > 0)
        return cls(step, float(apart.max()))

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
        """Whether only the very same arithmetic repeats the run: fewer than 3 digits agree."""
        return self.digits_kept < _FEWEST_DIGITS


@dataclass(frozen=True, eq=False)
class Twin:
    """The same run, whose parameters are moved by their last bit.

    They are moved at the start, and again wherever that is lost: a large step of a large parameter
    rounds a small difference away.
    """

    # (n_moments,): the recorded steps of the run, and those 1, 2, 4, 8 ... updates after its first,
    # where most is lost
    steps: npt.NDArray[np.int64]
    parameters: FloatArray  # (n_moments, n_parameters): of the twin

    def __post_init__(self) -> None:
        freeze(self)


def twins(record: Record) -> tuple[Twin, ...]:
    """Return the twin of each of a record's `runs`, of plain gradient descent.

    A later one starts from what becomes of the twin before it. A parameter that is exactly 0 stays
    where it is: no rounding makes the float64 next to it.
    """
    instance(record, "record", Record)
    found: list[Twin] = []
    before: Plan | None = None
    for run in record.runs:
        begun = run.parameters[0]
        if before is not None:
            begun = found[-1].parameters[-1]
            for stage in record.timeline.stages:
                if stage.step == run.first_step:
                    begun = np.array(transferred(before, begun, stage.plan))
                    for index, value in stage.by_hand:
                        begun[index] = value
                    before = stage.plan
        found.append(_twin(run, begun))
        before = run.plan
    return tuple(found)


def _twin(run: Record, begun: FloatArray) -> Twin:
    first, last = run.first_step, run.last_step
    early = [first + 2**k for k in range((last - first).bit_length())]
    steps = np.union1d(run.recorded_steps, early)
    recorded = dict(zip(run.recorded_steps.tolist(), run.parameters, strict=True))
    kept = [_apart(begun, run.parameters[0])]
    for before, step in zip(steps[:-1].tolist(), steps[1:].tolist(), strict=True):
        ours = recorded[step] if step in recorded else run.parameters_at(step)
        kept.append(_apart(_walked(run, kept[-1], before, step), ours))
    return Twin(steps, np.array(kept))


def sensitivity(record: Record, step: int, *, moved: tuple[Twin, ...] | None = None) -> Sensitivity:
    """Return how far a change of the last bit has grown by a step.

    Parameters
    ----------
    step : int
        One that the record has.
    moved : tuple of Twin, optional
        The twins of the record, if they are there already.
    """
    instance(record, "record", Record)
    ours = record.parameters_at(step)
    moved = twins(record) if moved is None else moved
    pairs = zip(record.runs, moved, strict=True)
    run, its = [pair for pair in pairs if pair[0].first_step <= step][-1]
    before = int(np.searchsorted(its.steps, step, side="right")) - 1
    theirs = _walked(run, its.parameters[before], int(its.steps[before]), step)
    return Sensitivity.between(step, ours, theirs)


def _apart(theirs: FloatArray, ours: FloatArray) -> FloatArray:
    if (theirs != ours).any():
        return theirs
    return np.where(ours == 0, 0.0, np.nextafter(ours, np.inf))


def _walked(run: Record, parameters: FloatArray, first: int, last: int) -> FloatArray:
    for segment in run.segments:
        begin, end = max(first, segment.first), min(last, segment.last)
        if begin < end:
            state = segment.updates.initial_state()
            parameters, _ = segment.updates.replay(parameters, state, begin, end)
    return parameters
