"""The choices on the page "Prediction" that its address carries, and what follows from them."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.prediction.decision import CoinFlips, flip_coins
from nnviz.data import tutorial
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import LARGEST_SEED
from nnviz.nn.trace import Trace, trace_update
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Numbers, Whole
from nnviz.site.parts import PART_WITH_EXPORT
from nnviz.site.player import Player
from nnviz.site.rows.few_rows import ROWS
from nnviz.walkthrough.steps import Step, forward_steps

PAGE: Final = "prediction"
CHART: Final = "prediction_row"
VIEWS: Final = MappingProxyType({"row": "One row, one neuron", "layers": "Stacked layers"})
FARTHEST: Final = 100.0
"""The largest size of a weight, the bias and the threshold in a link."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "row", tuple(VIEWS)),
        ROWS,
        Whole("row", 1, 1, 9),
        Numbers("weights", tutorial.FIRST_WEIGHTS, -FARTHEST, FARTHEST, count=2),
        Number("bias", tutorial.FIRST_BIAS, -FARTHEST, FARTHEST),
        Choice("activation", "sigmoid", tuple(ACTIVATIONS)),
        Number("threshold", 0.5, -FARTHEST, FARTHEST),
        Whole("at", 0, 0, 5),
        Whole("flips", 0, 0, LARGEST_SEED),
        Custom("read", "", lambda text: text[:40], str),
        Whole("depth", 2, 1, 3),
        Whole("units", 3, 1, 4),
        Choice("between", "linear", tuple(ACTIVATIONS)),
        Choice("last", "sigmoid", ("sigmoid", "linear")),
        # With this seed the first outputs seen lie well apart, and far from 0 and 1.
        Whole("layers_seed", 2, 0, LARGEST_SEED),
        PART_WITH_EXPORT,
    ],
)
PLAYER: Final = Player(ADDRESS, CHART, "at")


def row() -> int:
    """Return the index of the chosen row, counted from 0; 0 if that row is gone."""
    index = int(ADDRESS["row"]) - 1
    return index if index < len(ADDRESS["rows"]) else 0


def traced() -> Trace:
    """Return the trace of the chosen row through the chosen neuron, with learning rate 0."""
    weights = np.array(ADDRESS["weights"])[:, np.newaxis]
    layer = Layer(weights, np.array([ADDRESS["bias"]]), ADDRESS["activation"])
    x1, x2, target = ADDRESS["rows"][row()]
    return trace_update(Network((layer,)), (x1, x2), target, learning_rate=0.0)


def steps(trace: Trace) -> tuple[Step, ...]:
    """Return the steps of the forward pass, value by value; the answer follows them."""
    return (Step("take"), *forward_steps(trace.network, every_term=True))


def flips(trace: Trace) -> CoinFlips | None:
    """Return coins flipped at the prediction; None where it is no probability."""
    if ADDRESS["activation"] != "sigmoid":
        return None
    return flip_coins(float(trace.prediction[0]), ADDRESS["flips"])
