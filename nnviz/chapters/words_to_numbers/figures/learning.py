"""One neuron that learns from words: its weights, a sentence word by word, sigmoid and accuracy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.words_to_numbers import prediction
from nnviz.chapters.words_to_numbers.figures.labels import label, rows_axis
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import Tracks
from nnviz.data.vectors import word_vectors
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.text.digits import digits, percent

MOST_ROWS: Final = 12
"""Words of a sentence with a row of their own; the others share one."""

FEW_WORDS: Final = 10
MOST_WORDS: Final = 20
"""Weights that are drawn: ten that speak for a good mood, ten for a bad one."""

NEAR_WORDS: Final = 8
"""Learned words that are drawn beside a new one."""

_FEW_NEAR: Final = 4
_MOST_UNKNOWN: Final = 3
_SMALLEST_REACH: Final = 4.0

_DOMAINS: Final = MappingProxyType(
    {
        "": ((0.075, 0.31), (0.0, 1.0)),
        "2": ((0.425, 0.68), (0.0, 1.0)),
        "3": ((0.755, 1.0), (0.6, 1.0)),
        "4": ((0.755, 1.0), (0.0, 0.38)),
    }
)
_NARROW_DOMAINS: Final = MappingProxyType(
    {
        "": ((0.22, 1.0), (0.66, 1.0)),
        "2": ((0.22, 1.0), (0.405, 0.59)),
        "3": ((0.06, 1.0), (0.21, 0.33)),
        "4": ((0.06, 1.0), (0.0, 0.125)),
    }
)
_HEIGHT, _NARROW_HEIGHT = 430, 1250
_MARGIN, _MARGIN_WITH_NUMBERS = 10, 48  # px at the left of names, and of those with a number


@dataclass(frozen=True, eq=False)
class Rows(Frozen):
    """The rows in which a sentence is drawn word by word, at every step of a run."""

    answer: prediction.Decomposition  # the decomposition at the end of the run
    every_step: prediction.DecompositionOverTime
    names: tuple[str, ...]  # labels of the rows, from the top
    values: FloatArray  # (n_steps, n_rows): term of each row; the last is the sum
    reach: float  # upper bound of the size of all values

    @property
    def unknown(self) -> str:
        """Addition to the title: the words that the neuron does not know."""
        unknown = self.answer.unknown
        if not unknown:
            return ""
        shown = ", ".join(label(word, 12) for word in unknown[:_MOST_UNKNOWN])
        more = len(unknown) - _MOST_UNKNOWN
        return f"<br>not known: {shown}{f' and {more} more' if more > 0 else ''}"


def rows_of(run: WordsRun, sentence: str) -> Rows:
    """Return a sentence as rows; if it has many words, those with the smallest terms share one."""
    answer = prediction.decompose(run, run.last_step, sentence)
    course = prediction.decompose_over_time(run, sentence)
    n = len(answer.terms)
    own = list(range(n))
    if n > MOST_ROWS:
        own = sorted(sorted(own, key=lambda k: -abs(answer.terms[k].product))[: MOST_ROWS - 1])
    terms = [answer.terms[k] for k in own]
    names = [f"{int(term.count)} × {label(term.word, 12)}" for term in terms]
    values = [course.products[:, own]]
    if len(own) < n:
        rest = [k for k in range(n) if k not in own]
        names.append(f"{len(rest)} others")
        values.append(course.products[:, rest].sum(axis=1, keepdims=True))
    values += [course.bias[:, np.newaxis], course.z[:, np.newaxis]]
    together = np.hstack(values)
    reach = max(_SMALLEST_REACH, scale_of(together))
    return Rows(answer, course, (*names, "bias", "<b>sum</b>"), together, reach)


def scale_of(values: FloatArray) -> float:
    """Return the end of an axis that holds all values, with some room."""
    return 1.08 * max(float(np.abs(values).max(initial=0.0)), 1e-9)


def n_shown(*, brief: bool, near: str) -> int:
    """Return how many words are drawn with their weights."""
    if near:
        return _FEW_NEAR if brief else NEAR_WORDS
    return FEW_WORDS if brief else MOST_WORDS


def learning_picture(
    run: WordsRun,
    sentence: str,
    other: str = "",
    *,
    brief: bool = False,
    weights: bool = True,
    near: str = "",
) -> Picture:
    """Draw what stands still while a neuron learns: names, axes, the sigmoid, both accuracies.

    The first sentence is drawn word by word; the probability of the other, if there is one, is
    compared. A brief picture has fewer words, no accuracies, and weights only if they are wanted.
    `near` is a word that was never seen: it is drawn above the learned words nearest to it.
    """
    rows = rows_of(run, sentence)
    words = prediction.shown_words(run, n_shown(brief=brief, near=near), near)
    numbers = tuple(_DOMAINS) if not brief else ("", "2", "3") if weights else ("2", "3")
    wide, narrow = _places(numbers)
    axes, titles = _axes(run, rows, words, near), _titles(rows, other, near, brief=brief)
    margin = _MARGIN_WITH_NUMBERS if near else _MARGIN
    # A line above the sum, as under numbers that are added up.
    above = len(rows.names) - 1.5
    layout = theme.layout(
        _HEIGHT, annotations=[], margin={"l": margin, "r": 12, "t": 40, "b": 44},
        shapes=[{
            "type": "line", "xref": "x2 domain", "yref": "y2", "x0": 0, "x1": 1,
            "y0": above, "y1": above, "line": {"color": theme.INK, "width": 1},
        }],
    )  # fmt: skip
    small: dict[str, Any] = {
        "height": 380 * len(numbers) if brief else _NARROW_HEIGHT,
        "margin": {"l": 24 + margin, "r": 10, "t": 44},
        "annotations": [],
    }
    for number in numbers:
        (left, _), (_, top) = wide[number]
        left -= 0.0 if brief else 0.07 if number in ("", "2") else 0.05
        layout |= theme.panel(number, wide[number], *axes[number])
        layout["annotations"].append(
            theme.panel_title(titles[number][0], left, top, titles[number][1])
        )
        small |= theme.moved(number, narrow[number])
        top = narrow[number][1][1]
        small["annotations"].append(theme.panel_title(titles[number][0], 0, top, titles[number][1]))
    traces = [*_invisible_axes(len(words), len(rows.names)), *_sigmoid(rows)]
    traces += [] if brief else _accuracy(run)
    shown = [trace for trace in traces if trace["xaxis"][1:] in numbers]
    return Picture(plot.figure(shown, layout), small, Tracks((), run.last_step))


def _places(numbers: Sequence[str]) -> tuple[Mapping[str, theme.Place], Mapping[str, theme.Place]]:
    """Return where panels are, and where on a phone; some of them alone beside each other."""
    if len(numbers) == len(_DOMAINS):
        return _DOMAINS, _NARROW_DOMAINS
    wide, narrow, n = {}, {}, len(numbers)
    for i, number in enumerate(numbers):
        left = i / n + (0.05 if number == "3" else 0.1)
        wide[number] = ((left, (i + 1) / n - 0.02), (0.0, 1.0))
        top = 1 - i / n - 0.05 * (i > 0)
        narrow[number] = (_NARROW_DOMAINS[number][0], (1 - (i + 1) / n + 0.05, top))
    return wide, narrow


def _axes(
    run: WordsRun, rows: Rows, words: Sequence[str], near: str
) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return the two axes of every panel."""
    asked = {term.word for term in rows.answer.terms}
    names = [f"<b>{label(w, 12)}</b>" if w in asked else label(w, 12) for w in words]
    if near:
        cosines = word_vectors().of(words) @ word_vectors().of([near])[0]
        names = [f"{name} {digits(x, 2)}" for name, x in zip(names, cosines.tolist(), strict=True)]
    product = "count × weight"
    if run.config.vectors and rows.answer.n_averaged > 1:
        product += f" / {rows.answer.n_averaged} words"

    def signed(title: str, end: float) -> dict[str, Any]:
        return theme.axis(title, range=[-end, end], zeroline=True, zerolinewidth=2)

    return {
        "": (signed("weight", scale_of(run.weights_of(words))), rows_axis(names, "x")),
        "2": (signed(product, rows.reach), rows_axis(rows.names, "x2")),
        "3": (
            theme.axis("sum", range=[-rows.reach, rows.reach]),
            theme.axis("", range=[-0.06, 1.06], tickvals=[0, 0.5, 1]),
        ),
        "4": (
            theme.axis("update", range=[0, 1.03 * run.last_step]),
            theme.axis("", range=[0.4, 1.03], tickformat="~%"),
        ),
    }


