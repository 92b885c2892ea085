"""Grow the network until it memorises: every size, several runs of each, one of them opened."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import asking, choices, controls, notes, studies
from nnviz.chapters.generalization.capacity import by_capacity
from nnviz.chapters.generalization.choices import ADDRESS, PAGE
from nnviz.chapters.generalization.figure_ladder import ladder_picture, run_at
from nnviz.chapters.generalization.prediction_map import plane_around
from nnviz.chapters.generalization.questions import ladder_questions
from nnviz.chapters.generalization.script import runs_snippet
from nnviz.chapters.generalization.words import HIDDEN, grown
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.site import frame
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.training.learning_curve import learn
from nnviz.training.study_results import Results, band, results


def ladder_view(top: DeltaGenerator) -> bool:
    """Show growing networks; return whether runs are still to come."""
    if not frame.hidden("controls"):
        controls.rows_and_runs(repeats=True, called="Opened network")
    study = choices.ladder()
    come = studies.gathered(study)
    run = choices.looked_at(study)
    plan = study.plan_of(*run)
    if not frame.hidden("controls"):
        with top:
            controls.opened_run()
            studies.progress(come)
    secret = _secret(come)
    shown = results(study, {}) if secret else come
    seen = studies.seen(plan, study.epochs, plane_around(plan.sample))
    chart(
        ladder_picture(shown, run, seen),
        key="generalization_ladder",
        words=HIDDEN if secret else grown(come, run),
        hint="Left: one pair of marks for each run. Click one, and that network is opened on "
        "the right.",
        clicks=("xy",),
        on_click=partial(_open, shown),
    )
    coming = studies.running(come)
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(come),
            "code": lambda: code([by_capacity, learn, band], runs_snippet(study, run[0])),
            "predict": lambda: _predict(come),
            "tutorial": notes.tutorial,
        },
    )
    return coming or notes.coming()


def _open(come: Results, click: Click) -> None:
    run = run_at(come, click.x, click.y)
    if run is not None:
        choices.look_at(*run)


def _secret(come: Results) -> bool:
    """Return whether the picture would give away what is being asked."""
    if come.n_done < come.study.n_runs:
        return asking.open_for_questions()
    return asking.asked(ladder_questions(come))


def _predict(come: Results) -> None:
    if come.n_done < come.study.n_runs:
        st.markdown("The questions come when all runs are done.")
        return
    predict_first(PAGE, ladder_questions(come))


def _numbers(come: Results) -> None:
    train, test = come.band("train_error"), come.band("test_error")
    rows: list[list[float | str | Shown | None]] = []
    for i, variant in enumerate(come.study.variants):
        n_done = int(train.n[i])
        row: list[float | str | Shown | None] = [
            variant.name,
            Shown(variant.plan.n_parameters, str(variant.plan.n_parameters)),
            Shown(n_done, str(n_done)),
        ]
        if n_done:
            values = (train.median, test.low, test.median, test.high)
            row += [Shown(float(v[i]), f"{float(v[i]):.1%}") for v in values]
            right = come.n_all_right()[i]
            row.append(Shown(right, f"{right} of {n_done}"))
        else:
            row += [None] * 5
        rows.append(row)
    table(
        ["hidden\nunits", "weights\nand biases", "runs", "training\nerror", "test error,\nlow",
         "median", "high", "every training\nrow right"],
        rows,
        label="What became of the networks of each size",
    )  # fmt: skip
    st.markdown(
        "Errors are the share of rows that are wrong at the end. A quarter of the runs is at or "
        f"below “low”, half below the median, a quarter above “high”. {notes.recipe_told()}"
    )
