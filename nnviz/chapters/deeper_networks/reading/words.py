"""The numbers of a unit, a weight or a bias, in sentences and as formulas."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.items import (
    Unit,
    input_label,
    parameter_label,
    the_unit,
    unit_label,
)
from nnviz.chapters.deeper_networks.reading.values import EdgeReading, UnitReading
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.text.digits import digits, latex, percent, told_apart
from nnviz.training.plan import Plan

# More terms than this in one line of a formula do not fit beside the picture.
_TERMS_IN_A_LINE: Final = 3


def unit_words(plan: Plan, found: UnitReading) -> tuple[str, ...]:
    """Say what a unit does for a point and for the training rows."""
    who = the_unit(plan, found.unit)
    made = {
        "softmax": "As the share of its exponential in those of all outputs it gives",
        "linear": "It passes this on as it is:",
    }.get(found.activation, f"Its {found.activation.replace('_', ' ')} makes of this")
    n_inputs = len(found.inputs)
    inputs = "its input times its weight" if n_inputs == 1 else f"{n_inputs} inputs times weights"
    return (
        f"{who[0].upper()}{who[1:]} adds up {inputs} and its bias: {digits(found.z)}. "
        f"{made} {digits(found.a)}.",
        _rows(found),
        f"Over the training rows it gives {digits(found.lowest)} to {digits(found.highest)}."
        if found.lowest < found.highest
        else f"It gives {digits(found.lowest)} for every training row.",
    )


def _rows(found: UnitReading) -> str:
    n_on, n = found.n_on, found.n_rows
    rows = f"{n_on:,} of {n:,} training rows ({percent(n_on / n)[0]})"
    if found.activation == "softmax":
        return f"It is the largest output for {rows}."
    sentence = f"Its sum is above 0 for {rows}"
    activation = ACTIVATIONS[found.activation]
    if not activation.has_kink:
        return f"{sentence}."
    if n_on == n:
        return f"{sentence}: it bends nothing there."
    if n_on == 0 and activation.dies:
        return f"{sentence}: it is dead. While that is so, no training row teaches it anything."
    return f"{sentence}: for those it is on."


def unit_latex(plan: Plan, found: UnitReading) -> tuple[str, ...]:
    """Return the sum of a unit in names, the same in numbers, and its activation."""
    names = [_source(plan, Unit(found.unit.layer - 1, i)) for i in range(len(found.inputs))]
    symbols = [rf"w_{{{i}}} \cdot {name}" for i, name in enumerate(names, 1)]
    pairs = zip(found.weights.tolist(), found.inputs.tolist(), strict=True)
    numbers = [rf"{latex(w)} \cdot {latex(x)}" for w, x in pairs]
    z = latex(found.z, alone=True)
    return (
        _sum("z", [*symbols, "b"]),
        _sum("z", [*numbers, latex(found.bias)], z),
        f"a = {_activated(found)} = {latex(found.a, alone=True)}",
    )


def edge_words(plan: Plan, found: EdgeReading) -> tuple[str, ...]:
    """Say what a weight or a bias does for a point, and what moving it would do to the loss."""
    return (_for_the_point(plan, found), *_for_the_loss(plan, found), _check(found))


def _for_the_point(plan: Plan, found: EdgeReading) -> str:
    label, unit, z = parameter_label(plan, found.index), the_unit(plan, found.unit), digits(found.z)
    if found.source is None:
        return (
            f"The {label} is {digits(found.value)}. Added to the weighted inputs it makes the sum "
            f"of {unit} {z} for this point."
        )
    source, of_inputs = unit_label(plan, found.source), found.source.layer == 0
    scaled = ", standardised," if of_inputs and plan.standardiser is not None else ""
    return (
        f"For this point {source}{scaled} is {digits(found.given)}. Times the weight "
        f"{digits(found.value)} that adds {digits(found.contribution)} to the sum of {unit}, {z}."
    )


def _for_the_loss(plan: Plan, found: EdgeReading) -> tuple[str, ...]:
    what = "bias" if found.source is None else "weight"
    sentence = f"The derivative of the training loss by this {what} is {digits(found.derivative)}"
    if not np.isfinite(found.derivative):
        return (f"{sentence}: there is nothing to learn from.",)
    if found.derivative == 0:
        return (f"{sentence}, so a step down the gradient leaves it as it is.",)
    higher = found.derivative > 0
    effect = (
        f"{sentence}: a little more of it makes the loss {'higher' if higher else 'lower'}, so a "
        f"step down the gradient makes it {'smaller' if higher else 'larger'}."
    )
    if not found.penalty:
        return (effect,)
    return effect, f"Of that derivative {digits(found.penalty)} comes from the penalty on weights."


def _check(found: EdgeReading) -> str:
    above, below = told_apart(found.above, found.below, at_least=12)
    told = (
        f"Check: moved up by {digits(found.difference, 2)} the loss is {above}, moved down "
        f"{below}; the difference divided by {digits(2 * found.difference, 2)} is "
        f"{digits(found.by_difference)}."
    )
    if found.at_kink:
        told += " On that way the sum of a unit passes its kink at 0, where there is no one slope."
    return told


def edge_latex(plan: Plan, found: EdgeReading) -> tuple[str, ...]:
    """Return what an edge adds to its unit's sum, and the two derivatives, as formulas."""
    name = "b" if found.source is None else "w"
    derivative = rf"\frac{{\partial L}}{{\partial {name}}}"
    check = (
        rf"\frac{{L({name} + h) - L({name} - h)}}{{2h}} = {latex(found.by_difference, alone=True)},"
        rf"\quad h = {latex(found.difference, 2)}"
    )
    value = latex(found.value, alone=True)
    if found.source is None:
        first = f"b = {value}"
    else:
        source = _source(plan, found.source)
        product = rf"{latex(found.value)} \cdot {latex(found.given)}"
        first = rf"w \cdot {source} = {product} = {latex(found.contribution, alone=True)}"
    return first, f"{derivative} = {latex(found.derivative, alone=True)}", check


def _activated(found: UnitReading) -> str:
    z = latex(found.z, alone=True)
    if found.activation == "softmax":
        below = " + ".join(f"e^{{{latex(each, alone=True)}}}" for each in found.sums.tolist())
        return rf"\frac{{e^{{z}}}}{{\sum_k e^{{z_k}}}} = \frac{{e^{{{z}}}}}{{{below}}}"
    function = ACTIVATIONS[found.activation].symbol
    return f"{function}(z) = {function}({z})" if function else "z"


def _sum(name: str, terms: Sequence[str], result: str = "") -> str:
    """Return a sum as one formula, in several lines where it is long."""
    lines = [
        " + ".join(terms[at : at + _TERMS_IN_A_LINE])
        for at in range(0, len(terms), _TERMS_IN_A_LINE)
    ]
    end = f" = {result}" if result else ""
    if len(lines) == 1:
        return f"{name} = {lines[0]}{end}"
    body = r" \\ &\quad + ".join(lines)
    return rf"\begin{{aligned}} {name} &= {body}{end} \end{{aligned}}"


def _source(plan: Plan, source: Unit) -> str:
    """Return the symbol of an input or unit in a formula; a name keeps what LaTeX can show."""
    k = source.unit
    if source.layer:
        return f"a_{{{k + 1}}}"
    name = plan.architecture.inputs[k]
    if plan.sample.columns[:2] == ("x1", "x2") and name in FEATURES:
        return FEATURES[name].formula
    safe = re.sub(r"[^\w².· -]+", " ", input_label(plan, k)).replace("_", " ").strip()
    return rf"\text{{{safe[:24]}}}" if safe else f"x_{{{k + 1}}}"
