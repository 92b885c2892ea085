"""The tutorial's update rule held against the gradient, on a row and on its negative."""

from functools import cache
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnviz.chapters.error_curve import working
from nnviz.chapters.error_curve.address import ADDRESS, PAGE
from nnviz.chapters.error_curve.controls import learning_rate
from nnviz.chapters.error_curve.figure_rules import SHORT_NAMES, WINDOWS, update_rules_picture
from nnviz.chapters.error_curve.paths import first_error
from nnviz.chapters.error_curve.questions import update_rule_questions
from nnviz.chapters.error_curve.script import update_rules_snippet
from nnviz.chapters.error_curve.words import row_text, update_rules, waiting
from nnviz.chart.chart import chart
from nnviz.data import tutorial
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first, questions_are_open
from nnviz.site.table import table
from nnviz.text.digits import digits
from nnviz.training.update_rules import UPDATE_RULES, RuleResult, apply_rule, error_map

_QUANTITIES: Final = (
    "weight 1", "weight 2", "bias", "z", "prediction", "error", "other row",
)  # fmt: skip

Rows = tuple[tuple[RuleResult, ...], ...]  # of the row and of its negative, by rule


def rules_view() -> None:
    """Show what three rules do to the weights, and to the errors of a row and its negative."""
    chosen = {"learning_rate": ADDRESS["rate"], "update_bias": ADDRESS["with_bias"]}
    rows: Rows = tuple(
        tuple(apply_rule(rule, mirrored=mirrored, **chosen) for rule in UPDATE_RULES)
        for mirrored in (False, True)
    )
    secret = questions_are_open(ADDRESS)
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
                "tutorial": _notes,
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
    learning_rate("error_curve.rules_slider", marks=(0.001, 0.01, 0.1, 1, 10))
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
    formulas(*working.of_rules(rows[0], ADDRESS["rate"]))
    for column, results in zip(st.columns(2), rows, strict=True):
        with column:
            _row_table(results)
    st.caption(
        f"Other row: the error of {row_text(tutorial.FIRST_ROW)}, target 1; "
        "for the negative row, that of its negative."
    )


def _row_table(results: tuple[RuleResult, ...]) -> None:
    """Show a row before and after each rule: a column each, for four columns fit a phone."""
    row = row_text(results[0].input_vector)
    columns = [_column("before", results[0]), *(_column("after", result) for result in results)]
    table(
        (row, *SHORT_NAMES),
        list(zip(_QUANTITIES, *columns, strict=True)),
        label=f"The row {row} before and after each rule",
    )


def _column(when: str, result: RuleResult) -> list[float]:
    """Return the values of `_QUANTITIES` before or after an update."""
    names = ("bias", "z", "prediction", "error", "other_error")
    weights = getattr(result, f"weights_{when}").tolist()
    return [*weights, *(getattr(result, f"{name}_{when}") for name in names)]


def _code() -> None:
    snippet = update_rules_snippet(ADDRESS["rate"], update_bias=ADDRESS["with_bias"])
    code([apply_rule, error_map], snippet)


def _predict(rows: Rows) -> None:
    predict_first(
        PAGE,
        update_rule_questions(rows),
        then=("Show what the rules do", lambda: ADDRESS.set("part", "numbers")),
    )


def _notes() -> None:
    """Show the notes that the three update rules demonstrate."""
    learnt = apply_rule("tutorial")
    mirrored = apply_rule("tutorial", mirrored=True)
    gradient = apply_rule("gradient")
    ratios = [digits(float(r), 3) for r in learnt.update / gradient.update]
    tutorial_says(
        "a positive derivative means: decrease the weights.",
        "only where the inputs are positive. On the row "
        f"{row_text(mirrored.input_vector)} the same rule takes the error from "
        f"{digits(mirrored.error_before)} up to {digits(mirrored.error_after)}.",
    )
    layer = first_error().layers[0]
    tutorial_says(
        "update the weights by subtracting the derivative.",
        "that is no step down the gradient. It leaves out the slope of the sigmoid, "
        f"{digits(float(layer.dactivations_dpre_activations[0]))}, and the inputs, "
        f"{row_text(learnt.input_vector)}. So weight 1 moves {ratios[0]} times as far as the "
        f"gradient says, and weight 2 moves {ratios[1]} times as far.",
    )
    tutorial_says(
        "the error fell almost to zero, which is beautiful.",
        f"z jumped from {digits(learnt.z_before)} to {digits(learnt.z_after)}, far past what was "
        f"needed. The other row, {row_text(tutorial.FIRST_ROW)}, pays: its error goes from "
        f"{digits(learnt.other_error_before)} to {digits(learnt.other_error_after)}.",
    )
