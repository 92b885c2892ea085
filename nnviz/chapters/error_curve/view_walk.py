"""The view in which a person walks down a curve: picture, controls and history."""

import streamlit as st

from nnviz.chapters.error_curve import challenge, choices, view_walk_parts
from nnviz.chapters.error_curve import words_descent as sentences
from nnviz.chapters.error_curve.choices import ADDRESS, RATES, TYPICAL_RATES
from nnviz.chapters.error_curve.descent import Curve, Walk, regime, walk
from nnviz.chapters.error_curve.figure_error_curve import error_curve_picture
from nnviz.chapters.error_curve.paths import Path, scene
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.chart.rate_slider import rate_slider
from nnviz.data import tutorial
from nnviz.site import frame
from nnviz.site.table import table
from nnviz.text.digits import digits

_MARKS = (0.001, 0.01, 0.1, 0.5, 1, 10)
_COUNTED = 2000  # steps: the slowest rate of the slider gets down the quadratic within them
_COUNTED_ON_WEIGHTS = 300  # each step costs more there, and the slider must answer at once


def walk_view() -> None:
    """Show the curve of the chosen path and the walk down it."""
    path = choices.path()
    curve, so_far = path.curve(), choices.walked()
    x, rate = float(so_far.x[-1]), ADDRESS["rate"]
    may_go_on = choices.can_step(so_far)
    ahead = walk(curve, x, [rate]) if may_go_on else None
    # Whoever is asked to predict the next step must not see it.
    secret = ADDRESS["part"] == "predict" and not frame.hidden("predict")
    left, right = st.columns([0.625, 0.375])
    with left:
        _picture(path, curve, so_far, None if secret else ahead)
    with right:
        if not frame.hidden("controls"):
            _controls(path, so_far, may_go_on=may_go_on)
            _judgement(curve, so_far, secret=secret)
    left, right = st.columns([0.625, 0.375])
    with left:
        view_walk_parts.show(path, curve, so_far, ahead)
    with right:
        _history(path, curve, so_far)


def _picture(path: Path, curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    stage = scene(path.name)
    words = sentences.descent(curve, so_far, ahead, stage.x_range, stage.shoulders)
    if len(ADDRESS[path.rates]) == choices.MOST_STEPS:
        words += f" {choices.MOST_STEPS} steps fill a walk: undo some, or start again."
    chart(
        error_curve_picture(stage, so_far, ahead),
        key=f"error_curve_{path.name}",
        words=words,
        hint=_hint(path, curve),
        handles=[_handle(path, curve, so_far)] if stage.shows(*_present(so_far)) else [],
        on_drag=choices.dragged,
        clicks=["xy"],
        on_click=choices.clicked,
    )


def _hint(path: Path, curve: Curve) -> str:
    if path.index is None:
        return "Drag the point, or click anywhere, to start there. Dashed: the next step."
    row = ", ".join(digits(value) for value in tutorial.SECOND_ROW)
    return (
        f"The error of the row ({row}), target {digits(tutorial.SECOND_TARGET)}, as "
        f"{sentences.variable(curve)} alone changes. Drag or click to start; dashed: the next step."
    )


def _present(so_far: Walk) -> tuple[float, float]:
    return float(so_far.x[-1]), float(so_far.error[-1])


def _handle(path: Path, curve: Curve, so_far: Walk) -> Handle:
    stage = scene(path.name)
    x, error = _present(so_far)
    return Handle(
        name="point",
        label="The point on the error curve",
        x=x,
        y=error,
        low=(path.low, stage.y_range[0]),
        high=(path.high, stage.y_range[1]),
        curve=(stage.xs.tolist(), stage.errors.tolist()),
        snap=0.001,
        stride=0.05,
        says=f"{sentences.variable(curve)} {{x}}, error {{y}}",
    )


def _controls(path: Path, so_far: Walk, *, may_go_on: bool) -> None:
    if path.index is not None:
        st.segmented_control(
            "Along which parameter",
            choices.WEIGHTS,
            format_func=lambda name: str(name).replace("_", " "),
            key=ADDRESS.key("along"),
            required=True,
            label_visibility="collapsed",
        )
    with st.container(horizontal=True):
        st.button(
            "STEP",
            type="primary",
            key="error_curve.step",
            on_click=choices.step,
            disabled=not may_go_on,
            shortcut="Right",
        )
        st.button(
            "UNDO",
            key="error_curve.undo",
            on_click=choices.undo,
            disabled=not choices.can_undo(),
            shortcut="Left",
        )
        st.button(
            "START AGAIN",
            key="error_curve.start_again",
            on_click=choices.start_again,
            disabled=not len(so_far.steps),
        )
    rate = ADDRESS["rate"]
    rate_slider(
        "Learning rate",
        rate,
        key="error_curve.slider",
        values=RATES,
        marks=_MARKS,
        on_slide=choices.slid,
    )
    _typical_rates()
    with st.container(horizontal=True):
        for place in path.places:
            st.button(
                place.button,
                key=f"error_curve.go.{path.name}.{place.name}",
                on_click=choices.start_from,
                args=(place.x,),
            )


def _typical_rates() -> None:
    # Buttons, and no list to choose from: a list would keep the arrow keys, which step, to itself.
    with st.container(horizontal=True, gap="xxsmall", key="error_curve_rates_to_try"):
        for rate in TYPICAL_RATES:
            st.button(
                f"{rate:g}",
                key=f"error_curve.rate.{rate}",
                on_click=choices.choose,
                kwargs={"rate": rate},
            )


def _judgement(curve: Curve, so_far: Walk, *, secret: bool) -> None:
    """Say in words what the chosen rate does here, and how far the challenge has come."""
    x, rate = float(so_far.x[-1]), ADDRESS["rate"]
    if secret:
        st.markdown("What this rate does is hidden while you predict.")
    else:
        judged = regime(curve, rate, x)
        factor = ""
        if curve.name == "quadratic":
            factor = f" · factor 1 − 2 × {digits(rate)} = {digits(judged.factor)}"
        at_most = _COUNTED if curve.name == "quadratic" else _COUNTED_ON_WEIGHTS
        told = sentences.rate_told(curve, rate, x, at_most=at_most)
        st.markdown(f"**{judged.name.capitalize()}**{factor}  \n{told}")
    st.markdown(
        f":material/flag: {sentences.challenge(curve, so_far, challenge.judge(curve, so_far))}"
    )


def _history(path: Path, curve: Curve, so_far: Walk) -> None:
    """Show every step, the newest first."""
    n = len(so_far.steps)
    rows = [
        (
            "start" if i == 0 else str(i),
            float(so_far.learning_rates[i - 1]) if i else None,
            float(so_far.x[i]),
            float(so_far.error[i]),
            float(so_far.slope[i]),
            float(so_far.steps[i - 1]) if i else None,
        )
        for i in range(n, -1, -1)
    ]
    table(
        (
            "step",
            "rate",
            "x" if path.index is None else curve.x_label,
            "error",
            "slope",
            "step\ntaken",
        ),
        rows,
        label="The steps so far, the newest first",
        height=270,
    )
