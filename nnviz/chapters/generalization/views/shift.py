"""Distribution shift: the test rows are dragged as one over a network that stays as it is."""

from functools import partial
from typing import Final

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import address, controls
from nnviz.chapters.generalization.address import ADDRESS, FARTHEST, PAGE
from nnviz.chapters.generalization.distribution_shift import (
    HOME,
    DistributionShift,
    correct_rows,
    shift_plan,
    shift_sample,
)
from nnviz.chapters.generalization.figures import shift as figure
from nnviz.chapters.generalization.figures.shift import centre_of_test_rows, shift_picture
from nnviz.chapters.generalization.prediction_map import plot_range, prediction_map
from nnviz.chapters.generalization.questions import shift_question
from nnviz.chapters.generalization.script import shift_script
from nnviz.chapters.generalization.views import runs, tutorial
from nnviz.chapters.generalization.words import shift_question_sentence, shift_sentence
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.chart.theme import INK
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts
from nnviz.site.predict_first import predict_first, turn, unanswered
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex, percent
from nnviz.training.learning_curve import learn

_ASKED: Final = 2.0  # how far along each axis the world moves in a question


def shift_view(top: DeltaGenerator) -> bool:
    """Show the shifted rows; return whether runs are still to be made."""
    if not frame.hidden("controls"):
        if not frame.hidden("forget"):
            with top:
                _forget()
        if not frame.hidden("rows"):
            controls.rows_and_runs(repeats=False, more=_buttons)
        elif not frame.hidden("retrain"):
            with frame.controls():
                _buttons()
    shift = _shift()
    plane = plot_range(shift.home.sample, FARTHEST, 1.45)
    prediction = prediction_map(shift.plan, shift.parameters, plane, shift.test)
    questions = [shift_question(shift, step) for step in _steps(shift)]
    hide_answer = unanswered(ADDRESS, questions) is not None
    chart(
        shift_picture(
            prediction, shift, hide_answer=hide_answer, curve=not frame.hidden("distances")
        ),
        key="generalization_shift",
        words=shift_question_sentence(shift) if hide_answer else shift_sentence(shift),
        hint="Drag the filled diamond, or move it with the arrow keys: all test rows move with it. "
        "The filled rows are those that the network learned.",
        handles=[_handle(shift)],
        on_drag=_drag,
        fill=True,
    )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(shift),
            "code": lambda: code(
                [shift_sample, shift_plan, correct_rows, learn],
                shift_script(shift.home, address.n_epochs(), shift.learned_at, shift.by),
            ),
            "predict": lambda: predict_first(
                PAGE,
                questions,
                then=("Move the world there", partial(_go, shift)),
            ),
            "tutorial": tutorial.notes,
        },
    )
    return tutorial.unfinished()


def _shift() -> DistributionShift:
    home, learned = address.plan(), ADDRESS["learned"]
    ends = (runs.at_end(shift_plan(home, by), address.n_epochs()) for by in (learned, HOME))
    return DistributionShift(home, ADDRESS["moved"], learned, *ends)


def _handle(shift: DistributionShift) -> Handle:
    x, y = centre_of_test_rows(shift)
    return Handle(
        name="world",
        label="The middle of the test rows",
        symbol="diamond",
        x=x + shift.by[0],
        y=y + shift.by[1],
        low=(x - FARTHEST, y - FARTHEST),
        high=(x + FARTHEST, y + FARTHEST),
        snap=figure.SNAP,
        stride=0.25,
        colour=INK,
    )


def _drag(drag: Drag) -> None:
    x, y = centre_of_test_rows(_shift())
    by = (round(drag.x - x, 2), round(drag.y - y, 2))
    ADDRESS.set("moved", tuple(min(max(part, -FARTHEST), FARTHEST) for part in by))


def _buttons() -> None:
    st.button(
        "Retrain on the moved world",
        key=f"{PAGE}.retrain",
        on_click=lambda: ADDRESS.set("learned", ADDRESS["moved"]),
        disabled=ADDRESS["learned"] == ADDRESS["moved"],
        type="primary",
        help="Trains again, from the same first weights, on the training rows of the moved world.",
    )
    st.button(
        "Back to where it was",
        key=f"{PAGE}.back",
        on_click=lambda: ADDRESS.set("moved", HOME),
        disabled=ADDRESS["moved"] == HOME,
        help="Moves the world back home. The network stays as it is.",
    )


def _forget() -> None:
    st.button(
        "Forget the retraining",
        key=f"{PAGE}.forget",
        on_click=lambda: ADDRESS.set("learned", HOME),
        disabled=ADDRESS["learned"] == HOME,
        help="Takes the network that learned at home again.",
    )


def _steps(shift: DistributionShift) -> list[tuple[float, float]]:
    """Return where the world may go in a question: to four sides, back home at first."""
    sides = [(-_ASKED, _ASKED), (_ASKED, _ASKED), (_ASKED, -_ASKED), (-_ASKED, -_ASKED)]
    steps = [*([HOME] if shift.by != HOME else []), *sides]
    return [step for step in steps if step != shift.by]


def _go(shift: DistributionShift) -> None:
    """Move the world to where the question has it, and look at what it does."""
    steps = _steps(shift)
    ADDRESS.set("part", "numbers")
    ADDRESS.set("moved", steps[turn(PAGE, len(steps))])


def _numbers(shift: DistributionShift) -> None:
    rows: list[list[float | str | Shown | None]] = []
    for name, by in (("at home", HOME), ("where it is now", shift.by)):
        n, n_first = shift.n_correct(by), shift.n_correct_at_home(by)
        rows.append(
            [name, by[0], by[1], Shown(n / shift.n_rows, f"{n} of {shift.n_rows}"),
             Shown(n_first / shift.n_rows, f"{n_first} of {shift.n_rows}")]
        )  # fmt: skip
    table(
        ["the world", "along x1", "along x2", "right, by\nthis network",
         "by the one that\nlearned at home"],
        rows,
        label="Test rows that are right, at home and where the world is now",
    )  # fmt: skip
    curve = shift.curve(figure.FARTHEST)
    x1, x2 = (latex(float(part), alone=True) for part in shift.by)
    formulas(
        rf"x \mapsto x + \begin{{pmatrix}} {x1} \\ {x2} \end{{pmatrix}}",
        rf"\text{{accuracy}} = \frac{{{shift.n_correct()}}}{{{shift.n_rows}}} = "
        rf"{latex(shift.n_correct() / shift.n_rows)}",
    )
    least = int(np.argmin(curve.accuracy))
    st.markdown(
        f"Of the {len(curve.distances)} places on this way that are measured, the fewest test rows "
        f"are right {digits(float(curve.distances[least]), 3)} from home: "
        f"{percent(float(curve.accuracy[least]))[0]}. {tutorial.training_sentence()}"
    )
