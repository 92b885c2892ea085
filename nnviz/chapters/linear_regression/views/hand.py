"""Show a plane put by hand: three sliders that answer while they are held, and the error."""

import math
from typing import Final

import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, HAND, PAGE
from nnviz.chapters.linear_regression.controls import hand_slider, hand_values
from nnviz.chapters.linear_regression.figures.hand import hand_picture
from nnviz.chapters.linear_regression.figures.solid import Sheet
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.questions import hand_questions
from nnviz.chapters.linear_regression.regression import (
    LeastSquares,
    gradient,
    least_squares,
    mean_squared_error,
    plane_of,
    predictions,
)
from nnviz.chapters.linear_regression.script import hand_snippet
from nnviz.chapters.linear_regression.units import column, parameter_units, squared_unit, target
from nnviz.chapters.linear_regression.views.notes import notes
from nnviz.chapters.linear_regression.words import (
    describe_hand_plane,
    describe_least_squares,
    describe_units,
    first_row_working,
    short_names,
)
from nnviz.chart.chart import chart
from nnviz.data.sample import Sample
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Cell, table
from nnviz.text.digits import digits, latex

_RAISED: Final = 4  # values of a slider by which a question raises a parameter
_TURN: Final = 30  # degrees


def hand_view(sample: Sample) -> None:
    """Show the plane, its squares and its error, and let it be moved."""
    answer, in_units = plane_of(sample), address.by_hand()
    error = mean_squared_error(sample.X[:, :2], sample.y, in_units[:2], in_units[2])
    error = max(error, answer.error)  # rounding gets no plane below least squares
    if not frame.hidden("controls"):
        _sliders(sample, answer, error)
    shown = answer if ADDRESS["answer"] else None
    sheet = Sheet(sample, in_units, shown)
    chart(
        hand_picture(sheet, Squares(sample, feature()), turn=ADDRESS["turn"]),
        key="linear_regression_hand",
        words=describe_hand_plane(sample, in_units, error, shown),
        hint="Move the three sliders: the squares shall become small. The plane in 3-D can "
        "be turned.",
    )
    if not frame.hidden("controls"):
        _buttons(sample, answer)
    parts(
        ADDRESS,
        {
            "numbers": lambda: _hand_numbers(sample, in_units, answer),
            "code": lambda: code(
                [predictions, mean_squared_error, least_squares], hand_snippet(sample, in_units)
            ),
            "predict": lambda: _hand_predict(sample, in_units, answer),
            "tutorial": lambda: notes(sample, answer),
        },
    )


def feature() -> int:
    """Return the column that the squares are drawn over."""
    return (address.FIRST, address.SECOND).index(ADDRESS["over"])


def _sliders(sample: Sample, answer: LeastSquares, error: float) -> None:
    offered = hand_values(sample, answer, made_up=address.is_made_up())
    measure = target(sample).measure
    columns = (column(sample, k) for k in (0, 1))
    titles = [f"{each.noun}, {measure} per {each.short}" for each in columns]
    *places, last = st.columns([1, 1, 1, 0.8], gap="medium")
    for place, name, title, values in zip(
        places, HAND, (*titles, f"bias, {measure}"), offered, strict=True
    ):
        with place:
            hand_slider(name, title, values, key=f"{PAGE}_slider_{name}")
    side = digits(math.sqrt(error), 3)
    about = f"In {squared_unit(sample)}; the mean square has a side of {side} {measure}."
    last.metric("Mean squared error", digits(error), help=plain(about))


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
            on_click=lambda: address.put(address.flat(sample)),
            help="Both weights 0, the bias near the mean.",
        )
        st.button(
            "Take least squares",
            key=f"{PAGE}_answer",
            on_click=lambda: address.put(answer.parameters),
            help="The plane with the lowest mean squared error there is.",
        )
        st.toggle("Show least squares", key=ADDRESS.key("answer"))
        for name, by in (("left", -_TURN), ("right", _TURN)):
            st.button(
                f"Turn {name}",
                key=f"{PAGE}_turn_{name}",
                icon=f":material/rotate_{name}:",
                on_click=_turn,
                args=(by,),
                help="Look at the plane from another side. With the mouse it can be turned freely.",
            )


def _turn(by: int) -> None:
    ADDRESS.set("turn", (ADDRESS["turn"] + by) % 360)


def _go_on() -> None:
    ADDRESS.set("view", "descent")
    address.PLAYER.go(0)


def _hand_numbers(sample: Sample, put: tuple[float, float, float], answer: LeastSquares) -> None:
    X, y = sample.X[:, :2], sample.y
    said = float(predictions(X, put[:2], put[2])[0])
    error = mean_squared_error(X, y, put[:2], put[2])
    formulas(
        first_row_working(sample, put, said),
        rf"\text{{mean of all }} {sample.n_rows} \text{{ squares}} = {latex(error)}",
    )
    slopes = gradient(X, y, put[:2], put[2])
    columns = (
        short_names(sample), put, answer.parameters.tolist(), slopes.tolist(),
        parameter_units(sample),
    )  # fmt: skip
    rows = list[tuple[Cell, ...]](zip(*columns, strict=True))
    rows.append(("mean squared error", error, answer.error, None, squared_unit(sample)))
    table(
        ["", "by hand", "least\nsquares", "slope of\nthe error", "unit"],
        rows,
        label="Weights and bias by hand and by least squares",
    )
    st.markdown(plain(f"{describe_least_squares(sample, answer)} {describe_units(sample)}"))


def _hand_predict(sample: Sample, put: tuple[float, float, float], answer: LeastSquares) -> None:
    offered = hand_values(sample, answer, made_up=address.is_made_up())
    nudges = [float(f"{_RAISED * (values[1] - values[0]):.6g}") for values in offered]
    questions = hand_questions(sample, put, nudges)
    if not questions:
        st.markdown("No slider changes the error here. Bring other rows to be asked.")
        return
    predict_first(PAGE, questions)