def _titles(rows: Rows, other: str, near: str, *, brief: bool) -> dict[str, tuple[str, str]]:
    """Return the title of every panel, and what pointing at it says; one line of each if brief."""
    second = "<br>dot: this sentence, ring: the second" if other else ""
    weights = (
        (f"<b>learned words nearest to {label(near, 14)}</b><br>number: cosine, bar: weight",
         "No sentence that was learned from holds this word. Its vector lies near those of "
         "others, so its weight is like theirs.")
        if near
        else (f"<b>weights</b>{'' if brief else f' of {MOST_WORDS} words'}<br>ring: a word just "
              "used", "Those that weigh most at the end of the training. Bold: words of the "
              "sentence that is asked about.")
    )  # fmt: skip
    titles = {
        "": weights,
        "2": (f"<b>the sentence, word by word</b>{rows.unknown}", "Each bar is the count of a word "
              "times its weight. Bars and bias are added up; the last bar is the sum."),
        "3": (f"<b>probability of a good mood</b>{second}", "The sigmoid makes a probability of "
              "the sum. From 0.5 on the neuron says: a good mood."),
        "4": ("<b>answered right</b><br>solid: learned, dashed: held out", ""),
    }  # fmt: skip
    if not brief:
        return titles
    return {number: (text.partition("<br>")[0], note) for number, (text, note) in titles.items()}


