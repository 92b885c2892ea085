"""The units, weights and biases of a network: their numbers, their texts in links, their names."""

from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from nnviz.nn.checks import FloatArray, integer
from nnviz.nn.inputs import FEATURES
from nnviz.training.model import nice
from nnviz.training.plan import Plan


class Unit(NamedTuple):
    """A unit: layer 0 holds the inputs, layer 1 is the first with weights; both counted from 0."""

    layer: int
    unit: int


class Edge(NamedTuple):
    """The weight from unit ``i`` of the layer before to unit ``j`` of ``layer`` (1 or more)."""

    layer: int
    i: int
    j: int


class Bias(NamedTuple):
    """The bias of a unit of ``layer`` (1 or more)."""

    layer: int
    unit: int


Item = Unit | Edge | Bias

_LETTERS: Final = MappingProxyType({"u": Unit, "b": Bias, "e": Edge})


def units(sizes: tuple[int, ...]) -> tuple[Unit, ...]:
    """Return all units: inputs first, outputs last."""
    return tuple(Unit(layer, k) for layer, size in enumerate(sizes) for k in range(size))


def edges(sizes: tuple[int, ...]) -> tuple[Edge, ...]:
    """Return all weights, in their order among the parameters."""
    return tuple(
        Edge(layer, i, j)
        for layer, (before, size) in enumerate(pairwise(sizes), start=1)
        for i in range(before)
        for j in range(size)
    )


def biases(sizes: tuple[int, ...]) -> tuple[Bias, ...]:
    """Return all biases, in their order among the parameters."""
    return tuple(Bias(*unit) for unit in units(sizes) if unit.layer)


def parameter_index(item: Edge | Bias, sizes: tuple[int, ...]) -> int:
    """Return the position of a weight or bias among the parameters, as in `Network.parameters`."""
    before = sum((sizes[k] + 1) * sizes[k + 1] for k in range(item.layer - 1))
    n_inputs, n_units = sizes[item.layer - 1], sizes[item.layer]
    if isinstance(item, Edge):
        return before + item.i * n_units + item.j
    return before + n_inputs * n_units + item.unit


def parameter_item(index: int, sizes: tuple[int, ...]) -> Edge | Bias:
    """Return the weight or bias at a position among the parameters."""
    n_parameters = sum((n_inputs + 1) * n_units for n_inputs, n_units in pairwise(sizes))
    rest = integer(index, "number of a parameter", 0, n_parameters - 1)
    layer = 1
    while rest >= (sizes[layer - 1] + 1) * sizes[layer]:
        rest -= (sizes[layer - 1] + 1) * sizes[layer]
        layer += 1
    # The biases stand behind the weights, like one more row of them.
    row, unit = divmod(rest, sizes[layer])
    return Edge(layer, row, unit) if row < sizes[layer - 1] else Bias(layer, unit)


def item_of(text: str, plan: Plan) -> Item | None:
    """Return the item that a link names: "u.1.2", "b.1.2" or "e.1.0.2"; None if there is none."""
    letter, *rest = text.split(".")
    if letter not in _LETTERS:
        return None
    item: Item = _LETTERS[letter](*map(int, rest))
    offered = {"u": units, "b": biases, "e": edges}[letter](plan.sizes)
    return item if item in offered else None


def item_text(item: Item | None) -> str:
    """Return the text of an item for a link; empty for none."""
    if item is None:
        return ""
    letter = next(letter for letter, kind in _LETTERS.items() if isinstance(item, kind))
    return ".".join((letter, *map(str, item)))


def input_name(plan: Plan, name: str) -> str:
    """Return the short name of an input: that of its column, if it is one."""
    columns = dict(zip(plan.column_inputs, plan.sample.columns, strict=True))
    return columns[name] if name in columns else nice(name)


def item_name(plan: Plan, item: Item) -> str:
    """Return the name of an item in the picture, as in "hidden layer 2, unit 3"."""
    if isinstance(item, Edge):
        start = item_name(plan, Unit(item.layer - 1, item.i))
        return f"weight from {start} to {item_name(plan, Unit(item.layer, item.j))}"
    if isinstance(item, Bias):
        return f"bias of {item_name(plan, Unit(*item))}"
    if item.layer == 0:
        return f"input {input_name(plan, plan.architecture.inputs[item.unit])}"
    if item.layer < len(plan.sizes) - 1:
        return f"hidden layer {item.layer}, unit {item.unit + 1}"
    return "the output" if plan.n_outputs == 1 else f"output of {plan.sample.classes[item.unit]}"


def input_label(plan: Plan, k: int) -> str:
    """Return the name of an input in a sentence, by the names of the columns."""
    name = plan.architecture.inputs[k]
    columns = dict(zip(plan.column_inputs, plan.sample.columns, strict=True))
    if name in columns:
        return columns[name]
    return FEATURES[name].words.format(x1=columns["x1"], x2=columns["x2"])


def unit_label(plan: Plan, unit: Unit) -> str:
    """Return the name of a unit in a sentence: "unit 2 of layer 1", "output", or an input's."""
    if unit.layer == 0:
        return input_label(plan, unit.unit)
    if unit.layer == len(plan.activations):
        return f"output {plan.sample.classes[unit.unit]}" if plan.n_outputs > 1 else "output"
    where = f" of layer {unit.layer}" if len(plan.activations) > 2 else ""
    return f"unit {unit.unit + 1}{where}"


def the_unit(plan: Plan, unit: Unit) -> str:
    """Return the name of a unit for the middle of a sentence: the only output has an article."""
    label = unit_label(plan, unit)
    return f"the {label}" if label == "output" else label


def parameter_label(plan: Plan, index: int) -> str:
    """Return the name of a parameter in a sentence.

    "x1 → unit 2 of layer 1", "unit 2 of layer 1 → output", "bias of the output".
    """
    item = parameter_item(index, plan.sizes)
    if isinstance(item, Bias):
        return f"bias of {the_unit(plan, Unit(*item))}"
    source, target = Unit(item.layer - 1, item.i), Unit(item.layer, item.j)
    return f"{unit_label(plan, source)} → {unit_label(plan, target)}"


def outgoing(plan: Plan, unit: Unit) -> tuple[int, ...]:
    """Return the positions of the weights that lead on from a unit among the parameters."""
    ends = range(plan.sizes[unit.layer + 1])
    return tuple(parameter_index(Edge(unit.layer + 1, unit.unit, j), plan.sizes) for j in ends)


def switched_off(plan: Plan, parameters: FloatArray, unit: Unit) -> bool:
    """Return whether nothing of a unit comes through, because every weight behind it is 0."""
    return not parameters[list(outgoing(plan, unit))].any()
