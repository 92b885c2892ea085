"""A walk in the address: its rows, its network, and which rows were taken at which rate."""

from typing import Final

from nnviz.chart.slider import logarithmic_values
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.site.few_rows import LIMIT, MOST_ROWS, ROWS
from nnviz.site.parameters import Choice, Custom, Number, Numbers, Whole
from nnviz.text.numbers import written
from nnviz.walkthrough.walk import RowUpdate

MOST_UPDATES: Final = 40
MOST_LAYERS: Final = 3
MOST_UNITS: Final = 4
MOST_INPUTS: Final = 4

RATES: Final = logarithmic_values(-3, 1)
NETWORKS: Final = ("neuron", "2-2-1", "2-2-2-1", "own")
ENDS: Final = ("sigmoid", "sigmoid, cross-entropy", "linear")
"""The last activation, with the squared error unless another loss is named."""

FIRST_TAKEN: Final = (RowUpdate(1, 0.1),)


def parse_taken(text: str) -> tuple[RowUpdate, ...]:
    """Return the rows taken: ``2:0.1;1`` is row 2 at rate 0.1, then row 1 at the same rate."""
    taken: list[RowUpdate] = []
    for part in text.split(";"):
        row, _, rate = part.partition(":")
        if not rate and not taken:
            raise ValueError("it must begin with a row and a rate, such as 2:0.1")
        if len(taken) == MOST_UPDATES:
            raise ValueError(f"it may hold {MOST_UPDATES} rows at the most")
        taken.append(
            RowUpdate(
                Whole("row", 1, 1, MOST_ROWS).parse(row) - 1,
                Number("rate", 0.1, RATES[0], RATES[-1]).parse(rate)
                if rate
                else taken[-1].learning_rate,
            )
        )
    return tuple(taken)


def format_taken(taken: tuple[RowUpdate, ...]) -> str:
    """Return the rows taken, each with its rate where that is another than the one before."""
    parts, before = [], None
    for item in taken:
        rate = written(item.learning_rate)
        parts.append(
            f"{item.row + 1}" if item.learning_rate == before else f"{item.row + 1}:{rate}"
        )
        before = item.learning_rate
    return ";".join(parts)


def _parse_hidden(text: str) -> tuple[int, ...]:
    sizes = tuple(Whole("units", 1, 1, MOST_UNITS).parse(part) for part in text.split(",") if text)
    if len(sizes) > MOST_LAYERS:
        raise ValueError(f"it may hold {MOST_LAYERS} layers at the most")
    return sizes


def _parse_features(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= set(FEATURES) or not 1 <= len(set(names)) == len(names) <= MOST_INPUTS:
        raise ValueError(f"it must be 1 to {MOST_INPUTS} of: {', '.join(FEATURES)}")
    return names


PARAMETERS: Final = (
    Choice("net", "neuron", NETWORKS),
    Custom("features", ("x1", "x2"), _parse_features, ",".join),
    Custom("hidden", (3, 2), _parse_hidden, lambda sizes: ",".join(map(str, sizes))),
    Choice("activation", "tanh", tuple(ACTIVATIONS)),
    Choice("end", "sigmoid", ENDS),
    Whole("seed", 0, 0, 2**32 - 1),
    Numbers("start", (), -LIMIT, LIMIT, at_most=65),
    ROWS,
    Custom("taken", FIRST_TAKEN, parse_taken, format_taken),
    Whole("at", 0, 0, 12_000),
    Choice("sums", "auto", ("auto", "term by term", "at once")),
    Custom("read", "", lambda text: text[:40], str),
)
