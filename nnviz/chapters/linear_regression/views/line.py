"""Show one line over one column, put by hand: the way to the plane."""

from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, PAGE
from nnviz.chapters.linear_regression.controls import hand_values, marks
from nnviz.chapters.linear_regression.figures.hand import line_picture
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.regression import LeastSquares, line_error
from nnviz.chapters.linear_regression.units import column, squared_unit, target
from nnviz.chapters.linear_regression.words import describe_line
from nnviz.chart.chart import chart
from nnviz.chart.slider import live_slider
from nnviz.data.sample import Sample
from nnviz.site import frame, lesson
from nnviz.site.plain import plain
from nnviz.text.digits import digits

_PARTS: Final = MappingProxyType({"w1": "weight", "b": "bias"})


def line_view(sample: Sample) -> None:
    """Show the line, its squares and its error, and let it be moved."""
    answer = address.line_answer(sample)
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
    titles = {"w1": f"weight, {measure} per {noun.short}:", "b": f"bias, {measure}:"}
    for name, values in (("w1", first), ("b", last)):
        if not frame.hidden(_PARTS[name]):
            live_slider(
                titles[name],
                ADDRESS[name],
                key=f"{PAGE}_line_{name}",
                values=values,
                marks=marks(values),
                on_slide=partial(_slid, name),
            )
    if not frame.hidden("error"):
        st.metric("Mean squared error", digits(error), help=plain(f"In {squared_unit(sample)}."))
    if not frame.hidden("answer"):
        st.toggle("Show least squares", key=ADDRESS.key("answer"))


def _slid(name: str, value: float, done: bool) -> None:
    ADDRESS.set(name, value)
    address.PLAYER.go(0)
