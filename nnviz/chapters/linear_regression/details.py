"""The parts beside the picture: numbers, the plane in 3-D, code, questions, notes."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from nnviz.chapters.linear_regression import choices
from nnviz.chapters.linear_regression.choices import ADDRESS, PAGE
from nnviz.chapters.linear_regression.curvature import curvature, curvature_of
from nnviz.chapters.linear_regression.descent import Descent, regression_plan
from nnviz.chapters.linear_regression.figure_solid import solid_picture
from nnviz.chapters.linear_regression.notes import notes
from nnviz.chapters.linear_regression.questions import descent_questions, hand_questions
from nnviz.chapters.linear_regression.regression import (
    LeastSquares,
    gradient,
    least_squares,
    mean_squared_error,
    predictions,
)
from nnviz.chapters.linear_regression.scaling import in_units
from nnviz.chapters.linear_regression.script import descent_snippet, hand_snippet
from nnviz.chapters.linear_regression.sheet import Sheet
from nnviz.chapters.linear_regression.sliders import hand_values
from nnviz.chapters.linear_regression.units import squared_unit, target, weight_unit
from nnviz.chapters.linear_regression.words import answer_told, moment_told, short_names, units_told
from nnviz.chart.chart import chart
from nnviz.data.sample import Sample
from nnviz.site import frame
from nnviz.site.parts import code, formulas
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex

_NUDGE = 4  # values of a slider


def hand_bodies(
    sample: Sample, put: tuple[float, float, float], answer: LeastSquares
) -> Mapping[str, Callable[[], None]]:
    """Return the parts beside a plane put by hand."""
    return {
        "numbers": lambda: _hand_numbers(sample, put, answer),
        "code": lambda: code(
            [predictions, mean_squared_error, least_squares], hand_snippet(sample, put)
        ),
        "predict": lambda: _hand_predict(sample, put, answer),
        "tutorial": lambda: notes(sample, answer),
    }


def descent_bodies(run: Descent, step: int) -> Mapping[str, Callable[[], None]]:
    """Return the parts beside a run."""
    return {
        "numbers": lambda: _descent_numbers(run, step),
        "solid": lambda: _solid(run, step),
        "code": lambda: code([gradient, curvature, in_units], descent_snippet(run, step)),
        "predict": lambda: predict_first(
            PAGE,
            descent_questions(run, step),
            then=("Take the update", lambda: choices.PLAYER.go(min(step + 1, run.last_step))),
        ),
        "tutorial": lambda: notes(run.plan.sample, run.answer),
    }


def asking() -> bool:
    """Return whether questions are open: then nothing may tell what a rate will do."""
    return ADDRESS["part"] == "predict" and not frame.hidden("predict")


def _hand_numbers(sample: Sample, put: tuple[float, float, float], answer: LeastSquares) -> None:
    X, y = sample.X[:, :2], sample.y
    w1, w2, b = (latex(value) for value in put)
    x1, x2 = (latex(float(value)) for value in X[0])
    said = float(predictions(X, put[:2], put[2])[0])
    miss = said - float(y[0])
    error = mean_squared_error(X, y, put[:2], put[2])
    # Of whole numbers whoever checks the square finds every digit of it.
    exact = 9 if miss.is_integer() else 4
    formulas(
        rf"\text{{row 1:}}\quad {w1} \cdot {x1} + {w2} \cdot {x2} + {b} = "
        rf"{latex(said, alone=True)} \qquad ({latex(said)} - {latex(float(y[0]))})^2 = "
        rf"{latex(miss * miss, exact)}",
        rf"\text{{mean of all }} {sample.n_rows} \text{{ squares}} = {latex(error)}",
    )
    slopes = gradient(X, y, put[:2], put[2])
    rows: list[list[float | str | Shown | None]] = [
        [name, put[k], _of_answer(answer)[k], float(slopes[k]), unit]
        for k, (name, unit) in enumerate(zip(short_names(sample), _units(sample), strict=True))
    ]
    rows.append(["mean squared error", error, answer.error, None, squared_unit(sample)])
    table(
        ["", "by hand", "least\nsquares", "slope of\nthe error", "unit"],
        rows,
        label="Weights and bias by hand and by least squares",
    )
    st.markdown(plain(f"{answer_told(sample, answer)} {units_told(sample)}"))


def _of_answer(answer: LeastSquares) -> tuple[float, float, float]:
    w1, w2 = answer.weights.tolist()
    return w1, w2, answer.bias


def _units(sample: Sample) -> tuple[str, str, str]:
    return weight_unit(sample, 0), weight_unit(sample, 1), target(sample).measure


def _hand_predict(sample: Sample, put: tuple[float, float, float], answer: LeastSquares) -> None:
    offered = hand_values(sample, answer, made_up=choices.is_made_up())
    nudges = [float(f"{_NUDGE * (values[1] - values[0]):.6g}") for values in offered]
    questions = hand_questions(sample, put, nudges)
    if not questions:
        st.markdown("No slider changes the error here. Bring other rows to be asked.")
        return
    predict_first(PAGE, questions)


def _descent_numbers(run: Descent, step: int) -> None:
    sample, rate = run.plan.sample, run.plan.hyperparameters.learning_rate
    slopes, own, real = run.slopes(step), run.parameters[step], run.in_units[step]
    new = own - rate * slopes
    formulas(
        rf"w_{{1,\text{{new}}}} = w_1 - \text{{rate}} \cdot \text{{slope}} = "
        rf"{latex(float(own[0]))} - {latex(rate)} \cdot {latex(float(slopes[0]))} = "
        rf"{latex(float(new[0]), alone=True)}",
        rf"\text{{largest rate}} = \frac{{2}}{{\text{{largest curvature}}}} = "
        rf"\frac{{2}}{{{latex(float(run.curvature.values[-1]))}}} = "
        rf"{latex(run.curvature.largest_rate)}",
    )
    names, scaled = short_names(sample), run.plan.standardiser is not None
    title = "as trained,\nstandardised" if scaled else "as trained"
    rows: list[list[float | str | Shown | None]] = [
        [name, float(own[k]), float(slopes[k]), float(real[k]), _of_answer(run.answer)[k], unit]
        for k, (name, unit) in enumerate(zip(names, _units(sample), strict=True))
    ]
    error, unit = float(run.errors[step]), squared_unit(sample)
    rows.append(["mean squared error", None, None, error, run.answer.error, unit])
    table(
        ["", title, "its slope", "in units", "least\nsquares", "unit"],
        rows,
        label="Weights and bias at this update, and by least squares",
    )
    told = answer_told(sample, run.answer)
    if scaled:
        told += (
            " Standardised weights have no unit: each is how many standard deviations of the "
            "target one standard deviation of its column makes."
        )
    st.markdown(plain(told))
    _scaling_table(sample)


def _scaling_table(sample: Sample) -> None:
    """Show what scaling does to the bowl and to the largest rate."""
    rows: list[list[float | str | Shown | None]] = []
    for name, on in (("not scaled", False), ("scaled", True)):
        bent = curvature_of(regression_plan(sample, 0.0, standardise=on))
        halved = bent.updates_to_halve(bent.best_rate)
        rows.append(
            [name, float(bent.values[-1]), bent.least, bent.largest_rate,
             Shown(halved, f"{round(halved):,}")]
        )  # fmt: skip
    table(
        ["columns", "largest\ncurvature", "least\ncurvature", "largest\nrate",
         "updates to halve\nat the best rate"],
        rows,
        label="What scaling does to the largest rate",
    )  # fmt: skip
    wide = float(rows[0][1]) / float(rows[0][2])  # type: ignore[arg-type]
    st.markdown(
        f"Not scaled, the bowl is curved {digits(wide, 3)} times as much one way as another: a "
        "rate that is small enough for the steep way hardly moves along the flat one."
    )


def _solid(run: Descent, step: int) -> None:
    sample, real = run.plan.sample, run.in_units[step]
    if not np.isfinite(real).all() or np.abs(real).max() > 1e15:
        st.markdown("This plane has gone too far to be drawn. Step back to see it.")
        return
    w1, w2, b = real.tolist()
    st.slider(
        "Turn it by", 0, 350, step=10, key=ADDRESS.key("turn"), format="%d°",
        help="With the mouse it can be turned freely.",
    )  # fmt: skip
    chart(
        solid_picture(Sheet(sample, (w1, w2, b), run.answer), turn=ADDRESS["turn"]),
        key="linear_regression_solid",
        words=moment_told(run, step),
        hint="The plane at the update shown. The line from each row is how far off the plane is.",
    )
