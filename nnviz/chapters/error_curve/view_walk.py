"""Show the view in which a person walks down a curve, with its numbers, code and questions."""

from dataclasses import replace

import streamlit as st

from nnviz.chapters.error_curve import words, working
from nnviz.chapters.error_curve.address import ADDRESS, MOST_STEPS, PAGE, RATES, path, walked
from nnviz.chapters.error_curve.controls import can_step, start_from, step, walk_controls
from nnviz.chapters.error_curve.figure_curve import CURVE, error_curve_picture
from nnviz.chapters.error_curve.paths import PATHS, Path, first_error, scene
from nnviz.chapters.error_curve.questions import descent_questions
from nnviz.chapters.error_curve.script import quadratic_walk_snippet, weight_walk_snippet
from nnviz.chapters.error_curve.walk import POINT_A, Walk, judge_challenge, walk
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.data import tutorial
from nnviz.nn.curves import Curve, quadratic, weight_slice
from nnviz.nn.regimes import judge
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import asking, predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits

_COUNTED = 2000  # steps: the slowest rate of the slider gets down the quadratic within them
_COUNTED_ON_WEIGHTS = 300  # each step costs more there, and the slider must answer at once


def walk_view() -> None:
    """Show the curve of the chosen path and the walk down it."""
    here, so_far = path(), walked()
    curve = here.curve()
    ahead = walk(curve, float(so_far.x[-1]), [ADDRESS["rate"]]) if can_step(so_far) else None
    # Whoever is asked to predict the next step must not see it.
    secret = asking(ADDRESS)
    picture, controls = frame.sides()
    with picture:
        _picture(here, curve, so_far, None if secret or frame.hidden("ahead") else ahead)
    with controls:
        if not frame.hidden("controls"):
            walk_controls(so_far)
        if not frame.hidden("judgement"):
            _judgement(curve, so_far, secret=secret)
    left, right = st.columns([0.625, 0.375])
    with left:
        parts(
            ADDRESS,
            {
                "numbers": lambda: _numbers(here, curve, so_far, ahead),
                "code": lambda: _code(here, so_far),
                "predict": lambda: _predict(curve, so_far, ahead),
                "tutorial": _quadratic_notes if here.index is None else _weight_notes,
            },
        )
    if not frame.hidden("history"):
        with right:
            _history(here, curve, so_far)


