"""The four steps of learning, each in a sentence and in formulas with the numbers on the screen."""

import math
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from nnviz.chapters.home.four_steps import MOST_STEPS, STEPS, Progress
from nnviz.data.tutorial import CLASS_NAMES, INPUT_NAMES
from nnviz.nn.activations import sigmoid
from nnviz.text.digits import (
    digits,
    digits_apart,
    enough_digits,
    latex,
    sum_of_products,
    told_apart,
)
from nnviz.text.names import CODE, PLAIN, Naming, called, spoken

TITLES: Final = MappingProxyType(
    dict(zip(STEPS, ("Take the input", "Predict", "Compare", "Adjust"), strict=True))
)
"""Titles of the steps on the screen."""

Working = tuple[tuple[str, tuple[str, ...]], ...]
"""Sentences, each with the formulas (LaTeX) that follow it."""


class Explanation(NamedTuple):
    """What a step does: in one sentence, and worked out with the numbers on the screen."""

    sentence: str
    working: Working


_SIGMOID: Final = r"\text{prediction} = \sigma(%s) = \frac{1}{1 + e^{-%s}}"
_ERROR: Final = r"\text{error} = (\text{prediction} - \text{target})^2"
_SLOPE: Final = (
    r"\text{slope} = 2\,(\text{prediction} - \text{target}) \cdot "
    r"\text{prediction} \cdot (1 - \text{prediction})"
)


def input_name(i: int, naming: Naming) -> str:
    """Return what the plant gets, or what the tutorial's code calls it."""
    return INPUT_NAMES[i] if naming == PLAIN else called("input", naming, i)


def explain(progress: Progress, naming: Naming = CODE) -> Explanation:
    """Explain the last step, for one unit with two inputs."""
    explanations = {
        None: _start, "input": _input, "predict": _predict, "compare": _compare, "adjust": _adjust
    }  # fmt: skip
    return explanations[progress.step](progress, naming)


def _text(name: str) -> str:
    """Return a name for a formula."""
    return rf"\text{{{name}}}".replace("_", r"\_")


def _sum(naming: Naming) -> str:
    """Return the formula of the weighted sum."""
    terms = [
        rf"{_text(called('weight', naming, i))} \cdot {_text(input_name(i, naming))}"
        for i in range(len(INPUT_NAMES))
    ]
    return f"{_text(called('weighted sum', naming))} = {' + '.join(terms)} + {_text('bias')}"


def _sigmoid(naming: Naming) -> str:
    """Return the formula of the prediction."""
    return _SIGMOID % ((_text(called("weighted sum", naming)),) * 2)


def _start(progress: Progress, naming: Naming) -> Explanation:
    target = progress.trace.target[0]
    gets = " and ".join(
        f"{digits(x)} {name}"
        for x, name in zip(progress.trace.input_vector, INPUT_NAMES, strict=True)
    )
    sentence = (
        f"The data is one row, a plant that gets {gets}. Its target, the right answer, is "
        f"{digits(target)}: it {CLASS_NAMES[int(target)]}. The weights and the bias are a first "
        "guess. Take one step."
    )
    about = "The whole network is two formulas. Learning changes the weights and the bias in them."
    return Explanation(sentence, ((about, (_sum(naming), _sigmoid(naming))),))


def _input(progress: Progress, naming: Naming) -> Explanation:
    inputs = progress.trace.input_vector
    first, second = map(digits, inputs)
    sentence = f"Round 1. The network takes the two numbers of the row: {first} and {second}."
    if progress.round > 1:
        sentence = (
            f"Round {progress.round}. The same two numbers go in, {first} and {second}. "
            "This time they meet the adjusted weights."
        )
    lines = tuple(f"{_text(input_name(i, naming))} = {side(x)}" for i, x in enumerate(inputs))
    about = "Nothing is computed yet: the values come from the data."
    return Explanation(sentence, ((about, lines),))


