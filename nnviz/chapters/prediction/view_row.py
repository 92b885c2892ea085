"""Show one row on its way through a neuron, with its numbers, code, questions and notes."""

import math
from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.prediction.address import (
    ADDRESS,
    CHART,
    FARTHEST,
    PAGE,
    PLAYER,
    flips,
    row,
    steps,
    traced,
)
from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.figures.activation import curve_ranges
from nnviz.chapters.prediction.figures.prediction import prediction_picture, prediction_tracks
from nnviz.chapters.prediction.lesson import LESSON
from nnviz.chapters.prediction.questions import prediction_questions
from nnviz.chapters.prediction.script import prediction_snippet
from nnviz.chapters.prediction.words import answer, digits_of_input, prediction_meanings, working
from nnviz.chart import packing, theme
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.chart.slider import live_slider
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import send
from nnviz.nn.rng import LARGEST_SEED
from nnviz.nn.trace import Trace
from nnviz.site import frame, lesson
from nnviz.site.folded import folded
from nnviz.site.naming import naming
from nnviz.site.offer import offer_file
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.site.rows import few_rows
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex, listed
from nnviz.text.names import called
from nnviz.text.numbers import written
from nnviz.walkthrough.source_lines import line_of, source_line
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.values import given_value
from nnviz.walkthrough.view_boxes import choose_box
from nnviz.walkthrough.view_code import highlighted_code
from nnviz.walkthrough.words.sentences import step_sentence

_HINT: Final = (
    "Step with ← and →. Keys 1–9 pick the row. Drag the green diamond to move the threshold. "
    "Click any box to read it."
)
_NO_SUCH_ROW: Final = f"{PAGE}_note"  # what a callback has to say; it cannot show anything itself
_ROWS_BESIDE: Final = 3  # so many buttons of rows have room beside the other controls
_LARGEST_ON_SLIDERS: Final = 4.0
_SLIDER_VALUES: Final = tuple(
    round(-_LARGEST_ON_SLIDERS + i / 100, 2) for i in range(int(200 * _LARGEST_ON_SLIDERS) + 1)
)


def row_view() -> None:
    """Show the graph, the activation curve and the coins, one step after the other."""
    trace, threshold = traced(), float(ADDRESS["threshold"])
    way, coins = steps(trace), flips(trace)
    if note := st.session_state.pop(_NO_SUCH_ROW, None):
        st.toast(note)
    stacked = lesson.shown() is not None
    if stacked:
        with frame.controls():
            _of_the_task()
    elif not frame.hidden("controls"):
        _controls()
    effect = update_effect(trace, trace.input_vector[None], trace.target)
    sentences = (step_sentence(trace, step, row(), effect, naming()) for step in way)
    words = (*sentences, answer(trace, threshold, coins))
    seen = {part: not frame.hidden(part) for part in ("curve", "coins")}
    tracks = prediction_tracks(
        trace, threshold, coins, way, words, naming(), slope=not frame.hidden("slope"), **seen
    )
    if lesson.secret():
        tracks = tracks.up_to(ADDRESS["at"])
    shown = chart(
        prediction_picture(trace, threshold, coins, way, naming(), stacked=stacked, **seen),
        key=CHART,
        words=words[ADDRESS["at"]],
        hint=_HINT,
        handles=[] if frame.hidden("handle") else [threshold_handle(trace, threshold)],
        on_drag=lambda drag: ADDRESS.set("threshold", drag.y),
        clicks=() if frame.hidden("read") else ("xy",),
        on_click=lambda click: ADDRESS.set("read", click.item),
        clock=PLAYER.clock(unit="step", speeds=(0.5, 1, 2, 5), speed=1, jump=len(way)),
        on_position=PLAYER.arrive,
        packed=[packing.pack(tracks)],
        keys=() if frame.hidden("rows") else tuple("123456789"),
        on_key=lambda key: _pick_row(int(key) - 1),
        fill=True,
    )
    left, right = st.columns([0.36, 0.64])
    with left:
        if not frame.hidden("read"):
            _reading(trace)
    with right:
        parts(
            ADDRESS,
            {
                "numbers": lambda: _numbers(trace, way),
                "code": lambda: _code(trace, way, threshold),
                "export": partial(offer_file, ADDRESS, LESSON, shown),
                "predict": lambda: _predict(trace, way, threshold),
                "tutorial": lambda: _notes(trace),
            },
        )


