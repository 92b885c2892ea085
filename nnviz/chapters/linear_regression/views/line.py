"""Show one line over one column, put by hand: the way to the plane."""

import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, PAGE
from nnviz.chapters.linear_regression.controls import hand_slider, hand_values
from nnviz.chapters.linear_regression.figures.hand import line_picture
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.regression import LeastSquares, line_error, line_of
from nnviz.chapters.linear_regression.units import column, squared_unit, target
from nnviz.chapters.linear_regression.words import describe_line
from nnviz.chart.chart import chart
from nnviz.data.sample import Sample
from nnviz.site import frame, lesson
from nnviz.site.plain import plain
from nnviz.text.digits import digits


def line_view(sample: Sample) -> None:
    """Show the line, its squares and its error, and let it be moved."""
    answer = line_of(sample)
    w1, _, b = address.by_hand()
    error = max(line_error(sample, w1, b), answer.error)
    with frame.controls():
        if not frame.hidden("controls"):
            _controls(sample, answer, error)
    shown = answer if ADDRESS["answer"] else None
    told = not lesson.secret()
    chart(
        line_picture(sample, Squares(sample, 0), w1, b, shown),
        key="linear_regression_line",
        words=describe_line(sample, w1, b, error if told else None, shown),
        hint="Move the sliders: the squares shall become small.",
        fill=True,
    )


def _controls(sample: Sample, answer: LeastSquares, error: float) -> None:
    first, _, last = hand_values(sample, answer, made_up=address.is_made_up())
    noun, measure = column(sample, 0), target(sample).measure
    if not frame.hidden("weight"):
        hand_slider("w1", f"weight, {measure} per {noun.short}", first, key=f"{PAGE}_line_w1")
    if not frame.hidden("bias"):
        hand_slider("b", f"bias, {measure}", last, key=f"{PAGE}_line_b")
    if not frame.hidden("error"):
        st.metric("Mean squared error", digits(error), help=plain(f"In {squared_unit(sample)}."))
    if not frame.hidden("answer"):
        st.toggle("Show least squares", key=ADDRESS.key("answer"))
