"""Medians, fractions and extremes on Compare runs, against runs in plain Python."""

import math
from statistics import median

import numpy as np
import pytest

from tests.outside.cases import CASES, numbers_of
from tests.outside.screen import Screen, agrees, read

ROWS = ((3, 1.5, 0), (2, 1, 1), (4, 1.5, 0), (3, 4, 1), (3.5, 0.5, 0), (2, 0.5, 1), (5.5, 1, 1))
EIGHT = (*ROWS, (1, 1, 0))


def sigmoid(z: float) -> float:
    """Return the tutorial's sigmoid, for any z."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def error_after(updates: int, rate: float, seed: int) -> float:
    """Return the error of all rows after a run of the tutorial's class."""
    stream = np.random.RandomState(seed)
    w1, w2 = stream.randn(2).tolist()
    b = float(stream.randn())
    for _ in range(updates):
        x1, x2, t = EIGHT[stream.randint(8)]
        z = w1 * x1 + w2 * x2 + b
        pull = 2 * (sigmoid(z) - t) * sigmoid(z) * sigmoid(-z) * rate
        w1, w2, b = w1 - pull * x1, w2 - pull * x2, b - pull
    return sum((sigmoid(w1 * x1 + w2 * x2 + b) - t) ** 2 for x1, x2, t in EIGHT)


def quartiles(errors: list[float]) -> tuple[float, float, float]:
    """Return the quartiles as R, NumPy and spreadsheets interpolate them."""
    ordered = sorted(errors)

    def at(fraction: float) -> float:
        place = fraction * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return at(0.25), median(ordered), at(0.75)


@pytest.mark.parametrize("case", CASES)
def test_the_table_of_the_rates_is_that_of_plain_python(case: int) -> None:
    rng = numbers_of("compare runs", case)
    first, n_seeds = rng.randrange(1000), rng.randint(1, 9)
    # At larger rates some runs are chaotic: the last bit of a sum decides how they end.
    low, high = sorted(rng.sample((0.001, 0.01, 0.03, 0.1), 2))
    link = {
        "low": str(low),
        "high": str(high),
        "rates": "2",
        "first": str(first),
        "seeds": str(n_seeds),
        "updates": "1000",
        "judge": rng.choice(("noted", "end")),
    }
    screen = Screen("compare_runs", link)
    rows = screen.table("How the runs of each learning rate end")
    while [row[1].text for row in rows] != [str(n_seeds)] * 2:  # the runs are still being made
        screen.run()
        rows = screen.table("How the runs of each learning rate end")
    updates = 1000 if link["judge"] == "end" else 991
    for row, rate in zip(rows, (low, high), strict=True):
        errors = [error_after(updates, rate, first + k) for k in range(n_seeds)]
        assert float(read(row[0].text)) == rate
        n_worse = sum(error > 2 for error in errors)
        assert int(row[2].text) == n_worse, (link, errors)
        assert agrees(row[3].text.rstrip("%"), 100 * n_worse / n_seeds), link
        lower, middle, upper = quartiles(errors)
        true = (min(errors), lower, middle, upper, max(errors))
        for cell, value in zip(row[4:], true, strict=True):
            assert agrees(cell.text, value, 1e-8), (cell.text, value, link)
        if rate == low:
            judge_the_question(link, n_worse / n_seeds)


def judge_the_question(link: dict[str, str], fraction: float) -> None:
    """Answer how many runs of the lowest rate are worse than always 0.5."""
    asked = Screen("compare_runs", {**link, "rate": link["low"], "part": "predict"})
    while not any("how many" in text for text in asked.markdowns()):
        asked.run()
    answer = (
        "fewer than 1 in 10"
        if fraction < 0.1
        else "1 in 10 up to 4 in 10"
        if fraction <= 0.4
        else "more than 9 in 10"
        if fraction > 0.9
        else "6 in 10 up to 9 in 10"
        if fraction >= 0.6
        else "between 4 and 6 in 10"
    )
    assert asked.judged_right(answer), (link, fraction)
