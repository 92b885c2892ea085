"""Two weight vectors compared with the input, in a sentence."""

import math
import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from nnviz.chapters.vector_similarity.vectors import Comparison, verdict
from nnviz.text.digits import (
    digits,
    enough_digits,
    latex,
    listed,
    sum_of_products,
    told_apart,
)
from nnviz.text.names import CODE, Naming, called


def arrow_name(arrow: str, naming: Naming) -> str:
    """Return what an arrow of the page is called: the input, or a candidate for the weights."""
    if arrow == "input_vector":
        return called("candidate input", naming)
    return called("candidate", naming, int(arrow.removeprefix("weights_")) - 1)


Both: TypeAlias = Mapping[int, Comparison]
"""The comparisons with weights_1 and weights_2, under 1 and 2; the other of `i` is `3 - i`."""

_SIDES: Final = ("lies at a right angle to", "points towards", "points away from")  # by side


def similarity(first: Comparison, second: Comparison, naming: Naming = CODE) -> str:
    """Say which weights are more similar to the input, by dot product and by direction."""
    sentence = _similarity(first, second)
    if naming == CODE:
        return sentence
    begun = re.sub(r"(^|\. )weights_", r"\1Candidate ", sentence)
    return begun.replace("weights_", "candidate ")


def alone(first: Comparison, naming: Naming) -> str:
    """Describe the dot product of the input with the first weights alone."""
    name = arrow_name("weights_1", naming)
    said = f"The dot product of the input and {name} is {_score(first)}"
    if first.shown_angle is None:
        return f"{said}: one of them has length 0."
    return f"{said}. The input {_SIDES[first.side]} {name}, {_degrees(first)} away."


def unsaid(first: Comparison, naming: Naming) -> str:
    """Describe the two arrows, and not what their dot product is."""
    a, b = listed(first.input_vector), listed(first.weights)
    return f"The input is ({a}), {arrow_name('weights_1', naming)} is ({b})."


def compared(first: Comparison, second: Comparison, naming: Naming) -> str:
    """Return dot product and angle of both candidates, a line for each."""
    dots = told_apart(first.score, second.score)
    angles = (
        ["none"] * 2
        if first.shown_angle is None or second.shown_angle is None
        else [f"{text}°" for text in told_apart(first.shown_angle, second.shown_angle)]
    )
    return "  \n".join(
        f"{arrow_name(f'weights_{i + 1}', naming)}: dot product **{dots[i]}**, angle {angles[i]}"
        for i in (0, 1)
    )


def working(comparison: Comparison, i: int) -> tuple[str, ...]:
    """Return the formulas of a dot product, worked out in both ways."""
    pairs = list(zip(comparison.input_vector.tolist(), comparison.weights.tolist(), strict=True))
    of_factors, of_products = sum_of_products(pairs, significant=5)
    terms = " + ".join(rf"{latex(x, of_factors)} \cdot {latex(w, of_factors)}" for x, w in pairs)
    summed = " + ".join(latex(product, of_products) for product in comparison.products)
    total = latex(comparison.score, 5, alone=True)
    formula = rf"\text{{input}} \cdot w_{i} = {terms} = {summed} = {total}"
    if comparison.cosine is None:
        return (formula,)
    cosine = comparison.cosine if comparison.side else 0.0
    lengths = (comparison.input_length, comparison.weights_length)
    n = enough_digits(lambda *factors: math.prod(factors), (*lengths, cosine), 5)
    a, b, c = (latex(factor, n) for factor in (*lengths, cosine))
    return (
        formula,
        rf"= |\text{{input}}|\,|w_{i}| \cos\theta_{i} = {a} \cdot {b} \cdot {c}",
    )


