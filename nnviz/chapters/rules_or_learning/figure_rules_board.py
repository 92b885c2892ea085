"""The board that rules and hands fill: who set each digit, and what justifies the last step."""

from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.rules_or_learning.figure_board import (
    area,
    centre,
    lines,
    outline,
    quarter_centre,
    references,
)
from nnviz.chapters.rules_or_learning.grids import N_CELLS, RuleSet, cell_name
from nnviz.chapters.rules_or_learning.rules import Contradiction, candidates
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chart import theme

_REASON: Final = "rgba(230,159,0,0.38)"
_TARGET: Final = "rgba(0,158,115,0.30)"
_BROKEN: Final = "rgba(213,94,0,0.34)"

LEGEND: Final = (
    "<b>3</b> clue   3 by a rule   3? a try   <i>3</i> yours",
    "small: what still fits   ┄ dotted: the chosen cell",
    f'<span style="color:{theme.GREEN}">▣</span> just set   '
    f'<span style="color:{theme.ORANGE}">■</span> the reason, '
    f'dashed its unit   <span style="color:{theme.VERMILLION}">▨</span> contradiction',
)


def rules_traces(state: State, rule_set: RuleSet, axes: str, size: int) -> list[Any]:
    """Return the digits of a grid, and the small ones that still fit its empty cells.

    Parameters
    ----------
    state : State
    rule_set : RuleSet
    axes : str
        The subplot.
    size : int
        Of the digits, in pixels.
    """
    x, y = references(axes)
    filled = [cell for cell in range(N_CELLS) if state.grid[cell]]
    digits = go.Scatter(
        x=[centre(cell)[0] for cell in filled],
        y=[centre(cell)[1] for cell in filled],
        mode="text",
        text=[_written(state, cell) for cell in filled],
        textfont={"size": size, "color": [_colour(state.authors[cell]) for cell in filled]},
        hovertext=[_about(state, cell) for cell in filled],
        hoverinfo="text",
        xaxis=x,
        yaxis=y,
    )
    small: list[Any] = [
        (*quarter_centre(cell, digit), str(digit))
        for cell in range(N_CELLS)
        for digit in candidates(state.grid, cell, rule_set, state.excluded)
    ]
    fitting = go.Scatter(
        x=[place[0] for place in small],
        y=[place[1] for place in small],
        mode="text",
        text=[place[2] for place in small],
        textfont={"size": max(11, size // 2), "color": theme.GREY},
        hoverinfo="skip",
        xaxis=x,
        yaxis=y,
    )
    return [digits, fitting]


def rules_shapes(
    state: State, rule_set: RuleSet, selected: int | None, axes: str
) -> list[dict[str, Any]]:
    """Return the lines of the board, the lit cells of the last step, and the chosen cell."""
    conflict = state.conflict(rule_set)
    shapes = _of_conflict(conflict, axes) if conflict is not None else _of_step(state, axes)
    shapes += lines(rule_set, axes)
    if selected is not None:
        line = {"color": theme.INK, "width": 2.5, "dash": "dot"}
        shapes.append(outline(area(selected, 0.09), axes, line=line))
    return shapes


def _of_step(state: State, axes: str) -> list[dict[str, Any]]:
    step = state.step
    if step is None:
        return []
    because: tuple[int, ...] = ()
    unit: tuple[int, ...] = ()
    if step.deduction is not None:
        because = step.deduction.because
        unit = step.deduction.unit.cells if step.deduction.unit is not None else ()
    shapes = [_lit(cell, axes, _REASON, theme.ORANGE) for cell in because]
    for cell in unit:
        if cell not in because and cell != step.cell:
            line = {"color": theme.ORANGE, "width": 2, "dash": "dash"}
            shapes.append(outline(area(cell), axes, line=line))
    if step.kind == "take back":
        shapes += [_lit(cell, axes, _BROKEN, theme.VERMILLION, "dash") for cell in step.taken]
    else:
        shapes.append(_lit(step.cell, axes, _TARGET, theme.GREEN, width=3.5))
    return shapes


def _of_conflict(found: Contradiction, axes: str) -> list[dict[str, Any]]:
    shapes = [_lit(cell, axes, _BROKEN, theme.VERMILLION, "dash") for cell in found.because]
    if found.cell is not None:
        shapes.append(_lit(found.cell, axes, "rgba(0,0,0,0)", theme.VERMILLION, width=4))
    elif found.unit is not None:
        line = {"color": theme.VERMILLION, "width": 4}
        xs = [centre(cell)[0] for cell in found.unit.cells]
        ys = [centre(cell)[1] for cell in found.unit.cells]
        edges = (min(xs) - 0.47, max(xs) + 0.47, min(ys) - 0.47, max(ys) + 0.47)
        shapes.append(outline(edges, axes, line=line))
    return shapes


def _lit(
    cell: int, axes: str, fill: str, colour: str, dash: str = "solid", width: float = 2.0
) -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash}
    return outline(area(cell), axes, fillcolor=fill, line=line, layer="below")


def _written(state: State, cell: int) -> str:
    digit, author = state.grid[cell], state.authors[cell]
    return {"clue": f"<b>{digit}</b>", "hand": f"<i>{digit}</i>", "guess": f"{digit}?"}.get(
        author, str(digit)
    )


def _colour(author: str) -> str:
    return {"rule": theme.ABOVE, "hand": theme.GREEN, "guess": theme.VERMILLION}.get(
        author, theme.INK
    )


def _about(state: State, cell: int) -> str:
    by = {
        "clue": "a clue",
        "rule": "set by a rule",
        "hand": "set by you",
        "guess": "a try of the search",
    }[state.authors[cell]]
    return f"{cell_name(cell)}: {state.grid[cell]}, {by}"
