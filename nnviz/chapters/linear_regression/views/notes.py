"""Hold what the tutorial says of linear regression against the rows on the screen."""

import numpy as np

from nnviz.chapters.linear_regression.regression import LeastSquares, line_of
from nnviz.chapters.linear_regression.units import column, squared_unit, target
from nnviz.data.sample import Sample
from nnviz.site.parts import tutorial_says
from nnviz.site.plain import plain
from nnviz.text.digits import digits, told_apart


def notes(sample: Sample, answer: LeastSquares) -> None:
    """Show what the tutorial says of linear regression, and what is so."""
    first, second = (column(sample, k) for k in (0, 1))
    noun, unit = target(sample).noun, squared_unit(sample)
    none = float(np.mean(np.square(sample.y - sample.y.mean())))
    errors = (line_of(sample).error, answer.error, none)
    left_alone, left_by_both, left_by_none = told_apart(*errors)
    tutorial_says(
        "regression estimates the relationship between a dependent variable and two or more "
        "independent variables.",
        plain(
            f"one is enough. From {first.noun} alone least squares leaves a mean squared error of "
            f"{left_alone} {unit}; {second.noun} as well makes it {left_by_both}. "
            f"With neither of them, the mean {noun} for every row leaves {left_by_none}."
        ),
    )
    w1, w2, bias = map(digits, answer.parameters.tolist())
    tutorial_says(
        "each variable is multiplied by a vector called weight, and another vector, the bias, is "
        "added.",
        plain(
            f"each is multiplied by one number: {first.noun} by {w1}, {second.noun} by {w2}, and "
            f"one number is added, the bias {bias}. Both weights together can be written as one "
            "vector; its dot product with a row is the same sum."
        ),
    )
