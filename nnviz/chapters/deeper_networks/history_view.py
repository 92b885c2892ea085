"""Everything about a history that a picture shows, at every step that it can show."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps, unit_maps
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import Scores, scores
from nnviz.training.segment import Segment

CELLS_OF_A_UNIT: Final = 20
CELLS_OF_THE_ANSWER: Final = 44
NEAR: Final = 10
"""Updates before and after the moment that is seen, of which every one is shown."""

# Moments with maps and in the series of a whole history; fewer for one that is there for a blink.
_MAPS, _QUICK_MAPS = 72, 16
_MOMENTS, _QUICK_MOMENTS = 480, 120
# Activations that may be worked out for the series: a fifth of a second.
_MOST_ACTIVATIONS: Final = 30_000_000
# The beginning of a run, where most happens, is shown four to five times as finely.
_BEGINNING: Final = 0.1


@dataclass(frozen=True, eq=False)
class ViewPiece:
    """A part of a history, at steps ``first``, ``first + stride`` ... ``last`` at the most.

    Attributes
    ----------
    plan : Plan
        By which the updates of this part are made.
    first, last, stride : int
    parameters : ndarray, shape (n, n_parameters)
    scores : Scores
        At the same moments.
    map_stride : int
        Updates between two maps; the first map is that of ``first``.
    unit_maps : ndarray of uint8, shape (n_maps, n_units, cells, cells)
        As `plan_maps.unit_maps` makes them.
    answer_maps : ndarray of uint8, shape (n_maps, cells, cells)
        As `plan_maps.answer_maps` makes them.
    plane : Plane
        Of the answer maps; those of the units show the same part of the plane.
    """

    plan: Plan
    first: int
    last: int
    stride: int
    parameters: FloatArray
    scores: Scores
    map_stride: int
    unit_maps: npt.NDArray[np.uint8]
    answer_maps: npt.NDArray[np.uint8]
    plane: Plane

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def steps(self) -> npt.NDArray[np.int64]:
        """The steps of the series, shape (n,)."""
        return self.first + self.stride * np.arange(len(self.parameters))


@dataclass(frozen=True, eq=False)
class HistoryView:
    """A history in pieces, one after the other.

    Attributes
    ----------
    history : Record
    pieces : tuple of ViewPiece
        Each stretch has one or two; the last step of a piece is the first of the next.
    """

    history: Record
    pieces: tuple[ViewPiece, ...]

    @property
    def last_step(self) -> int:
        """Of the history."""
        return self.history.last_step

    def piece_at(self, step: int) -> ViewPiece:
        """Return the piece of a step; where two meet, the later one."""
        return [piece for piece in self.pieces if piece.first <= step][-1]

    def since(self, step: int) -> "HistoryView":
        """Return the series from a step on: of a branch, where it parts. Maps are left out."""
        later = [piece for piece in self.pieces if piece.last > step]
        return HistoryView(self.history, tuple(_series_since(piece, step) for piece in later))


def _series_since(piece: ViewPiece, step: int) -> ViewPiece:
    skipped = max(0, -(-(step - piece.first) // piece.stride))
    skipped = min(skipped, len(piece.parameters) - 1)
    series = (
        getattr(piece.scores, each.name)[skipped:].copy() for each in dataclasses.fields(Scores)
    )
    return dataclasses.replace(
        piece,
        first=piece.first + skipped * piece.stride,
        parameters=piece.parameters[skipped:].copy(),
        scores=Scores(*series),
        unit_maps=piece.unit_maps[:1].copy(),
        answer_maps=piece.answer_maps[:1].copy(),
    )


def view(history: Record, plane: Plane, *, quick: bool = False, first: int = 0) -> HistoryView:
    """Return what is to be seen of a history.

    Parameters
    ----------
    history : Record
    plane : Plane
        What the maps show of the sample's first two columns; the number of its points is ours.
    quick : bool
        Fewer moments and smaller maps, for a picture that will be replaced at once.
    first : int
        The first step that is shown: of a branch, where it parts. Of a history that ends before
        it, the last step is shown.
    """
    first = min(first, history.last_step)
    pieces = [
        _piece(stretch, begin, end, plane, history.last_step - first, quick=quick)
        for stretch, begin, end in _windows(history, first)
    ]
    return HistoryView(history, tuple(pieces))


def near(history: Record, step: int, plane: Plane, *, reach: int = NEAR) -> ViewPiece:
    """Return every update around a step, ``reach`` to each side, within the stretch of the step."""
    stretch = history.segment_at(step)
    begin, end = max(stretch.first, step - reach), min(stretch.last, step + reach)
    return _seen(stretch, begin, end, 1, 1, plane, quick=False)


def _windows(history: Record, first: int) -> Iterator[tuple[Segment, int, int]]:
    beginning = round(_BEGINNING * history.timeline.steps)
    for stretch in history.segments:
        begin = max(stretch.first, first)
        if stretch.last < begin:
            continue
        if begin < beginning < stretch.last:
            yield stretch, begin, beginning
            yield stretch, beginning, stretch.last
        else:
            yield stretch, begin, stretch.last


def _piece(
    stretch: Segment, begin: int, end: int, plane: Plane, length: int, *, quick: bool
) -> ViewPiece:
    """Return one window, with a share of the moments by its length, and of the beginning half."""
    share = max(0.5 * (end <= _BEGINNING * length), (end - begin) / max(1, length), 0.05)
    n_rows, n_units = stretch.plan.sample.n_rows, sum(stretch.plan.sizes)
    most = min(_QUICK_MOMENTS if quick else _MOMENTS, _MOST_ACTIVATIONS // (n_rows * n_units))
    stride = _distance(end - begin, share * max(most, 20))
    map_stride = stride * _distance(
        (end - begin) // stride, share * (_QUICK_MAPS if quick else _MAPS)
    )
    return _seen(stretch, begin, end, stride, map_stride, plane, quick=quick)


def _distance(length: int, moments: float) -> int:
    return max(1, -(-length // max(1, round(moments))))


def _seen(
    stretch: Segment,
    begin: int,
    end: int,
    stride: int,
    map_stride: int,
    plane: Plane,
    *,
    quick: bool,
) -> ViewPiece:
    plan = stretch.plan
    parameters = stretch.parameters_every(stride, begin, end)
    moments = parameters[:: map_stride // stride]
    borders = (plane.x_low, plane.x_high, plane.y_low, plane.y_high)
    shrunk = 2 if quick else 1
    answer_plane = Plane(*borders, CELLS_OF_THE_ANSWER // shrunk)
    return ViewPiece(
        plan=plan,
        first=begin,
        last=end,
        stride=stride,
        parameters=parameters,
        scores=scores(plan, parameters),
        map_stride=map_stride,
        unit_maps=unit_maps(plan, moments, Plane(*borders, CELLS_OF_A_UNIT // shrunk)),
        answer_maps=answer_maps(plan, moments, answer_plane),
        plane=answer_plane,
    )
