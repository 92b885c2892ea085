"""A training run in the address: its choices as parameters, and the timeline they stand for."""

from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.branches import ORDERS
from nnviz.chart.slider import logarithmic_values
from nnviz.data.sample import Sample
from nnviz.data.tutorial import eight_rows
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Numbers, Whole
from nnviz.text.numbers import parsed
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline

MOST_ROWS: Final = 20

RATES: Final = logarithmic_values(-3, 1)
RATE_MARKS: Final = (0.001, 0.01, 0.1, 1, 10)

RECORD_EVERY: Final = 100
UPDATES: Final = ("1000", "10000", "20000", "100000", "1000000")

Rows = tuple[tuple[float, float, int], ...]


def default_rows() -> Rows:
    """Return the tutorial's eight rows as (x1, x2, target)."""
    data = eight_rows()
    pairs = zip(data.X.tolist(), data.y.tolist(), strict=True)
    return tuple((x1, x2, int(target)) for (x1, x2), target in pairs)


def run_parameters(x_range: tuple[float, float], y_range: tuple[float, float]) -> list[Any]:
    """Return the parameters of a run whose rows lie within the ranges."""

    def parse_rows(text: str) -> Rows:
        rows = text.split(";")
        if not 1 <= len(rows) <= MOST_ROWS:
            raise ValueError(f"it must hold 1 to {MOST_ROWS} rows")
        return tuple(_row(row, x_range, y_range) for row in rows)

    return [
        Number("rate", 0.1, RATES[0], RATES[-1]),
        Choice("order", "random", tuple(ORDERS)),
        Whole("seed", 0, 0, 2**32 - 1),
        Custom("model", Model(), Model.parse, lambda model: model.text),
        Choice("updates", "10000", UPDATES),
        Custom("rows", default_rows(), parse_rows, _format_rows),
    ]


def run_timeline(address: Address) -> Timeline:
    """Return the run that the person has chosen, without its branches."""
    rows = np.array(address["rows"], dtype=np.float64)
    sample = Sample(rows[:, :2], rows[:, 2])
    order = ORDERS[address["order"]]
    plan = address["model"].plan(sample, address["rate"], order, address["seed"])
    return Timeline.of(plan, int(address["updates"]), RECORD_EVERY)


def rounded_row(x1: float, x2: float, target: int) -> tuple[float, float, int]:
    """Return a row to six decimals: what is closer together than that is meant to be the same."""
    return round(x1, 6), round(x2, 6), target


def _row(
    text: str, x_range: tuple[float, float], y_range: tuple[float, float]
) -> tuple[float, float, int]:
    parts = text.split(",")
    if len(parts) != 3:
        raise ValueError("a row must be x1,x2,target, with semicolons between the rows")
    x1 = Number("x1", 0, *x_range).parse(parts[0])
    x2 = Number("x2", 0, *y_range).parse(parts[1])
    target = parsed(parts[2])
    if target not in (0.0, 1.0):
        raise ValueError("the target of a row must be 0 or 1")
    return rounded_row(x1, x2, int(target))


def _format_rows(rows: Rows) -> str:
    numbers = Numbers("row", (), -1e9, 1e9)
    return ";".join(numbers.format(row) for row in rows)
