"""Growing networks: the error of training rows and test rows, and one network on the plane."""

from functools import partial
from typing import Any, Final

import numpy as np

from nnviz.chapters.generalization.figures import plane
from nnviz.chapters.generalization.figures.plane import plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import PredictionMap
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import TEST, TRAIN, dots, legend, middle, named, nearest, ring
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import percent
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results

_ERRORS, _PLANE = (0.0, 0.56), (0.635, 1.0)
_SIZE: Final = (520.0, 320.0)  # px of the left subplot, about


def capacity_picture(
    measured: Results, run: tuple[int, int], prediction: PredictionMap, *, brief: bool = False
) -> Picture:
    """Draw the errors of networks of growing size, and what one of them predicts.

    Parameters
    ----------
    measured : Results
        Results of a study by capacity; runs may be missing. If the opened one is missing, its
        predictions are not shown.
    run : (int, int)
        Variant and repeat of the opened run.
    prediction : PredictionMap
        The network at the end of that run.
    brief : bool
        For a lesson: the middle of the runs alone, and a legend in plain words.
    """
    study = measured.study
    train, test = measured.values("train_error"), measured.values("test_error")
    texts = _texts(measured, train, test)
    names = [_title(name) for name in study.names]
    opened = measured.learnings[run[0]][run[1]]
    top, told = highest(measured), partial(percent, decimals=1)
    shown = ((TRAIN, train), (TEST, test))
    own = [dots(look, values, texts, "xy") for look, values in shown]
    own += [ring(look, values, run, "xy") for look, values in shown]
    figure = plot.figure(
        [
            *middle(TRAIN, measured.band("train_error"), names, told, "xy")[brief:],
            *middle(TEST, measured.band("test_error"), names, told, "xy")[brief:],
            *([] if brief else own),
            *plane_traces(prediction, "2", rows_only=opened is None),
        ],
        theme.layout(
            450,
            margin={"l": 56, "r": 8, "t": 44 + 18 * brief, "b": 62},
            xaxis=theme.axis(
                "<b>hidden units</b>, and below them how many numbers are learned"
                if not brief
                else "<b>hidden units</b>, below: weights and biases",
                domain=_ERRORS,
                range=[-0.6, len(names) - 0.4],
                tickvals=list(range(len(names))),
                ticktext=[
                    f"<b>{each.name}</b><br>{each.plan.n_parameters}" for each in study.variants
                ],
                zeroline=False,
            ),
            yaxis=theme.axis(
                "share of rows wrong", range=[-0.03 * top, top], tickformat="~%", anchor="x"
            ),
            **plane_axes(prediction.plane, "2", domain=_PLANE),
        ),
    )
    lines = f"{named(TRAIN)}   {named(TEST)}"
    medians = "lines: medians  ▒ the middle half"
    marks = f"small marks: each of {study.n_repeats} runs  <b>◯</b> the opened one"
    of_plane = legend(
        [f"{plane.ROWS.replace(' row', '')}  {plane.WRONG}", plane.CLASSES]
        if brief
        else [plane.LEGEND[0], f"ground and rows: {plane.CLASSES}"],
        "x2y2",
    )
    errors = [lines, f"{medians}  {marks}"]
    if brief:
        medians = f"each mark: the middle of {study.n_repeats} networks"
        marks = f"drawn beside: one of {study.names[run[0]]}"
        errors = [lines, medians, marks]
    figure["layout"]["annotations"] = [legend(errors, "xy"), of_plane]
    narrow: dict[str, Any] = {
        "height": 820,
        "margin": {"l": 52, "r": 8, "t": 62, "b": 44},
        "xaxis": {
            "domain": [0, 1],
            "tickfont": {"size": 11},
            "title": {"text": "<b>hidden units</b>, and numbers learned"},
        },
        "yaxis": {"domain": [0.6, 1]},
        **theme.moved("2", ((0, 1), (0, 0.41))),
        "annotations": [legend([lines, medians, marks], "xy"), of_plane],
    }
    return Picture(figure, narrow)


def highest(measured: Results) -> float:
    """Return the upper end of the error axis: fixed for all that may still come."""
    errors = [measured.values(name) for name in ("train_error", "test_error")]
    finite = np.concatenate([each[np.isfinite(each)] for each in errors])
    return 0.56 if not len(finite) or finite.max() <= 0.5 else 1.06


def run_at(measured: Results, x: float, y: float) -> tuple[int, int] | None:
    """Return variant and repeat of the dot that is nearest to a click, or None far from all."""
    shown = [(TRAIN, measured.values("train_error")), (TEST, measured.values("test_error"))]
    return nearest(shown, (x, y), (len(measured.study.variants), highest(measured)), _SIZE)


def _title(name: str) -> str:
    return "no hidden layer" if name == "none" else f"hidden {name}"


def _texts(measured: Results, train: FloatArray, test: FloatArray) -> list[list[str]]:
    def text(size: str, each: Learning | None, train: float, test: float) -> str:
        if each is None:
            return ""
        name = f"{_title(size)}, seed {each.plan.seed}"
        if each.diverged:
            return f"{name}: the numbers grew too large"
        n_train, n_test = len(each.plan.split.train), len(each.plan.split.test)
        return (
            f"{name}<br>{round(train * n_train)} of {n_train} training rows wrong<br>"
            f"{round(test * n_test)} of {n_test} test rows wrong<br>click: open this network"
        )

    return [
        [text(size, *run) for run in zip(*of_size, strict=True)]
        for size, *of_size in zip(
            measured.study.names, measured.learnings, train, test, strict=True
        )
    ]
