"""The part "What to try": conditions, remedies with their trials, and a lucky seed."""

from typing import Final

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.diagnosis.conditions import conditions
from nnviz.chapters.deeper_networks.diagnosis.remedies import Remedy, remedies
from nnviz.chapters.deeper_networks.diagnosis.seeds import (
    SeedComparison,
    compare_seeds,
    other_seeds,
)
from nnviz.chapters.deeper_networks.diagnosis.trials import Trial, trials
from nnviz.chapters.deeper_networks.diagnosis.words import clause, luck_sentence, trial_sentence
from nnviz.chapters.deeper_networks.settings import choices_between
from nnviz.chapters.deeper_networks.views.records import recorded
from nnviz.site.caching import cached
from nnviz.site.plain import plain
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.timeline import Timeline

_ASKED: Final = "deeper_luck_asked"
# Rows times parameters that 21 trainings may take altogether: a few seconds.
_MOST_WORK: Final = 1_500_000_000


def why_part(chosen: Chosen, record: Record, step: int) -> None:
    """Show the conditions at a step, the remedies, and how other seeds end."""
    found = conditions(record, step)
    if len(found) > 1:  # beside what is the matter, that it learns says little
        found = tuple(each for each in found if each.kind != "learning")
    for condition in found:
        words = clause(record, step, condition)
        st.markdown(f"- {plain(words[0].upper() + words[1:])}.")
    offered = remedies(record, step)
    if offered:
        st.markdown("**What to try**")
        known = {trial.remedy: trial for trial in _trials(record.timeline, step)}
        for number, remedy in enumerate(offered):
            _offer(chosen, record.plan_at(step), remedy, known.get(remedy), number)
    else:
        st.markdown("Let it train on." if found[0].kind == "learning" else "Nothing to mend.")
    _lucky_seed(chosen, record)


@cached(Timeline)
def _trials(timeline: Timeline, step: int) -> tuple[Trial, ...]:
    record = recorded(timeline)
    return trials(record, step, remedies(record, step))


def _offer(chosen: Chosen, plan: Plan, remedy: Remedy, trial: Trial | None, number: int) -> None:
    button, text = st.columns([0.16, 0.84], vertical_alignment="center")
    button.button(
        "From the start" if remedy.anew else "From here on",
        key=f"deeper_remedy_{number}",
        on_click=chosen.take,
        args=(choices_between(plan, remedy.change),),
        kwargs={"from_the_start": remedy.anew},
        width="stretch",
    )
    tried = trial_sentence(trial) if trial is not None else "Not tried: it would take too long."
    text.markdown(f"{plain(remedy.words)}. {plain(tried)}")


def _lucky_seed(chosen: Chosen, record: Record) -> None:
    st.markdown("**A lucky seed?**")
    plan, steps = chosen.base.plan(chosen.own), record.last_step
    asked = repr((plan, steps))
    if len(record.segments) > 1:
        st.caption("This asks how the run as it began would end, without what was changed later.")
    if (len(other_seeds(plan)) + 1) * steps * plan.batch_size * plan.n_parameters > _MOST_WORK:
        st.markdown("Twenty more trainings of this length would take too long here.")
        return
    if st.session_state.get(_ASKED) == asked:
        st.markdown(plain(luck_sentence(plan, _comparison(plan, steps))))
        return
    st.button(
        "Train 20 times more, with other starting weights",
        key="deeper_luck",
        on_click=st.session_state.__setitem__,
        args=(_ASKED, asked),
        icon=":material/casino:",
    )


@cached(Plan)
def _comparison(plan: Plan, steps: int) -> SeedComparison:
    return compare_seeds(plan, steps)
