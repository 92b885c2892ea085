"""Lay a network out on a plane, for a wide and for a narrow screen: one unit, or hidden layers."""

from collections.abc import Iterator, Sequence
from typing import Final

from nnviz.walkthrough.figures.plan import Box, GraphPlan, Point, between, frozen_plan

_CHAIN: Final = (
    ("error", "derror_dprediction"),
    ("derror_dprediction", "local"),
    ("local", "by_bias"),
    ("by_bias", "derror_dbias"),
    ("local", "by_weights"),
    ("by_weights", "derror_dweights"),
)
"""The way back, from factor to factor."""

MOST_WEIGHTS_SHOWN = 4
"""Between two layers; of more, those that a step is about are shown."""

_CLEAR = 6.0
_WIDE = (784.0, 420.0)
_NARROW_WIDTH = 366.0


def graph_plans(sizes: Sequence[int]) -> tuple[GraphPlan, GraphPlan]:
    """Return the layouts of the graph for a wide and for a narrow screen.

    ``sizes`` holds up to 4 inputs, 3 hidden layers of up to 4 units, and one output.
    """
    if tuple(sizes[1:]) == (1,):
        return neuron_plans(sizes[0], backward=True)
    return _wide_network(sizes), _narrow_network(sizes)


def neuron_plans(n_inputs: int, *, backward: bool) -> tuple[GraphPlan, GraphPlan]:
    """Return the wide and the narrow layout of one unit with 1 to 4 inputs.

    With ``backward`` the derivatives have boxes; else the answer that the threshold makes has.
    """
    return _wide_neuron(n_inputs, backward=backward), _narrow_neuron(n_inputs, backward=backward)


def _wide_neuron(n_inputs: int, *, backward: bool) -> GraphPlan:
    middle = 296 if backward else 172
    gap = min(104, 186 / max(n_inputs - 1, 1))
    many = n_inputs > 2  # so many numbers in one box
    boxes: dict[str, Box] = {}
    for i in range(n_inputs):
        y = middle + ((n_inputs - 1) / 2 - i) * gap
        boxes[f"input.{i}"] = Box(56, y, 108, 44)
        boxes[f"weight.0.{i}.0"] = Box(178, y, 108, min(60, gap - 8))
    boxes |= {
        "sum.0.0": Box(304, middle, 84, 54),
        "bias.0.0": Box(304, middle - 90, 108, 60),
        "z.0.0": Box(406, middle, 92, 60),
        "act.0.0": Box(508, middle, 84, 54),
        "a.0.0": Box(612, middle, 96, 60),
    }
    if backward:
        boxes |= {
            "loss": Box(724, middle, 96, 54),
            "target": Box(724, middle + 86, 80, 44),
            "error": Box(724, middle - 90, 92, 60),
            "derror_dprediction": Box(708, 116, 124, 56),
            "local": Box(560, 116, 128, 56),
            "by_bias": Box(412, 116, 104, 56),
            "derror_dbias": Box(280, 116, 104, 56),
            "by_weights": Box(456, 34, 244, 56) if many else Box(412, 34, 128, 56),
            "derror_dweights": Box(158, 34, 304, 56) if many else Box(220, 34, 190, 56),
        }
        return _finish_neuron((784, 420), boxes, n_inputs, text=13)
    boxes |= {
        "decide": Box(724, middle, 104, 54),
        "answer": Box(724, middle - 90, 92, 52),
        "target": Box(724, middle + 90, 80, 44),
    }
    return _finish_neuron((784, 330), boxes, n_inputs, text=12)


def _narrow_neuron(n_inputs: int, *, backward: bool) -> GraphPlan:
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
            "derror_dprediction": Box(right, top - 474, 132, 50),
            "local": Box(right, top - 410, 132, 50),
            "by_bias": Box(right, top - 282, 112, 50),
            "derror_dbias": Box(right, top - 220, 112, 50),
            "by_weights": Box(125, top - 540, 244, 50) if many else Box(70, top - 540, 128, 50),
            "derror_dweights": (
                Box(183, top - 602, 358, 50) if many else Box(254, top - 540, 208, 50)
            ),
        }
        return _finish_neuron((366, top), boxes, n_inputs, text=12 if n_inputs > 3 else 13)
    boxes |= {
        "decide": Box(right - 20, top - 344, 110, 50),
        "answer": Box(right - 20, top - 282, 92, 50),
        "target": Box(right - 20, top - 220, 80, 42),
    }
    return _finish_neuron((366, top), boxes, n_inputs, text=13)


