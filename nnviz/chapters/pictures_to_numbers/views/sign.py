"""Does it know me? Five drawings of a sign against strangers, and the threshold that decides."""

from types import MappingProxyType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.pictures_to_numbers import address
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE, TRIES
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, Drawing
from nnviz.chapters.pictures_to_numbers.figures.sign import (
    FIVE,
    PANELS,
    sign_picture,
    threshold_handle,
)
from nnviz.chapters.pictures_to_numbers.sign import words
from nnviz.chapters.pictures_to_numbers.sign.judge import (
    N_LEARNED,
    N_OWN,
    Judgement,
    SignConfig,
    judge,
    learn,
    probability,
    strangers,
)
from nnviz.chapters.pictures_to_numbers.sign.questions import sign_questions
from nnviz.chapters.pictures_to_numbers.sign.script import sign_program
from nnviz.chapters.pictures_to_numbers.views import board
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click, Drag
from nnviz.chart.pixels import pixel_board
from nnviz.site import frame
from nnviz.site.caching import cached
from nnviz.site.offer import offer_program
from nnviz.site.parts import code, formulas, in_sight, parts, switch, tutorial_says
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import percent

BOARDS: Final = MappingProxyType({**{str(k + 1): str(k + 1) for k in range(N_OWN)}, TRIES: "tries"})
"""What can be drawn on: the five drawings of the sign, and the one that tries."""

_NAMED: Final = (*(f"drawing {k + 1}" for k in range(N_OWN)), TRIES)


judged = cached(SignConfig)(judge)
"""Who is taken for the owner."""


def show(_: DeltaGenerator) -> None:
    """Show who gets in."""
    config, threshold = address.sign_config(), float(ADDRESS["threshold"])
    made, tried = judged(config), address.seen()
    tried_is = float(probability(made.parameters, [tried])[0])
    questions = sign_questions(made, threshold)
    secret = unanswered(ADDRESS, questions) is not None
    left, right = board.sides()
    with left:
        _board(made, threshold, words.verdict(made, tried, tried_is, threshold))
        for told in words.warnings(config.drawings):
            st.warning(plain(told))
    panels = in_sight(PANELS)
    asked = secret or config.empty
    movable = "errors" in panels and not asked and not frame.hidden("threshold")
    with right:
        chart(
            sign_picture(
                made,
                threshold,
                tried,
                tried_is,
                chosen=list(BOARDS).index(ADDRESS["board"]),
                secret=secret,
                panels=panels,
            ),
            key="pictures_sign",
            words=words.HIDDEN
            if secret
            else words.describe_judgement(made, threshold, tried, tried_is),
            hint="Click on one of the six and draw it. Then drag the diamond: who gets in?",
            handles=[threshold_handle(threshold)] if movable else [],
            on_drag=_dragged,
            clicks=["xy"] if "five" in panels else [],
            on_click=_clicked,
            save_as="nnviz-pictures-sign",
            fill=True,
        )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(made, threshold, tried, tried_is, secret=secret),
            "code": lambda: code(
                [strangers, learn, judge, Judgement.false_accepts, Judgement.false_rejects],
                sign_program(config, threshold, tried).script,
            ),
            "export": lambda: offer_program(
                f"{PAGE}.sign_",
                "nnviz_sign",
                "Learns your sign again with NumPy alone and prints the numbers on the screen. It "
                "holds your drawings and the strangers.",
                lambda: sign_program(config, threshold, tried),
            ),
            "predict": lambda: predict_first(PAGE, questions),
            "tutorial": _tutorial,
        },
    )


def _board(made: Judgement, threshold: float, says: str) -> None:
    """Show the drawing that is on the board; ``says`` is what is decided of the one that tries."""
    chosen, controls = ADDRESS["board"], not frame.hidden("controls")
    if controls and not frame.hidden("boards"):
        switch(ADDRESS, "board", BOARDS, "The drawing that is on the board")
    if frame.hidden("board"):
        return
    if chosen == TRIES:
        board.show("pictures_board", says=_sentence(says))
        if controls:
            board.examples()
            board.moves()
        return
    k = int(chosen) - 1
    pixel_board(
        f"Drawing {k + 1} of your sign",
        ADDRESS["sign"][k],
        key=f"pictures_sign_{k}",
        on_draw=lambda drawn: _draw(k, drawn),
        says=_sentence(words.verdict(made, ADDRESS["sign"][k], float(made.own[k]), threshold)),
    )
    if controls and not frame.hidden("empty"):
        st.button("Empty all five", key=f"{PAGE}.empty_sign", on_click=_empty)


def _sentence(decided: str) -> str:
    return f"{decided[0].upper()}{decided[1:]}."


def _draw(k: int, drawn: Drawing) -> None:
    sign = ADDRESS["sign"]
    ADDRESS.set("sign", (*sign[:k], drawn, *sign[k + 1 :]))


def _empty() -> None:
    ADDRESS.set("sign", (EMPTY,) * N_OWN)
    ADDRESS.set("board", "1")


def _clicked(click: Click) -> None:
    k = FIVE.at(click.x, click.y)
    if k is not None:
        ADDRESS.set("board", list(BOARDS)[k])


def _dragged(drag: Drag) -> None:
    ADDRESS.set("threshold", drag.x)


def _numbers(
    made: Judgement, threshold: float, tried: Drawing, tried_is: float, *, secret: bool
) -> None:
    if made.config.empty:
        st.markdown(words.NO_SIGN)
        return
    left, right = st.columns([0.45, 0.55])
    with left:
        drawings, found = (*made.config.drawings, tried), (*made.own.tolist(), tried_is)
        rows: list[list[Cell]] = [
            [name, None, "nothing is drawn"]
            if drawing == EMPTY
            else [name, Shown(p, words.sure(p, threshold)), words.decision(p, threshold)]
            for name, drawing, p in zip(_NAMED, drawings, found, strict=True)
        ]
        table(["", "how sure", "decision"], rows, label="How sure the neuron is of your drawings")
    with right:
        if secret:
            st.markdown(words.HIDDEN)
            return
        n, accepts = len(made.which), made.false_accepts(threshold)
        rejects = made.false_rejects(threshold)
        parts_of = percent(accepts / n, rejects / N_OWN, decimals=1)
        first, second = (part.replace("%", r"\%") for part in parts_of)
        formulas(
            rf"\text{{false accepts}} = {accepts} / {n} = {first}",
            rf"\text{{false rejects}} = {rejects} / {N_OWN} = {second}",
        )
        st.markdown(
            f"{words.describe_kinds(made, threshold)} The neuron has 64 weights and a bias. It "
            f"learns your five drawings against {N_LEARNED} strangers, and is tested on the other "
            f"{n:,}. Each of your five is judged by a neuron that has learned from the other four. "
            "Five tests are few: one drawing more or less is 20%."
        )


def _tutorial() -> None:
    tutorial_says(
        "your phone knows your face and unlocks.",
        "it computes how sure it is, and a threshold that somebody has chosen decides. A low one "
        "lets strangers in, a high one keeps you out. No threshold makes both errors vanish, "
        "unless nobody else draws anything like your sign.",
    )
    st.markdown(
        "Your drawings stay in this browser and in the link; whoever gets the link has your sign. "
        "A sign that others write too, such as a 4, is a poor key: the neuron knows the digit "
        "sooner than the hand."
    )
