"""Marks whose values are the recorded parameters of a network, which the browser evaluates.

So the ground, the line, the maps in the units and the bars belong to the very step that is seen, in
the screen's own pixels; no number that is printed is made of them. ``static/nnviz/evaluate.js``
does what `nnviz.training.evaluation` does, and the tests hold one to the other.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from nnviz.chart.tracks import StrokeTrack, Track, parameters_as_sent
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import ENGINEERED
from nnviz.nn.checks import FloatArray
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import BOUNDED, answer_scale
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.plan import Plan

_LARGEST: Final = 3e38
"""Of a parameter: a diverging run goes beyond what travels, but its colours are saturated there."""


def network_form(plan: Plan) -> dict[str, Any]:
    """Return a network as the browser evaluates it over the plane of the sample.

    It says how each input is made, how large the layers are, and what the colours stand for.
    """
    columns = plan.column_inputs
    shown = [*ENGINEERED, *columns[:2]]
    rest = plan.sample.X[plan.split.train].mean(axis=0)  # of a column that the plane does not show
    scaler = plan.standardiser
    inputs = [
        {
            "name": name if name in shown else "",
            "value": 0.0 if name in shown else float(rest[columns.index(name)]),
            "mean": 0.0 if scaler is None else float(scaler.mean[k]),
            "scale": 1.0 if scaler is None else float(scaler.scale[k]),
        }
        for k, name in enumerate(plan.architecture.inputs)
    ]
    middle, reach = answer_scale(plan)
    hidden = [_ends(name) for name in plan.activations[:-1]]
    return {
        "inputs": inputs,
        "sizes": list(plan.sizes),
        "activations": list(plan.activations),
        "middle": middle,
        "reach": reach,
        "ends": [None, *hidden, [middle, reach]],
    }


def error_form(plan: Plan) -> dict[str, Any]:
    """Return the training rows as the browser gives them to the network, for their squared errors.

    Raises ValueError if the network has another loss.
    """
    if plan.loss != "squared_error" or plan.n_outputs > 1:
        raise ValueError("only squared errors of one output are drawn in the browser.")
    return {
        "network": network_form(plan),
        "inputs": plan.train_inputs.tolist(),
        "targets": plan.train_targets[:, 0].tolist(),
    }


def _ends(activation: str) -> list[float] | None:
    """Return the middle of a unit's values and how far they reach, or None if they have no ends."""
    if activation not in BOUNDED:
        return None
    kind = ACTIVATIONS[activation]
    return [(kind.lowest + kind.highest) / 2, (kind.highest - kind.lowest) / 2]


def undecided(plan: Plan) -> float | None:
    """Return the weighted sum of the output at which neither of two classes is nearer.

    None if there are not two classes, or there is an output for each.
    """
    if plan.n_outputs > 1 or not plan.sample.classes:
        return None
    return answer_scale(plan)[0] if plan.activations[-1] == "linear" else 0.0


def within_range(parameters: FloatArray) -> FloatArray:
    """Return parameters cut off where they would be infinite for the browser."""
    return np.clip(parameters, -_LARGEST, _LARGEST)


class _OfParameters(Track):
    """A track whose ``values`` are parameters, (n, n_parameters), in the order of `Network`."""

    def travelling(self) -> tuple[str, NDArray[Any]]:
        """Return how the values travel, and the array that does."""
        return "f3", parameters_as_sent(within_range(self.values))


@dataclass(frozen=True, kw_only=True)
class GroundTrack(_OfParameters):
    """What the network answers everywhere in a subplot; ``stops`` are the colours of its answers.

    Of k classes they are paper and colour of each class, one after the other.
    """

    network: dict[str, Any]  # as `network_form` returns it
    stops: tuple[str, ...]

    kind = "ground"
    sent = ("axes", "network", "stops")


@dataclass(frozen=True, kw_only=True)
class SurfaceTrack(_OfParameters):
    """The squared error of all rows over two directions of the parameters, all else as it is."""

    rows: dict[str, Any]  # as `error_form` returns it
    surface: SurfaceAxes  # what the axes of the subplot stand for
    shades: FloatArray  # (n, 2): errors that rise, and the place of each among ``stops``, 0 to 1
    stops: tuple[str, ...]

    kind = "surface"
    sent = ("axes", "rows", "stops")

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        centre, directions = self.surface.centre.tolist(), self.surface.directions.tolist()
        shades = np.asarray(self.shades).tolist()
        return {**super().style(), "centre": centre, "directions": directions, "shades": shades}


@dataclass(frozen=True, kw_only=True)
class BoundaryTrack(_OfParameters, StrokeTrack):
    """Where a network with one output is undecided between two classes."""

    network: dict[str, Any]
    undecided: float  # as the function of that name returns it

    kind = "boundary"
    sent = (*StrokeTrack.sent, "network", "undecided")


@dataclass(frozen=True, kw_only=True)
class CurveTrack(_OfParameters, StrokeTrack):
    """What a network answers over its only input; with ``rows``, how far each is from that."""

    network: dict[str, Any]
    # mean, scale: what makes an output a number in the unit of the target
    mean: float
    scale: float
    rows: tuple[tuple[float, float], ...] = ()  # (x, y)

    kind = "curve"
    sent = (*StrokeTrack.sent, "network", "mean", "scale", "rows")


@dataclass(frozen=True, kw_only=True)
class RowErrorTrack(_OfParameters, StrokeTrack):
    """The squared error of each row as a horizontal bar from zero at y = 0, 1, 2 ..."""

    rows: dict[str, Any]
    colours: tuple[str, ...]
    thickness: float = 0.7

    kind = "errors"
    sent = (*StrokeTrack.sent, "rows", "colours", "thickness")


@dataclass(frozen=True, kw_only=True)
class TilesTrack(_OfParameters):
    """What units give over the plane, as many small maps.

    ``boxes`` holds (x, y, side) of each square, in the coordinates of its subplot; the first of
    them is for the unit after ``skip`` others, where the inputs come first and the outputs last.
    """

    network: dict[str, Any]
    plane: Plane  # the part of the plane that each shows
    boxes: tuple[tuple[float, float, float], ...]
    stops: tuple[str, ...]
    skip: int = 0

    kind = "tiles"
    sent = ("axes", "network", "boxes", "stops", "skip")

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        plane = self.plane
        extent = (plane.x_low, plane.x_high, plane.y_low, plane.y_high)
        return {**super().style(), "extent": extent}


@dataclass(frozen=True, kw_only=True)
class SignedTrack(_OfParameters):
    """Some of the parameters, each at its place; ``which`` of them each is.

    ``below`` and ``above`` are the colours of negative and of positive ones.
    """

    places: tuple[tuple[float, ...], ...]
    which: tuple[int, ...]
    below: str
    above: str

    sent: ClassVar[tuple[str, ...]] = ("axes", "places", "which", "below", "above")


@dataclass(frozen=True, kw_only=True)
class EdgeTrack(SignedTrack):
    """Edges by weight: wider for a larger one, dashed for a negative one.

    ``places`` are (x0, y0, x1, y1); ``widest`` is the width of the heaviest, in the coordinates of
    the subplot.
    """

    widest: float = 7.0

    kind = "edges"
    sent = (*SignedTrack.sent, "widest")


@dataclass(frozen=True, kw_only=True)
class BiasTrack(SignedTrack):
    """Biases as small marks: a square for a positive one, a diamond for a negative one.

    The stronger the colour, the further from zero. ``places`` are (x, y, side).
    """

    kind = "biases"