def _sigmoid(rows: Rows) -> list[plot.Trace]:
    z = np.linspace(-rows.reach, rows.reach, 121)
    half = {"color": theme.GREEN, "width": 1.5, "dash": "dash"}
    half_hover = "0.5: from here on the neuron says a good mood<extra></extra>"
    hover = "sum %{x:.3f}<br>probability %{y:.3f}<extra></extra>"
    curve = {"color": theme.GREY, "width": 2.5}
    return [
        _line("3", [-rows.reach, rows.reach], [0.5, 0.5], half, hovertemplate=half_hover),
        _line("3", z, sigmoid(z), curve, hovertemplate=hover),
    ]


def _accuracy(run: WordsRun) -> list[plot.Trace]:
    steps = np.unique(np.linspace(0, run.last_step, 201).astype(int))
    return [
        _line(
            "4",
            steps,
            right := run.accuracy(steps, test=test),
            {"color": colour, "width": 2, "dash": dash, "shape": "hv"},
            text=percent(*right.tolist(), decimals=1),
            hovertemplate=f"{name}, update %{{x}}: %{{text}}<extra></extra>",
        )
        for test, name, colour, dash in (
            (False, "learned from", theme.ABOVE, "solid"),
            (True, "held out", theme.VERMILLION, "dash"),
        )
    ]


def _line(axes: str, x: Any, y: Any, line: dict[str, Any], **options: Any) -> plot.Trace:
    return plot.scatter(x=x, y=y, mode="lines", line=line, **plot.on(axes), **options)


def _invisible_axes(n_words: int, n_rows: int) -> list[plot.Trace]:
    # Plotly draws an axis only where a trace is.
    hidden: dict[str, Any] = {"mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip"}
    return [
        plot.scatter(x=[0, 0], y=[0, n - 1], **plot.on(axes), **hidden)
        for axes, n in (("", n_words), ("2", n_rows))
    ]
