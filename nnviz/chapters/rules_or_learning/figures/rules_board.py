"""The board that rules and hands fill: who set each digit, and what justifies the last step."""

from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.rules_or_learning.figures import board
from nnviz.chapters.rules_or_learning.grids import N_CELLS, RuleSet, cell_name
from nnviz.chapters.rules_or_learning.rules import Contradiction, candidates
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chart import plot, theme

_REASON: Final = "rgba(230,159,0,0.38)"
_TARGET: Final = "rgba(0,158,115,0.30)"
_BROKEN: Final = "rgba(213,94,0,0.34)"

_AUTHORS: Final = MappingProxyType(
    {
        "clue": ("<b>{}</b>", theme.INK, "a clue"),
        "rule": ("{}", theme.ABOVE, "set by a rule"),
        "hand": ("<i>{}</i>", theme.GREEN, "set by you"),
        "guess": ("{}?", theme.VERMILLION, "a try of the search"),
    }
)
"""How a digit is written, its colour, and who set it, by the author of a cell."""

LEGEND: Final = (
    "<b>3</b> clue   3 by a rule   3? a try   <i>3</i> yours",
    "small: what still fits   ┄ dotted: the chosen cell",
    f'<span style="color:{theme.GREEN}">▣</span> just set   '
    f'<span style="color:{theme.ORANGE}">■</span> the reason, '
    f'dashed its unit   <span style="color:{theme.VERMILLION}">▨</span> contradiction',
)


def rules_traces(
    state: State, rule_set: RuleSet, axes: str, size: int, *, fits: bool = True
) -> list[plot.Trace]:
    """Return the digits of a grid and, if wanted, the small ones that still fit its empty cells.

    `size` is the font size of the digits in pixels.
    """
    filled = [(cell, digit) for cell, digit in enumerate(state.grid) if digit]
    looks = [_AUTHORS[state.authors[cell]] for cell, _ in filled]
    fitting = [
        (cell, digit)
        for cell in range(N_CELLS if fits else 0)
        for digit in candidates(state.grid, cell, rule_set, state.excluded)
    ]
    return [
        board.texts(
            [board.centre(cell) for cell, _ in filled],
            [look[0].format(digit) for look, (_, digit) in zip(looks, filled, strict=True)],
            axes,
            size,
            [colour for _, colour, _ in looks],
            [
                f"{cell_name(cell)}: {digit}, {who}"
                for (_, _, who), (cell, digit) in zip(looks, filled, strict=True)
            ],
        ),
        board.texts(
            [board.quarter_centre(*each) for each in fitting],
            [str(digit) for _, digit in fitting],
            axes,
            max(11, size // 2),
            theme.GREY,
        ),
    ]


def rules_shapes(
    state: State, rule_set: RuleSet, selected: int | None, axes: str
) -> list[dict[str, Any]]:
    """Return the lines of the board, the highlights of the last step, and the chosen cell."""
    conflict = state.conflict(rule_set)
    shapes = _of_step(state, axes) if conflict is None else _of_conflict(conflict, axes)
    shapes += board.lines(rule_set, axes)
    if selected is not None:
        shapes.append(board.outline(board.area(selected, 0.09), axes, theme.INK, 2.5, "dot"))
    return shapes


def _of_step(state: State, axes: str) -> list[dict[str, Any]]:
    step = state.step
    if step is None:
        return []
    because: tuple[int, ...] = ()
    unit: tuple[int, ...] = ()
    if step.deduction is not None:
        because = step.deduction.because
        unit = () if step.deduction.unit is None else step.deduction.unit.cells
    others = (cell for cell in unit if cell not in because and cell != step.cell)
    shapes = [_highlight(cell, axes, _REASON, theme.ORANGE) for cell in because]
    shapes += [board.outline(board.area(cell), axes, theme.ORANGE, 2, "dash") for cell in others]
    if step.kind == "take back":
        return shapes + [_broken(cell, axes) for cell in step.taken]
    return [*shapes, _highlight(step.cell, axes, _TARGET, theme.GREEN, width=3.5)]


def _of_conflict(found: Contradiction, axes: str) -> list[dict[str, Any]]:
    shapes = [_broken(cell, axes) for cell in found.because]
    if found.cell is not None:
        shapes.append(_highlight(found.cell, axes, "rgba(0,0,0,0)", theme.VERMILLION, width=4))
    elif found.unit is not None:
        xs, ys = zip(*map(board.centre, found.unit.cells), strict=True)
        edges = (min(xs) - 0.47, max(xs) + 0.47, min(ys) - 0.47, max(ys) + 0.47)
        shapes.append(board.outline(edges, axes, theme.VERMILLION, 4))
    return shapes


def _broken(cell: int, axes: str) -> dict[str, Any]:
    return _highlight(cell, axes, _BROKEN, theme.VERMILLION, "dash")


def _highlight(
    cell: int, axes: str, fill: str, colour: str, dash: str = "solid", width: float = 2.0
) -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash}
    return board.shape("rect", board.area(cell), axes, fillcolor=fill, line=line, layer="below")
