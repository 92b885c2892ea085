"""Vector similarity: drag three arrows and see what a dot product measures."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.chapters.vector_similarity import vectors
from nnviz.chapters.vector_similarity.figure import COLOURS, X_RANGE, Y_RANGE, similarity_picture
from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.words import similarity
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.chart.tracks import Dash
from nnviz.data import tutorial
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.parameters import Custom, Numbers
from nnviz.site.parts import PART, code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex, told_apart, without_dust
from nnviz.text.scripts import similarity_snippet

ARROWS = ("input_vector", "weights_1", "weights_2")
DEFAULTS = (tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)
DASHES: Final[tuple[Dash, ...]] = ("solid", "dash", "dot")
PAGE = "vector_similarity"
REFUSED = f"{PAGE}.refused"

# What the table shows: its title, its name, the size beside which dust is dust, its unit.
COMPARED: tuple[tuple[str, str, Callable[[vectors.Comparison], float], str], ...] = (
    ("cosine", "cosine", lambda c: 1, ""),
    ("angle", "angle", lambda c: 1, "°"),
    ("length", "weights_length", lambda c: c.weights_length, ""),
    ("heading", "weights_heading", lambda c: 1, "°"),
    ("shadow of the input", "scalar_projection", lambda c: c.input_length, ""),
    ("distance between the tips", "distance", lambda c: c.distance, ""),
)


def _arrow(name: str, default: tuple[float, float]) -> Custom:
    numbers = Numbers(name, default, low=X_RANGE[0], high=X_RANGE[1], count=2)

    def parse(text: str) -> tuple[float, ...]:
        x, y = numbers.parse(text)
        if not Y_RANGE[0] <= y <= Y_RANGE[1]:
            raise ValueError(f"the second must lie between {Y_RANGE[0]:g} and {Y_RANGE[1]:g}")
        return x, y

    return Custom(name, default, parse, numbers.format)


ADDRESS = Address(
    PAGE,
    [
        *(_arrow(name, default) for name, default in zip(ARROWS, DEFAULTS, strict=True)),
        PART,
    ],
)


def lesson() -> None:
    """Draw the page."""
    first = vectors.compare(ADDRESS["input_vector"], ADDRESS["weights_1"])
    second = vectors.compare(ADDRESS["input_vector"], ADDRESS["weights_2"])
    chart(
        similarity_picture(first, second),
        key="similarity",
        words=similarity(first, second),
        hint="Drag the tip of an arrow. The thick shadow on an arrow shows how far the input "
        "reaches along it; shadow times length is the dot product.",
        handles=[_handle(name) for name in ARROWS],
        on_drag=_move,
    )
    left, right = st.columns([0.36, 0.64])
    with left:
        if not frame.hidden("controls"):
            _controls()
    with right:
        parts(
            ADDRESS,
            {
                "numbers": lambda: _numbers(first, second),
                "code": _code,
                "predict": lambda: predict_first(PAGE, similarity_questions(first, second)),
                "tutorial": lambda: _tutorial(second),
            },
        )


def _handle(name: str) -> Handle:
    x, y = ADDRESS[name]
    return Handle(
        name=name,
        label=f"Tip of {name}",
        text=name,
        x=x,
        y=y,
        low=(X_RANGE[0], Y_RANGE[0]),
        high=(X_RANGE[1], Y_RANGE[1]),
        origin=(0, 0),
        colour=COLOURS[name],
        dash=DASHES[ARROWS.index(name)],
        # weights_1 starts just below weights_2: their names must not meet.
        side="below" if name == "weights_1" else "auto",
    )


def _move(drag: Drag) -> None:
    ADDRESS.set(drag.name, (drag.x, drag.y))


def _controls() -> None:
    with st.container(horizontal=True):
        x, y = ADDRESS["weights_1"]
        fits = abs(2 * x) <= X_RANGE[1] and abs(2 * y) <= Y_RANGE[1]
        st.button(
            "Double weights_1",
            on_click=_double,
            disabled=not fits,
            help=None if fits else "Twice as long it would leave the picture.",
        )
        st.button("Start again", on_click=ADDRESS.reset, args=(ARROWS,))
    refused = st.session_state.pop(REFUSED, {})
    for name in ARROWS:
        for column, i in zip(st.columns(2), (0, 1), strict=True):
            # The arrow is what is chosen; the fields are another way to move it.
            st.session_state[_field(name, i)] = float(ADDRESS[name][i])
            # Without limits of its own: a field that only turns red says nothing.
            column.number_input(
                f"{name}[{i}]",
                step=0.01,
                format="%.2f",
                key=_field(name, i),
                on_change=_type,
                args=(name, i),
            )
        if name in refused:
            st.warning(refused[name])


def _field(name: str, i: int) -> str:
    return f"{PAGE}.{name}.{i}"


def _type(name: str, i: int) -> None:
    typed = st.session_state[_field(name, i)]
    low, high = (X_RANGE, Y_RANGE)[i]
    if low <= typed <= high:
        values = list(ADDRESS[name])
        values[i] = typed
        ADDRESS.set(name, tuple(values))
        return
    shown, _ = told_apart(typed, high if typed > high else low)
    st.session_state[REFUSED] = {
        name: f"{name}[{i}] stays as it was: {shown} lies outside the picture. "
        f"Type a number between {digits(low)} and {digits(high)}."
    }


def _double() -> None:
    x, y = ADDRESS["weights_1"]
    ADDRESS.set("weights_1", (2 * x, 2 * y))


def _numbers(first: vectors.Comparison, second: vectors.Comparison) -> None:
    a = first.input_vector
    for i, comparison in enumerate((first, second), 1):
        w = comparison.weights
        terms = " + ".join(rf"{latex(x, 5)} \cdot {latex(v, 5)}" for x, v in zip(a, w, strict=True))
        summed = " + ".join(latex(p, 5) for p in comparison.products)
        total = latex(without_dust(comparison.dot, _size(comparison)), 5, alone=True)
        formulas(rf"\text{{input}} \cdot w_{i} = {terms} = {summed} = {total}")
        if comparison.cosine is not None:
            formulas(
                rf"= |\text{{input}}|\,|w_{i}| \cos\theta_{i} = {latex(comparison.input_length)} "
                rf"\cdot {latex(comparison.weights_length)} "
                rf"\cdot {latex(without_dust(comparison.cosine, 1))}"
            )
    table(
        ("to the input", "weights_1", "weights_2"),
        [
            (title, *(_cell(getattr(c, name), size(c), unit) for c in (first, second)))
            for title, name, size, unit in COMPARED
        ],
        label="Both weights compared with the input",
    )


def _size(comparison: vectors.Comparison) -> float:
    return comparison.input_length * comparison.weights_length


def _cell(value: float | None, size: float, unit: str) -> Shown | str:
    # Rounding dust is shown as 0, here and in the formulas; the hover says what was computed.
    return "none" if value is None else Shown(value, f"{digits(without_dust(value, size))}{unit}")


def _code() -> None:
    code(
        [vectors.products, vectors.dot, vectors.cosine, vectors.scalar_projection],
        similarity_snippet(*(ADDRESS[name] for name in ARROWS)),
    )


def _tutorial(second: vectors.Comparison) -> None:
    a, w1, w2 = DEFAULTS
    tutorial_says(
        "multiply the second number of the input by the second number of weights_2.",
        "to compare with weights_1, both numbers come from weights_1. As said, the result would "
        f"be {digits(vectors.dot(a, (w1[0], w2[1])), 5)}, not {digits(vectors.dot(a, w1), 5)}.",
    )
    tutorial_says(
        "weights_2 points in the same direction as the input.",
        f"its arrow lies {digits(vectors.compare(a, w2).angle or 0)}° away from it. Now it is "
        f"{'undefined' if second.angle is None else f'{digits(second.angle)}°'}.",
    )
    doubled = vectors.dot(a, (2 * w1[0], 2 * w1[1]))
    tutorial_says(
        "a product of zero means not similar, anything else similar, and the larger dot product "
        "is the more similar vector.",
        "the sign matters, and so does length. Double weights_1: it points nowhere nearer to the "
        f"input, yet it now scores {digits(doubled, 5)} and beats "
        f"{digits(vectors.dot(a, w2), 5)}. The cosine looks at direction alone.",
    )
    st.button("Show me: start again and double weights_1", on_click=_show_doubling)


def _show_doubling() -> None:
    ADDRESS.reset(ARROWS)
    _double()


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
