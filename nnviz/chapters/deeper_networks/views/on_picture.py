"""The buttons on the picture: more or fewer units, layers and inputs, and units switched off."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.figures.layout import HEIGHT, network_layout
from nnviz.chapters.deeper_networks.items import Item, Unit, input_name, switched_off
from nnviz.chapters.deeper_networks.items import units as units_of
from nnviz.chapters.deeper_networks.views.network import take_layer, with_new_layer
from nnviz.chart.gestures import Button
from nnviz.nn.architecture import MOST_DRAWN_UNITS, MOST_HIDDEN_LAYERS, offered_inputs
from nnviz.nn.checks import FloatArray
from nnviz.site import frame, lesson
from nnviz.training.plan import Plan

Act = Callable[[], None]

ABOVE: Final = HEIGHT + 26
BELOW: Final = -26
"""Where the buttons stand: plus above a layer, minus below it."""

_MOST_WORDED: Final = 3  # hidden layers between which a phone has room for words


def on_picture(
    chosen: Chosen, plan: Plan, parameters: FloatArray, picked: Item | None
) -> dict[Button, Act]:
    """Return the buttons that are in sight, each with what it does.

    A unit is switched off where it is picked; in a lesson about that, each of them at once.
    """
    found: dict[Button, Act] = {}
    if frame.hidden("controls"):
        return found
    if not frame.hidden("units"):
        found |= _units(chosen, plan)
    if not frame.hidden("layers"):
        found |= _layers(chosen, plan)
    if not frame.hidden("inputs"):
        found |= _inputs(chosen, plan)
    if not frame.hidden("off"):
        every = lesson.shown() is not None
        units = [each for each in units_of(plan.sizes) if every or each == picked]
        found |= _switches(chosen, plan, parameters, units, worded=every)
    return found


def _column(plan: Plan, layer: int) -> float:
    return network_layout(plan.sizes).tile(Unit(layer, 0)).x


def _units(chosen: Chosen, plan: Plan) -> dict[Button, Act]:
    hidden = plan.architecture.hidden
    found: dict[Button, Act] = {}
    for index, (units, _) in enumerate(hidden):
        x, number = _column(plan, index + 1), index + 1
        more = Button(
            name=f"more units {number}", label=f"Add a unit to hidden layer {number}", text="+",
            x=x, y=ABOVE, off=units >= MOST_DRAWN_UNITS,
        )  # fmt: skip
        fewer = Button(
            name=f"fewer units {number}", label=f"Take a unit from hidden layer {number}", text="−",
            x=x, y=BELOW, off=units <= 1,
        )  # fmt: skip
        found[more] = partial(take_layer, chosen, hidden, index, units + 1)
        found[fewer] = partial(take_layer, chosen, hidden, index, units - 1)
    return found


def _layers(chosen: Chosen, plan: Plan) -> dict[Button, Act]:
    hidden = plan.architecture.hidden
    x = _column(plan, len(hidden) + 1)
    plus, minus = ("+ layer", "− layer") if len(hidden) <= _MOST_WORDED else ("⊞", "⊟")
    more = Button(
        name="more layers", label="Add a hidden layer", text=plus, x=x, y=ABOVE,
        off=len(hidden) >= MOST_HIDDEN_LAYERS,
    )  # fmt: skip
    fewer = Button(
        name="fewer layers", label="Remove the last hidden layer", text=minus, x=x, y=BELOW,
        off=not hidden,
    )  # fmt: skip
    return {
        more: lambda: chosen.take({"hidden": with_new_layer(hidden)}),
        fewer: lambda: chosen.take({"hidden": hidden[:-1]}),
    }


def _inputs(chosen: Chosen, plan: Plan) -> dict[Button, Act]:
    taken = plan.architecture.inputs
    offered = offered_inputs(plan.sample.X.shape[1])
    left, x = [name for name in offered if name not in taken], _column(plan, 0)
    next_one = f"Add the input {input_name(plan, left[0])}" if left else "Every input is there"
    more = Button(name="more inputs", label=next_one, text="+", x=x, y=ABOVE, off=not left)
    fewer = Button(
        name="fewer inputs", label=f"Remove the input {input_name(plan, taken[-1])}", text="−",
        x=x, y=BELOW, off=len(taken) <= 1,
    )  # fmt: skip
    with_next = tuple(name for name in offered if name in (*taken, *left[:1]))
    return {
        more: lambda: chosen.take({"inputs": with_next}),
        fewer: lambda: chosen.take({"inputs": taken[:-1]}),
    }


def _switches(
    chosen: Chosen, plan: Plan, parameters: FloatArray, units: Sequence[Unit], *, worded: bool
) -> dict[Button, Act]:
    """Return a switch beside each of some units, if it is a hidden one."""
    layout = network_layout(plan.sizes)
    found: dict[Button, Act] = {}
    for unit in units:
        if not 0 < unit.layer < len(plan.sizes) - 1:
            continue
        x, y, side = layout.tile(unit)
        to = "on" if switched_off(plan, parameters, unit) else "off"
        name = f"unit {unit.unit + 1} of layer {unit.layer}"
        button = Button(
            name=f"switch {unit.layer} {unit.unit}",
            label=f"Switch {to} {name}",
            text=f"switch {to}" if worded else to,
            # With a word to it, it would cover what leads on from the unit.
            x=x if worded else x + side / 2 + 32,
            y=y - side / 2 - 28 if worded else y,
        )  # fmt: skip
        found[button] = partial(chosen.switch, plan, unit, on=to == "on")
    return found
