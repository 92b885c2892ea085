"""Compare runs: the same training with many rates and seeds, and how each run of them ends."""

import math
from functools import partial

import streamlit as st

from nnviz.chapters.compare_runs.address import (
    ADDRESS,
    PAGE,
    chosen,
    controls,
    live_training_address,
    looked_at,
    one_rate,
    presets,
    seed_chooser,
    with_more_seeds,
)
from nnviz.chapters.compare_runs.figure_runs import compare_runs_picture
from nnviz.chapters.compare_runs.figure_sweep_map import MapPlan
from nnviz.chapters.compare_runs.lesson import LESSON, N_RUNS
from nnviz.chapters.compare_runs.questions import compare_runs_questions
from nnviz.chapters.compare_runs.script import compare_runs_snippet
from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from nnviz.chapters.compare_runs.view_sweep import STOPPING, best_of_one_neuron, gathered
from nnviz.chapters.compare_runs.words import compared, looked_at_words, share, waiting
from nnviz.chapters.compare_runs.worksheet import ON_PAPER, worksheet
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.site import frame, lesson
from nnviz.site.parts import code, parts, tutorial_says
from nnviz.site.predict_first import predict_first, questions_are_open, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import digits, percent
from nnviz.training.baselines.search_limits import Best

CHART = "compare_runs_chart"


def draw() -> None:
    """Draw the page."""
    in_lesson = lesson.shown() is not None
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    sweep, notes = chosen()
    for note in notes:
        st.warning(note)
    rate, seed = looked_at(sweep)
    result = gathered(sweep)
    # It is searched for, for most of a second: not while runs are still to come.
    wait = in_lesson or _running(result)
    best = None if wait else best_of_one_neuron(sweep.base.plan)
    if not in_lesson and not frame.hidden("controls"):
        with top:
            presets()
            STOPPING.progress(sweep, result.n_all_done, sweep.n_runs, width=240)
    hidden = _hidden(result, rate)
    shown = result.without(hidden) if hidden else result
    words = (
        waiting(result, hidden)
        if rate in hidden
        else f"{compared(shown, rate, best)} {looked_at_words(shown, rate, seed)}"
    )
    chart(
        compare_runs_picture(shown, rate, seed, best, brief=in_lesson),
        key=CHART,
        words=words,
        hint="Left: one cell for each run. Click one to see its curve among the others of its "
        "rate, at the right.",
        clicks=("xy",),
        on_click=partial(_look, sweep),
        fill=True,
    )
    with frame.controls():
        if in_lesson:
            _for_the_task(sweep)
        else:
            _look_at(sweep, rate, seed)
            if not frame.hidden("controls"):
                # Below the picture, where they leave it in sight on a phone.
                controls()
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(result),
            "code": lambda: code(
                [error_curves, vars(SweepResult)["n_worse"].fget], compare_runs_snippet(sweep, rate)
            ),
            "predict": lambda: _predict(result, rate),
            "tutorial": lambda: _tutorial(result, rate, best),
        },
    )
    if _running(result):
        frame.again()


def _running(result: SweepResult) -> bool:
    return not STOPPING.stopped(result.sweep) and not result.complete


def _look(sweep: Sweep, click: Click) -> None:
    """Let the run of a cell stand out."""
    run = MapPlan(sweep).run_at(click.x, click.y)
    if run is not None:
        ADDRESS.set("rate", sweep.learning_rates[run[0]])
        ADDRESS.set("seed", sweep.seeds[run[1]])


def _for_the_task(sweep: Sweep) -> None:
    """Show what the open task of the lesson needs."""
    if not frame.hidden("more"):
        st.button(
            f"Run {N_RUNS} seeds", type="primary", key="compare_runs.more",
            on_click=with_more_seeds, args=(N_RUNS,),
        )  # fmt: skip
    if not frame.hidden("one_rate"):
        one_rate()
    if not frame.hidden("seed"):
        seed_chooser(sweep)


