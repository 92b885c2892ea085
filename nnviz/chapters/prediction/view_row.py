"""One row on its way through a neuron."""

import math
from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.prediction import choices, view_row_parts
from nnviz.chapters.prediction.choices import ADDRESS, CHART, FARTHEST, PAGE, REACH
from nnviz.chapters.prediction.figure_activation import curve_ranges
from nnviz.chapters.prediction.figure_prediction import prediction_picture, prediction_tracks
from nnviz.chapters.prediction.words_row import answer
from nnviz.chart import packing, theme
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.chart.slider import live_slider
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import Trace
from nnviz.site import few_rows, frame
from nnviz.site.parts import parts
from nnviz.walkthrough.update_effect import ledger
from nnviz.walkthrough.words.forward import backprop

_VALUES: Final = tuple(round(-REACH + i / 100, 2) for i in range(int(200 * REACH) + 1))
_HINT: Final = (
    "Step with ← and →. Keys 1–9 pick the row. Drag the green diamond to move the threshold. "
    "Click any box to read it."
)

_ROWS_BESIDE: Final = 3
"""So many buttons of rows have room beside the other controls."""


def row_view() -> None:
    """Show the graph, the activation curve and the coins, one step after the other."""
    trace, threshold = choices.traced(), float(ADDRESS["threshold"])
    steps, flips = choices.steps(trace), choices.flips(trace)
    note = st.session_state.pop(choices.NOTE, None)
    if note:
        st.toast(note)
    if not frame.hidden("controls"):
        _controls()
    book = ledger(trace, trace.input_vector[None], trace.target)
    words = (
        *(backprop(trace, step, choices.row(), book) for step in steps),
        answer(trace, threshold, flips),
    )
    chart(
        prediction_picture(trace, threshold, flips, steps),
        key=CHART,
        words=words[ADDRESS["at"]],
        hint=_HINT,
        handles=[_threshold(trace, threshold)],
        on_drag=choices.dragged,
        clicks=("xy",),
        on_click=choices.clicked,
        clock=choices.STEPPING.clock(jump=len(steps)),
        on_position=choices.STEPPING.arrive,
        packed=[packing.pack(prediction_tracks(trace, threshold, flips, steps, words))],
        keys=tuple("123456789"),
        on_key=choices.key_pressed,
    )
    left, right = st.columns([0.36, 0.64])
    with left:
        if not frame.hidden("read"):
            view_row_parts.reading(trace)
    with right:
        parts(
            ADDRESS,
            {
                "numbers": lambda: view_row_parts.numbers(trace, steps),
                "code": lambda: view_row_parts.code_of(trace, steps, threshold),
                "predict": lambda: view_row_parts.predict(trace, steps, threshold),
                "tutorial": view_row_parts.tutorial_notes,
            },
        )


def _threshold(trace: Trace, threshold: float) -> Handle:
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
        row = st.container()
        activation, *sliders, more = st.columns(widths[1:], vertical_alignment="bottom")
    else:
        row, activation, *sliders, more = st.columns(widths, vertical_alignment="bottom")
    with row:
        few_rows.pick(ADDRESS, "Row", choices.row(), choices.pick_row)
    with activation:
        st.selectbox("Activation", tuple(ACTIVATIONS), key=ADDRESS.key("activation"))
    values = (*ADDRESS["weights"], ADDRESS["bias"])
    for i, (column, name, value) in enumerate(
        zip(sliders, ("weights_1[0]", "weights_1[1]", "bias"), values, strict=True)
    ):
        with column:
            live_slider(
                name,
                value,
                key=f"{PAGE}_slider_{i}",
                values=_VALUES,
                marks=(-4, -2, 0, 2, 4),
                on_slide=partial(choices.set_parameter, i),
            )
    with more, st.popover("More"):
        few_rows.editor(ADDRESS, lambda: None)
        st.number_input(
            "Threshold", -choices.FARTHEST, choices.FARTHEST, step=0.05, format="%.4g",
            key=ADDRESS.key("threshold"),
        )  # fmt: skip
        st.number_input("Seed of the coins", 0, 2**32 - 1, key=ADDRESS.key("flips"))
        st.button("Back to the first prediction", on_click=choices.reset)
