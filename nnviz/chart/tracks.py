"""Marks that move with the clock of a recorded run: one array of values for each mark.

The clock counts updates. A track has one value for step ``start``, ``start + stride`` and so on;
between two of them it shows the earlier one, and after the last entry that one. Before ``start`` it
is not seen. The browser draws these values and computes nothing.
"""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.chart.theme import INK

Dash = Literal["solid", "dash", "dot", "dashdot", "longdash"]
"""Named as Plotly names them, so that a line and its moving mark look alike."""


@dataclass(frozen=True, kw_only=True)
class Track:
    """Values over the steps of a run; axis 0 of ``values`` is time.

    A kind of track is a subclass: it says the shape of its ``values``, how they travel (``dtype``,
    as NumPy writes it) and which of its attributes the browser is sent besides (``sent``).
    """

    values: NDArray[Any]  # one entry per time, of the shape that the kind of track asks for
    # start, stride: the step of the first entry, and the updates between two entries
    start: int = 0
    stride: int = 1
    # the last step at which it is seen; None for as long as the clock runs
    until: int | None = None
    # Of the tracks that name the same slot, only the last one in the order of the packs is seen at
    # a step that several cover. So a run travels in coarse values, and the steps around the person
    # in exact ones.
    slot: str = ""
    axes: str = "xy"  # the subplot, named as traces name theirs: ``"xy"``, ``"x2y2"``

    kind: ClassVar[str] = ""
    dtype: ClassVar[str] = "f4"
    sent: ClassVar[tuple[str, ...]] = ("axes",)

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {name: getattr(self, name) for name in self.sent}

    @property
    def shape(self) -> list[int]:
        """The shape of one entry."""
        return list(self.values.shape[1:])

    @property
    def points(self) -> int:
        """How many points or bars an entry has."""
        return int(self.values.shape[1])


@dataclass(frozen=True, kw_only=True)
class MapTrack(Track):
    """A painted plane. ``values`` uint8 (n, rows, columns), first row lowest.

    ``extent`` is (x_low, x_high, y_low, y_high), the outer edges of the cells; ``stops`` are the
    colours that 0 to 255 run through.
    """

    extent: tuple[float, float, float, float]
    stops: tuple[str, ...]

    kind = "map"
    dtype = "u1"
    sent = ("axes", "extent", "stops", "shape")


@dataclass(frozen=True, kw_only=True)
class StrokeTrack(Track):
    """A track that is drawn with a pen."""

    colour: str = INK
    width: float = 2.0
    dash: Dash = "solid"

    sent: ClassVar[tuple[str, ...]] = ("axes", "colour", "width", "dash")


@dataclass(frozen=True, kw_only=True)
class LineTrack(StrokeTrack):
    """A polyline that has its own points at every time. ``values`` (n, points, 2)."""

    kind = "line"
    sent = (*StrokeTrack.sent, "points")


@dataclass(frozen=True, kw_only=True)
class TrailTrack(StrokeTrack):
    """A path that grows by one point per time. ``values`` (n, 2).

    After ``until`` it grows no more, but stays: that is where the run has been. Only another track
    in its slot takes its place.
    """

    kind = "trail"


@dataclass(frozen=True, kw_only=True)
class DotTrack(StrokeTrack):
    """A point that moves. ``values`` (n, 2); ``size`` is its radius in pixels."""

    size: float = 6.0
    filled: bool = True

    kind = "dot"
    sent = (*StrokeTrack.sent, "size", "filled")


@dataclass(frozen=True, kw_only=True)
class BarTrack(StrokeTrack):
    """Horizontal bars from zero at y = 0, 1, 2 ... ``values`` (n, bars)."""

    colours: tuple[str, ...]
    thickness: float = 0.7

    kind = "bars"
    sent = (*StrokeTrack.sent, "colours", "thickness", "points")


@dataclass(frozen=True, kw_only=True)
class ReadoutTrack(Track):
    """A number under the picture. ``values`` (n,).

    ``label`` stands before it, ``after`` behind it. With ``names`` the value is an index into them,
    and an empty name is not shown.
    """

    label: str
    after: str = ""
    names: tuple[str, ...] = ()

    kind = "readout"
    dtype = "f8"  # a sentence beside it says the same number, however large

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {"label": self.label, "after": self.after, "names": list(self.names) or None}


def short_of(whole: float, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers for a readout, of which none below the whole is rounded up to it.

    The browser writes four digits: 0.99999 of a probability would be 1, 99.998 % would be 100.
    """
    return np.where(values < whole, np.minimum(values, 0.9999 * whole), values)


@dataclass(frozen=True, kw_only=True)
class WordsTrack(Track):
    """The sentence under the picture while it plays. ``values`` (n,), indices into ``texts``."""

    texts: tuple[str, ...]

    kind = "words"
    dtype = "u2"
    sent = ("texts",)


@dataclass(frozen=True)
class Tracks:
    """All marks that move in one picture, and the last step of its clock.

    Raises ValueError if a track has no value.
    """

    tracks: tuple[Track, ...]
    last: int

    def __post_init__(self) -> None:
        for track in self.tracks:
            if len(track.values) == 0:
                raise ValueError(f"A {track.kind} track needs at least one value.")

    def up_to(self, last: int) -> "Tracks":
        """Return the marks with a clock that ends at a step: nobody can play on from there."""
        kept = (
            replace(track, values=track.values[: (last - track.start) // track.stride + 1])
            for track in self.tracks
            if track.start <= last
        )
        return Tracks(tuple(kept), min(last, self.last))

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Return each track's values as the browser gets them."""
        # Beyond float32, a diverging run is infinite for the browser, which then draws no mark.
        with np.errstate(over="ignore"):
            return tuple(np.ascontiguousarray(t.values, dtype=t.dtype) for t in self.tracks)
