"""The view in which one neuron walks through the four steps of learning."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import streamlit as st

from nnviz.chapters.home.address import ADDRESS, PAGE
from nnviz.chapters.home.figure_four_steps import four_steps_picture
from nnviz.chapters.home.four_steps import MOST_STEPS, STEPS, Progress, walk
from nnviz.chapters.home.questions import four_steps_questions
from nnviz.chapters.home.script import four_steps_snippet
from nnviz.chapters.home.words_four_steps import TITLES, explain
from nnviz.chart.chart import chart
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn import layers
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import backward
from nnviz.nn.trace import trace_update
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import digits
from nnviz.training.update_rules import apply_rule

STRIP: Final = """<style>
.steps, .steps ol { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; }
.steps span { min-width: 5.2em; }
.steps ol { margin: 0; padding: 0; list-style: none; }
.steps li { margin: 0; padding: 2px 8px; border: 2px solid transparent; border-radius: 8px; }
.steps li[aria-current] { border-color: currentColor; }
@media (max-width: 640px) {
  .steps ol { gap: 0; }
  .steps li { font-size: 13px; padding: 1px 4px; }
}
</style>"""


def show() -> Callable[[], None]:
    """Show the neuron and the buttons that walk; return what shows the parts below."""
    progress = walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, ADDRESS["at"])
    if not frame.hidden("controls") and not frame.hidden("steps"):
        with frame.controls():
            _controls(progress)
    chart(
        four_steps_picture(progress),
        key="four_steps",
        words=explain(progress).sentence,
        hint="Hexagons are functions, rectangles are values. What acts in this step is thick.",
        fill=True,
    )
    bodies = {
        "numbers": lambda: _numbers(progress),
        "code": lambda: _code(progress),
        "predict": lambda: _predict(progress),
        "tutorial": lambda: _tutorial(progress),
    }
    return lambda: parts(ADDRESS, bodies)


def _controls(progress: Progress) -> None:
    at, following = progress.n_steps, STEPS[progress.n_steps % 4]
    label = f"{STEPS.index(following) + 1} {TITLES[following]}"
    # The width is the same for every step: a button must not run away from the mouse.
    first: dict[str, Any] = {"type": "primary", "shortcut": "Right", "width": 164}
    buttons: tuple[tuple[str, str, Callable[[], None], bool, dict[str, Any]], ...] = (
        ("next", label, partial(_move, 1), at < MOST_STEPS, first),
        ("back", "Back", partial(_move, -1), at > 0, {"shortcut": "Left"}),
        ("again", "Start again", partial(_go, 0), True, {}),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(horizontal=True, width="content", gap="xsmall"):
            for name, label, act, enabled, look in buttons:
                if name == "next" or not frame.hidden(name):
                    st.button(label, key=f"home.{name}", on_click=act, disabled=not enabled, **look)
        if not frame.hidden("round"):
            st.html(_strip(progress), width="content")


def _strip(progress: Progress) -> str:
    items = (
        f"<li{' aria-current=step' if step == progress.step else ''}>{i} {TITLES[step]}</li>"
        for i, step in enumerate(STEPS, 1)
    )
    steps = f"<ol>{''.join(items)}</ol>"
    return f"{STRIP}<div class='steps'><span>Round {progress.round}</span>{steps}</div>"


def _go(at: int) -> None:
    ADDRESS.set("at", at)


def _move(steps: int) -> None:
    # From where the person is by now: keys can be faster than the page.
    _go(min(max(ADDRESS["at"] + steps, 0), MOST_STEPS))


def _numbers(progress: Progress) -> None:
    for sentence, lines in explain(progress).working:
        st.markdown(sentence)
        formulas(*lines)


def _code(progress: Progress) -> None:
    functions: dict[str | None, list[Callable[..., Any]]] = {
        "predict": [layers.send, ACTIVATIONS["sigmoid"].array_value],
        "compare": [LOSSES["squared_error"].value],
        "adjust": [backward, trace_update],
    }
    code(functions.get(progress.step, [walk]), four_steps_snippet(progress))


def _predict(progress: Progress) -> None:
    # The error after the adjustment is seen when the next round compares.
    seen = 4 * progress.next_adjustment + STEPS.index("compare") + 1
    show = ("Show me", partial(_go, seen)) if seen <= MOST_STEPS else None
    predict_first(PAGE, four_steps_questions(progress), then=show)


def _tutorial(progress: Progress) -> None:
    st.markdown(
        "The error here is the squared miss, so its slope holds the slope of the sigmoid too. The "
        "neuron of Words to numbers learns from another error, the cross-entropy: there the "
        "sigmoid's slope cancels out, and an update is just rate × miss × input."
    )
    trace = progress.first
    rule = apply_rule("tutorial")
    tutorial_says(
        "this network has two layers.",
        "it is one neuron. The tutorial counts the weighted sum and the sigmoid as a layer each. "
        "One neuron with a sigmoid has an older name too: logistic regression.",
    )
    tutorial_says(
        "the mean squared error of this prediction is 0.75.",
        f"it is {digits(trace.error)}, so 0.75 is cut off, and rounded it is "
        f"{digits(trace.error, 2)}. And nothing is averaged: it is the squared error of one row.",
    )
    tutorial_says(
        f"to adjust, take the derivative {digits(trace.derror_dprediction[0])} away from both "
        "weights.",
        "that step leaves out the slope of the sigmoid and the inputs, and it is far too long. "
        f"The error of this row falls to {digits(rule.error_after)}, but the error of the row "
        f"{tutorial.FIRST_ROW} rises from {digits(rule.other_error_before)} to "
        f"{digits(rule.other_error_after)}. The Error curve page compares the two steps.",
    )