def _picture(path: Path, curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    stage = scene(path.name)
    if frame.hidden("named"):
        stage = replace(stage, places={})
    x, error, _ = so_far.here
    sentence = words.descent(curve, so_far, ahead, stage.x_range, stage.flat_regions)
    if len(ADDRESS[path.rates]) == MOST_STEPS:
        sentence += f" {MOST_STEPS} steps fill a walk: undo some, or start again."
    hint = "Drag the point, or click anywhere, to start there. Dashed: the next step."
    if path.index is not None:
        hint = (
            f"The error of the row {words.row_text(tutorial.SECOND_ROW)}, "
            f"target {digits(tutorial.SECOND_TARGET)}, as {words.variable(curve)} alone changes. "
            "Drag or click to start; dashed: the next step."
        )
    (bottom, top), says = stage.y_range, f"{words.variable(curve)} {{x}}, error {{y}}"
    handle = Handle(
        name="point", label="The point on the error curve", x=x, y=error, curve=CURVE, says=says,
        low=(path.low, bottom), high=(path.high, top), snap=0.001, stride=0.05,
    )  # fmt: skip
    chart(
        error_curve_picture(stage, so_far, ahead),
        key=f"error_curve_{path.name}",
        words=sentence,
        hint=hint,
        handles=[handle] if stage.shows(x, error) else [],
        on_drag=lambda drag: start_from(drag.x),
        clicks=["xy"],
        on_click=lambda click: start_from(round(click.x, 3)),
        fill=True,
    )


def _judgement(curve: Curve, so_far: Walk, *, secret: bool) -> None:
    """Describe what the chosen rate does here, and how far the challenge has come."""
    x, rate = float(so_far.x[-1]), ADDRESS["rate"]
    if secret:
        st.markdown("What this rate does is hidden while you predict.")
    else:
        regime, parabola = judge(curve, rate, x), curve.name == "quadratic"
        factor = f" · {working.factor(rate)}" if parabola else ""
        at_most = _COUNTED if parabola else _COUNTED_ON_WEIGHTS
        effect = words.rate_effect(curve, rate, x, at_most=at_most)
        st.markdown(f"**{words.title(curve, regime)}**{factor}  \n{effect}")
    result = judge_challenge(curve, so_far, RATES)
    st.markdown(f":material/flag: {words.challenge(curve, so_far, result)}")


def _history(path: Path, curve: Curve, so_far: Walk) -> None:
    """Show every step, the newest first."""
    places, slopes = zip(*working.told_places(so_far, path.index), strict=True)
    columns = [
        ["start", *map(str, range(1, len(so_far.x)))],
        [None, *so_far.learning_rates.tolist()],
        map(Shown, so_far.x.tolist(), places),
        so_far.error.tolist(),
        map(Shown, so_far.slope.tolist(), slopes),
        [None, *so_far.steps.tolist()],
    ]
    moves = "x" if path.index is None else curve.x_label
    table(
        ("step", "rate", moves, "error", "slope", "step\ntaken"),
        list(zip(*columns, strict=True))[::-1],
        label="The steps so far, the newest first",
        height=270,
    )


def _numbers(path: Path, curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    i, goes_on = path.index, ahead is not None and len(ahead.steps) > 0
    here = working.of_parabola(so_far) if i is None else working.of_neuron(i, so_far)
    formulas(*here, *(working.of_next_step(i, ahead) if ahead is not None and goes_on else ()))
    if not goes_on:
        st.markdown("There is no next step.")


def _code(path: Path, so_far: Walk) -> None:
    start, rates = ADDRESS[path.name], so_far.learning_rates.tolist()
    if path.index is None:
        code([walk, quadratic], quadratic_walk_snippet(start, rates))
        return
    code([walk, weight_slice], weight_walk_snippet(path.index, start, rates))


def _predict(curve: Curve, so_far: Walk, ahead: Walk | None) -> None:
    if ahead is None:
        st.markdown("This walk has ended. Undo a step, or start again, to be asked.")
        return
    questions = descent_questions(curve, float(so_far.x[-1]), ADDRESS["rate"])
    predict_first(PAGE, questions, then=("STEP: see it happen", step))


def _quadratic_notes() -> None:
    """Show the notes that the quadratic demonstrates."""
    curve = quadratic()
    for_ever = {"x": POINT_A, "rates": (1.0, 1.0), "rate": 1.0}
    full = walk(curve, POINT_A, [1.0, 1.0])
    slope = digits(float(full.slope[0]))
    tutorial_says(
        "gradient descent finds the direction and the rate of an update.",
        f"the direction, yes: the derivative, {slope} at A, says which way and how steep it is. "
        "How far to go is your choice, the learning rate: the derivative at A is the same at "
        "every rate.",
    )
    tutorial_says(
        "in this example the derivative was small.",
        f"{slope} is large. A step of that size takes x from {digits(float(full.x[0]))} to "
        f"{digits(float(full.x[1]))}, from A to B, and the next one back to A.",
    )
    st.button("Show me: rate 1.0 from A", on_click=ADDRESS.choose, kwargs=for_ever)
    squares = [f"{digits(x)} becomes {digits(float(curve.value(x)))}" for x in (1.5, POINT_A, 0.5)]
    tutorial_says(
        "squaring gives bigger errors a larger impact, and makes small ones smaller still.",
        "beside each other, yes, at every size: twice the miss is four times the error. Beside the "
        f"miss itself the error is larger only where that is above 1: {squares[0]}, but "
        f"{squares[1]} and {squares[2]}. After a sigmoid, with targets 0 and 1, no miss is above "
        "1.",
    )
    with st.container(horizontal=True):
        for x in (1.5, 0.5):
            label = f"Show me: a miss of {digits(x)}"
            st.button(label, on_click=ADDRESS.choose, kwargs={"x": x, "rates": ()})
    error = first_error().error
    rounded = 0.87101915
    tutorial_says(
        f"the error is {rounded**2!r}.",
        f"that is the square of the prediction as it was printed, {rounded}. Without rounding "
        f"the error is {error!r}: another number from the ninth decimal on.",
    )


def _weight_notes() -> None:
    """Show the notes that the error of a weight demonstrates."""
    tutorial_says(
        "you can leave the sigmoid out, and the error is a parabola.",
        "its program keeps the sigmoid. So the error of a weight has flat shoulders: there the "
        "neuron is sure, the slope is almost 0, and steps are tiny even where the error is large.",
    )
    shoulder = {
        "along": "weight_1",
        "weight_1": PATHS["weight_1"].places["flat"][0],
        "weight_1_rates": (1.0,) * 10,
        "rate": 1.0,
    }
    st.button("Show me: ten steps on the shoulder", on_click=ADDRESS.choose, kwargs=shoulder)
    derivative = float(first_error().derror_dprediction[0])
    slope = float(walk(PATHS["weight_1"].curve(), tutorial.FIRST_WEIGHTS[0], []).slope[0])
    tutorial_says(
        f"the derivative is {digits(derivative)}, so decrease the weights by it.",
        f"that is the slope along the prediction. Along weight 1 the slope is {digits(slope)}, "
        "because the sigmoid and the input stand between the weight and the prediction.",
    )
    st.button("Show me what the rule does", on_click=ADDRESS.set, args=("view", "rules"))
