"""A run to take along: a script, a notebook, a PyTorch script, the record as a table."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.export.files import run_script
from nnviz.chapters.live_training.export.notebook import run_notebook
from nnviz.chapters.live_training.export.record import MOST_UPDATES, record_csv
from nnviz.chapters.live_training.export.torch import run_torch_script
from nnviz.chapters.live_training.views import recorded
from nnviz.chapters.live_training.words.export import moments_kept, repeatable
from nnviz.site.caching import cached
from nnviz.training.maps.heatmap import Plane
from nnviz.training.run import Run
from nnviz.training.run_config import RunConfig
from nnviz.training.sensitivity import Twin, sensitivity, twin

_MOST_VALUES: Final = 2_000_000  # of a table: about 40 MB


def export_part(run: Run, step: int) -> None:
    """Offer the run as files, made when they are asked for, and show the script."""
    config = run.config
    name = f"nnviz_run_seed{config.seed}"
    st.markdown(
        "Take this run with you. These files repeat it from "
        f"step {config.first_step:,} to step {step:,}:"
    )
    _offer(
        "Script (.py)",
        "Needs NumPy alone. On the same kind of computer it prints this run to the last bit.",
        f"{name}_step{step}.py",
        lambda: run_script(config, step),
        "text/x-python",
    )
    _offer(
        "Notebook (.ipynb)",
        "The same script in cells, each with a sentence.",
        f"{name}_step{step}.ipynb",
        lambda: run_notebook(config, step),
        "application/x-ipynb+json",
    )
    _offer(
        "PyTorch (.py)",
        "The slopes are PyTorch's own: a check from outside.",
        f"{name}_step{step}_torch.py",
        lambda: run_torch_script(config, step),
        "text/x-python",
    )
    st.markdown(repeatable(sensitivity(run, step, moved=_twin(config))))
    st.markdown("The numbers themselves, as a table for a spreadsheet or pandas:")
    _tables(run, step, name)
    st.markdown("This is the script:")
    # Wrapped: a box to scroll sideways cannot be reached by keyboard.
    st.code(run_script(config, step), language="python", wrap_lines=True)


@cached(32, RunConfig, Plane)
def _twin(config: RunConfig) -> Twin:
    return twin(recorded.recorded(config))


def _tables(run: Run, step: int, name: str) -> None:
    steps = run.recorded_steps
    distance = int(steps[1] - steps[0]) if len(steps) > 1 else 1
    _offer(
        "Record (.csv)",
        f"Errors and parameters at {moments_kept(len(steps), distance)}.",
        f"{name}.csv",
        lambda: record_csv(run),
        "text/csv",
    )
    if distance == 1:
        return
    first, last = _window(run, step)
    _offer(
        "Every update (.csv)",
        f"The same after each single update, from step {first:,} to {last:,}.",
        f"{name}_steps{first}-{last}.csv",
        lambda: record_csv(run, every_update=True, first=first, last=last),
        "text/csv",
    )


def _window(run: Run, step: int) -> tuple[int, int]:
    """Return the window of every update: the whole run, or as much around the step as fits."""
    n_columns = 2 + run.parameters.shape[1] + run.row_errors.shape[1]
    length = min(MOST_UPDATES, _MOST_VALUES // n_columns)
    first = max(run.config.first_step, min(step - length // 2, run.last_step - length))
    return first, min(run.last_step, first + length)


def _offer(label: str, words: str, file_name: str, make: Callable[[], str], mime: str) -> None:
    button, text = st.columns([0.3, 0.7], vertical_alignment="center")
    # The mark in front tells a spreadsheet that the arrows in the names are UTF-8.
    encoding = "utf-8-sig" if mime == "text/csv" else "utf-8"
    button.download_button(
        label,
        lambda: make().encode(encoding),
        file_name,
        mime,
        key=f"export.{label}",
        on_click="ignore",
        width="stretch",
    )
    text.markdown(words)
