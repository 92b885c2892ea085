"""Accuracy on sentences held out, over many splits: words, lemmas and vectors."""

from collections import Counter
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.words_to_numbers.trials import KINDS, SIZES, WordsTrials
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import percent

_COLOURS: Final = (*theme.CLASS_COLOURS[:2], theme.GREEN)
_SYMBOLS: Final = (*theme.CLASS_SYMBOLS[:2], "triangle-up")
_DASHES: Final = ("dash", "solid", "dot")
_BANDS: Final = ("rgba(230,159,0,0.2)", "rgba(0,114,178,0.2)", "rgba(0,158,115,0.2)")
_LOW: Final = 0.3  # of the axes; luck alone gives a half


def trials_picture(made: WordsTrials, *, secret: bool = False) -> Picture:
    """Draw the curves with their bands, and words and lemmas of the largest size as pairs.

    With vectors there are three curves, and they have the picture to themselves.
    `secret` leaves out the results, because a question about them is open.
    """
    end, both = SIZES[-1] + 5.0, made.study.n_kinds == 2
    luck = "guessing: half of them right"
    traces: list[Any] = [_reference([0, end], [0.5, 0.5], luck, name="guessing")]
    if not secret:
        for kind in range(made.study.n_kinds):
            traces += _curve(made, kind)
        traces += [_pairs(made)] if both else []
    low = _lowest(made)
    across = theme.axis("sentences learned from", range=[0, end], tickvals=SIZES)
    up = theme.axis("answered right", range=[low, 1.02], tickformat="~%")
    axes: dict[str, Any] = {"xaxis": across, "yaxis": up}
    if both:
        second = {"xaxis": "x2", "yaxis": "y2", "showlegend": False}
        traces.append(_reference([0, 1.02], [0, 1.02], "both alike", **second))
        across["domain"] = [0, 0.58]
        names = ("words as they stand", "lemmas")
        fractions: dict[str, Any] = {"range": [low, 1.02], "tickformat": "~%", "dtick": 0.2}
        axes |= theme.panel(
            "2", ((0.7, 1), (0, 1)), *(theme.axis(name, **fractions) for name in names)
        )
    legend = {"orientation": "h", "xanchor": "right", "y": 0.03, "yanchor": "bottom"}
    layout = theme.layout(
        430,
        **axes,
        annotations=_titles(0.7, 1)[: 1 + both],
        legend={**legend, "x": 0.58 if both else 1},
        showlegend=not secret,
        margin={"l": 62, "r": 12, "t": 60, "b": 44},
    )
    narrow = _NARROW if both else {"height": 430, "margin": {"l": 56, "r": 8}}
    return Picture(plot.figure(traces, layout), narrow)


def _titles(x: float, y: float) -> list[dict[str, Any]]:
    return [
        theme.panel_title(
            "<b>accuracy</b> on sentences held out: not learned from<br>line: median, the "
            "middle of all splits<br>band: their middle half",
            0,
            1,
        ),
        theme.panel_title(
            f"<b>every split</b>, {SIZES[-1]} sentences learned from",
            x,
            y,
            "Above the line lemmas do better. A larger mark stands for several splits.",
        ),
    ]


_NARROW: Final = MappingProxyType(
    {
        "height": 760,
        "margin": {"l": 56, "r": 8},
        **theme.moved("", ((0, 1), (0.56, 1))),
        **theme.moved("2", ((0, 1), (0, 0.4))),
        "legend": {"x": 1, "y": 0.57},
        "annotations": _titles(0, 0.4),
    }
)


def _lowest(made: WordsTrials) -> float:
    known = made.values[np.isfinite(made.values)]
    return min(_LOW, float(known.min()) - 0.05) if len(known) else _LOW


def _reference(x: list[float], y: list[float], hover: str, **options: Any) -> plot.Trace:
    """Draw a line to compare with: of guessing, or of equal accuracies."""
    line = {"color": theme.GREY, "width": 1.5, "dash": "dot"}
    hover = f"{hover}<extra></extra>"
    return plot.scatter(x=x, y=y, mode="lines", line=line, hovertemplate=hover, **options)


def _curve(made: WordsTrials, kind: int) -> list[plot.Trace]:
    found, x = made.of_kind(kind), np.array(SIZES, dtype=float)
    known = np.isfinite(found.median)
    name, colour, line = KINDS[kind], _COLOURS[kind], {"color": theme.INK, "width": 1}
    texts = []
    for size, n, *band in zip(x, found.n, found.median, found.low, found.high, strict=True):
        if n:
            told = percent(*band, decimals=1)
            texts.append(
                f"{name}, {int(size)} sentences learned from<br>median {told[0]} of {n} splits, "
                f"middle half {told[1]} to {told[2]}"
            )
    low, high = found.low[known], found.high[known]
    return [
        plot.band(x[known], high, low, fillcolor=_BANDS[kind], showlegend=False),
        plot.scatter(
            x=x[known], y=found.median[known], mode="lines+markers", name=name, text=texts,
            line={"color": colour, "width": 2.5, "dash": _DASHES[kind]},
            marker={"color": colour, "symbol": _SYMBOLS[kind], "size": 9, "line": line},
            hovertemplate="%{text}<extra></extra>",
        ),
    ]  # fmt: skip


def _pairs(made: WordsTrials) -> plot.Trace:
    found = Counter(tuple(pair) for pair in np.round(made.pairs(), 6).tolist())
    return plot.scatter(
        x=[pair[0] for pair in found],
        y=[pair[1] for pair in found],
        mode="markers",
        marker={
            "color": theme.PURPLE,
            "symbol": "diamond",
            "size": [8 + 3 * (n - 1) ** 0.5 for n in found.values()],
            "line": {"color": theme.INK, "width": 1},
        },
        text=["{} without, {} with lemmas: ".format(*percent(*pair, decimals=1))
              + f"{n} of the splits" for pair, n in found.items()],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
        xaxis="x2",
        yaxis="y2",
    )  # fmt: skip
