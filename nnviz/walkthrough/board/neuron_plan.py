"""Where one unit stands alone, with room for the tutorial's names and for every derivative."""

from typing import Final

from nnviz.walkthrough.board.boxes import Box, Point
from nnviz.walkthrough.board.plan import GraphPlan, between, frozen_plan

CHIPS: Final = (
    "derror_dprediction", "local", "by_bias", "derror_dbias", "by_weights", "derror_dweights",
)  # fmt: skip
"""The derivatives, which have boxes of their own below the graph."""

_CHAIN: Final = (
    ("error", "derror_dprediction"),
    ("derror_dprediction", "local"),
    ("local", "by_bias"),
    ("by_bias", "derror_dbias"),
    ("local", "by_weights"),
    ("by_weights", "derror_dweights"),
)
"""The way back, from factor to factor."""


def neuron_plans(n_inputs: int, *, backward: bool) -> tuple[GraphPlan, GraphPlan]:
    """Return the layouts for a wide and for a narrow screen.

    Parameters
    ----------
    n_inputs : int
        1 to 4.
    backward : bool
        Whether the derivatives are shown; else the answer that the threshold makes is.
    """
    return _wide(n_inputs, backward=backward), _narrow(n_inputs, backward=backward)


def _wide(n_inputs: int, *, backward: bool) -> GraphPlan:
    middle = 296 if backward else 172
    gap = min(104, 186 / max(n_inputs - 1, 1))
    many = n_inputs > 2  # so many numbers in one box
    boxes: dict[str, Box] = {}
    for i in range(n_inputs):
        y = middle + ((n_inputs - 1) / 2 - i) * gap
        boxes[f"input.{i}"] = Box(56, y, 108, 44)
        boxes[f"weight.0.{i}.0"] = Box(178, y, 108, 52)
    boxes |= {
        "sum.0.0": Box(304, middle, 84, 54),
        "bias.0.0": Box(304, middle - 90, 108, 52),
        "z.0.0": Box(406, middle, 92, 54),
        "act.0.0": Box(508, middle, 84, 54),
        "a.0.0": Box(612, middle, 96, 54),
    }
    if backward:
        boxes |= {
            "loss": Box(724, middle, 96, 54),
            "target": Box(724, middle + 86, 80, 44),
            "error": Box(724, middle - 88, 92, 54),
            "derror_dprediction": Box(708, 112, 124, 42),
            "local": Box(560, 112, 128, 42),
            "by_bias": Box(412, 112, 104, 42),
            "derror_dbias": Box(280, 112, 104, 42),
            "by_weights": Box(456, 40, 244, 42) if many else Box(412, 40, 128, 42),
            "derror_dweights": Box(158, 40, 304, 42) if many else Box(220, 40, 190, 42),
        }
        return _plan((784, 420), boxes, n_inputs, text=13)
    boxes |= {
        "decide": Box(724, middle, 104, 54),
        "answer": Box(724, middle - 90, 92, 52),
        "target": Box(724, middle + 90, 80, 44),
    }
    return _plan((784, 330), boxes, n_inputs, text=12)


def _narrow(n_inputs: int, *, backward: bool) -> GraphPlan:
    many = n_inputs > 2
    top = (630 if many else 570) if backward else 380
    across = 366 / n_inputs
    boxes: dict[str, Box] = {}
    for i in range(n_inputs):
        x = (i + 0.5) * across
        boxes[f"input.{i}"] = Box(x, top - 24, min(100, across - 4), 42)
        boxes[f"weight.0.{i}.0"] = Box(x, top - 88, min(100, across - 4), 52)
    left, right = 82, 294
    boxes |= {
        "sum.0.0": Box(left, top - 158, 86, 50),
        "bias.0.0": Box(right, top - 158, 100, 52),
        "z.0.0": Box(left, top - 220, 92, 50),
        "act.0.0": Box(left, top - 282, 86, 50),
        "a.0.0": Box(left, top - 344, 96, 50),
    }
    if backward:
        boxes |= {
            "loss": Box(left, top - 410, 100, 50),
            "target": Box(183, top - 410, 62, 42),
            "error": Box(left, top - 474, 92, 50),
            "derror_dprediction": Box(right, top - 474, 132, 42),
            "local": Box(right, top - 410, 132, 42),
            "by_bias": Box(right, top - 282, 112, 42),
            "derror_dbias": Box(right, top - 220, 112, 42),
            "by_weights": Box(125, top - 540, 244, 42) if many else Box(70, top - 540, 128, 42),
            "derror_dweights": (
                Box(183, top - 602, 358, 42) if many else Box(254, top - 540, 208, 42)
            ),
        }
        return _plan((366, top), boxes, n_inputs, text=12 if n_inputs > 3 else 13)
    boxes |= {
        "decide": Box(right - 20, top - 344, 110, 50),
        "answer": Box(right - 20, top - 282, 92, 50),
        "target": Box(right - 20, top - 220, 80, 42),
    }
    return _plan((366, top), boxes, n_inputs, text=13)


def _plan(
    size: tuple[float, float],
    boxes: dict[str, Box],
    n_inputs: int,
    *,
    text: int,
) -> GraphPlan:
    arrows: dict[str, tuple[Point, Point]] = {}
    for i in range(n_inputs):
        arrows[f"in.{i}"] = between(boxes, f"input.{i}", f"weight.0.{i}.0")
        arrows[f"edge.0.{i}.0"] = between(boxes, f"weight.0.{i}.0", "sum.0.0")
    pairs = [
        ("bias.0.0", "sum.0.0"), ("sum.0.0", "z.0.0"), ("z.0.0", "act.0.0"), ("act.0.0", "a.0.0"),
    ]  # fmt: skip
    if "decide" in boxes:
        pairs += [("a.0.0", "decide"), ("decide", "answer")]
    else:
        pairs += [("a.0.0", "loss"), ("target", "loss"), ("loss", "error"), *_CHAIN]
    for start, end in pairs:
        arrows[f"{start}>{end}"] = between(boxes, start, end)
    return frozen_plan(size, boxes, arrows, text=text)
