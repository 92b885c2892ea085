"""The page: the picture with its draggable arrows, the controls, and the parts below."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.chapters.vector_similarity import vectors
from nnviz.chapters.vector_similarity.address import ADDRESS, ARROWS, PAGE
from nnviz.chapters.vector_similarity.figure import COLOURS, similarity_picture
from nnviz.chapters.vector_similarity.lesson import LESSON
from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.script import similarity_snippet
from nnviz.chapters.vector_similarity.vectors import X_RANGE, Y_RANGE, Comparison, compare, stretch
from nnviz.chapters.vector_similarity.words import (
    alone,
    arrow_name,
    compared,
    similarity,
    unsaid,
    working,
)
from nnviz.chapters.vector_similarity.worksheet import ON_PAPER, worksheet
from nnviz.chart.chart import chart
from nnviz.chart.fields import Line, number_fields
from nnviz.chart.gestures import Drag, Handle
from nnviz.chart.tracks import Dash
from nnviz.site import frame, lesson
from nnviz.site.naming import naming
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, told_apart, without_dust
from nnviz.text.names import CODE, spoken

REFUSED: Final = f"{PAGE}.refused"
"""Session key of sentences about typed numbers that lie outside the picture, by their arrows."""

DASHES: Final[tuple[Dash, ...]] = ("solid", "dash", "dot")

# Rows of the table: title, attribute of the comparison, size beside which rounding errors are
# shown as 0, unit.
COMPARED: Final[tuple[tuple[str, str, Callable[[Comparison], float], str], ...]] = (
    ("cosine", "cosine", lambda c: 1, ""),
    ("angle", "angle", lambda c: 1, "°"),
    ("length", "weights_length", lambda c: c.weights_length, ""),
    ("heading", "weights_heading", lambda c: 1, "°"),
    ("shadow of the input", "scalar_projection", lambda c: c.input_length, ""),
    ("distance between the tips", "distance", lambda c: c.distance, ""),
)


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)


def draw() -> None:
    """Compare the arrows of the address, and show the result in every form."""
    first = compare(ADDRESS["input_vector"], ADDRESS["weights_1"])
    second = compare(ADDRESS["input_vector"], ADDRESS["weights_2"])
    bars, both = not frame.hidden("bars"), not frame.hidden("candidate 2")
    arrows = list(ARROWS) if both else list(ARROWS)[:2]
    if not bars:
        sentence = unsaid(first, naming())
    else:
        sentence = similarity(first, second, naming()) if both else alone(first, naming())
    chart(
        similarity_picture(
            first,
            second if both else None,
            naming(),
            bars=bars,
            shadows=not frame.hidden("shadows"),
            angles=bars and not frame.hidden("angles"),
        ),
        key="similarity",
        words=sentence,
        hint="Drag the tip of an arrow. The thick shadow on an arrow shows how far the input "
        "reaches along it; shadow times length is the dot product.",
        handles=[_handle(name, dash) for name, dash in zip(arrows, DASHES, strict=False)],
        on_drag=_drag,
        fill=True,
    )
    left, right = st.columns([0.36, 0.64])
    with left if lesson.shown() is None else frame.controls():
        if not frame.hidden("controls"):
            _controls()
        if lesson.shown() is not None and not frame.hidden("compared"):
            st.markdown(compared(first, second, naming()))
    bodies = {
        "numbers": lambda: _numbers(first, second),
        "code": _code,
        "predict": lambda: predict_first(PAGE, similarity_questions(first, second, naming())),
        "tutorial": lambda: _tutorial(second),
    }
    with right:
        parts(ADDRESS, bodies)


def _handle(name: str, dash: Dash) -> Handle:
    x, y = ADDRESS[name]
    called_here = arrow_name(name, naming())
    fixed = frame.hidden("drag")
    (left, right), (bottom, top) = ((x, x), (y, y)) if fixed else (X_RANGE, Y_RANGE)
    return Handle(
        name=name,
        label=f"Tip of {spoken(called_here)}",
        text=called_here,
        x=x,
        y=y,
        low=(left, bottom),
        high=(right, top),
        origin=(0, 0),
        colour=COLOURS[name],
        dash=dash,
        # weights_1 starts just below weights_2: their names must not overlap.
        side="below" if name == "weights_1" else "auto",
    )


def _drag(drag: Drag) -> None:
    ADDRESS.set(drag.name, (drag.x, drag.y))


def _controls() -> None:
    """Show the buttons, and two number fields for every arrow."""
    factor = stretch(ADDRESS["weights_1"])
    if not frame.hidden("double"):
        does = "Double" if factor > 1 else "Halve"
        with st.container(horizontal=True):
            st.button(
                f"{does} {arrow_name('weights_1', naming())}",
                key=f"{PAGE}.stretch",
                on_click=_stretch,
                args=(factor,),
            )
            if not frame.hidden("again"):
                st.button("Start again", on_click=ADDRESS.reset, args=(tuple(ARROWS),))
    if not frame.hidden("fields"):
        _fields()


def _fields() -> None:
    refused = st.session_state.pop(REFUSED, {})
    number_fields(
        [
            Line(
                name=name,
                label=arrow_name(name, naming()),
                labels=(_number_name(name, 0), _number_name(name, 1)),
                values=ADDRESS[name],
                colour=COLOURS[name],
                problem=refused.get(name, ""),
            )
            for name in ARROWS
        ],
        key=f"{PAGE}_fields",
        heads=("[0]", "[1]") if naming() == CODE else ("number 1", "number 2"),
        on_type=_type,
    )


def _number_name(arrow: str, i: int) -> str:
    """Return what one of the two numbers of an arrow is called."""
    name = arrow_name(arrow, naming())
    return f"{name}[{i}]" if naming() == CODE else f"{name}, number {i + 1}"


def _type(name: str, i: int, typed: float) -> None:
    """Take a typed coordinate, or refuse it in a sentence."""
    low, high = (X_RANGE, Y_RANGE)[i]
    if low <= typed <= high:
        x, y = ADDRESS[name]
        ADDRESS.set(name, (x, typed) if i else (typed, y))
        return
    shown, _ = told_apart(typed, high if typed > high else low)
    st.session_state.setdefault(REFUSED, {})[name] = (
        f"{_number_name(name, i)} stays as it was: {shown} lies outside the picture. "
        f"Type a number between {digits(low)} and {digits(high)}."
    )


def _stretch(factor: float) -> None:
    x, y = ADDRESS["weights_1"]
    ADDRESS.set("weights_1", (factor * x, factor * y))


def _show_doubling() -> None:
    ADDRESS.reset(ARROWS)
    _stretch(2.0)


def _numbers(first: Comparison, second: Comparison) -> None:
    """Show both dot products worked out, and a table of all that is compared."""
    formulas(*working(first, 1), *working(second, 2))
    rows = [
        (title, *(_cell(getattr(c, name), size(c), unit) for c in (first, second)))
        for title, name, size, unit in COMPARED
    ]
    names = [arrow_name(name, naming()) for name in ("weights_1", "weights_2")]
    label = "Both weights compared with the input"
    table(("to the input", *names), rows, label=label)


def _cell(value: float | None, size: float, unit: str) -> Shown | str:
    # A rounding error is shown as 0, here and in the formulas; the hover has the computed value.
    return "none" if value is None else Shown(value, f"{digits(without_dust(value, size))}{unit}")


def _code() -> None:
    code(
        [vectors.products, vectors.dot, vectors.cosine, vectors.scalar_projection],
        similarity_snippet(*(ADDRESS[name] for name in ARROWS)),
    )


def _tutorial(second: Comparison) -> None:
    """Correct three remarks of the tutorial, with the numbers of its own arrows."""
    a, w1, w2 = ARROWS.values()
    tutorial_says(
        "multiply the second number of the input by the second number of weights_2.",
        "to compare with weights_1, both numbers come from weights_1. As said, the result would "
        f"be {digits(vectors.dot(a, (w1[0], w2[1])), 5)}, not {digits(vectors.dot(a, w1), 5)}.",
    )
    tutorial_says(
        "weights_2 points in the same direction as the input.",
        f"its arrow lies {digits(compare(a, w2).angle or 0)}° away from it. Now it is "
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
