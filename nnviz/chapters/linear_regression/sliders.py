"""The values that the sliders of the page "Linear regression" offer."""

import math
from typing import Final

import numpy as np

from nnviz.chapters.linear_regression.curvature import Curvature
from nnviz.chapters.linear_regression.descent import LARGEST_START
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chart.slider import logarithmic_values
from nnviz.data.sample import Sample

_STEPS: Final = 150  # at least so many values from end to end
_HOUSES: Final = ((-1.0, 6.0, 0.05), (-5.0, 3.0, 0.05), (-100.0, 400.0, 5.0))
_HIGHEST: Final = 1  # power of ten of the largest rate
_MOST_DECADES: Final = 12


def hand_values(
    sample: Sample, answer: LeastSquares, *, made_up: bool
) -> tuple[tuple[float, ...], ...]:
    """Return what each of both weights and the bias can be set to by hand."""
    if made_up:
        return tuple(_grid(low, high, step) for low, high, step in _HOUSES)
    spread = float(sample.y.std()) or max(1.0, abs(float(sample.y.mean())))
    ranges = []
    for k in (0, 1):
        deviation = float(sample.X[:, k].std()) or 1.0
        reach = max(1.5 * abs(float(answer.weights[k])), spread / deviation)
        ranges.append((-reach, reach))
    middles = (0.0, answer.bias, float(sample.y.mean()))
    ranges.append((min(middles) - 2 * spread, max(middles) + 2 * spread))
    return tuple(_nice(low, high) for low, high in ranges)


def rate_values(*bends: Curvature) -> tuple[float, ...]:
    """Return rates from well below every largest one to 10: one slider, scaled or not."""
    least = min(bent.largest_rate for bent in bends)
    low = math.floor(math.log10(least)) - 1
    values = logarithmic_values(low, _HIGHEST)
    # So many that each is still a small step, and so few that they travel with every answer.
    return values if _HIGHEST - low <= _MOST_DECADES else values[::10]


def rounded(rate: float) -> float:
    """Return a rate with four digits, as it is marked."""
    return float(f"{rate:.4g}")


def _nice(low: float, high: float) -> tuple[float, ...]:
    """Return round values over a range, 0 among them where it lies inside."""
    low, high = max(low, -LARGEST_START), min(high, LARGEST_START)
    if not low < high:
        low, high = -LARGEST_START, LARGEST_START
    rough = (high - low) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    return _grid(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def _grid(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = round(low / step), round(high / step)
    values = (float(f"{k * step:.10g}") for k in range(first, last + 1))
    return tuple(float(np.clip(value, -LARGEST_START, LARGEST_START)) for value in values)
