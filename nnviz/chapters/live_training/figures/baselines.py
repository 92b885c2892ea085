"""What a run is measured against, as lines across its error curve."""

from textwrap import wrap
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from nnviz.chart import plot, theme
from nnviz.text.digits import digits
from nnviz.training.baselines.yardsticks import Yardsticks

# The grey of the theme's ink, because the runs have the colours; and dashes that no run has.
_GUESS: Final = "8px,3px"
_BEST: Final = "2px,2px"
_STROKES: Final = MappingProxyType({_GUESS: "– –", _BEST: "····"})
_PALE: Final = 0.65
_WIDEST_NOTE: Final = 60


class _Line(NamedTuple):
    """A yardstick across the error curve; without a value, one that is still looked for."""

    value: float | None
    text: str
    note: str
    dash: str


def _lines(measures: Yardsticks) -> tuple[_Line, _Line]:
    text = f"always 0.5: {digits(measures.guess, 5)}"
    guess = _Line(measures.guess, text, "to every row, without any training", _GUESS)
    best = measures.best
    if best is None:
        note = "The program searches for the lowest error that this model can have."
        return guess, _Line(None, "lowest error of this model: being looked for", note, _BEST)
    sign = "" if best.attained else "→ "
    sure = " That is certain: nothing can be lower." if best.sure else ""
    note = "<br>".join(wrap(best.how + sure, _WIDEST_NOTE))
    label = f"best of this {measures.model}" if best.sure else "lowest found"
    return guess, _Line(best.error, f"{label}: {sign}{digits(best.error, 5)}", note, _BEST)


def yardstick_lines(measures: Yardsticks, last: int, number: str) -> list[plot.Trace]:
    """Return a line for each yardstick from update 0 to ``last``, in a subplot by its number.

    There are always two, so that a line that is found later takes the place of an empty one.
    """
    return [
        plot.scatter(
            x=[0, last], y=[line.value, line.value], **plot.on(number), mode="lines",
            line={"color": theme.INK, "width": 1.5, "dash": line.dash}, opacity=_PALE,
            hovertemplate=f"{line.text}<br>{line.note}<extra></extra>",
        )
        for line in _lines(measures)
    ]  # fmt: skip


def yardstick_legend(measures: Yardsticks, number: str) -> dict[str, Any]:
    """Return the annotation that names the lines, above the curve, which it must not cover."""
    lines = _lines(measures)
    return {
        "text": "   ".join(f"<b>{_STROKES[line.dash]}</b> {line.text}" for line in lines),
        "hovertext": "<br>".join(f"{line.text}: {line.note}" for line in lines),
        "xref": f"x{number} domain", "yref": f"y{number} domain", "x": 1, "y": 1,
        "xanchor": "right", "yanchor": "bottom", "showarrow": False, "font": {"size": 11},
    }  # fmt: skip
