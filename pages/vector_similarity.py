"""Vector similarity: drag three arrows and see what a dot product measures."""

import streamlit as st

from nnviz import tutorial, vectors
from nnviz.figures.similarity import COLOURS, X_RANGE, Y_RANGE, similarity_picture
from nnviz.questions import similarity_questions
from nnviz.sentences.digits import digits, latex
from nnviz.sentences.similarity import similarity
from nnviz.snippets import similarity_snippet
from nnviz.ui import frame
from nnviz.ui.address import Address
from nnviz.ui.chart import Drag, Handle, chart
from nnviz.ui.parameters import Custom, Numbers
from nnviz.ui.parts import PART, code, formulas, parts, tutorial_says
from nnviz.ui.predict_first import predict_first

ARROWS = ("input_vector", "weights_1", "weights_2")
DEFAULTS = (tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)
DASHES = ("solid", "dash", "dot")


def _arrow(name: str, default: tuple[float, float]) -> Custom:
    numbers = Numbers(name, default, low=X_RANGE[0], high=X_RANGE[1], count=2)

    def parse(text: str) -> tuple[float, ...]:
        x, y = numbers.parse(text)
        if not Y_RANGE[0] <= y <= Y_RANGE[1]:
            raise ValueError(f"the second must lie between {Y_RANGE[0]:g} and {Y_RANGE[1]:g}")
        return x, y

    return Custom(name, default, parse, numbers.format)


ADDRESS = Address(
    "vector_similarity",
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
                "predict": lambda: predict_first(
                    "vector_similarity", similarity_questions(first, second)
                ),
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
    for name in ARROWS:
        for column, i in zip(st.columns(2), (0, 1), strict=True):
            key = f"vector_similarity.{name}.{i}"
            limit = (X_RANGE, Y_RANGE)[i]
            # The arrow is what is chosen; the fields are another way to move it.
            st.session_state[key] = min(max(float(ADDRESS[name][i]), limit[0]), limit[1])
            column.number_input(
                f"{name}[{i}]",
                *limit,
                step=0.01,
                format="%.2f",
                key=key,
                on_change=_type,
                args=(name, i),
            )


def _type(name: str, i: int) -> None:
    values = list(ADDRESS[name])
    values[i] = st.session_state[f"vector_similarity.{name}.{i}"]
    ADDRESS.set(name, tuple(values))


def _double() -> None:
    x, y = ADDRESS["weights_1"]
    ADDRESS.set("weights_1", (2 * x, 2 * y))


def _numbers(first: vectors.Comparison, second: vectors.Comparison) -> None:
    a = first.input_vector
    for i, comparison in enumerate((first, second), 1):
        w = comparison.weights
        terms = " + ".join(rf"{latex(x, 5)} \cdot {latex(v, 5)}" for x, v in zip(a, w, strict=True))
        summed = " + ".join(latex(p, 5) for p in comparison.products)
        lines = rf"\text{{input}} \cdot w_{i} = {terms} = {summed} = {latex(comparison.dot, 5)}"
        formulas(lines)
        if comparison.cosine is not None:
            formulas(
                rf"= |\text{{input}}|\,|w_{i}| \cos\theta_{i} = {latex(comparison.input_length)} "
                rf"\cdot {latex(comparison.weights_length)} \cdot {latex(comparison.cosine)}"
            )
    st.markdown(_table(first, second))


def _table(first: vectors.Comparison, second: vectors.Comparison) -> str:
    def shown(value: float | None, unit: str = "") -> str:
        return "none" if value is None else f"{digits(value)}{unit}"

    rows = ["| to the input | weights_1 | weights_2 |", "|---|---|---|"]
    for title, name, unit in (
        ("cosine", "cosine", ""),
        ("angle", "angle", "°"),
        ("length", "weights_length", ""),
        ("heading", "weights_heading", "°"),
        ("shadow of the input", "scalar_projection", ""),
        ("distance between the tips", "distance", ""),
    ):
        values = (shown(getattr(c, name), unit) for c in (first, second))
        rows.append(f"| {title} | {' | '.join(values)} |")
    return "\n".join(rows)


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


frame.show("vector_similarity", ADDRESS, lesson)
