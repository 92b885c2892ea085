"""Rules and learning on one grid, side by side, and what more games teach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.rules_or_learning import figure_guess_board, figure_rules_board
from nnviz.chapters.rules_or_learning.figure_board import Area, area, board_axes, lines, outline
from nnviz.chapters.rules_or_learning.figure_curve import (
    LEGEND,
    chosen_line,
    curve_axes,
    curve_traces,
)
from nnviz.chapters.rules_or_learning.figure_guess_board import guess_shapes, guess_traces
from nnviz.chapters.rules_or_learning.figure_rules_board import rules_shapes, rules_traces
from nnviz.chapters.rules_or_learning.figure_workflow import (
    RULES,
    WORKFLOW,
    lit_rule,
    note,
    row_of_boxes,
)
from nnviz.chapters.rules_or_learning.grids import RuleSet
from nnviz.chapters.rules_or_learning.study import GamesStudy
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray

LEFT, RIGHT, CURVE = "xy", "x2y2", "x3y3"
_SIZE: Final = 26


@dataclass(frozen=True, eq=False)
class Guesses:
    """What the network answers on the grid that is shown.

    Attributes
    ----------
    answer : ndarray, shape (16, 4)
    judged : tuple of (Verdict or None)
    details : tuple of str
        What stands in the boxes of data, algorithm, model and prediction.
    lit : int
        Which of them is lit.
    """

    answer: FloatArray
    judged: tuple[Verdict | None, ...]
    details: tuple[str, ...]
    lit: int


@dataclass(frozen=True)
class _Plan:
    """Where everything stands, in paper coordinates."""

    rules: Area
    left: Area
    workflow: Area
    right: Area
    curve: Area
    letters: int
    below: float


_WIDE: Final = _Plan(
    (0.0, 0.3, 0.87, 1.0), (0.0, 0.3, 0.0, 0.77), (0.355, 1.0, 0.87, 1.0),
    (0.355, 0.655, 0.0, 0.77), (0.735, 1.0, 0.13, 0.77), 12, 0.02,
)  # fmt: skip
_TALL: Final = _Plan(
    (0.0, 1.0, 0.955, 1.0), (0.0, 1.0, 0.655, 0.93), (0.0, 1.0, 0.54, 0.59),
    (0.0, 1.0, 0.235, 0.51), (0.13, 1.0, 0.035, 0.165), 9, 0.006,
)  # fmt: skip


def side_by_side_picture(
    state: State,
    rule_set: RuleSet,
    guesses: Guesses | None,
    study: GamesStudy | None,
    *,
    n_games: int,
    selected: int | None = None,
) -> Picture:
    """Draw what the rules and what the network make of one grid.

    Parameters
    ----------
    state : State
    rule_set : RuleSet
    guesses : Guesses or None
        None while the network is still learning.
    study : GamesStudy or None
        None hides the curve, because it would answer what is being asked.
    n_games : int
        What the network has learned from.
    selected : int or None
        The chosen cell.
    """
    traces: list[Any] = rules_traces(state, rule_set, LEFT, _SIZE)
    shapes = rules_shapes(state, rule_set, selected, LEFT) + lines(rule_set, RIGHT)
    if guesses is not None:
        traces += guess_traces(state.grid, guesses.answer, guesses.judged, RIGHT, _SIZE)
        shapes += guess_shapes(guesses.judged, RIGHT)
    else:
        traces.append(figure_guess_board.standing(state.grid, RIGHT, _SIZE))
    if selected is not None:
        line = {"color": theme.INK, "width": 2.5, "dash": "dot"}
        shapes.append(outline(area(selected, 0.02), RIGHT, line=line))
    if study is not None:
        traces += curve_traces(study, CURVE)
        shapes.append(chosen_line(n_games, CURVE))
    else:
        traces.append(go.Scatter(x=[None], y=[None], xaxis="x3", yaxis="y3"))
    figure = go.Figure(
        traces,
        theme.layout(
            450,
            margin={"l": 4, "r": 10, "t": 6, "b": 50},
            dragmode=False,
            **_placed(_WIDE, shapes, state, guesses, study, n_games),
        ),
    )
    narrow = {
        "height": 1440,
        "margin": {"l": 6, "r": 6, "t": 6, "b": 76},
        **_placed(_TALL, shapes, state, guesses, study, n_games),
    }
    return Picture(figure, narrow)


def _placed(
    plan: _Plan,
    shapes: Sequence[dict[str, Any]],
    state: State,
    guesses: Guesses | None,
    study: GamesStudy | None,
    n_games: int,
) -> dict[str, Any]:
    x, y = board_axes("", plan.left[:2], plan.left[2:])
    x2, y2 = board_axes("2", plan.right[:2], plan.right[2:])
    x3, y3 = curve_axes("3", plan.curve[:2], plan.curve[2:])
    fired = lit_rule(state.step)
    boxes, notes = row_of_boxes(
        RULES, () if fired is None else (fired,), plan.rules, arrows=False, size=plan.letters
    )
    details = guesses.details if guesses is not None else ("", "learning …", "", "")
    more, words = row_of_boxes(
        list(zip(WORKFLOW, details, strict=True)),
        (guesses.lit,) if guesses is not None else (1,),
        plan.workflow,
        arrows=plan is _WIDE,
        size=plan.letters,
    )
    games = "1 solved game" if n_games == 1 else f"{n_games} solved games"
    notes += [
        *words,
        _title(plan.left, "<b>Rules</b>, written by a person", plan),
        _title(plan.right, f"<b>Learned</b> from {games}", plan),
        _title(plan.curve, "<b>Cells of games never seen: right</b>", plan),
        *_below(plan.left, figure_rules_board.LEGEND, plan),
        *_below(plan.right, figure_guess_board.LEGEND, plan),
        *_below((plan.curve[0], plan.curve[1], _under(plan), 0.0), LEGEND, plan),
    ]
    if study is None:
        middle = (plan.curve[0] + plan.curve[1]) / 2, (plan.curve[2] + plan.curve[3]) / 2
        notes.append(note(*middle, "Hidden until you<br>have answered below.", 13))
    return {
        "xaxis": x, "yaxis": y, "xaxis2": x2, "yaxis2": y2, "xaxis3": x3, "yaxis3": y3,
        "shapes": [*shapes, *boxes, *more], "annotations": notes,
    }  # fmt: skip


def _under(plan: _Plan) -> float:
    """Return where what is told of the curve stands: below the name of its axis."""
    return 0.0 if plan is _WIDE else -0.012


def _title(room: Area, text: str, plan: _Plan) -> dict[str, Any]:
    return note(
        room[0], room[3] + plan.below / 2, text, 13, xanchor="left", yanchor="bottom", align="left"
    )


def _below(room: Area, texts: Sequence[str], plan: _Plan) -> list[dict[str, Any]]:
    text = "<br>".join(texts)
    place = room[2] - plan.below / 2
    return [note(room[0], place, text, 11, xanchor="left", yanchor="top", align="left")]