def threshold_handle(trace: Trace, threshold: float) -> Handle:
    """Return the diamond that moves the threshold, as far as the curve and a link reach."""
    layer = trace.layers[0]
    (_, right), (low, high) = curve_ranges(layer.activation, float(layer.pre_activations[0]))
    # What a hundredth is to a sigmoid's height.
    snap = 10.0 ** (math.floor(math.log10(high - low)) - 2)
    beneath = threshold > low + 0.8 * (high - low)
    low, high = max(low, -FARTHEST), min(high, FARTHEST)
    x = 0.9 * right
    return Handle(
        name="threshold",
        label="Threshold",
        text="threshold",
        x=x,
        y=min(max(threshold, low), high),
        low=(x, low),
        high=(x, high),
        snap=snap,
        stride=5 * snap,
        colour=theme.GREEN,
        symbol="diamond",
        size=6,
        axes="x2y2",
        side="below" if beneath else "above",
        says="{y}",
    )


def _controls() -> None:
    widths = [0.15, 0.15, 0.2, 0.2, 0.2, 0.1]
    if len(ADDRESS["rows"]) > _ROWS_BESIDE:
        rows = st.container()
        activation, *sliders, more = st.columns(widths[1:], vertical_alignment="bottom")
    else:
        rows, activation, *sliders, more = st.columns(widths, vertical_alignment="bottom")
    with rows:
        few_rows.pick(ADDRESS, "Row", row(), _pick_row)
    with activation:
        st.selectbox("Activation", tuple(ACTIVATIONS), key=ADDRESS.key("activation"))
    names = [*(called("weight", naming(), i) for i in range(2)), called("bias", naming())]
    values = (*ADDRESS["weights"], ADDRESS["bias"])
    for i, (column, name, value) in enumerate(zip(sliders, names, values, strict=True)):
        with column:
            live_slider(
                name,
                value,
                key=f"{PAGE}_slider_{i}",
                values=_SLIDER_VALUES,
                marks=(-4, -2, 0, 2, 4),
                on_slide=partial(_set_parameter, i),
            )
    with more:
        folded("More", _more, key=f"{PAGE}_more")


def _more() -> None:
    few_rows.editor(ADDRESS, lambda: None)
    st.number_input(
        "Threshold", -FARTHEST, FARTHEST, step=0.05, format="%.4g", key=ADDRESS.key("threshold")
    )
    st.number_input("Seed of the coins", 0, LARGEST_SEED, key=ADDRESS.key("flips"))
    st.button("Back to the first prediction", on_click=_reset)


def _of_the_task() -> None:
    """Show what a task of the lesson asks to use."""
    if not frame.hidden("threshold"):
        live_slider(
            "Threshold",
            ADDRESS["threshold"],
            key=f"{PAGE}_threshold",
            values=tuple(i / 100 for i in range(101)),
            marks=(0, 0.5, 1),
            on_slide=lambda value, done: ADDRESS.set("threshold", value),
        )
    if not frame.hidden("flip"):
        st.button("Flip the coins again", key=f"{PAGE}.flip", on_click=_flip_again)


def _pick_row(index: int) -> None:
    """Choose another row."""
    n_rows = len(ADDRESS["rows"])
    if index < n_rows:
        ADDRESS.set("row", index + 1)
    else:
        there = "is 1" if n_rows == 1 else f"are {n_rows}"
        st.session_state[_NO_SUCH_ROW] = f"There is no row {index + 1}: there {there}."


def _set_parameter(i: int, value: float, done: bool) -> None:
    """Choose one of the weights or, last, the bias."""
    *weights, bias = (
        value if i == k else old for k, old in enumerate((*ADDRESS["weights"], ADDRESS["bias"]))
    )
    ADDRESS.set("weights", tuple(weights))
    ADDRESS.set("bias", bias)


def _flip_again() -> None:
    ADDRESS.set("flips", (ADDRESS["flips"] + 1) % (LARGEST_SEED + 1))


def _reset() -> None:
    """Go back to the tutorial's first prediction."""
    ADDRESS.reset(("rows", "row", "weights", "bias", "activation", "threshold", "flips", "read"))
    PLAYER.go(0)


def _reading(trace: Trace) -> None:
    """Show what the person has clicked, or let them choose something to read."""
    meanings = prediction_meanings(trace, naming())
    chosen = choose_box(ADDRESS, meanings)
    if chosen:
        with st.container(border=True):
            st.markdown(plain(meanings[chosen]))
            value = _value(trace, chosen)
            if value is not None:
                st.markdown(f"Now it is **{plain(written(value))}**.")
    if flips(trace) is not None:
        st.button("Flip the coins again", on_click=_flip_again)


def _value(trace: Trace, key: str) -> float | None:
    """Return the number of a box; None where it has none, or where that is still to come."""
    n_steps, layer, threshold = len(steps(trace)), trace.layers[0], float(ADDRESS["threshold"])
    computed_at = {
        "decide": (0, threshold),
        "z": (n_steps - 2, float(layer.pre_activations[0])),
        "a": (n_steps - 1, float(layer.activations[0])),
        "answer": (n_steps, float(decide(float(trace.prediction[0]), threshold))),
    }
    known_at, value = computed_at.get(key.partition(".")[0], (0, given_value(trace, key)))
    return value if ADDRESS["at"] >= known_at else None


