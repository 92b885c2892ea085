"""A run to take along: a script, a notebook, a PyTorch script, the record as a table."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.views import recorded
from nnviz.chapters.live_training.words.export import moments_kept, repeatable
from nnviz.chart.copying import to_copy
from nnviz.site.caching import cached
from nnviz.site.offer import offer
from nnviz.training.export.record import MOST_UPDATES, updates_csv
from nnviz.training.export.script import notebook, script
from nnviz.training.export.torch import torch_script
from nnviz.training.parameter_names import parameter_names
from nnviz.training.record import Record
from nnviz.training.sensitivity import Perturbation, perturbations, sensitivity
from nnviz.training.timeline import Timeline

_MOST_VALUES: Final = 2_000_000  # of a table: about 40 MB

_offer: Final = partial(offer, "export")


def export_part(run: Record, step: int) -> None:
    """Offer the run as files, made when they are asked for, and show the script."""
    timeline, name = run.timeline, f"nnviz_run_seed{run.plan.seed}"
    changed = ", with everything that was changed on the way" * (len(timeline.stages) > 1)
    st.markdown(
        f"Take this run with you. These files repeat it from step 0 to step {step:,}{changed}:"
    )
    _offer(
        "Script (.py)",
        "Needs NumPy alone. On the same kind of computer it prints this run to the last bit.",
        f"{name}_step{step}.py",
        lambda: script(timeline, step),
        "text/x-python",
    )
    _offer(
        "Notebook (.ipynb)",
        "The same script in cells, each with a sentence.",
        f"{name}_step{step}.ipynb",
        lambda: notebook(timeline, step),
        "application/x-ipynb+json",
    )
    _offer(
        "PyTorch (.py)",
        "The slopes are PyTorch's own: a check from outside.",
        f"{name}_step{step}_torch.py",
        lambda: torch_script(timeline, step),
        "text/x-python",
    )
    st.markdown(
        repeatable(sensitivity(recorded.recorded(timeline), step, moved=_perturbations(timeline)))
    )
    st.markdown("The numbers themselves, as a table for a spreadsheet or pandas:")
    _tables(run, step, name)
    st.markdown("This is the script:")
    to_copy(script(timeline, step), "script", "export", "python")


@cached(Timeline)
def _perturbations(timeline: Timeline) -> tuple[Perturbation, ...]:
    return perturbations(recorded.recorded(timeline))


def _tables(run: Record, step: int, name: str) -> None:
    steps, names = run.recorded_steps, parameter_names(run.plan)
    distance = int(steps[1] - steps[0]) if len(steps) > 1 else 1
    _offer(
        "Record (.csv)",
        f"Errors and parameters at {moments_kept(len(steps), distance)}.",
        f"{name}.csv",
        lambda: updates_csv(run, names),
        "text/csv",
    )
    if distance == 1:
        return
    first, last = _window(run, step)
    _offer(
        "Every update (.csv)",
        f"The same after each single update, from step {first:,} to {last:,}.",
        f"{name}_steps{first}-{last}.csv",
        lambda: updates_csv(run, names, every_update=True, first=first, last=last),
        "text/csv",
    )


def _window(run: Record, step: int) -> tuple[int, int]:
    """Return the window of every update: the whole run, or as much around the step as fits."""
    n_columns = 2 + run.parameters.shape[1] + run.row_errors.shape[1]
    length = min(MOST_UPDATES, _MOST_VALUES // n_columns)
    first = max(run.first_step, min(step - length // 2, run.last_step - length))
    return first, min(run.last_step, first + length)