def _predict(progress: Progress, naming: Naming) -> Explanation:
    layer, prediction = progress.trace.layers[0], progress.trace.prediction[0]
    bias, z = layer.bias[0], layer.pre_activations[0]
    pairs = list(zip(layer.weights[:, 0], layer.inputs, strict=True))
    of_sum = enough_digits(lambda z: float(sigmoid(z)), (float(z),), 4)
    n, of_products = sum_of_products(pairs, [bias], of_sum)
    products = [f"{digits(x, n)} times {digits(w, n)}" for w, x in pairs]
    sentence = (
        f"Each number is multiplied by its weight: {', plus '.join(products)}, plus the bias "
        f"{digits(bias, of_products)}, makes {digits(z, of_sum)}. The sigmoid squeezes this "
        f"between 0 and 1: the prediction is {digits(prediction)}."
    )
    terms = " + ".join(rf"{latex(w, n)} \cdot {latex(x, n)}" for w, x in pairs)
    summed = " + ".join(latex(w * x, of_products) for w, x in pairs)
    added, total = latex(bias, of_products), latex(z, of_sum, alone=True)
    summed = rf"= {terms} + {added} = {summed} + {added} = {total}"
    squeezed = rf"= \frac{{1}}{{1 + e^{{{latex(-z, of_sum, alone=True)}}}}} = {side(prediction)}"
    working = (
        ("The weighted sum:", (_sum(naming), summed)),
        (
            "The sigmoid, σ, turns any number into one between 0 and 1:",
            (_sigmoid(naming), squeezed),
        ),
    )
    return Explanation(sentence, working)


def _compare(progress: Progress, _: Naming) -> Explanation:
    prediction, target = progress.trace.prediction[0], progress.trace.target[0]
    *earlier, error = progress.errors
    # So many digits of the error as tell it from the one before.
    n = digits_apart(error, *earlier[-1:])
    n = enough_digits(lambda p: (p - target) ** 2, (float(prediction),), n)
    sentence = (
        f"The prediction is {digits(prediction, n)} and the target is {digits(target)}. The error "
        f"is their difference times itself: {_change(earlier, error)}."
    )
    p = latex(prediction, n, alone=True)
    numbers = rf"= ({p} - {latex(target)})^2 = {side(progress.trace.error)}"
    about = "The miss times itself, so that it counts the same on either side of the target:"
    return Explanation(sentence, ((about, (_ERROR, numbers)),))


def _change(earlier: Sequence[float], error: float) -> str:
    """Return an error, compared with that of the round before if there was one."""
    if not earlier:
        return digits(error)
    if error == earlier[-1]:
        return f"{digits(error)}, the same as in round {len(earlier)}"
    direction = "down" if error < earlier[-1] else "up"
    now, before = told_apart(error, earlier[-1])
    return f"{now}, {direction} from {before} in round {len(earlier)}"


def _adjust(progress: Progress, naming: Naming) -> Explanation:
    trace, layer = progress.trace, progress.trace.layers[0]
    after = trace.updated.layers[0]
    before = (*layer.weights[:, 0], layer.bias[0])
    updated = (*after.weights[:, 0], after.bias[0])
    names = (*(called("weight", naming, i) for i in range(len(INPUT_NAMES))), "bias")
    moves = [
        f"{spoken(name)} goes from {' to '.join(told_apart(float(old), float(new)))}"
        for name, old, new in zip(names, before, updated, strict=True)
    ]
    ending = "Go round again to see whether it does."
    if progress.n_steps == MOST_STEPS:
        ending = f"This was round {progress.round}, the last one here: go back, or start again."
    sentence = (
        "Each parameter takes a step that should make the error smaller: "
        f"{', '.join(moves)}. {ending}"
    )
    slope, rate = float(layer.derror_dpre_activations[0]), trace.learning_rate
    prediction, target = float(trace.prediction[0]), float(trace.target[0])
    n = enough_digits(lambda p: 2 * (p - target) * p * (1 - p), (prediction,), 4)
    p = latex(prediction, n, alone=True)
    numbers = rf"= 2\,({p} - {latex(target)}) \cdot {p} \cdot (1 - {p}) = {side(slope)}"
    steps = tuple(
        rf"{_text(name)} = {_step(float(old), rate, slope, float(factor))} = {side(new)}"
        for name, old, factor, new in zip(names, before, (*layer.inputs, 1.0), updated, strict=True)
    )
    working = (
        ("How fast does the error rise when the sum rises? That is its slope:", (_SLOPE, numbers)),
        (
            "Each parameter steps the other way: by the learning rate, times the slope, times "
            "what the parameter is multiplied by in the sum.",
            steps,
        ),
    )
    return Explanation(sentence, working)


def _step(*values: float) -> str:
    """Write out what becomes of a parameter, with so many digits that it can be checked."""
    n = enough_digits(lambda old, *factors: old - math.prod(factors), values, 4)
    old, *factors = (latex(value, n) for value in values)
    return rf"{old} - " + r" \cdot ".join(factors)


def side(value: float, significant: int = 4) -> str:
    """Write a number that is one side of an equation: a minus sign needs no parentheses."""
    return latex(value, significant, alone=True)
