"""Whether a training is chaotic: how far the smallest change has grown by a step.

Another computation of the same training rounds its sums in another way. So its numbers are off by
a last bit from the first update on, and again and again. What becomes of that, a perturbed training
shows.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, instance
from nnviz.text.digits import digits
from nnviz.training.record import Record
from nnviz.training.segment import Segment
from nnviz.training.transfer import transferred

# PyTorch rounds every sum in its own way, and not a few of them: that goes this much further.
_MARGIN: Final = 100.0
_MOST_DIGITS: Final = 9
_FEWEST_DIGITS: Final = 3

_COUNT: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Two last bits: a float64 and its neighbour are at most 2.2e-16 apart.
_GROWN: Final = 4.5e-16

# Cost of an update in rows times parameters, and the seconds that one of these takes.
_OVERHEAD: Final = 200
_SECONDS: Final = 1.5e-9


@dataclass(frozen=True)
class Sensitivity:
    """How far a training and a perturbed one are apart, which started one last bit away."""

    step: int
    # the largest of the parameters' relative differences, |a - b| / max(|a|, |b|); infinite if the
    # perturbed one has left the range of float64; 1e-16 is one last bit
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
        """Digits that agree if every sum is rounded in another order, 0 to 9: PyTorch is tested."""
        astray = _MARGIN * self.difference
        if astray <= 10.0**-_MOST_DIGITS:
            return _MOST_DIGITS
        return 0 if astray >= 1 else int(-np.log10(astray))

    @property
    def digits_in_words(self) -> str:
        """Those digits, as a sentence says them."""
        return f"{_COUNT[self.digits_kept]} digits"

    def described(self, training: str) -> str:
        """Say how far a change of the last bit has grown; ``training`` is what that is called."""
        if self.difference <= _GROWN:
            how = "has not grown by here"
        elif self.difference == float("inf"):
            how = f"makes this {training} leave the range of numbers"
        else:
            how = f"grows to {digits(self.difference, 1)} of a parameter by here"
        return f"A change in the last bit {how}"

    @property
    def chaotic(self) -> bool:
        """Whether only the very same arithmetic repeats the run: fewer than 3 digits agree."""
        return self.digits_kept < _FEWEST_DIGITS


@dataclass(frozen=True, eq=False)
class Perturbation(Frozen):
    """The updates of a segment made once more, with parameters that are moved by their last bit.

    They are moved at the start, and again wherever that is lost: a large step of a large parameter
    rounds a small difference away.
    """

    segment: Segment
    # (n,): the recorded steps of the segment, and those 1, 2, 4, 8 ... updates after its first,
    # where most is lost
    steps: npt.NDArray[np.int64]
    parameters: FloatArray  # (n, n_parameters)
    states: FloatArray  # (n, n_states, n_parameters): of the optimizer

    def parameters_at(self, step: int) -> FloatArray:
        """Return the perturbed parameters at a step, shape (n_parameters,)."""
        at = int(np.searchsorted(self.steps, step, side="right")) - 1
        start = self.parameters[at], self.states[at], int(self.steps[at])
        return self.segment.updates.replay(*start, step)[0]


def perturbations(record: Record, last: int | None = None) -> tuple[Perturbation, ...]:
    """Return the perturbation of each segment of a record, up to a step or to the end.

    A later one starts from what becomes of the one before it.
    """
    instance(record, "record", Record)
    last = record.last_step if last is None else last
    found: list[Perturbation] = []
    for segment in record.segments:
        if segment.first <= last:
            before = found[-1] if found else None
            found.append(_perturbation(record, segment, min(last, segment.last), before))
    return tuple(found)


def _perturbation(
    record: Record, segment: Segment, last: int, before: Perturbation | None
) -> Perturbation:
    parameters, state = segment.parameters[0], segment.optimizer_states[0]
    if before is not None:
        parameters, old = before.parameters[-1], before.segment.plan
        if segment.updates.optimizer_begin != segment.first:
            state = before.states[-1]
        for stage in record.timeline.stages:
            if stage.step == segment.first:
                parameters, old = np.array(transferred(old, parameters, stage.plan)), stage.plan
                for index, value in stage.by_hand:
                    parameters[index] = value
    at = segment.first
    early = [at + 2**k for k in range((last - at).bit_length())]
    steps = np.union1d(segment.recorded_steps, [*early, last])
    steps, path, states = steps[steps <= last], [], []
    recorded = dict(zip(segment.recorded_steps.tolist(), segment.parameters, strict=True))
    for step in steps.tolist():
        parameters, state = segment.updates.replay(parameters, state, at, step)
        ours = recorded[step] if step in recorded else segment.parameters_at(step)
        parameters, at = _apart(parameters, ours), step
        path.append(parameters)
        states.append(state)
    return Perturbation(segment, steps, np.array(path), np.array(states))


def _apart(theirs: FloatArray, ours: FloatArray) -> FloatArray:
    """Return parameters that differ from the training's: if they do not yet, by their last bits.

    They move down and up in turn, so that equal units do not stay equal: a sum that is rounded in
    another order separates them as well. A parameter that is exactly 0 stays where it is: no
    rounding makes the float64 next to it.
    """
    if (theirs != ours).any():
        return theirs
    ways = np.where(np.arange(len(ours)) % 2, np.inf, -np.inf)
    return np.where(ours == 0, 0.0, np.nextafter(ours, ways))


def sensitivity(
    record: Record, step: int, *, moved: tuple[Perturbation, ...] | None = None
) -> Sensitivity:
    """Return how far a change of the last bit has grown by a step of a record.

    Every update is made again, so it takes as long as the training did; `moved` are the
    perturbations of the record, if they are there already.
    """
    instance(record, "record", Record)
    ours = record.parameters_at(step)
    moved = perturbations(record, step) if moved is None else moved
    there = [each for each in moved if each.segment.first <= step][-1]
    return Sensitivity.between(step, ours, there.parameters_at(step))


def seconds_of_perturbations(record: Record, step: int) -> float:
    """Return about how many seconds the perturbations of a record take to a step."""
    done = 0
    for segment in record.segments:
        n_updates = max(0, min(step, segment.last) - segment.first)
        done += n_updates * (segment.plan.batch_size * segment.plan.n_parameters + _OVERHEAD)
    return done * _SECONDS
