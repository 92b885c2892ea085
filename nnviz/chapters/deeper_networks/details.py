"""The parts beside the picture of a deeper network: numbers, reasons, code, questions, export."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.diagnosis.view import why_part
from nnviz.chapters.deeper_networks.export.script import script
from nnviz.chapters.deeper_networks.export.view import deep_export
from nnviz.chapters.deeper_networks.figures.view_solid import solid_part
from nnviz.chapters.deeper_networks.items import item_of
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.questions import deeper_questions
from nnviz.chapters.deeper_networks.reading.view import reading
from nnviz.chapters.deeper_networks.shown import DeepShown
from nnviz.nn import optimizers
from nnviz.nn.checks import FloatArray
from nnviz.site.address import Address
from nnviz.site.parts import code, tutorial_says
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import digits
from nnviz.training import evaluation
from nnviz.training.kernels import mini_batch_loop
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import scores


def bodies(
    address: Address,
    chosen: Chosen,
    shown: DeepShown,
    step: int,
    pick: Callable[[str], None],
    go: Callable[[int], None],
) -> dict[str, Callable[[], None]]:
    """Return what draws each part of the page."""
    history = shown.history
    plan, parameters = history.plan_at(step), history.parameters_at(step)
    return {
        "numbers": lambda: _numbers(address, chosen, history, step, plan, parameters, pick),
        "why": lambda: why_part(chosen, history, step),
        "solid": lambda: solid_part(address, plan, parameters, shown.plane),
        "code": lambda: _code(history, step),
        "predict": lambda: _predict(history, step, go),
        "export": lambda: deep_export(shown.timeline, history, step, chosen.use_weights),
        "tutorial": lambda: _tutorial(chosen),
    }


def _numbers(
    address: Address,
    chosen: Chosen,
    history: Record,
    step: int,
    plan: Plan,
    parameters: FloatArray,
    pick: Callable[[str], None],
) -> None:
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        probe = address["probe"]
        row = int(plan.split.train[0])
        point = tuple(probe) if len(probe) == 2 else tuple(plan.sample.X[row].tolist())
        who = "the ring on the plane" if len(probe) == 2 else _first_row(plan, row)
        st.caption(f"Worked out for {who}. Click on the plane for another point.")
        reading(chosen, plan, parameters, item_of(address["picked"], plan), point, pick)
    with right:
        _table(history, step, plan, parameters)
        if plan.sample.classes:
            _confusion(plan, parameters)


def _first_row(plan: Plan, row: int) -> str:
    sample = plan.sample
    values = [
        f"{plain(name)} = {digits(value)}"
        for name, value in zip(sample.columns[:2], sample.X[row, :2].tolist(), strict=True)
    ]
    if sample.classes:
        values.append(f"class {plain(sample.classes[int(sample.y[row])])}")
    return f"row {row + 1}, the first of the training rows ({', '.join(values)})"


def _table(history: Record, step: int, plan: Plan, parameters: FloatArray) -> None:
    now = scores(plan, parameters[np.newaxis])
    classes = bool(plan.sample.classes)
    rate = float(history.segment_at(step).course.rates(step, step + 1)[0])
    penalty = float(evaluation.penalty(plan, parameters[np.newaxis])[0])

    def share(values: FloatArray) -> str:
        value = float(values[0])
        if np.isnan(value):
            return "no rows"
        return f"{value:.1%}" if classes else digits(value)

    def loss(values: FloatArray) -> str:
        return digits(float(values[0])) if not np.isnan(values[0]) else "no rows"

    lines = [
        f"| update {step:,}, epoch {history.epoch_at(step):,.2f} | training | test |",
        "|---|---|---|",
        f"| rows | {len(plan.split.train):,} | {len(plan.split.test):,} |",
        f"| mean loss | {loss(now.train_loss)} | {loss(now.test_loss)} |",
        f"| {'rows right' if classes else 'R²'} | {share(now.train_accuracy)} | "
        f"{share(now.test_accuracy)} |",
    ]
    st.markdown("\n".join(lines))
    told = f"Learning rate of the next update: {digits(rate)}."
    if penalty:
        told += f" L1 and L2 add {digits(penalty)} to the training loss."
    st.caption(told)


def _confusion(plan: Plan, parameters: FloatArray) -> None:
    names = [plain(name) for name in plan.sample.classes]
    parts = [("Training rows", plan.split.train, plan.train_inputs)]
    if len(plan.split.test):
        parts.append(("Test rows", plan.split.test, plan.test_inputs))
    for column, (title, rows, inputs) in zip(st.columns(len(parts)), parts, strict=True):
        answers = evaluation.outputs(plan, parameters[np.newaxis], inputs)[0]
        told = evaluation.predicted_classes(plan, answers)
        actual = plan.sample.y[rows].astype(int)
        counts = np.zeros((len(names), len(names)), dtype=int)
        np.add.at(counts, (actual, told), 1)
        lines = [
            "| true ↓ told → | " + " | ".join(names) + " |",
            "|---" * (len(names) + 1) + "|",
            *(
                f"| **{name}** | "
                + " | ".join(
                    f"**{count}**" if i == j else str(count) for j, count in enumerate(row)
                )
                + " |"
                for i, (name, row) in enumerate(zip(names, counts.tolist(), strict=True))
            ),
        ]
        column.markdown(f"**{title}**")
        column.markdown("\n".join(lines))


def _code(history: Record, step: int) -> None:
    code(
        (evaluation.gradient, optimizers.step_of, mini_batch_loop.walk),
        script(history.timeline, step),
    )


def _predict(history: Record, step: int, go: Callable[[int], None]) -> None:
    questions = deeper_questions(history, step)
    if not questions:
        st.markdown("This is the end of the run. Go back to be asked about the next epoch.")
        return
    on = min(step + history.plan_at(step).updates_per_epoch, history.last_step)
    predict_first("deeper_networks", questions, then=("Train an epoch", lambda: go(on)))


def _tutorial(chosen: Chosen) -> None:
    tutorial_says(
        "with deep learning you can bypass feature engineering: the network finds out by itself "
        "which features are important.",
        "it can, and it costs layers, rows and updates. Given the right inputs a small network "
        "does what a large one has to find first. Both are here to be compared.",
    )
    _show(chosen, "spiral", "spiral-sines")
    tutorial_says(
        "by adding more layers you increase the network's expressive power.",
        "what it could express grows, but not what it learns: behind six sigmoid layers the first "
        "one hardly gets a gradient, and the network learns nothing.",
    )
    _show(chosen, "vanishing")
    tutorial_says(
        "ReLU turns off a weight that is negative.",
        "it turns off the output of a unit where its weighted sum is negative, whatever the signs "
        "of its weights. If that is so for every row, the unit is dead.",
    )
    _show(chosen, "dead")


def _show(chosen: Chosen, *names: str) -> None:
    with st.container(horizontal=True):
        for name in names:
            preset = PRESETS[name]
            st.button(
                f"Show: {preset.title}",
                key=f"deeper_show_{name}",
                on_click=chosen.use_preset,
                args=(preset,),
            )
