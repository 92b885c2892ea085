"""The tutorial's update rule held against the gradient, on a row and on its negative."""

from collections.abc import Iterable
from functools import cache
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnviz.chapters.error_curve import choices, notes
from nnviz.chapters.error_curve.choices import ADDRESS, PAGE, RATES
from nnviz.chapters.error_curve.figure_update_rules import (
    SHORT_NAMES,
    WINDOWS,
    update_rules_picture,
)
from nnviz.chapters.error_curve.paths import first_error
from nnviz.chapters.error_curve.questions_update_rules import update_rule_questions
from nnviz.chapters.error_curve.words_update_rules import update_rules, waiting
from nnviz.chart.chart import chart
from nnviz.chart.rate_slider import rate_slider
from nnviz.data import tutorial
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts
from nnviz.site.predict_first import predict_first
from nnviz.site.table import table
from nnviz.text.digits import digits, latex
from nnviz.text.scripts import update_rules_snippet
from nnviz.training.update_rules import UPDATE_RULES, RuleResult, apply_rule, error_map

_QUANTITIES: Final = (
    "weight 1", "weight 2", "bias", "z", "prediction", "error", "other row",
)  # fmt: skip

Rows = tuple[tuple[RuleResult, ...], tuple[RuleResult, ...]]


def rules_view() -> None:
    """Show what three rules do to the weights, and to the errors of a row and its negative."""
    plain, mirrored = (
        tuple(
            apply_rule(
                rule,
                learning_rate=ADDRESS["rate"],
                mirrored=turned,
                update_bias=ADDRESS["with_bias"],
            )
            for rule in UPDATE_RULES
        )
        for turned in (False, True)
    )
    rows: Rows = (plain, mirrored)
    secret = ADDRESS["part"] == "predict" and not frame.hidden("predict")
    chart(
        update_rules_picture(rows, _maps(), shown=not secret),
        key="error_curve_rules",
        words=waiting(rows) if secret else update_rules(rows),
        hint="The stronger the colour, the larger the error. Each arrow goes from the weights "
        "before the update to the weights after it. The bars are the errors.",
    )
    left, right = st.columns([0.3, 0.7])
    with left:
        if not frame.hidden("controls"):
            _controls()
    with right:
        parts(
            ADDRESS,
            {
                "numbers": lambda: _numbers(rows),
                "code": _code,
                "predict": lambda: _predict(rows),
                "tutorial": notes.rules_notes,
            },
        )


@cache
def _maps() -> tuple[NDArray[np.float64], ...]:
    """Return the error of the row and of its negative, each over its window of weights."""
    maps = tuple(error_map(window, mirrored=i == 1) for i, window in enumerate(WINDOWS))
    for errors in maps:
        errors.flags.writeable = False  # all visitors share them
    return maps


def _controls() -> None:
    rate = ADDRESS["rate"]
    rate_slider(
        "Learning rate",
        rate,
        key="error_curve.rules_slider",
        values=RATES,
        marks=(0.001, 0.01, 0.1, 1, 10),
        on_slide=choices.slid,
    )
    st.toggle(
        "Update the bias too",
        key=ADDRESS.key("with_bias"),
        help="The maps are drawn for the bias before the update, 0. "
        "The bars and the table count the new bias.",
    )
    st.caption(
        "The rate is for the third rule alone. At small rates its arrow hides under the dot."
    )


def _numbers(rows: Rows) -> None:
    learnt, gradient, scaled = rows[0]
    derivative = latex(-float(learnt.update[0]))
    rate = latex(ADDRESS["rate"])
    local = latex(float(first_error().layers[0].dactivations_dpre_activations[0]))
    formulas(
        rf"\text{{tutorial's rule:}} \quad -2(p - t) = -{derivative} \text{{ for both weights}}",
        rf"\text{{gradient:}} \quad -2(p - t) \cdot \sigma'(z) \cdot x = -{derivative} \cdot "
        rf"{local} \cdot {_column(learnt.input_vector)} = {_column(gradient.update)}",
        rf"\text{{gradient}} \times \text{{rate:}} \quad {rate} \cdot {_column(gradient.update)} = "
        rf"{_column(scaled.update)}",
    )
    for column, results in zip(st.columns(2), rows, strict=True):
        with column:
            _row_table(results)
    other = ", ".join(digits(v) for v in tutorial.FIRST_ROW)
    st.caption(
        f"Other row: the error of ({other}), target 1; for the negative row, that of its negative."
    )


def _row_table(results: tuple[RuleResult, ...]) -> None:
    """Show a row before and after each rule: a column each, for four columns fit a phone."""
    row = ", ".join(digits(float(v)) for v in results[0].input_vector)
    columns = [_before(results[0]), *map(_after, results)]
    table(
        (f"({row})", *SHORT_NAMES),
        list(zip(_QUANTITIES, *columns, strict=True)),
        label=f"The row ({row}) before and after each rule",
    )


def _before(result: RuleResult) -> tuple[float, ...]:
    return (
        *(float(weight) for weight in result.weights_before),
        result.bias_before,
        result.z_before,
        result.prediction_before,
        result.error_before,
        result.other_error_before,
    )


def _after(result: RuleResult) -> tuple[float, ...]:
    return (
        *(float(weight) for weight in result.weights_after),
        result.bias_after,
        result.z_after,
        result.prediction_after,
        result.error_after,
        result.other_error_after,
    )


def _column(values: Iterable[float]) -> str:
    """Return numbers one above the other, for a formula."""
    entries = (latex(float(value)).strip("()") for value in values)
    return r"\begin{pmatrix} " + r" \\ ".join(entries) + r" \end{pmatrix}"


def _code() -> None:
    snippet = update_rules_snippet(
        ADDRESS["rate"],
        update_bias=ADDRESS["with_bias"],
        weights=tutorial.FIRST_WEIGHTS,
        input_vector=tutorial.SECOND_ROW,
        target=tutorial.SECOND_TARGET,
    )
    code([apply_rule, error_map], snippet)


def _predict(rows: Rows) -> None:
    predict_first(
        PAGE,
        update_rule_questions(rows),
        then=("Show what the rules do", lambda: ADDRESS.set("part", "numbers")),
    )
