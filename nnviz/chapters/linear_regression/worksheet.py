"""The worksheet of Linear regression: a line by hand, and the next update."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.questions import FALLS, FATE
from nnviz.chapters.linear_regression.regression import (
    gradient,
    line_of,
    mean_squared_error,
    predictions,
)
from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write
from nnviz.walkthrough.words.workings import factor


def _least() -> str:
    sample = houses()
    found = line_of(sample)
    told = float(predictions([[100.0]], found.weights[:1], found.bias)[0])
    return f"With the least error it says {digits(told, 3)} thousand €."


ON_PAPER: Final = MappingProxyType(
    {
        "squares": (
            "Each point is a house. A square shows how far off the line is. Draw a line "
            "with smaller squares.",
            "Right if it rises with the points and passes through the middle of them.",
        ),
        "valley": (
            "The line is too flat now. Suppose that it gets steeper and steeper: the error will …",
            "",
        ),
        "by_hand": (
            "Draw the line that you think has the least error. What does it say for a "
            "house of 100 m²?",
            _least(),
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _line(draws)), clear(lambda: _update(draws))


def _line(draws: Draws) -> Part:
    areas = draws.some_of(range(60, 181, 10), 4)
    weight, bias = float(draws.whole(2, 4)), draws.on_grid(-40, 60, 10)
    raised = draws.on_grid(5, 20, 5) * draws.one_of((1, -1))
    X, new = np.array(areas[:3], dtype=float)[:, None], areas[3]
    told = predictions(X, [weight], bias)
    y = told + [draws.on_grid(-30, 30, 10) for _ in areas[:3]]
    misses = told - y
    before, after = (mean_squared_error(X, y, [weight], bias + up) for up in (0, raised))
    if not misses.all() or before == after:
        raise UnclearError("a house that the line meets leaves nothing to compute.")
    slope = float(gradient(X, y, [weight], bias)[1])
    asked_for = float(predictions([[new]], [weight], bias)[0])
    squares = " + ".join(digits(float(miss**2)) for miss in misses)
    moved = " + ".join(digits(float(miss**2)) for miss in misses + raised)
    way = "Raise" if raised > 0 else "Lower"
    w, b = digits(weight), factor(bias)
    return Part(
        f"Another line says what a house should cost, in thousand €: price = {w} × area + {b}. "
        "These are three other houses and their real prices.",
        (
            to_write(
                f"What does the line say for a house of {new} m²?",
                asked_for,
                f"{w} × {new} + {b} = {digits(asked_for)} (thousand €).",
            ),
            to_write(
                "What is the squared error of the first house?",
                float(misses[0] ** 2),
                f"The line says {w} × {areas[0]} + {b} = {digits(told[0])}, so it is off by "
                f"{digits(float(misses[0]))}; {factor(float(misses[0]))} × "
                f"{factor(float(misses[0]))} = {digits(float(misses[0] ** 2))}.",
            ),
            to_write(
                "What is the mean squared error of the three houses?",
                before,
                f"({squares}) / 3 = {digits(before)}.",
                decimals=1,
            ),
            Exercise(
                f"{way} the bias by {digits(abs(raised))}. Does the mean squared error fall or "
                "rise?",
                FALLS[int(after > before)],
                f"The line is then off by {', '.join(digits(m) for m in misses + raised)}: "
                f"({moved}) / 3 = {digits(after)} instead of {digits(before)}.",
                FALLS,
            ),
            to_write(
                "The slope of the mean squared error along the bias is twice the mean of what the "
                "line says too much. What is it?",
                slope,
                f"The line says {', '.join(digits(m) for m in misses)} too much; 2 × "
                f"({' + '.join(factor(m) for m in misses)}) / 3 = {digits(slope)}.",
                decimals=1,
            ),
        ),
        (("area in m²", *map(str, areas[:3])), ("price, thousand €", *(digits(v) for v in y))),
    )


def _update(draws: Draws) -> Part:
    weight, slope = draws.on_grid(1, 5, 0.5), draws.one_of((-1, 1)) * draws.whole(2, 40) * 10.0
    rate = draws.one_of((0.001, 0.002, 0.005, 0.01))
    curvature = draws.one_of((0.5, 2.0, 4.0, 5.0, 8.0, 20.0, 40.0))
    largest = 2 / curvature
    chosen = draws.one_of((0.5, 0.8, 1.25, 2.0)) * largest
    after = weight - rate * slope
    return Part(
        "Gradient descent: an update subtracts rate × slope. It converges if the rate is below "
        "2 / (largest curvature), and diverges above.",
        (
            to_write(
                f"The weight of the area is {digits(weight)}, the slope of the error along it "
                f"{digits(slope)}, the rate {digits(rate)}. What is the weight after the update?",
                after,
                f"{digits(weight)} − {digits(rate)} × {factor(slope)} = {digits(after)}.",
                decimals=3,
            ),
            to_write(
                f"The largest curvature of an error is {digits(curvature)}. Up to which rate does "
                "gradient descent converge?",
                largest,
                f"2 / {digits(curvature)} = {digits(largest)}.",
            ),
            Exercise(
                f"For another error the limit is {digits(largest * 3)}. Does gradient descent "
                f"converge or diverge at rate {digits(chosen * 3)}?",
                FATE[int(chosen > largest)],
                f"{digits(chosen * 3)} is {'above' if chosen > largest else 'below'} "
                f"{digits(largest * 3)}.",
                FATE,
            ),
        ),
    )
