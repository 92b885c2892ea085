"""Growing networks: the error of training rows and test rows, and one network over the plane."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.generalization.figure_plane import LEGEND, plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import OnThePlane
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import TEST, TRAIN, dots, legend, middle, named, nearest, ring
from nnviz.nn.checks import FloatArray
from nnviz.training.study_results import Results

_LADDER: Final = (0.0, 0.56)
_PLANE: Final = (0.635, 1.0)
_ROOM: Final = (520.0, 320.0)  # px of the left subplot, about


def ladder_picture(come: Results, run: tuple[int, int], seen: OnThePlane) -> Picture:
    """Draw what became of networks of growing size, and one of them.

    Parameters
    ----------
    come : Results
        Of a study by capacity; runs may be missing, and if the opened one is, then what its network
        answers is not shown.
    run : (int, int)
        Variant and repeat of the network on the plane.
    seen : OnThePlane
        That network at the end of its run.
    """
    train, test = come.values("train_error"), come.values("test_error")
    texts = _texts(come, train, test)
    names = [_title(name) for name in come.study.names]
    traces: list[Any] = [
        *middle(TRAIN, come.band("train_error"), names, "%{y:.1%} wrong", "xy"),
        *middle(TEST, come.band("test_error"), names, "%{y:.1%} wrong", "xy"),
        dots(TRAIN, train, texts, "xy"),
        dots(TEST, test, texts, "xy"),
        ring(TRAIN, train, run, "xy"),
        ring(TEST, test, run, "xy"),
        *plane_traces(seen, "x2y2", moving=come.learnings[run[0]][run[1]] is None),
    ]
    x2, y2 = plane_axes(seen.plane, "2")
    top = highest(come)
    figure = go.Figure(
        traces,
        theme.layout(
            450,
            margin={"l": 56, "r": 8, "t": 44, "b": 62},
            xaxis=theme.axis(
                "<b>hidden units</b>, and below them how many numbers are learned",
                domain=_LADDER,
                range=[-0.6, len(names) - 0.4],
                tickvals=list(range(len(names))),
                ticktext=_ticks(come),
                zeroline=False,
            ),
            yaxis=theme.axis(
                "share of rows wrong", range=[-0.03 * top, top], tickformat=".0%", anchor="x"
            ),
            xaxis2={**x2, "domain": _PLANE},
            yaxis2=y2,
        ),
    )
    n_dots = come.study.n_repeats
    of_ladder = [
        f"{named(TRAIN)}   {named(TEST)}",
        f"lines: medians  ▒ the middle half  small marks: each of {n_dots} runs  "
        "<b>◯</b> the opened one",
    ]
    figure.layout.annotations = [legend(of_ladder, "xy"), legend(LEGEND, "x2y2")]
    return Picture(figure, _narrow(figure, of_ladder, n_dots))


def highest(come: Results) -> float:
    """Return the upper end of the error axis: fixed for all that may still come."""
    shares = [come.values(name) for name in ("train_error", "test_error")]
    finite = np.concatenate([s[np.isfinite(s)] for s in shares])
    return 0.56 if not len(finite) or finite.max() <= 0.5 else 1.06


def run_at(come: Results, x: float, y: float) -> tuple[int, int] | None:
    """Return variant and repeat of the dot that is nearest to a click, or None far from all."""
    shown = [(TRAIN, come.values("train_error")), (TEST, come.values("test_error"))]
    return nearest(shown, (x, y), (len(come.study.variants), highest(come)), _ROOM)


def _title(name: str) -> str:
    return "no hidden layer" if name == "none" else f"hidden {name}"


def _ticks(come: Results) -> list[str]:
    """Return the names of the variants, with the number of weights and biases below each."""
    return [
        f"<b>{variant.name}</b><br>{variant.plan.n_parameters}" for variant in come.study.variants
    ]


def _texts(come: Results, train: FloatArray, test: FloatArray) -> Sequence[Sequence[str]]:
    texts = []
    for i, row in enumerate(come.learnings):
        texts.append([""] * len(row))
        for k, each in enumerate(row):
            if each is None:
                continue
            n_train, n_test = len(each.plan.split.train), len(each.plan.split.test)
            name = f"{_title(come.study.names[i])}, seed {each.plan.seed}"
            if each.diverged:
                texts[i][k] = f"{name}: the numbers grew too large"
                continue
            texts[i][k] = (
                f"{name}<br>{round(train[i, k] * n_train)} of {n_train} training rows wrong<br>"
                f"{round(test[i, k] * n_test)} of {n_test} test rows wrong<br>"
                "click: open this network"
            )
    return texts


def _narrow(figure: go.Figure, of_ladder: list[str], n_dots: int) -> dict[str, Any]:
    short = [
        of_ladder[0],
        "lines: medians  ▒ the middle half",
        f"small marks: each of {n_dots} runs  <b>◯</b> the opened one",
    ]
    return {
        "height": 820,
        "margin": {"l": 52, "r": 8, "t": 62, "b": 44},
        "xaxis": {
            "domain": [0, 1],
            "tickfont": {"size": 11},
            "title": {"text": "<b>hidden units</b>, and numbers learned"},
        },
        "yaxis": {"domain": [0.6, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0, 0.41]},
        "annotations": [legend(short, "xy"), legend(LEGEND, "x2y2")],
    }