def _numbers(trace: Trace, steps: tuple[Step, ...]) -> None:
    """Show the formulas with the numbers that are known so far; at the end, of every row."""
    kinds = [step.kind for step in steps]
    has_sum, has_prediction = (ADDRESS["at"] >= kinds.index(k) for k in ("bias", "activation"))
    layer = trace.layers[0]
    terms, z, p = working(trace)
    sum_name, inputs, weights, bias = (
        rf"\text{{{called(name, naming())}}}".replace("_", r"\_")
        for name in ("weighted sum", "inputs", "weights", "bias")
    )
    activation = ACTIVATIONS[layer.activation]
    slope = float(layer.dactivations_dpre_activations[0])
    lines = [
        rf"{sum_name} = {inputs} \cdot {weights} + {bias}" + f" = {terms} = {z}" * has_sum,
        activation.formula + rf", \qquad \text{{prediction}} = {p}" * has_prediction,
    ]
    if has_prediction and layer.activation != "linear":
        lines.append(rf"{activation.derivative_formula} = {latex(slope, alone=True)}")
    formulas(*lines)
    if ADDRESS["at"] == len(steps):
        _all_rows(trace)
    else:
        st.markdown("The numbers come in step by step; with the answer those of every row.")


def _all_rows(trace: Trace) -> None:
    """Show every row, its prediction and its answer."""
    rows = []
    layer = trace.layers[0]
    for i, (x1, x2, target) in enumerate(ADDRESS["rows"]):
        forward = trace.network.forward([[x1, x2]])
        z, p = float(forward.pre_activations[0][0, 0]), float(forward.activations[-1][0, 0])
        answer = decide(p, ADDRESS["threshold"])
        sign = "✓" if answer == target else "✗"
        name = f"{i + 1}: [{listed((x1, x2))}]"
        # So many digits of the sum that its activation is the prediction as printed.
        shown = digits(z, digits_of_input(layer.activation, z, 4))
        rows.append((name, Shown(z, shown), p, f"{answer} {sign}", float(target)))
    table(
        ("row", called("weighted sum", naming()), "prediction", "answer", "target"),
        rows,
        label="Every row, its prediction and its answer",
    )


def _code(trace: Trace, steps: tuple[Step, ...], threshold: float) -> None:
    """Show the line that computed the value of this step, and a script for all of them."""
    at = ADDRESS["at"]
    line = source_line(trace, steps[at]) if at < len(steps) else line_of(decide, "return ")
    highlighted_code(line)
    activation = ACTIVATIONS[trace.layers[0].activation]
    code([send, activation.array_value], prediction_snippet(trace, threshold))


def _predict(trace: Trace, steps: tuple[Step, ...], threshold: float) -> None:
    """Ask what cannot be seen yet, and keep what was answered before it was seen."""
    at, answered = ADDRESS["at"], st.session_state.get(f"{PAGE}_answers", {})
    questions = prediction_questions(trace, threshold, naming())
    seen = {"sign": at >= len(steps) - 2, "answer": at == len(steps)}
    predict_first(
        PAGE,
        [q for q in questions if q.about in answered or not seen.get(q.about.partition(" ")[0])],
        then=("Show me", partial(PLAYER.go, len(steps))),
    )


def _notes(trace: Trace) -> None:
    """Show what the tutorial says about its first prediction, and what is so."""
    layer = trace.layers[0]
    off_below = digits(float(layer.bias[0] - layer.pre_activations[0]))
    tutorial_says(
        "the network has two layers.",
        "it is one neuron. Its weighted sum and its sigmoid are counted as a layer each: hence the "
        "names layer_1 and layer_2. What comes out of layer_2 is the prediction.",
    )
    tutorial_says(
        "np.exp(x) calculates e.",
        "it calculates e to the power of x, which is what the sigmoid needs.",
    )
    tutorial_says(
        "the first prediction is 0.79.",
        "it is 0.7986, which is 0.80 when rounded. The tutorial cuts off what it should round.",
    )
    tutorial_says(
        "ReLU turns off a weight that is negative.",
        "it turns off the unit: its output is 0 while its weighted sum is below 0, whatever the "
        f"signs of its weights. Choose relu above: for this row it is off while the bias is below "
        f"{off_below}.",
    )
    tutorial_says(
        "a probability above 0.5 means 1.",
        "0.5 is a choice. Who must not miss a 1 takes a lower threshold and accepts more false "
        "alarms. Drag the threshold, and see which rows change sides in the table.",
    )
