"""Rules and learning on one grid, side by side, and the effect of more games."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.rules_or_learning.figures import (
    board,
    curve,
    guess_board,
    rules_board,
    workflow,
)
from nnviz.chapters.rules_or_learning.grids import RuleSet
from nnviz.chapters.rules_or_learning.study import GamesTrials
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chapters.rules_or_learning.words import solved_games
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray

LEFT, RIGHT, CURVE = ("xy", "x2y2", "x3y3")
AXES: Final = MappingProxyType({"left": LEFT, "right": RIGHT, "curve": CURVE})
"""The subplots by the names of their panels: both boards and the curve."""

PANELS: Final = frozenset({"left", "fits", "right", "curve", "workflow"})
"""What can be seen: both boards, what fits on the left one, the curve, and boxes with legends."""

_SIZE, _SMALL = 26, 11
_LARGE_SIZE, _LARGE_SMALL = 34, 14
"""Font sizes in px of the digits of a board, and of its probabilities; large ones in a lesson."""


@dataclass(frozen=True, eq=False)
class Guesses:
    """What the network predicts on the grid that is shown."""

    prediction: FloatArray  # (16, 4): probability of each digit in each cell
    judged: tuple[Verdict | None, ...]  # one for each cell
    details: tuple[str, ...]  # texts in the boxes of data, algorithm, model and prediction
    highlighted: int  # index of the highlighted box


@dataclass(frozen=True)
class _Plan:
    """Where everything stands, in paper coordinates."""

    rules: board.Area
    left: board.Area
    workflow: board.Area
    right: board.Area
    curve: board.Area
    curve_legend: float
    size: int
    below: float


_WIDE: Final = _Plan(
    (0.0, 0.3, 0.87, 1.0), (0.0, 0.3, 0.0, 0.77), (0.355, 1.0, 0.87, 1.0),
    (0.355, 0.655, 0.0, 0.77), (0.735, 1.0, 0.13, 0.77), 0.0, 12, 0.02,
)  # fmt: skip
_TALL: Final = _Plan(
    (0.0, 1.0, 0.955, 1.0), (0.0, 1.0, 0.655, 0.93), (0.0, 1.0, 0.54, 0.59),
    (0.0, 1.0, 0.235, 0.51), (0.13, 1.0, 0.035, 0.165), -0.012, 9, 0.006,
)  # fmt: skip


def side_by_side_picture(
    state: State,
    rule_set: RuleSet,
    guesses: Guesses,
    study: GamesTrials | None,
    *,
    n_games: int,
    selected: int | None = None,
    panels: frozenset[str] = PANELS,
) -> Picture:
    """Draw one grid as the rules and as the network fill it.

    Without a study the curve is hidden, because it would answer an open question. The network has
    learned from `n_games`; `selected` is the chosen cell. `panels` are those of `PANELS` that are
    in sight; where some are missing, the others are larger.
    """
    whole = panels == PANELS
    size, small = (_SIZE, _SMALL) if whole else (_LARGE_SIZE, _LARGE_SMALL)
    if not whole and len({"left", "right", "curve"} & panels) > 1:
        size, small = _SIZE, _SMALL + 1
    traces, shapes = [], []
    if "left" in panels:
        traces += rules_board.rules_traces(state, rule_set, LEFT, size, fits="fits" in panels)
        shapes += rules_board.rules_shapes(state, rule_set, selected, LEFT)
    if "right" in panels:
        traces += guess_board.guess_traces(
            state.grid, guesses.prediction, guesses.judged, RIGHT, size, small, state.authors
        )
        shapes += [*board.lines(rule_set, RIGHT), *guess_board.guess_shapes(guesses.judged, RIGHT)]
        if selected is not None:
            shapes.append(board.outline(board.area(selected, 0.02), RIGHT, theme.INK, 2.5, "dot"))
    if "curve" in panels and study is not None:
        traces += curve.curve_traces(study, CURVE, band=whole)
        shapes.append(curve.chosen_line(n_games, CURVE))
    elif "curve" in panels:
        traces.append(plot.empty("3"))
    if not whole:
        return _few_panels(traces, shapes, n_games, panels)
    wide, tall = (
        _placed(plan, shapes, state, guesses, n_games, hidden=study is None)
        for plan in (_WIDE, _TALL)
    )
    layout = theme.layout(450, margin={"l": 4, "r": 10, "t": 6, "b": 50}, dragmode=False, **wide)
    narrow = {"height": 1440, "margin": {"l": 6, "r": 6, "t": 6, "b": 76}, **tall}
    return Picture(plot.figure(traces, layout), narrow)


def _few_panels(
    traces: list[Any], shapes: list[dict[str, Any]], n_games: int, panels: frozenset[str]
) -> Picture:
    """Draw some of the panels beside each other, below each other on a phone, without legends."""
    wide: dict[str, Any] = {"annotations": []}
    tall: dict[str, Any] = {"annotations": []}
    subplots = zip(AXES, ("", "2", "3"), _titles(n_games), strict=True)
    shown = [each for each in subplots if each[0] in panels]
    n = len(shown)
    for i, (name, number, title) in enumerate(shown):
        inset = 0.07 if name == "curve" else 0.0
        across = (i / n + inset + 0.02 * i, (i + 1) / n - 0.02 * (n - 1 - i))
        upright = (1 - (i + 1) / n + (0.09 if i < n - 1 or inset else 0.0), 1 - i / n - 0.06)
        for layout, place in (
            (wide, (*across, 0.1 if inset else 0.0, 0.93)),
            (tall, (0.13 if inset else 0.0, 1.0, *upright)),
        ):
            axes = (curve.curve_axes if inset else board.board_axes)(number, place)
            layout |= {f"xaxis{number}": axes[0], f"yaxis{number}": axes[1]}
            middle, above = (place[0] + place[1]) / 2, place[3] + 0.01
            layout["annotations"].append(
                workflow.title(middle, above, title, 14) | {"xanchor": "center"}
            )
            if inset:
                layout["annotations"].append(curve.chance_label(CURVE))
    layout = theme.layout(
        560, margin={"l": 8, "r": 10, "t": 6, "b": 40}, dragmode=False, shapes=shapes, **wide
    )
    return Picture(plot.figure(traces, layout), {"height": 400 if n == 1 else 510 * n, **tall})


def _titles(n_games: int) -> tuple[str, str, str]:
    """Return what stands above the subplots."""
    return (
        "<b>Rules</b>, written by a person",
        f"<b>Learned</b> from {solved_games(n_games)}",
        "<b>Cells of games never seen: right</b>",
    )


def _placed(
    plan: _Plan,
    shapes: Sequence[dict[str, Any]],
    state: State,
    guesses: Guesses,
    n_games: int,
    *,
    hidden: bool,
) -> dict[str, Any]:
    x, y = board.board_axes("", plan.left)
    x2, y2 = board.board_axes("2", plan.right)
    x3, y3 = curve.curve_axes("3", plan.curve)
    boxes, notes = workflow.row_of_boxes(
        workflow.RULES, workflow.applied_rule(state.step), plan.rules, arrows=False, size=plan.size
    )
    more_boxes, more_notes = workflow.row_of_boxes(
        list(zip(workflow.WORKFLOW, guesses.details, strict=True)),
        guesses.highlighted,
        plan.workflow,
        arrows=plan is _WIDE,
        size=plan.size,
    )
    above = plan.below / 2
    notes += more_notes
    below = (
        (plan.left, plan.left[2], rules_board.LEGEND),
        (plan.right, plan.right[2], guess_board.LEGEND_BESIDE),
        (plan.curve, plan.curve_legend, curve.LEGEND),
    )
    for title, (place, low, lines) in zip(_titles(n_games), below, strict=True):
        notes.append(workflow.title(place[0], place[3] + above, title, 13))
        notes.append(workflow.legend(place[0], low - above, lines))
    if hidden:
        left, right, bottom, top = plan.curve
        text = "Hidden until you<br>have answered below."
        notes.append(workflow.note((left + right) / 2, (bottom + top) / 2, text, 13))
    return {
        "xaxis": x, "yaxis": y, "xaxis2": x2, "yaxis2": y2, "xaxis3": x3, "yaxis3": y3,
        "shapes": [*shapes, *boxes, *more_boxes], "annotations": notes,
    }  # fmt: skip
