"""The view in which one neuron walks through the four steps of learning."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Final

import streamlit as st

from nnviz.chapters.home.address import ADDRESS, CHART, PAGE, PLAYER
from nnviz.chapters.home.figure_four_steps import four_steps_picture, four_steps_tracks
from nnviz.chapters.home.four_steps import MOST_STEPS, STEPS, Progress, walk, walked
from nnviz.chapters.home.questions import four_steps_questions
from nnviz.chapters.home.script import four_steps_snippet
from nnviz.chapters.home.words_four_steps import explain
from nnviz.chart import packing
from nnviz.chart.chart import chart
from nnviz.chart.tracks import Tracks
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn import layers
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import backward
from nnviz.nn.trace import trace_update
from nnviz.site import frame, lesson
from nnviz.site.naming import naming
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import digits
from nnviz.text.names import Naming
from nnviz.training.update_rules import apply_rule

_HINT: Final = (
    "Step with ← and →. Hexagons are functions, rectangles are values. What acts in this step is "
    "thick."
)


def show() -> Callable[[], None]:
    """Show the neuron and the player that walks; return what shows the parts below."""
    progress = _walked(MOST_STEPS)[ADDRESS["at"]]
    # Who is to predict the rest finds it nowhere.
    last = progress.n_steps if lesson.secret() else MOST_STEPS
    few = frame.hidden("every name")
    tracks, packed = _moving(last, naming(), few=few)
    chart(
        four_steps_picture(progress.trace.learning_rate, tracks, naming(), few=few),
        key=CHART,
        words=explain(progress, naming()).sentence,
        hint=_HINT,
        clock=PLAYER.clock(
            unit="step", speeds=(0.5, 1, 2, 5, 20), speed=1, jump=len(STEPS), jump_unit="round"
        ),
        on_position=PLAYER.arrive,
        packed=[packed],
        fill=True,
    )
    bodies = {"numbers": _numbers, "code": _code, "predict": _predict, "tutorial": _tutorial}
    return lambda: parts(ADDRESS, {name: partial(body, progress) for name, body in bodies.items()})


@lru_cache(maxsize=1)
def _walked(n_steps: int) -> tuple[Progress, ...]:
    return walked(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, n_steps)


@lru_cache(maxsize=8)
def _moving(last: int, naming: Naming, *, few: bool) -> tuple[Tracks, tuple[bytes, str]]:
    """Return what moves up to a step, as it is and packed."""
    tracks = four_steps_tracks(_walked(MOST_STEPS)[: last + 1], naming, few=few)
    return tracks, packing.pack(tracks)


def _numbers(progress: Progress) -> None:
    for sentence, lines in explain(progress, naming()).working:
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
    show = ("Show me", partial(PLAYER.go, seen)) if seen <= MOST_STEPS else None
    predict_first(PAGE, four_steps_questions(progress, naming()), then=show)


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
