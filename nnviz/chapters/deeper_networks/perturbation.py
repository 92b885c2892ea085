"""Whether a training is chaotic: how far a perturbation of the last bit grows.

Scripts round their sums in another order than the compiled updates do. What becomes of that is
shown by a perturbed training that starts one last bit away.
"""

from collections.abc import Iterator

import numpy as np

from nnviz.nn.checks import FloatArray, instance
from nnviz.training.record import Record
from nnviz.training.segment import Segment
from nnviz.training.sensitivity import Sensitivity
from nnviz.training.transfer import transferred

# Updates that are replayed at once, so that a long training needs little memory.
_CHUNK = 5_000
# Cost of an update in rows times parameters, and the seconds that one of these takes.
_OVERHEAD = 200
_SECONDS = 1.5e-9


def sensitivity(record: Record, step: int) -> Sensitivity:
    """Return how far a perturbation of the last bit has grown by a step.

    The perturbed training makes every update again, so it takes as long as the training did.

    Parameters
    ----------
    step : int
        A step of the record.
    """
    instance(record, "record", Record)
    ours = record.parameters_at(step)
    return Sensitivity.between(step, ours, perturbed_parameters(record, step))


def seconds(record: Record, step: int) -> float:
    """Return about how many seconds the perturbed training takes to a step."""
    done = 0
    for segment in record.segments:
        n_updates = max(0, min(step, segment.last) - segment.first)
        done += n_updates * (segment.plan.batch_size * segment.plan.n_parameters + _OVERHEAD)
    return done * _SECONDS


def perturbed_parameters(record: Record, step: int) -> FloatArray:
    """Return the parameters of the perturbed training at a step, shape (n_parameters,).

    Every parameter that is not exactly 0 is moved by its last bit at the start, and again where
    both trainings have become equal, 1, 2, 4, 8 ... updates after each change of plan. Parameters
    move up and down in turn, so that equal units do not stay equal: a sum that is rounded in
    another order separates them as well.
    """
    parameters, state = np.empty(0), np.empty(0)
    before: Segment | None = None
    for segment, stage in zip(record.segments, record.timeline.stages, strict=False):
        if segment.first > step:
            break
        if before is None:
            parameters, state = np.array(segment.plan.start), segment.optimizer_states[0]
        else:
            parameters = np.array(transferred(before.plan, parameters, segment.plan))
            if segment.updates.optimizer_begin == segment.first:
                state = segment.optimizer_states[0]
        for index, value in stage.by_hand:
            parameters[index] = value
        parameters = _perturbed(parameters, segment.parameters[0])
        at = segment.first
        for stop in _stops(segment.first, min(step, segment.last)):
            parameters, state = segment.updates.replay(parameters, state, at, stop)
            at = stop
            parameters = _perturbed(parameters, segment.parameters_at(stop))
        before = segment
    return parameters


def _stops(first: int, last: int) -> Iterator[int]:
    """Yield steps at growing distances, and the last one."""
    distance = 1
    at = first
    while at < last:
        at = min(last, at + min(distance, _CHUNK))
        distance *= 2
        yield at


def _perturbed(theirs: FloatArray, ours: FloatArray) -> FloatArray:
    if (theirs != ours).any():
        return theirs
    ways = np.where(np.arange(len(ours)) % 2, np.inf, -np.inf)
    return np.where(ours == 0, 0.0, np.nextafter(ours, ways))
