"""Growing networks: several runs of every size, one of them opened on the plane."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import address, controls
from nnviz.chapters.generalization.address import ADDRESS, PAGE
from nnviz.chapters.generalization.figures.capacity import capacity_picture, run_at
from nnviz.chapters.generalization.prediction_map import plot_range
from nnviz.chapters.generalization.questions import capacity_questions
from nnviz.chapters.generalization.script import runs_script
from nnviz.chapters.generalization.studies import by_capacity
from nnviz.chapters.generalization.views import runs, tutorial
from nnviz.chapters.generalization.words import HIDDEN, capacity_sentence
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.site import frame, lesson
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Shown, table
from nnviz.text.digits import percent
from nnviz.training.learning_curve import learn
from nnviz.training.study_results import Results, band, results


def capacity_view(top: DeltaGenerator) -> bool:
    """Show growing networks; return whether runs are still to be made."""
    if not frame.hidden("controls") and not frame.hidden("rows"):
        controls.rows_and_runs(repeats=True, hidden_label="Opened network")
    study = address.capacity_study()
    measured = runs.gathered(study)
    run = address.opened_run(study)
    plan = study.plan_of(*run)
    if not frame.hidden("controls") and not frame.hidden("opened"):
        with top:
            controls.opened_run()
            runs.progress(measured)
    hide_answer = _hides_answer(measured)
    shown = results(study, {}) if hide_answer else measured
    prediction = runs.prediction(plan, study.epochs, plot_range(plan.sample))
    chart(
        capacity_picture(shown, run, prediction, brief=lesson.shown() is not None),
        key="generalization_ladder",
        words=HIDDEN if hide_answer else capacity_sentence(measured, run),
        hint="Left: one pair of marks for each run. Click one, and that network is opened on "
        "the right.",
        clicks=() if lesson.shown() is not None else ("xy",),
        on_click=partial(_open, shown),
        fill=True,
    )
    coming = runs.unfinished(measured)
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(measured),
            "code": lambda: code([by_capacity, learn, band], runs_script(study, run[0])),
            "predict": lambda: _predict(measured),
            "tutorial": tutorial.notes,
        },
    )
    return coming or tutorial.unfinished()


def _open(measured: Results, click: Click) -> None:
    run = run_at(measured, click.x, click.y)
    if run is not None:
        address.open_run(*run)


def _hides_answer(measured: Results) -> bool:
    """Return whether the picture would give away what is being asked."""
    if not measured.complete or lesson.secret():
        return asking(ADDRESS)
    return unanswered(ADDRESS, capacity_questions(measured)) is not None


def _predict(measured: Results) -> None:
    if measured.complete:
        predict_first(PAGE, capacity_questions(measured))
    else:
        st.markdown("The questions come when all runs are done.")


def _numbers(measured: Results) -> None:
    train, test = measured.band("train_error"), measured.band("test_error")
    n_right = measured.n_all_right()
    rows: list[list[float | str | Shown | None]] = []
    for i, variant in enumerate(measured.study.variants):
        n_parameters, n_done = variant.plan.n_parameters, int(train.n[i])
        errors = [float(each[i]) for each in (train.median, test.low, test.median, test.high)]
        rows.append(
            [
                variant.name,
                Shown(n_parameters, str(n_parameters)),
                Shown(n_done, str(n_done)),
                *(map(Shown, errors, percent(*errors, decimals=1)) if n_done else [None] * 4),
                Shown(n_right[i], f"{n_right[i]} of {n_done}") if n_done else None,
            ]
        )
    table(
        ["hidden\nunits", "weights\nand biases", "runs", "training\nerror", "test error,\nlow",
         "median", "high", "every training\nrow right"],
        rows,
        label="What became of the networks of each size",
    )  # fmt: skip
    st.markdown(
        "Errors are the share of rows that are wrong at the end. “Low” and “high” are the "
        f"quartiles of the runs: the middle half lies between them. "
        f"{tutorial.training_sentence()}"
    )
