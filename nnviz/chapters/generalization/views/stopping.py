"""L2 and early stopping: one run over its epochs, and all strengths of L2 side by side."""

from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import address, controls
from nnviz.chapters.generalization.address import ADDRESS, PAGE, PENALTIES
from nnviz.chapters.generalization.early_stop import EarlyStop, early_stop
from nnviz.chapters.generalization.figures.stopping import (
    one_run_picture,
    stopping_picture,
    strength_at,
)
from nnviz.chapters.generalization.prediction_map import plot_range
from nnviz.chapters.generalization.questions import stopping_questions
from nnviz.chapters.generalization.script import stopping_script
from nnviz.chapters.generalization.studies import by_penalty
from nnviz.chapters.generalization.views import runs, tutorial
from nnviz.chapters.generalization.words import HIDDEN, epoch_sentence, stopping_sentence
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.site import frame, lesson
from nnviz.site.parts import code, parts
from nnviz.site.player import Player
from nnviz.site.predict_first import predict_first, unanswered
from nnviz.site.table import Shown, table
from nnviz.text.digits import percent
from nnviz.training.learning_curve import learn
from nnviz.training.study_results import Results, results

PLAYER: Final = Player(ADDRESS, "generalization_stopping", "epoch")
_SPEEDS: Final = (5, 20, 50, 100)


def stopping_view(top: DeltaGenerator) -> bool:
    """Show one run and all strengths of L2; return whether runs are still to be made."""
    if not frame.hidden("controls") and not frame.hidden("rows"):
        controls.rows_and_runs(repeats=True, more=_sliders)
    study = address.penalty_study()
    variant, repeat = run = address.opened_run(study)
    plan = study.plan_of(variant, repeat)
    learning = runs.learning(plan, study.epochs)
    stop = early_stop(learning, ADDRESS["patience"])
    strengths = not frame.hidden("strengths")
    measured = runs.gathered(study) if strengths else results(study, {})
    if not frame.hidden("controls") and not frame.hidden("opened"):
        with top:
            controls.opened_run()
            runs.progress(measured)
    if ADDRESS["epoch"] > learning.last_epoch:
        ADDRESS.set("epoch", learning.last_epoch)
    questions = stopping_questions(learning, stop, study.names[variant])
    plane = plot_range(plan.sample, aspect=0.85)
    prediction = runs.prediction(plan, study.epochs, plane)
    asked = unanswered(ADDRESS, questions) is not None
    if not strengths:
        chart(
            one_run_picture(learning, prediction, ahead=not frame.hidden("ahead")),
            key=PLAYER.chart,
            words=epoch_sentence(learning, ADDRESS["epoch"]),
            hint="Play or scrub the epochs.",
            clock=None
            if lesson.secret()
            else PLAYER.clock("Train", unit="epoch", speeds=_SPEEDS, speed=50, jump=10),
            on_position=PLAYER.arrive,
            packed=[runs.packed(plan, study.epochs, "error")],
            fill=True,
        )
    elif asked:
        shown = results(study, {})
        chart(
            stopping_picture(shown, run, learning, stop, prediction, hide_answer=True),
            key="generalization_stopping_asked",
            words=HIDDEN,
        )
    else:
        chart(
            stopping_picture(measured, run, learning, stop, prediction),
            key=PLAYER.chart,
            words=stopping_sentence(measured, run, stop, learning),
            hint="Play or scrub the epochs: dots and ground move with them. In the middle, click a "
            "mark to see that run.",
            clicks=("x2y2",),
            on_click=partial(_open, measured),
            clock=PLAYER.clock("Train", unit="epoch", speeds=_SPEEDS, speed=50, jump=10),
            on_position=PLAYER.arrive,
            packed=[runs.packed(plan, study.epochs)],
        )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(measured, stop),
            "code": lambda: code(
                [by_penalty, learn, early_stop],
                stopping_script(plan, study.epochs, ADDRESS["patience"]),
            ),
            "predict": lambda: predict_first(PAGE, questions),
            "tutorial": tutorial.notes,
        },
    )
    return strengths and (runs.unfinished(measured) or tutorial.unfinished())


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
        address.MOST_PATIENCE,
        key=ADDRESS.key("patience"),
        width=115,
        help="The training is stopped when the test loss has not become lower for so many epochs.",
    )


def _open(measured: Results, click: Click) -> None:
    run = strength_at(measured, click.x, click.y)
    if run is not None:
        address.open_run(*run)


def _numbers(measured: Results, stop: EarlyStop) -> None:
    left, right = st.columns(2)
    with left:
        moments = [("lowest test loss", stop.lowest), ("patience ends", stop.stop),
                   ("kept", stop.kept), ("end", stop.end)]  # fmt: skip
        table(
            ["this run", "epoch", "training\nloss", "test\nloss", "test rows\nwrong"],
            [
                [name, *([None] * 4)] if at is None else
                [name, Shown(at.epoch, str(at.epoch)), at.train_loss, at.test_loss,
                 Shown(at.test_error, percent(at.test_error)[0])]
                for name, at in moments
            ],
            label="Moments of this run",
        )  # fmt: skip
        st.markdown(
            "“Kept” is the lowest test loss up to where patience ends. Test rows that choose the "
            "moment are no longer strangers: its figures are a little too good."
        )
    with right:
        _strengths(measured)
    st.markdown(tutorial.training_sentence())


def _strengths(measured: Results) -> None:
    train, test = measured.band("train_loss"), measured.band("test_loss")
    best, error = measured.band("test_loss", "best"), measured.band("test_error")
    rows: list[list[float | str | Shown | None]] = []
    for i, name in enumerate(measured.study.names):
        if not train.n[i]:
            rows.append([name, *([None] * 4)])
            continue
        wrong = float(error.median[i])
        rows.append(
            [name, float(train.median[i]), float(test.median[i]), float(best.median[i]),
             Shown(wrong, percent(wrong, decimals=1)[0])]
        )  # fmt: skip
    table(
        ["medians", "training\nloss", "test\nloss", "if stopped\nat lowest", "test rows\nwrong"],
        rows,
        label="Medians of all runs by strength of L2",
    )
