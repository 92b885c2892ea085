"""The parts beside the darts: numbers, code, questions, and what the tutorial says of them."""

import streamlit as st

from nnviz.chapters.home import choices, darts
from nnviz.chapters.home.choices import ADDRESS, FIRST_HAND, PAGE
from nnviz.chapters.home.darts import ByHand, Corrected, Game, long_run_spread
from nnviz.chapters.home.questions_darts import darts_questions
from nnviz.chapters.home.script_darts import darts_snippet
from nnviz.chapters.home.words_darts_working import darts_working
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.site.table import table
from nnviz.text.digits import digits


def darts_parts(so_far: Game) -> None:
    """Show the chosen part of the throws."""
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(so_far),
            "code": lambda: _code(so_far),
            "predict": lambda: _predict(so_far),
            "tutorial": _tutorial,
        },
    )


def _numbers(so_far: Game) -> None:
    for sentence, lines in darts_working(so_far, ADDRESS["fraction"], ADDRESS["wind"]):
        st.markdown(sentence)
        formulas(*lines)
    if len(so_far):
        rows = [
            (
                str(i + 1),
                "by hand" if so_far.by_hand[i] else float(so_far.fractions[i]),
                float(so_far.heights[i]),
                float(so_far.speeds[i]),
                float(so_far.misses[i]),
            )
            for i in range(len(so_far) - 1, -1, -1)
        ]
        table(
            ("throw", "fraction", "hand, cm", "m/s", "miss, cm"),
            rows,
            label="The throws so far, the newest first",
            height=270,
        )


def _code(so_far: Game) -> None:
    shown = so_far if len(so_far) else darts.play([FIRST_HAND, Corrected(ADDRESS["fraction"])])
    code([darts.fall, darts.corrected_height, darts.play], darts_snippet(shown))


def _predict(so_far: Game) -> None:
    questions = darts_questions(so_far, ADDRESS["fraction"], by_hand=choices.by_hand(so_far))
    can = choices.can_throw(so_far)
    predict_first(PAGE, questions, then=("Throw", choices.throw) if can else None)


def _tutorial() -> None:
    tutorial_says(
        "if the dart is too high, throw a little lower, and so on.",
        "how much is a little? That is the learning rate. By a fraction of 1 one correction is "
        "enough here, by 0.05 it takes dozens, and above 2 each throw is worse than the last.",
    )
    with st.container(horizontal=True):
        for label, fraction in (("too small", 0.05), ("right", 1.0), ("too large", 2.2)):
            st.button(
                f"Show me: {label}",
                key=f"home.show.{fraction}",
                on_click=choices.show,
                args=((FIRST_HAND, *[Corrected(fraction)] * 9),),
                kwargs={"fraction": fraction, "wind": 0.0},
            )
    tutorial_says(
        "the process continues until the difference is minimal.",
        "with wind it never stays there. A fraction of 1 spreads the throws "
        f"{digits(long_run_spread(1, 1), 3)} times as much as the wind does, 0.2 only "
        f"{digits(long_run_spread(0.2, 1), 3)} times. A network that learns row by row has its "
        "own wind: every row pulls another way.",
    )
    with st.container(horizontal=True):
        for fraction in (1.0, 0.2):
            st.button(
                f"Show me: {digits(fraction)} in the wind",
                key=f"home.wind.{fraction}",
                on_click=choices.show,
                args=((ByHand(192.5, 12.0), *[Corrected(fraction)] * 49),),
                kwargs={"fraction": fraction, "wind": 4.0},
            )
    tutorial_says(
        "with neural networks the process is very similar.",
        "a network has thousands of hands, and 1 cm of each moves the hit by another length. So "
        "each correction is multiplied by the slope of the error along that hand: the gradient. "
        "Here the slope of miss² is 2 · miss, so a fraction of 1 is the rate 0.5 of the page "
        "Error curve.",
    )