def _similarity(first: Comparison, second: Comparison) -> str:
    both = {1: first, 2: second}
    if first.cosine is None or second.cosine is None:
        return _without_direction(both)
    judged = verdict(first, second)
    sides = [first.side, second.side]
    if sides == [-1, -1]:
        return _both_away(both, judged.by_dot, judged.by_cosine)
    if sides[0] != sides[1] and judged.agree and judged.by_cosine:
        closer = judged.by_cosine
        near, away = _SIDES[sides[closer - 1]], _SIDES[sides[2 - closer]]
        if near.startswith("points "):
            away = away.removeprefix("points ")
        return (
            f"weights_{closer} {near} the input, weights_{3 - closer} {away} it: "
            f"{_angles(both, closer)}. The dot products say so too: {_scores(both, closer)}."
        )
    return _not_both_away(both, judged.by_dot, judged.by_cosine)


def _not_both_away(both: Both, by_dot: int | None, by_cosine: int | None) -> str:
    if by_dot is None:
        scores = f"Both dot products are {_score(both[1])}"
        if by_cosine is None:
            return f"{scores}. Both point {_degrees(both[1])} away from the input."
        angles = _angles(both, by_cosine, " away")
        return f"{scores}, yet weights_{by_cosine} points closer to the input: {angles}."
    scores = f"By dot product weights_{by_dot} is more similar to the input: "
    scores += _scores(both, by_dot)
    if by_cosine is None:
        return f"{scores}. Both point {_degrees(both[1])} away from it."
    angles = _angles(both, by_cosine, " away")
    if by_dot == by_cosine:
        return f"{scores}. It also points closer to it: {angles}."
    return (
        f"{scores}, because it is {_length(both, by_dot)}. But weights_{by_cosine} points closer "
        f"to the input: {angles}. The two measures disagree."
    )


def _both_away(both: Both, by_dot: int | None, by_cosine: int | None) -> str:
    # Nothing is similar here, so neither is "more similar" or "closer".
    away = f"Both point away from the input, by {_degrees(both[1])}."
    if by_cosine is not None:
        angles = _angles(both, by_cosine)
        away = f"Both point away from the input, weights_{by_cosine} less: {angles}."
    if by_dot is None:
        return f"{away} Both dot products are {_score(both[1])}."
    scores = _scores(both, by_dot)
    if by_dot == by_cosine:
        return f"{away} The dot products say so too: {scores}."
    higher = f"weights_{by_dot} has the higher dot product, because it is {_length(both, by_dot)}"
    if by_cosine is None:
        return f"{away} {higher}: {scores}."
    return f"{away} But {higher}: {scores}. The two measures disagree."


def _without_direction(both: Both) -> str:
    if both[1].input_length == 0:
        return (
            "The input has length 0: every dot product with it is 0, and there is no angle to it."
        )
    zero, *other_zero = (i for i in both if both[i].weights_length == 0)
    if other_zero:
        return "Both weight vectors have length 0, so neither points anywhere: both score 0."
    other = both[3 - zero]
    return (
        f"weights_{zero} has length 0, so it points nowhere and scores 0. weights_{3 - zero} "
        f"scores {_score(other)}, {_degrees(other)} away from the input."
    )


def _length(both: Both, by_dot: int) -> str:
    # With the same input, a larger dot product at no smaller an angle comes from length alone; at
    # obtuse angles from a shorter one.
    longer = both[by_dot].weights_length > both[3 - by_dot].weights_length
    return "longer" if longer else "shorter"


def _scores(both: Both, first: int) -> str:
    texts = told_apart(both[first].score, both[3 - first].score, 0.0, at_least=5)
    return " against ".join(texts[:2])


def _angles(both: Both, first: int, unit: str = "") -> str:
    one, other, _ = told_apart(_angle(both[first]), _angle(both[3 - first]), 90.0)
    return f"{one}°{unit} against {other}°"


def _score(comparison: Comparison) -> str:
    return digits(comparison.score, 5)


def _degrees(comparison: Comparison) -> str:
    return f"{told_apart(_angle(comparison), 90.0)[0]}°"


def _angle(comparison: Comparison) -> float:
    assert comparison.shown_angle is not None
    return comparison.shown_angle
