"""How the segment of one stage starts, is trained and recorded, and where it ends too early."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.kernels.choices import HARMLESS
from nnviz.training.plan import Plan
from nnviz.training.row_order import RowNumbers, picked_rows
from nnviz.training.segment import Segment, Updates
from nnviz.training.timeline import Stage, Timeline
from nnviz.training.transfer import keeps_state, transferred

MOST_RECORDED: Final = 1_000
# Of a whole record, in float64 values: 4 MB.
_RECORD_VALUES: Final = 500_000


@dataclass(frozen=True, eq=False)
class Start:
    """Where the segment of a stage starts from, and on which grid its checkpoints lie."""

    updates: Updates
    step: int
    parameters: FloatArray
    state: FloatArray
    goes_on: bool
    origin: int
    stride: int
    # the grid on which parameters are kept to be shown; none if `shown_every` is 0
    shown_from: int
    shown_every: int

    @property
    def plan(self) -> Plan:
        """What the updates are made by."""
        return self.updates.plan

    def begins(self, segment: Segment) -> bool:
        """Return whether a segment makes the same updates from the same state on."""
        return (
            segment.first == self.step
            and segment.updates == self.updates
            and segment.updates.picked is self.updates.picked
            and np.array_equal(segment.parameters[0], self.parameters)
            and np.array_equal(segment.optimizer_states[0], self.state)
        )


def start_of(
    timeline: Timeline, stage: Stage, before: Segment | None, shown_every: int = 0
) -> Start:
    """Return where a stage starts, after the segment before it, or at the beginning of all."""
    plan, step = stage.plan, stage.step
    origin, goes_on = step, False
    if before is None:
        updates = Updates(plan, picked=_picked(timeline, plan, None))
        parameters, state = np.array(plan.start), updates.initial_state()
    else:
        old, counted = before.plan, before.updates
        parameters = np.array(transferred(old, before.parameters[-1], plan))
        updates = replace(counted.continued(plan, step), picked=_picked(timeline, plan, counted))
        same_state = keeps_state(old, plan)
        state = before.optimizer_states[-1] if same_state else updates.initial_state()
        goes_on = not stage.by_hand and _with_rate_of(plan, old) == old
        if timeline.record_every and goes_on:
            origin = before.origin
        if before.first == before.last == step:  # no update was made by the plan before
            goes_on = goes_on and before.goes_on
    for index, value in stage.by_hand:
        parameters[index] = value
    shown_from = before.shown_from if before is not None and goes_on else step
    stride = _stride(timeline, plan, origin)
    return Start(updates, step, parameters, state, goes_on, origin, stride, shown_from, shown_every)


def _with_rate_of(plan: Plan, other: Plan) -> Plan:
    rate = other.hyperparameters.learning_rate
    return replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=rate))


def _picked(timeline: Timeline, plan: Plan, before: Updates | None) -> RowNumbers | None:
    if before is not None and before.picked is not None:
        old = before.plan
        same_order = old.hyperparameters.order == plan.hyperparameters.order
        if same_order and old.seed == plan.seed and old.sample.n_rows == plan.sample.n_rows:
            return before.picked
    order, n_rows = plan.hyperparameters.order, len(plan.split.train)
    if order == "epochs":
        return None
    return picked_rows(order, n_rows, plan.seed, timeline.steps, timeline.plan.sizes[0] + 1)


def _stride(timeline: Timeline, plan: Plan, origin: int) -> int:
    """Return the distance of the checkpoints that are kept."""
    if not timeline.record_every:
        most = max(10, min(MOST_RECORDED, _RECORD_VALUES // (3 * plan.n_parameters)))
        return -(-timeline.steps // most)
    values = plan.n_parameters + len(plan.split.train)
    most = max(2, min(MOST_RECORDED, _RECORD_VALUES // values))
    stride = timeline.record_every
    while (timeline.steps - origin) // stride + 1 > most:
        stride *= 2
    return stride


def in_common(start: Start, last: int, known: Iterable[Segment]) -> Segment | None:
    """Return the segment from a start to a step if it is, or begins, one that is known."""

    def grids(of: Start | Segment) -> tuple[int, ...]:
        return of.origin, of.stride, of.goes_on, of.shown_from, of.shown_every

    for segment in known:
        if grids(segment) == grids(start) and segment.last >= last and start.begins(segment):
            return segment.until(last)
    return None


def recorded(start: Start, last: int, known: Iterable[Segment] = ()) -> tuple[Segment, bool]:
    """Train a segment and keep checkpoints; return as well whether all of it was harmless.

    The end of a shorter segment that is known is gone on from; what it led through was finite.
    What is kept to be shown is trained from the beginning.
    """
    steps, path = [np.array([start.step])], [start.parameters[np.newaxis]]
    states, harmless = [start.state[np.newaxis]], True
    stride, shown_every = start.stride, start.shown_every
    shown = [path[0][: shown_every and (start.step - start.shown_from) % shown_every == 0]]
    note = start.step + stride - (start.step - start.origin) % stride
    at, parameters, state = start.step, start.parameters, start.state
    for segment in known if not shown_every else ():
        if at < segment.last < last and start.begins(segment):
            for step in range(note, segment.last + 1, stride):
                parameters, state = segment.state_at(step)
                steps.append(np.array([step]))
                path.append(parameters[np.newaxis])
                states.append(state[np.newaxis])
                note += stride
            at, (parameters, state) = segment.last, segment.state_at(segment.last)
    # Noting every update costs nothing beside making it.
    notes = (1, at + 1) if shown_every else (stride, note)
    for chunk in start.updates.train(parameters, state, at, last, *notes):
        harmless = harmless and chunk.harmless
        kept = (chunk.steps - start.origin) % stride == 0
        steps.append(chunk.steps[kept])
        path.append(chunk.path[kept])
        states.append(chunk.states_path[kept])
        if shown_every:
            shown.append(chunk.path[(chunk.steps - start.shown_from) % shown_every == 0])
        if chunk.end == last and (last - start.origin) % stride:
            steps.append(np.array([last]))
            path.append(chunk.parameters[np.newaxis])
            states.append(chunk.state[np.newaxis])
    segment = Segment(
        start.updates, start.step, last,
        np.concatenate(steps), np.concatenate(path), np.concatenate(states),
        start.origin, stride, start.goes_on, start.shown_from, shown_every, np.concatenate(shown),
    )  # fmt: skip
    return segment, harmless


def last_finite(start: Start, last: int) -> int:
    """Return the last step with finite parameters and a finite training loss."""
    for chunk in start.updates.train(start.parameters, start.state, start.step, last):
        if chunk.harmless or np.abs(chunk.path).max() <= HARMLESS:
            continue
        finite = all_finite(start.plan, chunk.path)
        if not finite.all():
            return int(chunk.steps[finite.argmin()]) - 1
    return last


def all_finite(plan: Plan, path: FloatArray) -> npt.NDArray[np.bool_]:
    """Return at which steps the parameters and the training loss are finite."""
    with np.errstate(all="ignore"):
        losses = evaluation.row_errors(plan, path).sum(axis=-1)
    return np.asarray(np.isfinite(losses) & np.isfinite(path).all(axis=1))


def early_stop(start: Start, last: int) -> int | None:
    """Return the step at which patience ends, or None."""
    plan, updates, first = start.plan, start.updates, start.step
    patience, per_epoch = plan.hyperparameters.patience, plan.updates_per_epoch
    if not patience or not len(plan.split.test):
        return None
    # The first whole epoch after the beginning.
    boundary = first + (-(first - updates.order_begin)) % per_epoch
    if first < boundary > last:
        return None
    lowest, since = np.inf, 0
    parameters, state = updates.replay(start.parameters, start.state, first, boundary)
    for chunk in updates.train(parameters, state, boundary, last, per_epoch):
        losses = evaluation.row_losses(plan, chunk.path, plan.test_inputs, plan.test_targets)
        for step, loss in zip(chunk.steps.tolist(), losses.mean(axis=-1).tolist(), strict=True):
            lowest, since = (loss, 0) if loss < lowest else (lowest, since + 1)
            if since >= patience:
                return int(step)
    return None
