"""What the tutorial says about the error curve and the update, and what is so."""

from collections.abc import Iterable

import streamlit as st

from nnviz.chapters.error_curve.choices import choose
from nnviz.chapters.error_curve.descent import POINT_A, quadratic, walk
from nnviz.chapters.error_curve.paths import PATHS, first_error
from nnviz.data import tutorial
from nnviz.site.parts import tutorial_says
from nnviz.text.digits import digits
from nnviz.training.update_rules import apply_rule


def quadratic_notes() -> None:
    """Show the notes that the quadratic demonstrates."""
    curve = quadratic()
    full = walk(curve, POINT_A, [1.0, 1.0])
    slope = digits(float(full.slope[0]))
    tutorial_says(
        f"the derivative, {slope}, gives the direction and the rate of the update.",
        "it gives the direction and the steepness. How far to go is your choice: the learning "
        "rate. The derivative at A is the same at every rate.",
    )
    tutorial_says(
        "in this example the derivative was small.",
        f"{slope} is large. A step of that size takes x from {digits(float(full.x[0]))} to "
        f"{digits(float(full.x[1]))}, from A to B, and the next one back to A.",
    )
    st.button("Show me: rate 1.0 from A", on_click=_show_for_ever)
    _bigger_errors()
    error = first_error().error
    rounded = 0.87101915
    tutorial_says(
        f"the error is {rounded**2!r}.",
        f"that is the square of the prediction as it was printed, {rounded}. Without rounding "
        f"the error is {error!r}: another number from the ninth decimal on.",
    )


def weight_notes() -> None:
    """Show the notes that the error of a weight demonstrates."""
    tutorial_says(
        "you can leave the sigmoid out, and the error is a parabola.",
        "its program keeps the sigmoid. So the error of a weight has flat shoulders: there the "
        "neuron is sure, the slope is almost 0, and steps are tiny even where the error is large.",
    )
    st.button("Show me: ten steps on the shoulder", on_click=_show_shoulder)
    derivative = float(first_error().derror_dprediction[0])
    slope = float(walk(PATHS["weight_1"].curve(), tutorial.FIRST_WEIGHTS[0], []).slope[0])
    tutorial_says(
        f"the derivative is {digits(derivative)}, so decrease the weights by it.",
        f"that is the slope along the prediction. Along weight 1 the slope is {digits(slope)}, "
        "because the sigmoid and the input stand between the weight and the prediction.",
    )
    st.button("Show me what the rule does", on_click=choose, kwargs={"view": "rules"})


def rules_notes() -> None:
    """Show the notes that the three update rules demonstrate."""
    learnt = apply_rule("tutorial")
    mirrored = apply_rule("tutorial", mirrored=True)
    gradient = apply_rule("gradient")
    ratios = [digits(float(r), 3) for r in learnt.update / gradient.update]
    tutorial_says(
        "a positive derivative means: decrease the weights.",
        "only where the inputs are positive. On the row "
        f"{_row(mirrored.input_vector)} the same rule takes the error from "
        f"{digits(mirrored.error_before)} up to {digits(mirrored.error_after)}.",
    )
    layer = first_error().layers[0]
    tutorial_says(
        "update the weights by subtracting the derivative.",
        "that is no step down the gradient. It leaves out the slope of the sigmoid, "
        f"{digits(float(layer.dactivations_dpre_activations[0]))}, and the inputs, "
        f"{_row(learnt.input_vector)}. So weight 1 moves {ratios[0]} times as far as the "
        f"gradient says, and weight 2 moves {ratios[1]} times as far.",
    )
    tutorial_says(
        "the error fell almost to zero, which is beautiful.",
        f"z jumped from {digits(learnt.z_before)} to {digits(learnt.z_after)}, far past what was "
        f"needed. The other row, {_row(tutorial.FIRST_ROW)}, pays: its error goes from "
        f"{digits(learnt.other_error_before)} to {digits(learnt.other_error_after)}.",
    )


def _bigger_errors() -> None:
    curve = quadratic()
    squares = [f"{digits(x)} becomes {digits(float(curve.value(x)))}" for x in (1.5, POINT_A, 0.5)]
    tutorial_says(
        "squaring makes bigger errors count even more.",
        f"only where the miss is above 1: {squares[0]}, but {squares[1]} and {squares[2]}. After "
        "a sigmoid, with targets 0 and 1, no miss is above 1. Every one shrinks.",
    )
    with st.container(horizontal=True):
        for x in (1.5, 0.5):
            label = f"Show me: a miss of {digits(x)}"
            st.button(label, on_click=choose, kwargs={"x": x, "rates": ()})


def _show_for_ever() -> None:
    choose(x=POINT_A, rates=(1.0, 1.0), rate=1.0)


def _show_shoulder() -> None:
    shoulder = PATHS["weight_1"].places[-1].x
    choose(along="weight_1", weight_1=shoulder, weight_1_rates=(1.0,) * 10, rate=1.0)


def _row(values: Iterable[float]) -> str:
    return f"({', '.join(digits(float(v)) for v in values)})"
