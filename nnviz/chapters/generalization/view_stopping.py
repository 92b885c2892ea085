"""L2 and early stopping: one run over its epochs, and all strengths of L2 side by side."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import asking, choices, controls, notes, studies
from nnviz.chapters.generalization.capacity import by_penalty
from nnviz.chapters.generalization.choices import ADDRESS, PAGE, PENALTIES
from nnviz.chapters.generalization.early_stop import EarlyStop, early_stop
from nnviz.chapters.generalization.figure_stopping import stopping_picture, strength_at
from nnviz.chapters.generalization.prediction_map import plane_around
from nnviz.chapters.generalization.questions import stopping_questions
from nnviz.chapters.generalization.script import stopping_snippet
from nnviz.chapters.generalization.words import HIDDEN, stopped
from nnviz.chart.chart import Clock, chart
from nnviz.chart.gestures import Click
from nnviz.site import frame
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.training.learning_curve import learn
from nnviz.training.study_results import Results, results

_SPEEDS = (5, 20, 50, 100)


def stopping_view(top: DeltaGenerator) -> bool:
    """Show one run and all strengths of L2; return whether runs are still to come."""
    if not frame.hidden("controls"):
        controls.rows_and_runs(repeats=True, more=_sliders)
    study = choices.penalties()
    variant, repeat = run = choices.looked_at(study)
    plan = study.plan_of(variant, repeat)
    learning = studies.learning(plan, study.epochs)
    stop = early_stop(learning, ADDRESS["patience"])
    come = studies.gathered(study)
    if not frame.hidden("controls"):
        with top:
            controls.opened_run()
            studies.progress(come)
    if ADDRESS["epoch"] > learning.last_epoch:
        ADDRESS.set("epoch", learning.last_epoch)
    questions = stopping_questions(learning, stop, study.names[variant])
    plane = plane_around(plan.sample, aspect=0.85)
    seen = studies.seen(plan, study.epochs, plane)
    if asking.asked(questions):
        shown = results(study, {})
        chart(
            stopping_picture(shown, run, learning, stop, seen, secret=True),
            key="generalization_stopping_asked",
            words=HIDDEN,
        )
    else:
        chart(
            stopping_picture(come, run, learning, stop, seen),
            key="generalization_stopping",
            words=stopped(come, run, stop, learning),
            hint="Play or scrub the epochs: dots and ground move with them. In the middle, click a "
            "mark to see that run.",
            clicks=("x2y2",),
            on_click=partial(_open, come),
            clock=Clock(
                ADDRESS["epoch"], ADDRESS.filled, "Train", "epoch", _SPEEDS, speed=50, jump=10
            ),
            on_position=partial(ADDRESS.set, "epoch"),
            packed=[studies.packed(plan, study.epochs, plane)],
        )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(come, stop),
            "code": lambda: code(
                [by_penalty, learn, early_stop],
                stopping_snippet(plan, study.epochs, ADDRESS["patience"]),
            ),
            "predict": lambda: predict_first(PAGE, questions),
            "tutorial": notes.tutorial,
        },
    )
    return studies.running(come) or notes.coming()


def _sliders() -> None:
    st.select_slider(
        "L2",
        PENALTIES,
        key=ADDRESS.key("l2"),
        format_func=lambda text: "none" if text == "0" else str(text),
        width=135,
        help="A penalty on large weights: L2 / 2 times the sum of their squares is added to the "
        "loss that is trained.",
    )
    st.slider(
        "Patience",
        1,
        choices.MOST_PATIENCE,
        key=ADDRESS.key("patience"),
        width=115,
        help="The training is stopped when the test loss has not become lower for so many epochs.",
    )


def _open(come: Results, click: Click) -> None:
    run = strength_at(come, click.x, click.y)
    if run is not None:
        choices.look_at(*run)


def _numbers(come: Results, stop: EarlyStop) -> None:
    left, right = st.columns(2)
    with left:
        moments = [("lowest test loss", stop.lowest), ("patience ends", stop.stop),
                   ("kept", stop.kept), ("end", stop.end)]  # fmt: skip
        table(
            ["this run", "epoch", "training\nloss", "test\nloss", "test rows\nwrong"],
            [
                [name, *([None] * 4)] if at is None else
                [name, Shown(at.epoch, str(at.epoch)), at.train_loss, at.test_loss,
                 Shown(at.test_error, f"{at.test_error:.0%}")]
                for name, at in moments
            ],
            label="Moments of this run",
        )  # fmt: skip
        st.markdown(
            "“Kept” is the lowest test loss up to where patience ends. Test rows that choose the "
            "moment are no longer strangers: its figures are a little too good."
        )
    with right:
        _strengths(come)
    st.markdown(notes.recipe_told())


def _strengths(come: Results) -> None:
    train, test = come.band("train_loss"), come.band("test_loss")
    best, error = come.band("test_loss", "best"), come.band("test_error")
    rows: list[list[float | str | Shown | None]] = []
    for i, name in enumerate(come.study.names):
        if not train.n[i]:
            rows.append([name, *([None] * 4)])
            continue
        wrong = float(error.median[i])
        rows.append(
            [name, float(train.median[i]), float(test.median[i]), float(best.median[i]),
             Shown(wrong, f"{wrong:.1%}")]
        )  # fmt: skip
    table(
        ["medians", "training\nloss", "test\nloss", "if stopped\nat lowest", "test rows\nwrong"],
        rows,
        label="Medians of all runs by strength of L2",
    )
