"""A record as a picture shows it: losses and parameters at some of its checkpoints."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import Scores, scores
from nnviz.training.segment import Segment

NEAR: Final = 10
"""Number of updates before and after the step on the screen of which every one is shown."""

# Checkpoints in the series of a whole record; fewer for a view that is replaced soon.
_CHECKPOINTS, _QUICK_CHECKPOINTS = 480, 120
# Activations that may be computed for the series: a fifth of a second.
_MOST_ACTIVATIONS: Final = 30_000_000
_QUICK_ACTIVATIONS: Final = 3_000_000
_MOST_PARAMETERS: Final = 400_000  # of a whole record that goes into a file
# The beginning of a run, where most happens, is shown four to five times as finely.
_BEGINNING: Final = 0.1


@dataclass(frozen=True, eq=False)
class ViewPiece(Frozen):
    """A part of a record at the steps ``first``, ``first + stride``, ... up to ``last``."""

    plan: Plan  # the plan of this part
    first: int
    last: int
    stride: int
    parameters: FloatArray  # (n, n_parameters)
    scores: Scores  # at the same steps

    @property
    def steps(self) -> npt.NDArray[np.int64]:
        """The steps of the series, shape (n,)."""
        return self.first + self.stride * np.arange(len(self.parameters))

    def since(self, step: int) -> "ViewPiece":
        """Return the series from a step on."""
        skipped = max(0, -(-(step - self.first) // self.stride))
        skipped = min(skipped, len(self.parameters) - 1)
        series = (
            getattr(self.scores, each.name)[skipped:].copy() for each in dataclasses.fields(Scores)
        )
        return dataclasses.replace(
            self,
            first=self.first + skipped * self.stride,
            parameters=self.parameters[skipped:].copy(),
            scores=Scores(*series),
        )


@dataclass(frozen=True, eq=False)
class RecordView:
    """A record in pieces, one after the other."""

    record: Record
    # one or two for each segment; the last step of a piece is the first of the next
    pieces: tuple[ViewPiece, ...]

    @property
    def last_step(self) -> int:
        """The last step of the record."""
        return self.record.last_step

    def piece_at(self, step: int) -> ViewPiece:
        """Return the piece of a step; where two meet, the later one."""
        return [piece for piece in self.pieces if piece.first <= step][-1]

    def since(self, step: int) -> "RecordView":
        """Return the series from a step on, as for a branch that parts there."""
        later = tuple(piece.since(step) for piece in self.pieces if piece.last > step)
        return RecordView(self.record, later)


def view(record: Record, *, quick: bool = False) -> RecordView:
    """Return the view of a record; a quick one has fewer checkpoints, to be replaced at once."""
    pieces = [
        _piece(segment, first, last, record.last_step, quick=quick)
        for segment, first, last in _windows(record, quick=quick)
    ]
    return RecordView(record, tuple(pieces))


def near(record: Record, step: int, *, reach: int = NEAR) -> ViewPiece:
    """Return every update around a step, ``reach`` to each side, within the segment of the step."""
    segment = record.segment_at(step)
    first, last = max(segment.first, step - reach), min(segment.last, step + reach)
    return _view_of(segment, first, last, 1)


def singly(record: Record) -> tuple[ViewPiece, ...]:
    """Return every update of a record that is not long, in its segments; else the last ones."""
    steps = record.timeline.steps
    plans = [segment.plan for segment in record.segments]
    n_parameters = max(plan.n_parameters for plan in plans)
    n_activations = max(plan.sample.n_rows * sum(plan.sizes) for plan in plans)
    if steps * n_parameters > _MOST_PARAMETERS or steps * n_activations > 2 * _MOST_ACTIVATIONS:
        return (near(record, record.last_step),)
    return tuple(_view_of(each, each.first, each.last, 1) for each in record.segments)


def _windows(record: Record, *, quick: bool) -> Iterator[tuple[Segment, int, int]]:
    beginning = round(_BEGINNING * record.timeline.steps)
    for segment in record.segments:
        plan = segment.plan
        many = quick and plan.sample.n_rows * sum(plan.sizes) > _QUICK_ACTIVATIONS // 10
        if segment.first < beginning < segment.last and not many:
            yield segment, segment.first, beginning
            yield segment, beginning, segment.last
        else:
            yield segment, segment.first, segment.last


def _piece(segment: Segment, first: int, last: int, length: int, *, quick: bool) -> ViewPiece:
    """Return one window, with checkpoints by its length; the beginning has half of them."""
    n = last - first
    fraction = max(0.5 * (last <= _BEGINNING * length), n / max(1, length), 0.05)
    n_activations = segment.plan.sample.n_rows * sum(segment.plan.sizes)
    if quick:
        most = min(_QUICK_CHECKPOINTS, _QUICK_ACTIVATIONS // n_activations)
    else:
        most = max(min(_CHECKPOINTS, _MOST_ACTIVATIONS // n_activations), 20)
    return _view_of(segment, first, last, _stride(n, fraction * most))


def _stride(length: int, n_checkpoints: float) -> int:
    return max(1, -(-length // max(1, round(n_checkpoints))))


def _view_of(segment: Segment, first: int, last: int, stride: int) -> ViewPiece:
    parameters = segment.parameters_every(stride, first, last)
    return ViewPiece(
        plan=segment.plan,
        first=first,
        last=last,
        stride=stride,
        parameters=parameters,
        scores=scores(segment.plan, parameters),
    )
