"""A plane put by hand: three sliders that answer while they are held, and the error beside them."""

import math
from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.linear_regression import choices, details
from nnviz.chapters.linear_regression.choices import ADDRESS, HAND, PAGE
from nnviz.chapters.linear_regression.figure_hand import hand_picture
from nnviz.chapters.linear_regression.regression import LeastSquares, mean_squared_error
from nnviz.chapters.linear_regression.sheet import Sheet
from nnviz.chapters.linear_regression.sliders import hand_values
from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chapters.linear_regression.units import column, squared_unit, target
from nnviz.chapters.linear_regression.words import hand_told
from nnviz.chart.chart import chart
from nnviz.chart.slider import live_slider
from nnviz.data.sample import Sample
from nnviz.site import frame
from nnviz.site.parts import parts
from nnviz.text.digits import digits

_TURN: Final = 30  # degrees


def hand_view(sample: Sample) -> None:
    """Show the plane, its squares and its error, and let it be moved."""
    answer, in_units = choices.answer(sample), choices.by_hand()
    error = mean_squared_error(sample.X[:, :2], sample.y, in_units[:2], in_units[2])
    if not frame.hidden("controls"):
        _sliders(sample, answer, error)
    shown = answer if ADDRESS["answer"] else None
    sheet = Sheet(sample, in_units, shown)
    chart(
        hand_picture(sheet, Squares(sample, feature()), turn=ADDRESS["turn"]),
        key="linear_regression_hand",
        words=hand_told(sample, in_units, error, shown),
        hint="Move the three sliders: the squares shall become small. The plane in 3-D can "
        "be turned.",
    )
    if not frame.hidden("controls"):
        _buttons(sample, answer)
    parts(ADDRESS, details.hand_bodies(sample, in_units, answer))


def feature() -> int:
    """Return the column that the squares are drawn over."""
    return (choices.FIRST, choices.SECOND).index(ADDRESS["over"])


def _sliders(sample: Sample, answer: LeastSquares, error: float) -> None:
    offered = hand_values(sample, answer, made_up=choices.is_made_up())
    measure = target(sample).measure
    titles = [
        *(
            f"{named.noun}, {measure} per {named.short}"
            for named in map(partial(column, sample), (0, 1))
        ),
        f"bias, {measure}",
    ]
    columns = st.columns([1, 1, 1, 0.8], gap="medium")
    for place, name, title, values in zip(columns, HAND, titles, offered, strict=False):
        with place:
            live_slider(
                f"{title}:",
                ADDRESS[name],
                key=f"{PAGE}_slider_{name}",
                values=values,
                marks=marks(values),
                on_slide=partial(_slid, name),
            )
    side = digits(math.sqrt(error), 3)
    with columns[3]:
        st.metric(
            "Mean squared error",
            digits(error),
            help=f"In {squared_unit(sample)}; the mean square has a side of {side} {measure}.",
        )


def marks(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values that are named below a slider: its ends, and 0 where there is room."""
    # Where 0 would be written over an end, that end says enough.
    room = 0.15 * (values[-1] - values[0])
    inside = (0.0,) if values[0] + room <= 0 <= values[-1] - room else ()
    return (values[0], *inside, values[-1])


def _slid(name: str, value: float, done: bool) -> None:
    ADDRESS.set(name, value)
    choices.PLAYER.go(0)


def _buttons(sample: Sample, answer: LeastSquares) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Let gradient descent go on",
            key=f"{PAGE}_go_on",
            type="primary",
            on_click=_go_on,
            help="From this plane, update by update.",
        )
        st.button(
            "Lay it flat",
            key=f"{PAGE}_flat",
            on_click=lambda: choices.put(choices.flat(sample)),
            help="Both weights 0, the bias near the mean.",
        )
        st.button(
            "Take least squares",
            key=f"{PAGE}_answer",
            on_click=lambda: choices.put((*answer.weights.tolist(), answer.bias)),
            help="The plane with the lowest mean squared error there is.",
        )
        st.toggle("Show least squares", key=ADDRESS.key("answer"))
        for name, by, icon in (
            ("left", -_TURN, ":material/rotate_left:"),
            ("right", _TURN, ":material/rotate_right:"),
        ):
            st.button(
                f"Turn {name}",
                key=f"{PAGE}_turn_{name}",
                icon=icon,
                on_click=_turn,
                args=(by,),
                help="Look at the plane from another side. With the mouse it can be turned freely.",
            )


def _turn(by: int) -> None:
    ADDRESS.set("turn", (ADDRESS["turn"] + by) % 360)


def _go_on() -> None:
    ADDRESS.set("view", "descent")
    choices.PLAYER.go(0)
