"""The worksheet of Pictures to numbers: ink times weight, one square, and a move to the side."""

from types import MappingProxyType
from typing import Final

from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write
from nnviz.walkthrough.words.workings import factor

_SIDES = ("an 8", "neither", "a 3")
_NAMES = "abcdef"
_STRIP = 5

ON_PAPER: Final = MappingProxyType(
    {
        "draw": (
            "Draw a 3 and an 8 into the squares, one upon the other, in two colours. Mark the "
            "squares that only the 8 has.",
            "Most of them are on the left: there an 8 is closed, and a 3 is open.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _squares(draws)), clear(lambda: _moved(draws))


def _squares(draws: Draws) -> Part:
    inks = [draws.whole(0, 16) for _ in _NAMES]
    weights = [draws.on_grid(-0.5, 0.5, 0.1) for _ in _NAMES]
    products = [round(ink * weight, 10) for ink, weight in zip(inks, weights, strict=True)]
    z = round(sum(products), 10)
    k, changed = draws.whole(0, 5), draws.whole(0, 5)
    new = draws.one_of((0, 16))
    after = round(z + (new - inks[changed]) * weights[changed], 10)
    if 0 in weights or abs(z) < 0.3 or abs(after) < 0.3 or inks[changed] == new or k == changed:
        raise UnclearError("a weight or a sum is too close to 0.")
    if len(set(products)) < len(products) or products[k] == 0 or max(products) <= 0:
        raise UnclearError("two squares count alike.")
    terms = " + ".join(f"{factor(w)} · {ink}" for w, ink in zip(weights, inks, strict=True))
    best = products.index(max(products))
    listed = ", ".join(f"{n} {digits(p)}" for n, p in zip(_NAMES, products, strict=True))
    return Part(
        "A very small picture of six squares, a to f, and the weights of a neuron. It adds up ink "
        "times weight; its bias is 0. A sum above 0 means an 8, one below 0 a 3.",
        (
            to_write(
                f"What is ink times weight at square {_NAMES[k]}?",
                products[k],
                f"{factor(weights[k])} · {inks[k]} = {digits(products[k])}.",
            ),
            to_write("What is the sum of all six?", z, f"{terms} = {digits(z)}."),
            Exercise(
                "What does the neuron say?",
                by_sign(z, _SIDES),
                f"The sum is {digits(z)}.",
                draws.some_of(_SIDES, len(_SIDES)),
            ),
            Exercise(
                "Which square speaks most for an 8?",
                _NAMES[best],
                f"Ink times weight: {listed}.",
            ),
            to_write(
                f"Square {_NAMES[changed]} gets the ink {new} instead. What is the sum then?",
                after,
                f"{factor(z)} + {factor(new - inks[changed])} · {factor(weights[changed])} = "
                f"{digits(after)}.",
            ),
            Exercise(
                "Has that one square turned the answer?",
                "yes" if (after > 0) != (z > 0) else "no",
                f"The sum was {digits(z)}, and is {digits(after)} then.",
                draws.some_of(("yes", "no"), 2),
            ),
        ),
        (
            ("square", *_NAMES),
            ("ink", *map(str, inks)),
            ("weight", *map(digits, weights)),
        ),
    )


def _moved(draws: Draws) -> Part:
    inks = [0, draws.whole(4, 16), draws.whole(4, 16), 0, 0]
    weights = [draws.on_grid(-0.4, 0.4, 0.1) for _ in range(_STRIP)]
    moved = [0, *inks[:-1]]
    z, after = (
        round(sum(ink * weight for ink, weight in zip(row, weights, strict=True)), 10)
        for row in (inks, moved)
    )
    right, n = draws.whole(310, 336), 337
    side = draws.whole(10, 30)
    if abs(z) < 0.3 or abs(after) < 0.3 or z == after:
        raise UnclearError("a sum is too close to 0.")
    return Part(
        "A strip of five squares from left to right, and a neuron with a weight for each and the "
        "bias 0.",
        (
            to_write("What is the sum?", z, f"{_worked(inks, weights)} = {digits(z)}."),
            to_write(
                "The drawing is moved to the right by one square; the weights stay. What is the "
                "sum now?",
                after,
                f"{_worked(moved, weights)} = {digits(after)}.",
            ),
            to_write(
                f"How many weights does a neuron need for a picture of {side} × {side} squares?",
                side * side,
                f"One for each square: {side} · {side} = {side * side}.",
            ),
            to_write(
                f"Of {n} pictures held out it gets {right} right. How many percent?",
                100 * right / n,
                f"{right} / {n} = {digits(right / n)}.",
            ),
        ),
        (("ink", *map(str, inks)), ("weight", *map(digits, weights))),
    )


def _worked(inks: list[int], weights: list[float]) -> str:
    both = zip(weights, inks, strict=True)
    return " + ".join(f"{factor(weight)} · {ink}" for weight, ink in both if ink)