def _finish_neuron(
    size: tuple[float, float], boxes: dict[str, Box], n_inputs: int, *, text: int
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


def _wide_network(sizes: Sequence[int]) -> GraphPlan:
    width, height = _WIDE
    pitch = 616 / (len(sizes) - 1)
    block_width = min(150.0, (0.6 if _is_tight(sizes) else 0.54) * pitch)
    boxes: dict[str, Box] = {}
    for i in range(sizes[0]):
        boxes[f"input.{i}"] = Box(34, _spread(i, sizes[0], height), 66, 40)
    for layer, n_units in enumerate(sizes[1:]):
        x, rows = 80 + pitch * (layer + 1) - block_width / 2, _rows(sizes, layer)
        for unit in range(n_units):
            boxes |= _block(layer, unit, x, _spread(unit, n_units, height), block_width, rows)
    middle = height / 2 - 18
    boxes |= {
        "loss": Box(744, middle, 76, 50),
        "target": Box(744, middle + 80, 72, 42),
        "error": Box(744, middle - 80, 76, 42),
    }
    arrows = _edges(sizes, boxes, down=False)
    gap = pitch - block_width
    weights = _weights(sizes, arrows, min(64.0, 0.84 * gap, max(52.0, gap - 36)))
    return _finish_network((width, height), sizes, boxes, arrows, weights)


def _narrow_network(sizes: Sequence[int]) -> GraphPlan:
    heights = [sum(_rows(sizes, layer)) for layer in range(len(sizes) - 1)]
    gaps = [_narrow_gap(sizes, layer) for layer in range(len(sizes) - 1)]
    height = 50 + sum(heights) + sum(gaps) + 130
    boxes: dict[str, Box] = {}
    for i in range(sizes[0]):
        across = _NARROW_WIDTH / sizes[0]
        boxes[f"input.{i}"] = Box((i + 0.5) * across, height - 24, min(80, across - 6), 40)
    top = height - 46
    for layer, n_units in enumerate(sizes[1:]):
        y = top - gaps[layer] - heights[layer] / 2
        top -= gaps[layer] + heights[layer]
        across, rows = _NARROW_WIDTH / n_units, _rows(sizes, layer)
        for unit in range(n_units):
            boxes |= _block(layer, unit, (unit + 0.5) * across, y, min(150.0, across - 6), rows)
    boxes |= {
        "loss": Box(183, 92, 86, 46),
        "target": Box(60, 92, 76, 42),
        "error": Box(183, 28, 82, 42),
    }
    arrows = _edges(sizes, boxes, down=True)
    weights = _weights(sizes, arrows, 58.0, staggered=True)
    return _finish_network((_NARROW_WIDTH, height), sizes, boxes, arrows, weights)


def _is_tight(sizes: Sequence[int]) -> bool:
    """Return whether units have to stand close together."""
    return max(sizes) > 3 or len(sizes) > 4


def _narrow_gap(sizes: Sequence[int], layer: int) -> float:
    """Return the room above a layer: more where weights need rows of their own."""
    return 104.0 if sizes[layer] * sizes[layer + 1] <= MOST_WEIGHTS_SHOWN else 150.0


def _rows(sizes: Sequence[int], layer: int) -> tuple[float, float, float]:
    """Return the heights of a block's rows: bias, sum, activation."""
    if layer == len(sizes) - 2:
        return 38.0, 42.0, 54.0  # the last unit stands alone
    return (31.0, 34.0, 34.0) if _is_tight(sizes) else (36.0, 42.0, 42.0)


def _spread(index: int, n: int, height: float) -> float:
    """Return the place of one of n things, evenly spread from the top of the plane down."""
    return height - (index + 0.5) * height / n


def _block(
    layer: int, unit: int, x: float, y: float, width: float, rows: tuple[float, float, float]
) -> dict[str, Box]:
    """Return the boxes of a unit: bias above, the sum with its value, the activation with its."""
    function_width, gap = 0.35 * width, 0.02 * width
    value_width = width - function_width - gap
    left = x - width / 2 + function_width / 2
    right = x + width / 2 - value_width / 2
    bias_row, sum_row, activation_row = rows
    top = y + sum(rows) / 2
    sum_y = top - bias_row - sum_row / 2
    activation_y = sum_y - sum_row / 2 - activation_row / 2
    at = f"{layer}.{unit}"
    return {
        f"unit.{at}": Box(left, top - bias_row / 2, function_width, bias_row - 2),
        f"bias.{at}": Box(right, top - bias_row / 2, value_width, bias_row - 2),
        f"sum.{at}": Box(left, sum_y, function_width, sum_row - 3),
        f"z.{at}": Box(right, sum_y, value_width, sum_row - 3),
        f"act.{at}": Box(left, activation_y, function_width, activation_row - 3),
        f"a.{at}": Box(right, activation_y, value_width, activation_row - 3),
    }


def _connections(sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield layer, input and unit of every weight of a network."""
    for layer, n_units in enumerate(sizes[1:]):
        for i in range(sizes[layer]):
            for unit in range(n_units):
                yield layer, i, unit


def _edges(
    sizes: Sequence[int], boxes: dict[str, Box], *, down: bool
) -> dict[str, tuple[Point, Point]]:
    arrows: dict[str, tuple[Point, Point]] = {}
    for layer, i, unit in _connections(sizes):
        start = boxes[f"input.{i}" if layer == 0 else f"a.{layer - 1}.{i}"]
        end = boxes[f"sum.{layer}.{unit}"]
        arrows[f"edge.{layer}.{i}.{unit}"] = (
            ((start.x, start.y - start.height / 2), (end.x, end.y + end.height / 2))
            if down
            else ((start.x + start.width / 2, start.y), (end.x - end.width / 2, end.y))
        )
    return arrows


def _weights(
    sizes: Sequence[int],
    arrows: dict[str, tuple[Point, Point]],
    width: float,
    *,
    staggered: bool = False,
) -> dict[str, Box]:
    """Return a box for each weight, on its edge, where it does not meet those that stand by it."""
    tight = _is_tight(sizes)
    height = 30.0 if tight else 44.0
    boxes: dict[str, Box] = {}
    for layer, i, unit in _connections(sizes):
        (n_inputs, n_units), ((x0, y0), (x1, y1)) = (
            sizes[layer : layer + 2], arrows[f"edge.{layer}.{i}.{unit}"]
        )  # fmt: skip
        if n_inputs * n_units <= MOST_WEIGHTS_SHOWN:
            along = _along(n_inputs, n_units, staggered=staggered, tight=tight)
            if not (staggered or tight) and n_inputs > 1 and n_units > 1:
                # Clear of the unit that the edge leaves.
                along = max(along, (width / 2 + _CLEAR) / (x1 - x0))
        elif staggered:
            # A row of its own, be those into a unit shown together or those out of one.
            most = max(n_inputs, n_units)
            room = _narrow_gap(sizes, layer) - height - 4
            depth = height / 2 + 2 + room * ((i + unit) % most) / (most - 1)
            along = depth / (y0 - y1)
        else:
            along = 0.5  # those of one unit are far apart there
        x, y = x0 + along * (x1 - x0), y0 + along * (y1 - y0)
        boxes[f"weight.{layer}.{i}.{unit}"] = Box(x, y, width, height)
    return boxes


def _along(n_inputs: int, n_units: int, *, staggered: bool, tight: bool) -> float:
    """Return how far along their edges a few weights stand, so that none meets another one."""
    if n_inputs > 1 and n_units > 1:
        return 0.425 if tight and not staggered else 0.34  # beside where the edges cross
    if not staggered:
        return 0.5
    # Where there is room side by side, and above what follows.
    return 0.28 if n_inputs > n_units else 0.64 if n_units > 3 else 0.5


def _finish_network(
    size: tuple[float, float],
    sizes: Sequence[int],
    boxes: dict[str, Box],
    arrows: dict[str, tuple[Point, Point]],
    weights: dict[str, Box],
) -> GraphPlan:
    covered = frozenset(
        f"weight.{layer}.{i}.{unit}"
        for layer, i, unit in _connections(sizes)
        if sizes[layer] * sizes[layer + 1] > MOST_WEIGHTS_SHOWN
    )
    last = f"a.{len(sizes) - 2}.0"
    for start, end in ((last, "loss"), ("target", "loss"), ("loss", "error")):
        arrows[f"{start}>{end}"] = between(boxes, start, end)
    tight = _is_tight(sizes)
    return frozen_plan(
        size,
        {**boxes, **weights},
        arrows,
        text=10 if tight else 11 if len(sizes) > 3 else 12,
        covered=covered,
        digits=3 if tight else 4,
    )
