"""The network that is trained, drawn beside its run: inputs, hidden units, output, and buttons.

What a unit gives over the plane is grey, because the colours of this picture are the classes.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.figures.plane import PLANE
from nnviz.chart import theme
from nnviz.chart.gestures import Button
from nnviz.chart.network_tracks import BiasTrack, EdgeTrack, TilesTrack, network_form
from nnviz.chart.tracks import Track, Tracks
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, MOST_HIDDEN_UNITS, Model, nice
from nnviz.training.playback import RunView

SIDE: Final = 100.0
"""Of the subplot, in its own units, across and up."""

AXES: Final = "x5y5"
_GREYS: Final = (theme.PAPER, theme.GREY, theme.INK)
_INPUTS, _HIDDEN, _OUTPUT = 25.0, 58.0, 90.0
_TOP, _BOTTOM = 88.0, 14.0
_LARGEST: Final = 15.0
_BUTTON_ROW: Final = 4.0
_ACTIVATION_ROW: Final = 95.0


@dataclass(frozen=True)
class NetworkPanel:
    """Where everything of the drawing is."""

    model: Model
    height: float  # of the subplot, as a part of its width
    offers_inputs: bool  # whether there is room for the inputs that can be added

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The inputs that have a place, whether they are used or not."""
        return ("x1", "x2", *(ADDABLE if self.offers_inputs else self.model.features))

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The inputs of the model, in its order."""
        return ("x1", "x2", *self.model.features)

    @cached_property
    def layers(self) -> tuple[tuple[tuple[float, float, float], ...], ...]:
        """(x, y, side) of every unit, layer by layer, the inputs that are used first."""
        places = dict(zip(self.inputs, self.heights(len(self.inputs)), strict=True))
        side = self._side(len(self.inputs))
        layers = [tuple((_INPUTS, places[name], side) for name in self.used)]
        if self.model.units:
            side = self._side(self.model.units)
            heights = self.heights(self.model.units)
            layers.append(tuple((_HIDDEN, y, side) for y in heights))
        layers.append(((_OUTPUT, (_TOP + _BOTTOM) / 2, _LARGEST),))
        return tuple(layers)

    @cached_property
    def edges(self) -> tuple[tuple[float, float, float, float], ...]:
        """(x0, y0, x1, y1) of every weight, in the order of the parameters."""
        return tuple(
            (x0 + side0 / 2, y0, x1 - side1 / 2, y1)
            for before, after in pairwise(self.layers)
            for x0, y0, side0 in before
            for x1, y1, side1 in after
        )

    @cached_property
    def biases(self) -> tuple[tuple[float, float, float], ...]:
        """(x, y, side) of the mark of every bias, at the lower left corner of its unit."""
        return tuple(
            (x - side / 2, y - side / 2 / self.height, 0.3 * side)
            for layer in self.layers[1:]
            for x, y, side in layer
        )

    def heights(self, n: int) -> list[float]:
        """Return how high the middles of n things below each other stand."""
        return [float(y) for y in np.linspace(_TOP, _BOTTOM, 2 * n + 1)[1::2]]

    def _side(self, n: int) -> float:
        return min(_LARGEST, 0.8 * (_TOP - _BOTTOM) * self.height / n)


def network_axes() -> dict[str, dict[str, Any]]:
    """Return both axes of the drawing, of which nothing is seen."""
    unseen = {"range": [0, SIDE], "visible": False, "fixedrange": True}
    return {"xaxis5": {**unseen, "anchor": "y5"}, "yaxis5": {**unseen, "anchor": "x5"}}


def network_texts(panel: NetworkPanel) -> list[dict[str, Any]]:
    """Return the names of inputs, hidden layer and output."""
    places = zip(panel.used, panel.layers[0], strict=True)
    texts = [_text(nice(name), x - side / 2 - 2, y, "right") for name, (x, y, side) in places]
    x, y, side = panel.layers[-1][0]
    texts.append(_text("answer", x, y + side / 2 / panel.height + 4, "center"))
    model = panel.model
    if model.units:
        # Where it can be changed, a button stands over it.
        texts.append(_text(model.activation, _HIDDEN, _ACTIVATION_ROW, "center"))
    else:
        texts.append(_text("no hidden unit", _HIDDEN, _BUTTON_ROW + 10, "center"))
    return texts


def network_buttons(panel: NetworkPanel, *, inputs: bool) -> list[Button]:
    """Return the buttons that add and take away units; with `inputs` those of all else as well."""
    model, n = panel.model, panel.model.units
    have, full = f"now {n} hidden unit{'s' * (n != 1)}", n == MOST_HIDDEN_UNITS
    left, right = (_HIDDEN - 10, _BUTTON_ROW), (_HIDDEN + 10, _BUTTON_ROW)
    buttons = [
        _button("-unit", "−", f"Take away a hidden unit ({have})", *left, off=not n),
        _button("+unit", "+", f"Add a hidden unit ({have})", *right, off=full),
    ]
    if not inputs:
        return buttons
    if n:
        follows = _next_activation(model.activation)
        label = f"Activation of the hidden units: {model.activation}. Press for {follows}."
        buttons.append(_button("activation", model.activation, label, _HIDDEN, _ACTIVATION_ROW))
    heights = dict(zip(panel.inputs, panel.heights(len(panel.inputs)), strict=True))
    for name in ADDABLE:
        is_used = name in model.features
        text, x = ("−", _INPUTS + 12) if is_used else (f"+ {nice(name)}", _INPUTS - 6)
        label = f"{'Take away' if is_used else 'Add'} the input {nice(name)}"
        buttons.append(_button(name, text, label, x, heights[name]))
    return buttons


def pressed(model: Model, name: str) -> Model:
    """Return the model after a button of the drawing."""
    if name in ("+unit", "-unit"):
        units = model.units + (1 if name == "+unit" else -1)
        return replace(model, units=min(max(units, 0), MOST_HIDDEN_UNITS))
    if name == "activation":
        return replace(model, activation=_next_activation(model.activation))
    chosen = {*model.features} ^ {name}
    return replace(model, features=tuple(each for each in ADDABLE if each in chosen))


def panel_tracks(panel: NetworkPanel, seen: RunView, *, until: int | None) -> Tracks:
    """Return what moves in the drawing: the maps of the units, edges by weight, and biases.

    ``until`` is the last step at which they are seen.
    """
    plan = seen.run.plan
    numbers: Any = np.arange(plan.n_parameters)
    layers = plan.layers(numbers)
    weights = tuple(int(number) for layer, _ in layers for number in layer.ravel())
    biases = tuple(int(number) for _, bias in layers for number in bias)
    when: Any = {
        "values": seen.parameters, "start": seen.first, "stride": seen.stride, "until": until,
        "axes": AXES,
    }  # fmt: skip
    ink: Any = {"below": theme.INK, "above": theme.INK, **when}
    boxes = tuple(box for layer in panel.layers for box in layer)
    maps: Any = {"network": network_form(plan), "plane": PLANE, **when}
    tracks: list[Track] = [
        TilesTrack(boxes=boxes[:-1], stops=_GREYS, slot="units", **maps),
        TilesTrack(
            boxes=boxes[-1:], skip=len(boxes) - 1, stops=theme.DIVERGING, slot="answer", **maps
        ),
        EdgeTrack(places=panel.edges, which=weights, widest=2.5, slot="edges", **ink),
        BiasTrack(places=panel.biases, which=biases, slot="biases", **ink),
    ]
    return Tracks(tuple(tracks), seen.last)


def _next_activation(activation: str) -> str:
    return HIDDEN_ACTIVATIONS[(HIDDEN_ACTIVATIONS.index(activation) + 1) % len(HIDDEN_ACTIVATIONS)]


def _button(name: str, text: str, label: str, x: float, y: float, *, off: bool = False) -> Button:
    return Button(name=name, label=label, text=text, x=x, y=y, axes=AXES, off=off)


def _text(text: str, x: float, y: float, xanchor: str) -> dict[str, Any]:
    return {
        "text": text, "x": x, "y": y, "xref": "x5", "yref": "y5", "xanchor": xanchor,
        "yanchor": "middle", "showarrow": False, "font": {"size": 12},
    }  # fmt: skip
