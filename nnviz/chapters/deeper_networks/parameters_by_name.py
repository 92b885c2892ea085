"""The parameters of a plan's network: where each stands in the list, and what it is called."""

from dataclasses import dataclass
from itertools import pairwise

from nnviz.nn.checks import integer
from nnviz.nn.inputs import FEATURES
from nnviz.training.plan import Plan


@dataclass(frozen=True)
class Place:
    """Where a parameter stands in the network.

    Attributes
    ----------
    layer : int
        The layer it belongs to, from 0; inputs are no layer, the outputs are the last one.
    source : int or None
        The input or unit that the weight comes from, from 0; None for a bias.
    unit : int
        The unit of the layer, from 0.
    """

    layer: int
    source: int | None
    unit: int


def index_of(plan: Plan, layer: int, source: int | None, unit: int) -> int:
    """Return which parameter it is, in the order of `Network.parameters`.

    Raises
    ------
    TypeError, ValueError
        If the network has no such layer, source or unit.
    """
    sizes = plan.sizes
    layer = integer(layer, "layer", 0, len(sizes) - 2)
    unit = integer(unit, "unit", 0, sizes[layer + 1] - 1)
    before = sum((n_inputs + 1) * n_units for n_inputs, n_units in _shapes(plan)[:layer])
    # The biases stand behind the weights, like one more row of them.
    row = sizes[layer] if source is None else integer(source, "source", 0, sizes[layer] - 1)
    return before + row * sizes[layer + 1] + unit


def place_of(plan: Plan, index: int) -> Place:
    """Return where a parameter stands.

    Raises
    ------
    TypeError, ValueError
        If the network has no such parameter.
    """
    rest = integer(index, "number of a parameter", 0, plan.n_parameters - 1)
    for layer, (n_inputs, n_units) in enumerate(_shapes(plan)):
        if rest < (n_inputs + 1) * n_units:
            source, unit = divmod(rest, n_units)
            return Place(layer, source if source < n_inputs else None, unit)
        rest -= (n_inputs + 1) * n_units
    raise AssertionError


def input_label(plan: Plan, k: int) -> str:
    """Return what an input is called on the screen, by the names of the columns."""
    name = plan.architecture.inputs[k]
    columns = dict(zip(plan.column_inputs, plan.sample.columns, strict=True))
    if name in columns:
        return columns[name]
    return FEATURES[name].words.format(x1=columns["x1"], x2=columns["x2"])


def unit_label(plan: Plan, layer: int, unit: int) -> str:
    """Return what a unit is called: "unit 2", "unit 2 of layer 1", "output" or "output red"."""
    if layer == len(plan.activations) - 1:
        return f"output {plan.sample.classes[unit]}" if plan.n_outputs > 1 else "output"
    where = f" of layer {layer + 1}" if len(plan.activations) > 2 else ""
    return f"unit {unit + 1}{where}"


def the_unit(plan: Plan, layer: int, unit: int) -> str:
    """Return the same for the middle of a sentence, where the only output has an article."""
    label = unit_label(plan, layer, unit)
    return f"the {label}" if label == "output" else label


def source_label(plan: Plan, layer: int, source: int) -> str:
    """Return what a weight of a layer comes from: an input, or a unit of the layer before."""
    return unit_label(plan, layer - 1, source) if layer else input_label(plan, source)


def parameter_label(plan: Plan, index: int) -> str:
    """Return what a parameter is called on the screen.

    "x1 → unit 2 of layer 1", "unit 2 of layer 1 → output", "bias of the output".

    Raises
    ------
    TypeError, ValueError
        If the network has no such parameter.
    """
    place = place_of(plan, index)
    if place.source is None:
        return f"bias of {the_unit(plan, place.layer, place.unit)}"
    source = source_label(plan, place.layer, place.source)
    return f"{source} → {unit_label(plan, place.layer, place.unit)}"


def _shapes(plan: Plan) -> list[tuple[int, int]]:
    return list(pairwise(plan.sizes))
