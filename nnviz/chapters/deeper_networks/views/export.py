"""The part "Export": scripts, notebook, weights, rows and record as files; weights read back."""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.deeper_networks.views.records import recorded
from nnviz.data.csv.file import as_csv
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import FloatArray
from nnviz.site.caching import cached
from nnviz.site.offer import offer
from nnviz.site.plain import plain
from nnviz.text.digits import counted, digits
from nnviz.training.export.record import record_csv
from nnviz.training.export.script import notebook, script
from nnviz.training.export.segments import row_files, segments_to
from nnviz.training.export.torch import torch_script
from nnviz.training.export.weights_json import LARGEST_WEIGHT, from_json, misfit, to_json
from nnviz.training.model import nice
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.sensitivity import Sensitivity, seconds_of_perturbations, sensitivity
from nnviz.training.timeline import Timeline

_LONGEST: Final = 0.3  # s that may pass before it is shown whether the scripts can agree
_MEASURED: Final = "deep_export.measured"
# Updates that a script makes in a second on an ordinary computer, in round numbers.
_SLOW: Final = 50_000

_offer: Final = partial(offer, "deep_export")


def export_part(
    timeline: Timeline,
    history: Record,
    step: int,
    on_weights: Callable[[Architecture, FloatArray], None],
) -> None:
    """Offer the training up to a step as files, made on demand, and read weights back.

    The history may hold the beginning of the timeline only, as long as it has the step.
    `on_weights` is called with the network of a file and its parameters, when the person wants to
    use them.
    """
    plan = history.plan_at(step)
    name = f"nnviz_deeper_seed{timeline.stages[0].plan.seed}"
    st.markdown(
        f"Take this training with you. These files repeat it from update 0 to update {step:,}, "
        "with everything that was changed on the way:"
    )
    _scripts(history.timeline, step, f"{name}_step{step}")
    _agreement(history, step)
    st.markdown("The numbers themselves:")
    _numbers(history, step, plan, name)
    st.markdown("Weights that were saved can be brought back, here or in another training:")
    _upload(plan, on_weights)


def _scripts(timeline: Timeline, step: int, name: str) -> None:
    for label, words, ending, make, kind in (
        ("Script (.py)",
         "Needs NumPy alone. It prints the losses and every parameter of this moment.",
         ".py", script, "text/x-python"),
        ("Notebook (.ipynb)",
         "The same script in cells, each with a sentence.",
         ".ipynb", notebook, "application/x-ipynb+json"),
        ("PyTorch (.py)",
         "Slopes and optimiser are PyTorch's own: a check from outside.",
         "_torch.py", torch_script, "text/x-python"),
    ):  # fmt: skip
        _offer(label, words, f"{name}{ending}", partial(make, timeline, step), kind)
    files = row_files(segments_to(timeline, step))
    if files:
        names = ", ".join(f"`{file}`" for file in files.values())
        st.markdown(f"There are too many rows to stand in them: put {names} beside.")
    for sample, file in files.items():
        _offer_rows(f"Rows ({file})", sample, file)
    if step > _SLOW:
        st.markdown(
            f"{step:,} updates take a while in Python: the script makes about ten thousand a "
            "second, the one with PyTorch about a thousand."
        )


def _agreement(history: Record, step: int) -> None:
    """Say whether the scripts can print the same digits for this training."""
    seconds = seconds_of_perturbations(history, step)
    asked = st.session_state.get(_MEASURED) == (history.timeline, step)
    if seconds <= _LONGEST or asked:
        st.markdown(repeatable(_sensitivity(history.timeline, step)))
        return
    st.markdown(unmeasured(seconds))
    st.button(
        "Find out",
        key="deep_export.find_out",
        on_click=st.session_state.__setitem__,
        args=(_MEASURED, (history.timeline, step)),
    )


@cached(Timeline)
def _sensitivity(timeline: Timeline, step: int) -> Sensitivity:
    return sensitivity(recorded(timeline), step)


def _numbers(history: Record, step: int, plan: Plan, name: str) -> None:
    parameters = history.parameters_at(step)
    if np.abs(parameters).max() <= LARGEST_WEIGHT:
        words = "Every weight and bias of this moment, with the inputs and layers they belong to."
        make = partial(to_json, plan, parameters, step)
        _offer("Weights (.json)", words, f"{name}_step{step}.json", make, "application/json")
    else:
        st.markdown(
            f"A weight is beyond {int(LARGEST_WEIGHT):,} by here: such weights cannot be brought "
            "back, so there is no file of them."
        )
    if plan.sample not in row_files(segments_to(history.timeline, step)):
        _offer_rows("Data (.csv)", plan.sample, "nnviz_rows.csv")
    n_moments = sum(len(segment.recorded_steps) for segment in history.segments)
    words = f"Losses and accuracies at {n_moments:,} moments of the training."
    make = partial(record_csv, history)
    _offer("Record (.csv)", words, f"{name}_record.csv", make, "text/csv")


def _upload(plan: Plan, on_weights: Callable[[Architecture, FloatArray], None]) -> None:
    file = st.file_uploader(
        "A file of weights (JSON)",
        type="json",
        key="deep_export.file",
        max_upload_size=1,
        help="One that was saved here, up to 1 MB.",
    )
    if file is None:
        return
    try:
        architecture, parameters = from_json(file.getvalue())
    except ValueError as error:
        st.warning(plain(str(error)))
        return
    st.markdown(plain(weights_read(architecture, len(parameters))))
    if problem := misfit(plan, architecture, parameters):
        st.warning(plain(problem))
        return
    st.button(
        "Use these weights",
        key="deep_export.use",
        type="primary",
        on_click=on_weights,
        args=(architecture, parameters),
    )


def _offer_rows(label: str, sample: Sample, file_name: str) -> None:
    words = f"{sample.n_rows:,} rows with every digit. This page reads the file back."
    _offer(label, words, file_name, lambda: as_csv(sample), "text/csv")


def repeatable(found: Sensitivity) -> str:
    """Say how far a change of the last bit has grown, and what that means for the scripts."""
    change = found.described("training")
    if 0.5 < found.difference < float("inf"):
        change = "A change in the last bit grows as large as the parameters themselves by here"
    if found.chaotic:
        return (
            f"{change}: this training is chaotic. The scripts add the same numbers in another "
            "order, which changes last bits, so they end with other digits than this page. With a "
            "smaller learning rate, or earlier on the way, they often agree."
        )
    return f"{change}, so the scripts print the same to {found.digits_in_words}."


def unmeasured(seconds: float) -> str:
    """Say why it is not known yet whether the scripts print the same digits."""
    return (
        "Whether the scripts print the same digits depends on whether this training is chaotic. To "
        f"find out, all of it must be followed once more, which takes about {digits(seconds, 1)} "
        "seconds."
    )


def weights_read(architecture: Architecture, n_parameters: int) -> str:
    """Say what a file of weights holds."""
    inputs = ", ".join(nice(name) for name in architecture.inputs)
    scaled = ", standardised" if architecture.standardise else ""
    layers = "no hidden layer"
    if architecture.hidden:
        each = ", ".join(f"{units} × {name}" for units, name in architecture.hidden)
        layers = f"{counted(len(architecture.hidden), 'hidden layer')} ({each})"
    loss = architecture.loss.replace("_", " ").replace("cross entropy", "cross-entropy")
    return (
        f"Read {n_parameters} weights and biases of a network with the inputs {inputs}{scaled}; "
        f"{layers}; the output is {architecture.output}, the loss {loss}."
    )
