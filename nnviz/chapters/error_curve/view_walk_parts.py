"""The parts beside a walk: its numbers, its code, and what to predict."""

import streamlit as st

from nnviz.chapters.error_curve import choices, notes
from nnviz.chapters.error_curve.choices import ADDRESS, PAGE
from nnviz.chapters.error_curve.descent import Curve, Walk, quadratic, regime, walk, weight_slice
from nnviz.chapters.error_curve.paths import NEURON, Path
from nnviz.chapters.error_curve.questions_descent import descent_questions
from nnviz.data import tutorial
from nnviz.nn.trace import trace_update
from nnviz.site.parts import code, formulas, parts
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import latex
from nnviz.text.scripts import quadratic_walk_snippet, weight_walk_snippet


def show(path: Path, curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    """Show the chosen part of a walk; ``ahead`` is the walk of the next step, if there is one."""
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(path, curve, so_far, ahead),
            "code": lambda: _code(path, so_far),
            "predict": lambda: _predict(curve, so_far, ahead),
            "tutorial": notes.quadratic_notes if path.index is None else notes.weight_notes,
        },
    )


def _numbers(path: Path, curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    if path.index is None:
        _quadratic_numbers(so_far)
    else:
        _neuron_numbers(path.index, so_far)
    if ahead is None or len(ahead.steps) == 0:
        st.markdown("There is no next step.")
        return
    symbol, new = {
        None: ("x", r"x_\text{new}"),
        0: ("w_1", r"w_{1,\text{new}}"),
        1: ("w_2", r"w_{2,\text{new}}"),
        2: ("b", r"b_\text{new}"),
    }[path.index]
    rate, x = float(ahead.learning_rates[0]), float(ahead.x[0])
    formulas(
        rf"{new} = {symbol} - \text{{rate}} \cdot \text{{slope}} = {latex(x)} - {latex(rate)} "
        rf"\cdot {latex(float(ahead.slope[0]))} = {_result(float(ahead.x[1]))}"
    )
    if path.index is None:
        factor = latex(regime(curve, rate, x).factor)
        formulas(
            rf"= (1 - 2 \cdot \text{{rate}}) \cdot x = (1 - 2 \cdot {latex(rate)}) \cdot x = "
            rf"{factor} \cdot x"
        )


def _quadratic_numbers(so_far: Walk) -> None:
    x, error, slope = (float(values[-1]) for values in (so_far.x, so_far.error, so_far.slope))
    formulas(
        rf"x = \text{{prediction}} - \text{{target}} = {_result(x)}",
        rf"\text{{error}} = x^2 = {latex(x)}^2 = {_result(error)}",
        rf"\text{{slope}} = \frac{{d\,\text{{error}}}}{{dx}} = 2x = 2 \cdot {latex(x)} = "
        rf"{_result(slope)}",
    )


def _neuron_numbers(index: int, so_far: Walk) -> None:
    """Show the chain of derivatives that makes the slope, at the present value of a parameter."""
    parameters = NEURON.parameters()
    parameters[index] = so_far.x[-1]
    trace = trace_update(
        NEURON.with_parameters(parameters), tutorial.SECOND_ROW, tutorial.SECOND_TARGET
    )
    layer = trace.layers[0]
    w1, w2, b = (latex(float(value)) for value in parameters)
    x1, x2 = (latex(value) for value in tutorial.SECOND_ROW)
    p, t = latex(float(trace.prediction[0])), latex(tutorial.SECOND_TARGET)
    local = latex(float(layer.dactivations_dpre_activations[0]))
    outer = latex(float(trace.derror_dprediction[0]))
    symbol = ("w_1", "w_2", "b")[index]
    inner = (x1, x2, "1")[index]
    formulas(
        rf"z = {w1} \cdot {x1} + {w2} \cdot {x2} + {b} = "
        rf"{_result(float(layer.pre_activations[0]))} \qquad p = \sigma(z) = {p}",
        rf"\text{{error}} = (p - t)^2 = ({p} - {t})^2 = {latex(trace.error)}",
        rf"\text{{slope}} = \frac{{d\,\text{{error}}}}{{dp}} \cdot \frac{{dp}}{{dz}} \cdot "
        rf"\frac{{dz}}{{d{symbol}}} = {outer} \cdot {local} \cdot {inner} = "
        rf"{_result(float(so_far.slope[-1]))}",
    )


def _result(value: float) -> str:
    """Return a number that ends a formula, where a minus needs no parentheses."""
    return latex(value).removeprefix("(").removesuffix(")")


def _code(path: Path, so_far: Walk) -> None:
    start, rates = ADDRESS[path.name], so_far.learning_rates.tolist()
    if path.index is None:
        code([walk, quadratic], quadratic_walk_snippet(start, rates))
        return
    snippet = weight_walk_snippet(
        path.index,
        start,
        rates,
        parameters=NEURON.parameters().tolist(),
        input_vector=tutorial.SECOND_ROW,
        target=tutorial.SECOND_TARGET,
    )
    code([walk, weight_slice], snippet)


def _predict(curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    if ahead is None:
        st.markdown("This walk has ended. Undo a step, or start again, to be asked.")
        return
    questions = descent_questions(curve, float(so_far.x[-1]), ADDRESS["rate"])
    predict_first(PAGE, questions, then=("STEP: see it happen", choices.step))
