"""What a person chooses on the page "Prediction"."""

from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.prediction.decision import CoinFlips, flip_coins
from nnviz.chapters.prediction.view_layers import LAYERS_PARAMETERS
from nnviz.chart.gestures import Click, Drag
from nnviz.data import tutorial
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import Trace, trace_update
from nnviz.site.address import Address
from nnviz.site.few_rows import ROWS
from nnviz.site.parameters import Choice, Custom, Number, Numbers, Whole
from nnviz.site.parts import PART
from nnviz.walkthrough.steps import Step, forward_steps
from nnviz.walkthrough.view_stepping import Stepping

PAGE: Final = "prediction"
CHART: Final = "prediction_row"
VIEWS: Final = ("row", "layers")
REACH: Final = 4.0
"""Of a weight and of the bias on their sliders, in size."""

FARTHEST: Final = 100.0
"""The same in a link."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "row", VIEWS),
        ROWS,
        Whole("row", 1, 1, 9),
        Numbers("weights", tutorial.FIRST_WEIGHTS, -FARTHEST, FARTHEST, count=2),
        Number("bias", tutorial.FIRST_BIAS, -FARTHEST, FARTHEST),
        Choice("activation", "sigmoid", tuple(ACTIVATIONS)),
        Number("threshold", 0.5, -FARTHEST, FARTHEST),
        Whole("at", 0, 0, 5),
        Whole("flips", 0, 0, 2**32 - 1),
        Custom("read", "", lambda text: text[:40], str),
        *LAYERS_PARAMETERS,
        PART,
    ],
)
STEPPING: Final = Stepping(ADDRESS, CHART)
NOTE: Final = f"{PAGE}_note"


def row() -> int:
    """Return the row that goes in, counted from 0; one that is gone is the first."""
    index = int(ADDRESS["row"]) - 1
    return index if index < len(ADDRESS["rows"]) else 0


def traced() -> Trace:
    """Return the chosen row on its way through the chosen neuron; nothing is learnt."""
    weights = np.array(ADDRESS["weights"])[:, np.newaxis]
    layer = Layer(weights, np.array([ADDRESS["bias"]]), ADDRESS["activation"])
    x1, x2, target = ADDRESS["rows"][row()]
    return trace_update(Network((layer,)), (x1, x2), target, learning_rate=0.0)


def steps(trace: Trace) -> tuple[Step, ...]:
    """Return the way forward, value by value; the answer follows it."""
    return (Step("take"), *forward_steps(trace.network, every_term=True))


def flips(trace: Trace) -> CoinFlips | None:
    """Return the coins, where the prediction is a probability."""
    if ADDRESS["activation"] != "sigmoid":
        return None
    return flip_coins(float(trace.prediction[0]), ADDRESS["flips"])


def pick_row(index: int) -> None:
    """Let another row go in."""
    n_rows = len(ADDRESS["rows"])
    if index < n_rows:
        ADDRESS.set("row", index + 1)
    else:
        # A callback cannot show anything itself.
        there = "is 1" if n_rows == 1 else f"are {n_rows}"
        st.session_state[NOTE] = f"There is no row {index + 1}: there {there}."


def key_pressed(key: str) -> None:
    """Answer the keys 1 to 9."""
    pick_row(int(key) - 1)


def set_parameter(i: int, value: float, done: bool) -> None:
    """Choose one of the weights or, last, the bias."""
    weights = list(ADDRESS["weights"])
    if i == len(weights):
        ADDRESS.set("bias", value)
    else:
        weights[i] = value
        ADDRESS.set("weights", tuple(weights))


def dragged(drag: Drag) -> None:
    """Choose the threshold."""
    ADDRESS.set("threshold", drag.y)


def clicked(click: Click) -> None:
    """Read the box or the arrow that was clicked."""
    ADDRESS.set("read", click.item.replace("edge", "weight", 1))


def flip_again() -> None:
    """Flip the coins anew."""
    ADDRESS.set("flips", (ADDRESS["flips"] + 1) % 2**32)


def reset() -> None:
    """Go back to the tutorial's first prediction."""
    ADDRESS.reset(("rows", "row", "weights", "bias", "activation", "threshold", "flips", "read"))
    STEPPING.go(0)
