"""The part of a run's page that compares models: which are freed, and which are not."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.live_training.freeing import Freeing, candidates, freeing
from nnviz.site.caching import cached
from nnviz.site.table import table
from nnviz.text.digits import digits
from nnviz.training.baselines.separation import best_line
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline


def free_part(
    timeline: Timeline, train: Callable[[Model], None], try_it: Callable[[Model], None]
) -> None:
    """Show what each model can do on the rows of this run, and what its run does.

    The timeline is that of the plan that the run began with. `train` is called with the model that
    is to be trained from the start, `try_it` with one to be tried from here on.
    """
    plan = timeline.plan
    with st.spinner("Looking for the lowest error of each model ..."):
        models = candidates(plan.architecture.standardise)
        found = [_freed(timeline, model) for model in models]
    n_rows, rate = plan.sample.n_rows, digits(plan.hyperparameters.learning_rate)
    free = [each for each in found if each.best.n_correct == n_rows]
    st.markdown(
        f"Same rows, rate {rate} and seed {plan.seed}, other models. "
        f"For **{len(free)} of {len(found)}** there are weights that get all {n_rows} rows right "
        f"(✓). {_others(found, n_rows)}A model that can be free may still need another rate, "
        "more updates or a luckier seed."
    )
    table(
        ["model", "lowest error\nfound", "rows right\nat that error", "this run\nends at",
         "rows right\nat its end"],
        [_row(each, n_rows) for each in found],
        label="Every model, the lowest error found for it, and what its run does",
    )  # fmt: skip
    most = best_line(plan.sample.X, plan.sample.y).n_correct
    st.caption(f"→: the error is approached, and never quite reached.{_line(found[0], most)}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = st.selectbox(
            "Try a model", models, format_func=lambda model: model.words, key="run_free_model"
        )
        st.button("Train it from the start", on_click=lambda: train(model))
        st.button(
            "Go on with it from here",
            icon=":material/call_split:",
            on_click=lambda: try_it(model),
            help="Makes a branch: the run so far stays, and is drawn beside it.",
        )
    st.caption(f"The lowest error found for “{model.words}”: {found[models.index(model)].best.how}")


def _line(neuron: Freeing, most: int) -> str:
    """Say that the lowest error is not the most rows right, where the neuron shows it."""
    if neuron.best.n_correct >= most:
        return ""
    return (
        f" The lowest error is not the most rows right: a straight line gets {most} right, and "
        f"the one with the lowest error {neuron.best.n_correct}."
    )


def _others(found: list[Freeing], n_rows: int) -> str:
    """Say what is known of the models for which no weights get all rows right."""
    stuck = [each for each in found if each.best.n_correct < n_rows]
    proven = sum(each.proven for each in stuck)
    told = ""
    if proven:
        told = f"For {proven} it is proven that there are none (✗): training cannot free them. "
    if proven < len(stuck):
        told += f"For {len(stuck) - proven} a search found none (✗ ?), which proves nothing. "
    return told


@cached(Timeline, Model)
def _freed(timeline: Timeline, model: Model) -> Freeing:
    return freeing(timeline, model)


def _row(each: Freeing, n_rows: int) -> list[float | str | None]:
    sign = "✓" if each.best.n_correct == n_rows else "✗" if each.proven else "✗ ?"
    reach = f"{'' if each.best.attained else '→ '}{digits(each.best.error)}"
    best, end = (f"{right} of {n_rows}" for right in (each.best.n_correct, each.n_correct))
    return [f"{sign} {each.model.words}", reach, best, each.error, end]
