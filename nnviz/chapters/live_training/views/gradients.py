"""The effect of an update of a run: what it did to every row, the worst ones, and the SGD noise."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.figures.gradients import update_picture
from nnviz.chapters.live_training.jumps import MOST_UPDATES
from nnviz.chapters.live_training.row_gradients import row_updates
from nnviz.chapters.live_training.sgd_noise import SgdNoise, sgd_noise
from nnviz.chapters.live_training.views import recorded
from nnviz.chapters.live_training.words.gradients import jump_words, noise_words, update_words
from nnviz.chart.chart import chart
from nnviz.site.caching import cached
from nnviz.site.parts import tutorial_says
from nnviz.training.evaluation import predictions
from nnviz.training.parameter_names import parameter_names
from nnviz.training.record import Record
from nnviz.training.timeline import Timeline

CHART: Final = "run_ledger_chart"
_HINT: Final = "Point at a bar or a cell for its exact numbers."


def update_part(run: Record, step: int, go: Callable[[int], None]) -> None:
    """Show which rows the update after a step helped and hurt, and the worst of all updates.

    `go` sends the player to a step.
    """
    first, last = run.first_step, run.last_step
    if first == last:
        st.markdown("This run has no update to look at: it ends where it begins.")
        return
    _update(run, min(step, last - 1), at_end=step >= last)
    with st.container(horizontal=True):
        st.button(
            "Do this update", key="run_ledger.on", on_click=go, args=(step + 1,),
            disabled=step >= last, type="primary",
        )  # fmt: skip
        st.button(
            "Back one", key="run_ledger.back", on_click=go, args=(step - 1,),
            disabled=step <= first,
        )  # fmt: skip
    st.markdown("#### Biggest jumps")
    _jumps(run, go)
    tutorial_says(
        "the error goes up and down because the data is random and very small.",
        noise_words(_noise(run.timeline, step, run), run.plan),
    )


def _update(run: Record, step: int, *, at_end: bool) -> None:
    plan = run.plan
    names, found = parameter_names(plan), row_updates(run, step)
    which = "This is the end of the run. Its last" if at_end else "The next"
    st.markdown(f"{which} update, number {step + 1:,}:")
    picture, words = update_picture(found, plan, names), update_words(found, plan, names)
    chart(picture, key=CHART, words=words, hint=_HINT)


def _jumps(run: Record, go: Callable[[int], None]) -> None:
    plan = run.plan
    found = recorded.biggest_jumps(run.timeline, run.first_step)
    long = run.last_step - run.first_step > MOST_UPDATES
    if long:
        st.caption(
            "This run is long, so only the stretches between noted points are searched in which "
            "the error rose most. A jump that was made good within a stretch can be missed."
        )
    if not found:
        never = "" if long else ": no update made the error of all rows larger, rounding aside"
        st.markdown(f"No jump was found{never}.")
        return
    names = parameter_names(plan)
    for jump in found:
        before = jump.step - 1
        answers = predictions(plan, run.parameters_between(before, before), plan.train_inputs)[0]
        text, button = st.columns([0.8, 0.2], vertical_alignment="center")
        text.markdown(
            jump_words(jump, row_updates(run, before), float(answers[jump.row]), plan, names)
        )
        button.button(
            "See it", key=f"run_ledger.jump.{jump.step}", on_click=go, args=(before,),
            help="Goes to the moment before it; one step on is the update.",
        )  # fmt: skip


# Forty milliseconds, and the same for everybody who stands there.
@cached(Timeline)
def _noise(timeline: Timeline, step: int, _run: Record) -> SgdNoise:
    return sgd_noise(_run, step)
