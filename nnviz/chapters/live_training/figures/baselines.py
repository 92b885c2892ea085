"""What a run is measured against, as lines across its error curve."""

from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Any, Final

from nnviz.chart import plot, theme
from nnviz.text.digits import digits
from nnviz.training.baselines.yardsticks import Yardsticks

# The grey of the theme's ink, because the runs have the colours; and dashes that no run has.
_GUESS: Final = "8px,3px"
_BEST: Final = "2px,2px"
_STROKES: Final = MappingProxyType({_GUESS: "– –", _BEST: "····"})
_PALE: Final = 0.65
_WIDEST_NOTE: Final = 60


@dataclass(frozen=True)
class _Line:
    """A yardstick across the error curve; without a value, one that is still looked for."""

    value: float | None
    text: str
    note: str
    dash: str


def _lines(measures: Yardsticks) -> tuple[_Line, _Line]:
    guess = f"always 0.5: {digits(measures.guess, 5)}"
    return (
        _Line(measures.guess, guess, "to every row, without any training", _GUESS),
        _best(measures),
    )


def _best(measures: Yardsticks) -> _Line:
    best = measures.best
    if best is None:
        note = "The program searches for the lowest error that this model can have."
        return _Line(None, "lowest error of this model: being looked for", note, _BEST)
    sign = "" if best.attained else "→ "
    sure = " That is certain: nothing can be lower." if best.sure else ""
    note = "<br>".join(wrap(best.how + sure, _WIDEST_NOTE))
    label = f"best of this {measures.model}" if best.sure else "lowest found"
    return _Line(best.error, f"{label}: {sign}{digits(best.error, 5)}", note, _BEST)


def yardstick_lines(measures: Yardsticks, last: int, *, axes: tuple[str, str]) -> list[plot.Trace]:
    """Return a line for each yardstick from update 0 to ``last``.

    There are always two, so that a line that is found later takes the place of an empty one.
    """
    return [
        plot.scatter(
            x=[0, last],
            y=[line.value, line.value],
            mode="lines",
            line={"color": theme.INK, "width": 1.5, "dash": line.dash},
            opacity=_PALE,
            hovertemplate=f"{line.text}<br>{line.note}<extra></extra>",
            xaxis=axes[0],
            yaxis=axes[1],
        )
        for line in _lines(measures)
    ]


def yardstick_legend(measures: Yardsticks, *, axes: tuple[str, str]) -> dict[str, Any]:
    """Return the annotation that names the lines, above the curve, which it must not cover."""
    named = (f"<b>{_STROKES[line.dash]}</b> {line.text}" for line in _lines(measures))
    return {
        "text": "   ".join(named),
        "hovertext": "<br>".join(f"{line.text}: {line.note}" for line in _lines(measures)),
        "xref": f"{axes[0]} domain",
        "yref": f"{axes[1]} domain",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11},
    }
