"""A training run in the address: its choices as parameters, and the config they stand for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from nnviz.datasets import eight_rows
from nnviz.run_config import RunConfig
from nnviz.ui.address import Address
from nnviz.ui.parameters import Choice, Custom, Number, Numbers, Whole
from nnviz.ui.rate_slider import logarithmic_values

MOST_ROWS: Final = 20
MOST_CHANGES: Final = 20

RATES: Final = logarithmic_values(-3, 1)
RATE_MARKS: Final = (0.001, 0.01, 0.1, 1, 10)

MODELS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "neuron": {},
        "sin x1": {"features": ("sin x1",)},
        "hidden layer": {"hidden": ((4, "tanh"),), "standardise": True},
    }
)
UPDATES: Final = ("1000", "10000", "20000")

Rows = tuple[tuple[float, float, int], ...]
Changes = tuple[tuple[int, float], ...]


def changes_within(address: Address) -> Changes:
    """Return the rate changes that the run is long enough to come to; the others wait."""
    return tuple(change for change in address["changes"] if change[0] < int(address["updates"]))


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
        Custom("changes", (), _parse_changes, _format_changes),
        Whole("seed", 0, 0, 2**32 - 1),
        Choice("model", "neuron", tuple(MODELS)),
        Choice("updates", "10000", UPDATES),
        Custom("rows", default_rows(), parse_rows, _format_rows),
    ]


def run_config(address: Address) -> RunConfig:
    """Return the run that the person has chosen."""
    rows, steps = address["rows"], int(address["updates"])
    return RunConfig(
        rows=tuple((x1, x2) for x1, x2, _ in rows),
        targets=tuple(target for _, _, target in rows),
        learning_rate=address["rate"],
        rate_changes=changes_within(address),
        seed=address["seed"],
        steps=steps,
        **MODELS[address["model"]],
    )


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
    if parts[2] not in ("0", "1"):
        raise ValueError("the target of a row must be 0 or 1")
    return rounded_row(x1, x2, int(parts[2]))


def _format_rows(rows: Rows) -> str:
    numbers = Numbers("row", (), -1e9, 1e9)
    return ";".join(numbers.format(row) for row in rows)


def _parse_changes(text: str) -> Changes:
    changes = tuple(_change(part) for part in text.split(";")) if text else ()
    steps = [step for step, _ in changes]
    if len(changes) > MOST_CHANGES or sorted(set(steps)) != steps:
        raise ValueError(
            f"it must hold at most {MOST_CHANGES} changes in the order of their updates"
        )
    return changes


def _change(text: str) -> tuple[int, float]:
    step, colon, rate = text.partition(":")
    if not colon:
        raise ValueError("a change must be update:rate, such as 2500:0.01")
    return (
        Whole("step", 0, 1, int(UPDATES[-1])).parse(step),
        Number("rate", 0.1, RATES[0], RATES[-1]).parse(rate),
    )


def _format_changes(changes: Changes) -> str:
    return ";".join(f"{step}:{rate!r}" for step, rate in changes)
