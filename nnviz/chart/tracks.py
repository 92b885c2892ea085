"""Marks that move with the clock of a recorded run: one array of values for each mark.

The clock counts updates. A track has one value for step ``start``, ``start + stride`` and so on;
between two of them it shows the earlier one, and after the last entry that one. Before ``start`` it
is not seen. The browser draws these values; what it makes of a network's parameters (see
``network_tracks``) becomes pixels, never a number that is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Literal

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
    # Tracks of one series, in whatever packs, are stretches of one track, and each begins where the
    # one before ends: what is over need not be packed and sent again while a run goes on.
    series: str = ""
    axes: str = "xy"  # the subplot, named as traces name theirs: ``"xy"``, ``"x2y2"``

    kind: ClassVar[str] = ""
    dtype: ClassVar[str] = "f4"
    sent: ClassVar[tuple[str, ...]] = ("axes",)

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {name: getattr(self, name) for name in self.sent}

    def travelling(self) -> tuple[str, NDArray[Any]]:
        """Return how the values travel, and the array that does."""
        return self.dtype, as_sent(self.values, self.dtype)

    @property
    def travels_as(self) -> tuple[Any, ...]:
        """What is equal for tracks of which the same values travel in the same way."""
        return type(self).travelling, self.dtype

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
class MovingTrack(StrokeTrack):
    """A place that moves. ``values`` (n, 2); or what `made` makes the places of."""

    made: dict[str, Any] | None = None

    @property
    def travels_as(self) -> tuple[Any, ...]:
        """What is equal for tracks of which the same values travel in the same way."""
        return *super().travels_as, self.made and self.made["by"]

    def travelling(self) -> tuple[str, NDArray[Any]]:
        """Return how the values travel, and the array that does."""
        if self.made is None:
            return super().travelling()
        dtype = "u1" if self.made["by"] == "places" else "f3"
        if self.made["by"] == "parameters":
            return dtype, parameters_as_sent(self.values)
        return dtype, as_sent(self.values, dtype, _READ_BITS)


def by_steps() -> dict[str, Any]:
    """Return what makes places of one value for each step: that is y, and the step is x."""
    return {"by": "steps"}


def by_places(places: NDArray[np.float64]) -> dict[str, Any]:
    """Return what makes places of numbers: those of ``places`` (n, 2), counted from 1; 0 is none.

    There are at most 255.
    """
    return {"by": "places", "places": places.tolist()}


def by_parameters(centre: NDArray[np.float64], directions: NDArray[np.float64]) -> dict[str, Any]:
    """Return what makes places of parameters: how far they are from ``centre`` along two axes.

    ``directions`` has the shape (2, n_parameters).
    """
    return {"by": "parameters", "centre": centre.tolist(), "directions": directions.tolist()}


@dataclass(frozen=True, kw_only=True)
class TrailTrack(MovingTrack):
    """A path that grows by one point per time.

    After ``until`` it grows no more, but stays: that is where the run has been. Only another track
    in its slot takes its place.
    """

    kind = "trail"
    sent = (*StrokeTrack.sent, "made")


@dataclass(frozen=True, kw_only=True)
class DotTrack(MovingTrack):
    """A point that moves; ``size`` is its radius in pixels."""

    size: float = 6.0
    filled: bool = True

    kind = "dot"
    sent = (*StrokeTrack.sent, "size", "filled", "made")


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

    def travelling(self) -> tuple[str, NDArray[Any]]:
        """Return the numbers in the digits that are written, so that they travel in few bytes.

        A sentence beside it says the same number, however large or small.
        """
        values = np.asarray(self.values, dtype=np.float64)
        if ((values >= 0) & (values <= 255) & (values == np.floor(values))).all():
            return "u1", as_sent(values, "u1")
        values = readable(values)
        sizes = np.abs(values[np.isfinite(values) & (values != 0.0)])
        fits = ((sizes > _SMALLEST) & (sizes < _LARGEST)).all()
        dtype = "f3" if fits else "f8"
        return dtype, as_sent(values, dtype, _READ_BITS)

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {"label": self.label, "after": self.after, "names": list(self.names) or None}


def short_of(whole: float, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers for a readout, of which none below the whole is rounded up to it.

    The browser writes four digits: 0.99999 of a probability would be 1, 99.998 % would be 100.
    """
    return np.where(values < whole, np.minimum(values, 0.9999 * whole), values)


_ONE: Final = 200
"""Where 1 stands among the powers of ten."""
_TENS: Final = 10.0 ** np.arange(-_ONE, _ONE + 1, dtype=np.float64)
_TENS.flags.writeable = False


def readable(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers rounded to the four digits with which the browser writes them."""
    with np.errstate(all="ignore"):
        power = 3.0 - np.floor(np.log10(np.abs(values)))
        whole = np.where(np.isfinite(power), power, 0.0).astype(np.int64)
        # In two steps, so that neither factor leaves float64.
        first, second = _TENS[whole // 2 + _ONE], _TENS[-(-whole // 2) + _ONE]
        rounded = np.rint(values * first * second) / first / second
    return np.where(np.isfinite(rounded), rounded, values)


@dataclass(frozen=True, kw_only=True)
class WordsTrack(Track):
    """The sentence under the picture while it plays. ``values`` (n,), indices into ``texts``."""

    texts: tuple[str, ...]

    kind = "words"
    dtype = "u2"
    sent = ("texts",)


def sentences(
    texts: Sequence[str], *, start: int = 0, stride: int = 1, until: int | None = None
) -> WordsTrack:
    """Return a sentence for every step at which the player of a file stands.

    It stands nowhere else, so the steps are those at which all marks are exact.
    """
    return WordsTrack(
        values=np.arange(len(texts)),
        start=start,
        stride=stride,
        until=until,
        slot="sentences",
        texts=tuple(texts),
    )


def spoken(texts: Sequence[str], stride: int) -> WordsTrack:
    """Return what is said at every ``stride`` steps; each different text travels once."""
    different = tuple(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(different)}
    return WordsTrack(
        values=np.array([places[text] for text in texts]), texts=different, stride=stride
    )


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
        return tuple(track.travelling()[1] for track in self.tracks)


_SMALLEST, _LARGEST = 1e-37, 3e38  # that a float of four bytes holds with all digits


_BITS, _READ_BITS = 16, 14
"""Significant bits of a float of three bytes; those that four digits need."""


_FEW, _SMALL = 8, 8.0


def parameters_as_sent(values: NDArray[np.float64]) -> NDArray[Any]:
    """Return parameters, shape (n, n_parameters), as floats of three bytes.

    Few and small ones need no more bits than a number that is read: a weighted sum of them is
    right to a thousandth, and its colour to a tenth of a level.
    """
    few = values.shape[1] <= _FEW and np.abs(values).max(initial=0.0) <= _SMALL
    return as_sent(values, "f3", _READ_BITS if few else _BITS)


def as_sent(values: NDArray[Any], dtype: str, bits: int = _BITS) -> NDArray[Any]:
    """Return an array as it travels; "f3" is a float of three bytes, with 16 bits at the most."""
    # Beyond float32, a diverging run is infinite for the browser, which then draws no mark.
    with np.errstate(over="ignore"):
        array = np.ascontiguousarray(values, dtype="f4" if dtype == "f3" else dtype)
    if dtype != "f3":
        return array
    whole, dropped = array.view(np.uint32), 24 - bits
    rounded = (whole + np.uint32(1 << (dropped - 1))) >> np.uint32(dropped) << np.uint32(dropped)
    return np.where(np.isfinite(array), rounded, whole).astype(np.uint32).view(np.float32)
