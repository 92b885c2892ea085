"""The parts below the picture: numbers, reasons, surface, code, questions, export, tutorial."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from nnviz.chapters.deeper_networks.address import ADDRESS, PLAYER, Chosen
from nnviz.chapters.deeper_networks.diagnosis.view import why_part
from nnviz.chapters.deeper_networks.figures.solid import Surface, surface, surface_picture
from nnviz.chapters.deeper_networks.items import item_of
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.questions import deeper_questions
from nnviz.chapters.deeper_networks.reading.view import reading_part
from nnviz.chapters.deeper_networks.views.export import export_part
from nnviz.chapters.deeper_networks.views.shown import ShownLines
from nnviz.chapters.deeper_networks.words import epoch_number
from nnviz.chart.chart import chart
from nnviz.nn import optimizers
from nnviz.nn.checks import FloatArray
from nnviz.site.parts import code, tutorial_says
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import digits
from nnviz.text.digits import percent as percent_text
from nnviz.training import evaluation
from nnviz.training.export.script import script
from nnviz.training.kernels import loops
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan
from nnviz.training.record import Record


def bodies(
    chosen: Chosen,
    shown: ShownLines,
    step: int,
    pick: Callable[[str], None],
    offer_lesson: Callable[[], None] | None,
) -> dict[str, Callable[[], None]]:
    """Return what draws each part of the page, by the name of the part.

    ``offer_lesson`` offers all as one file, once the training has ended.
    """
    record = shown.record
    plan, parameters = record.plan_at(step), record.parameters_at(step)
    return {
        "numbers": lambda: _numbers(chosen, record, step, parameters, pick),
        "why": lambda: why_part(chosen, record, step),
        "solid": lambda: _solid(plan, parameters, shown.plane),
        "code": lambda: code(
            (evaluation.gradient, optimizers.step_of, loops.train),
            script(record.timeline, step),
        ),
        "predict": lambda: _predict(record, step),
        "export": lambda: _export(chosen, shown, step, offer_lesson),
        "tutorial": lambda: _tutorial(chosen),
    }


def _export(
    chosen: Chosen, shown: ShownLines, step: int, offer_lesson: Callable[[], None] | None
) -> None:
    """Show what can be taken along."""
    if offer_lesson is not None:
        offer_lesson()
    export_part(shown.timeline, shown.record, step, chosen.use_weights)


def _numbers(
    chosen: Chosen, record: Record, step: int, parameters: FloatArray, pick: Callable[[str], None]
) -> None:
    plan = record.plan_at(step)
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        probe = ADDRESS["probe"]
        row = int(plan.split.train[0])
        point = tuple(probe) if len(probe) == 2 else tuple(plan.sample.X[row].tolist())
        who = "the ring on the plane" if len(probe) == 2 else _first_row(plan, row)
        st.caption(f"Worked out for {who}. Click on the plane for another point.")
        reading_part(chosen, plan, parameters, item_of(ADDRESS["picked"], plan), point, pick)
    with right:
        _table(record, step, plan, parameters)
        if plan.sample.classes:
            _confusion(plan, parameters)


def _first_row(plan: Plan, row: int) -> str:
    sample = plan.sample
    values = [
        f"{plain(name)} = {digits(value)}"
        for name, value in zip(sample.columns[:2], sample.X[row, :2].tolist(), strict=False)
    ]
    if sample.classes:
        values.append(f"class {plain(sample.classes[int(sample.y[row])])}")
    return f"row {row + 1}, the first of the training rows ({', '.join(values)})"


def _table(record: Record, step: int, plan: Plan, parameters: FloatArray) -> None:
    now, classes = record.scores_at(step), bool(plan.sample.classes)
    penalty = float(evaluation.penalty(plan, parameters[np.newaxis])[0])

    def cell(values: FloatArray, *, percent: bool = False) -> str:
        value = float(values[0])
        if np.isnan(value):
            return "no rows"
        return percent_text(value, decimals=1)[0] if percent else digits(value)

    lines = [
        f"| update {step:,}, epoch {epoch_number(record.epoch_at(step), 2)} | training | test |",
        "|---|---|---|",
        f"| rows | {len(plan.split.train):,} | {len(plan.split.test):,} |",
        f"| mean loss | {cell(now.train_loss)} | {cell(now.test_loss)} |",
        f"| {'rows right' if classes else 'R²'} | {cell(now.train_accuracy, percent=classes)} | "
        f"{cell(now.test_accuracy, percent=classes)} |",
    ]
    st.markdown("\n".join(lines))
    words = f"Learning rate of the next update: {digits(record.learning_rate_at(step))}."
    if penalty:
        words += f" L1 and L2 add {digits(penalty)} to the training loss."
    st.caption(words)


def _confusion(plan: Plan, parameters: FloatArray) -> None:
    names = [plain(name) for name in plan.sample.classes]
    parts = [("Training rows", plan.split.train, plan.train_inputs)]
    if len(plan.split.test):
        parts.append(("Test rows", plan.split.test, plan.test_inputs))
    for column, (title, rows, inputs) in zip(st.columns(len(parts)), parts, strict=True):
        answers = evaluation.outputs(plan, parameters[np.newaxis], inputs)[0]
        predicted = evaluation.predicted_classes(plan, answers)
        actual = plan.sample.y[rows].astype(int)
        counts = np.zeros((len(names), len(names)), dtype=int)
        np.add.at(counts, (actual, predicted), 1)
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


def _predict(record: Record, step: int) -> None:
    questions = deeper_questions(record, step)
    if not questions:
        st.markdown("This is the end of the run. Go back to be asked about the next epoch.")
        return
    on = min(step + record.plan_at(step).updates_per_epoch, record.last_step)
    predict_first(ADDRESS.page, questions, then=("Train an epoch", partial(PLAYER.go, on)))


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
        "one hardly gets a gradient, and with SGD the network learns nothing in 200 epochs. With "
        "Adam at rate 0.01 it gets every training row right in them. And with no activation "
        "between them, layers add nothing: they fold into one.",
    )
    _show(chosen, "vanishing")
    st.page_link(
        "pages/prediction.py",
        label="See linear layers fold into one",
        icon=":material/layers:",
        query_params={"lesson": "prediction.1", "view": "layers"},
    )
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


_CELLS = 41


def _solid(plan: Plan, parameters: FloatArray, plane: Plane) -> None:
    """Show the outputs over the plane as a surface."""
    if plan.sample.X.shape[1] == 1:
        st.info("With one input there is no surface: the picture above shows all that there is.")
        return
    st.slider(
        "Turn it by", 0, 350, step=10, key=ADDRESS.key("turn"), format="%d°",
        help="With the mouse it can be turned freely.",
    )  # fmt: skip
    borders = (plane.x_low, plane.x_high, plane.y_low, plane.y_high)
    scene = surface(plan, parameters, Plane(*borders, _CELLS))
    chart(
        surface_picture(scene, turn=ADDRESS["turn"]),
        key=f"{ADDRESS.page}_solid",
        words=_solid_words(scene),
        hint="The sheet is what the network answers. Every training row stands where it should "
        "be; the line from it to the sheet is how far off the answer is.",
    )


def _solid_words(scene: Surface) -> str:
    low, high = float(scene.heights.min()), float(scene.heights.max())
    worst = scene.farthest
    off = abs(float(scene.targets[worst] - scene.outputs[worst]))
    return (
        f"The sheet goes from {digits(low)} to {digits(high)}. "
        f"Row {scene.rows[worst] + 1}, with the thick line, is farthest from where it should be, "
        f"by {digits(off)}."
    )