def _look_at(sweep: Sweep, rate: int, seed: int) -> None:
    """Show which run stands out, and how it is opened without a click on the picture."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not frame.hidden("controls"):
            names = dict(zip(sweep.learning_rates, sweep.rate_names, strict=True))
            st.selectbox(
                "Rate of the curves",
                sweep.learning_rates,
                format_func=names.__getitem__,
                key=ADDRESS.key("rate"),
                width=150,
            )
            seed_chooser(sweep)
        st.page_link(
            "pages/live_training.py",
            label="Open this run in Live training",
            icon=":material/play_circle:",
            query_params=live_training_address(sweep, rate, seed),
        )


def _numbers(result: SweepResult) -> None:
    sweep, rows = result.sweep, []
    counts = zip(sweep.rate_names, result.n_done.tolist(), result.n_worse.tolist(), strict=True)
    for rate, (name, done, worse) in enumerate(counts):
        cells: list[Cell] = [None] * 7
        if done:
            part = Shown(worse / done, percent(worse / done)[0])
            cells = [Shown(worse, f"{worse}"), part, *result.summary(rate).tolist()]
        rows.append([name, Shown(done, f"{done}"), *cells])
    columns = ["rate", "runs", "worse than\nalways 0.5", "share", "best", "lower\nquartile",
               "median", "upper\nquartile", "worst"]  # fmt: skip
    table(columns, rows, label="How the runs of each learning rate end", height=360)
    st.markdown(
        f"Always 0.5 has the error {digits(result.guess)}. The errors are those after update "
        f"{sweep.judged_step:,}. A quarter of the runs is below the lower quartile, half below "
        "the median, a quarter above the upper quartile."
    )


def _predict(result: SweepResult, rate: int) -> None:
    if result.complete:
        predict_first(PAGE, compare_runs_questions(result, rate))
    else:
        st.markdown("The questions come when all runs are done.")


def _hidden(result: SweepResult, rate: int) -> tuple[int, ...]:
    """Return the rates whose runs would give away what is being asked."""
    if not questions_are_open(ADDRESS):
        return ()
    if not result.complete:
        return (rate,)
    questions = compare_runs_questions(result, rate)
    asked = unanswered(ADDRESS, questions)
    if asked is None:
        return ()
    return (rate,) if asked is questions[0] else tuple(range(len(result.sweep.learning_rates)))


def _tutorial(result: SweepResult, rate: int, best: Best | None) -> None:
    """Hold what the tutorial says of one run against all of them."""
    sweep, done = result.sweep, int(result.n_done[rate])
    if not done:
        st.markdown("No run of this rate is done yet.")
        return
    named, rising = digits(sweep.learning_rates[rate]), result.share_rising(rate)
    counted = share(int(result.n_worse[rate]), done)
    rises = "" if math.isnan(rising) else (
        f" From one note to the next the error rises {percent(rising)[0]} of the time."
    )  # fmt: skip
    tutorial_says(
        "the overall error is decreasing, which is what you want.",
        f"one run convinces nobody. At rate {named}, {counted}, the same but for their seeds, "
        f"end worse than always answering 0.5.{rises}",
    )
    errors = result.errors[rate].tolist()
    made = [seed for seed, error in enumerate(errors) if not math.isnan(error)]
    low, high = min(made, key=errors.__getitem__), max(made, key=errors.__getitem__)
    limit = ""
    if best is not None and best.attained:
        what = "least error of" if best.sure else "lowest error found for"
        limit = f" The {what} one neuron is {digits(best.error)}."
    tutorial_says(
        "this graph shows the error for an instance of the network.",
        f"the seed alone decides a great deal: seed {sweep.seeds[low]} ends at "
        f"{digits(errors[low])}, seed {sweep.seeds[high]} at {digits(errors[high])}.{limit}",
    )


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
