"""Where the units of a network with hidden layers stand: a block each, layer after layer."""

from collections.abc import Sequence

from nnviz.walkthrough.board.boxes import Box, Point
from nnviz.walkthrough.board.plan import GraphPlan, between, frozen_plan

MOST_WEIGHTS_SHOWN = 4
"""Between two layers; of more, those that a step is about are shown."""

_WIDE = (784.0, 420.0)
_NARROW_WIDTH = 366.0


def network_plans(sizes: Sequence[int]) -> tuple[GraphPlan, GraphPlan]:
    """Return the layouts for a wide and for a narrow screen.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, then of units in each layer: up to 4 inputs, 3 hidden layers of 4 units
        and one output.
    """
    return _wide(sizes), _narrow(sizes)


def _wide(sizes: Sequence[int]) -> GraphPlan:
    width, height = _WIDE
    pitch = 616 / (len(sizes) - 1)
    block_width = min(150.0, (0.6 if _is_tight(sizes) else 0.54) * pitch)
    boxes: dict[str, Box] = {}
    for i in range(sizes[0]):
        boxes[f"input.{i}"] = Box(34, _spread(i, sizes[0], height), 66, 40)
    for layer, n_units in enumerate(sizes[1:]):
        x = 80 + pitch * (layer + 1) - block_width / 2
        for unit in range(n_units):
            y = _spread(unit, n_units, height)
            boxes |= _block(layer, unit, x, y, block_width, _rows(sizes, layer))
    middle = height / 2 - 18
    boxes |= {
        "loss": Box(744, middle, 76, 50),
        "target": Box(744, middle + 80, 72, 42),
        "error": Box(744, middle - 80, 76, 42),
    }
    arrows = _edges(sizes, boxes, down=False)
    weights = _weights(sizes, arrows, min(64.0, 0.84 * (pitch - block_width)))
    return _finish((width, height), sizes, boxes, arrows, weights)


def _narrow(sizes: Sequence[int]) -> GraphPlan:
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
        across = _NARROW_WIDTH / n_units
        for unit in range(n_units):
            x = (unit + 0.5) * across
            rows = _rows(sizes, layer)
            boxes |= _block(layer, unit, x, y, min(150.0, across - 6), rows)
    boxes |= {
        "loss": Box(183, 92, 86, 46),
        "target": Box(60, 92, 76, 42),
        "error": Box(183, 28, 82, 42),
    }
    arrows = _edges(sizes, boxes, down=True)
    weights = _weights(sizes, arrows, 58.0, staggered=True)
    return _finish((_NARROW_WIDTH, height), sizes, boxes, arrows, weights)


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


def _edges(
    sizes: Sequence[int], boxes: dict[str, Box], *, down: bool
) -> dict[str, tuple[Point, Point]]:
    arrows: dict[str, tuple[Point, Point]] = {}
    for layer, n_units in enumerate(sizes[1:]):
        for i in range(sizes[layer]):
            start = boxes[f"input.{i}" if layer == 0 else f"a.{layer - 1}.{i}"]
            for unit in range(n_units):
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
    height = 30.0 if _is_tight(sizes) else 44.0
    boxes: dict[str, Box] = {}
    for layer, n_units in enumerate(sizes[1:]):
        n_inputs = sizes[layer]
        for i in range(n_inputs):
            for unit in range(n_units):
                (x0, y0), (x1, y1) = arrows[f"edge.{layer}.{i}.{unit}"]
                if n_inputs * n_units <= MOST_WEIGHTS_SHOWN:
                    share = _share(n_inputs, n_units, staggered=staggered, tight=_is_tight(sizes))
                elif staggered:
                    # A row of its own, be those into a unit shown together or those out of one.
                    most = max(n_inputs, n_units)
                    room = _narrow_gap(sizes, layer) - height - 4
                    depth = height / 2 + 2 + room * ((i + unit) % most) / (most - 1)
                    share = depth / (y0 - y1)
                else:
                    share = 0.5  # those of one unit are far apart there
                x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
                boxes[f"weight.{layer}.{i}.{unit}"] = Box(x, y, width, height)
    return boxes


def _share(n_inputs: int, n_units: int, *, staggered: bool, tight: bool) -> float:
    """Return how far along their edges a few weights stand, so that none meets another one."""
    if n_inputs > 1 and n_units > 1:
        return 0.425 if tight and not staggered else 0.34  # beside where the edges cross
    if not staggered:
        return 0.5
    # Where there is room side by side, and above what follows.
    return 0.28 if n_inputs > n_units else 0.64 if n_units > 3 else 0.5


def _finish(
    size: tuple[float, float],
    sizes: Sequence[int],
    boxes: dict[str, Box],
    arrows: dict[str, tuple[Point, Point]],
    weights: dict[str, Box],
) -> GraphPlan:
    covered = frozenset(
        f"weight.{layer}.{i}.{unit}"
        for layer, n_units in enumerate(sizes[1:])
        for i in range(sizes[layer])
        for unit in range(n_units)
        if sizes[layer] * n_units > MOST_WEIGHTS_SHOWN
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
