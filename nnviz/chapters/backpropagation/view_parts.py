"""The parts beside a walk: its numbers, its code, what to predict, what the tutorial says."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.backpropagation import controls
from nnviz.chapters.backpropagation.address import PAGE, PLAYER
from nnviz.chapters.backpropagation.questions import backprop_questions, shown_at
from nnviz.chapters.backpropagation.script import backprop_snippet
from nnviz.data import tutorial
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.neuron import NeuralNetwork
from nnviz.nn.trace import Trace, trace_update
from nnviz.site.naming import naming
from nnviz.site.parts import code, formulas, tutorial_says
from nnviz.site.predict_first import predict_first, turn
from nnviz.site.table import Cell, table
from nnviz.text.digits import digits
from nnviz.training.update_rules import apply_rule
from nnviz.walkthrough.finite_differences import check_derivative
from nnviz.walkthrough.source_lines import source_line
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.values import ValueNames
from nnviz.walkthrough.view_code import highlighted_code
from nnviz.walkthrough.walk import BackpropWalk, Place
from nnviz.walkthrough.words.workings import working

_CHAIN: Final = (
    r"\frac{dE}{dw} = \frac{dE}{dp} \cdot \frac{dp}{dz} \cdot \frac{dz}{dw} \qquad "
    r"\frac{dE}{db} = \frac{dE}{dp} \cdot \frac{dp}{dz} \cdot \frac{dz}{db}"
)
_PATHS: Final = (
    r"\frac{dE}{da_j} = \sum_k \frac{dE}{dz_k} \cdot w_{jk} \qquad "
    r"\frac{dE}{dz_j} = \frac{dE}{da_j} \cdot f'(z_j) \qquad "
    r"\frac{dE}{dw_{ij}} = \frac{dE}{dz_j} \cdot a_i"
)


def numbers(walk: BackpropWalk, at: Place) -> None:
    """Show every value of this update so far, each derivative with its check."""
    trace = walk.traces[at.update]
    activation = ACTIVATIONS[trace.layers[-1].activation]
    formulas(
        rf"p = f(z),\quad {activation.formula} \qquad E = {LOSSES[trace.loss].formula}",
        _PATHS if len(trace.layers) > 1 else _CHAIN,
    )
    rows: list[list[Cell]] = []
    for index, step in enumerate(walk.steps[1 : at.index + 1], 1):
        worked, tried = working(trace, step, naming()), check_derivative(trace, step)
        for i, value in enumerate(worked.values):
            numeric = None if tried is None else tried.numeric[i]
            apart = None if tried is None or tried.too_small else tried.relative_differences[i]
            name = f"{index}  {_name(trace, step, worked.name, i)}"
            rows.append([name, value, numeric, apart])
    if not rows:
        st.markdown("Nothing is computed yet. Take a step.")
        return
    table(
        ("step", "value", "tried out", "rel. difference"),
        rows[::-1],
        label="Every value of this update so far, the newest first",
        height=330,
    )


def _name(trace: Trace, step: Step, name: str, i: int) -> str:
    """Return what the value of a step is called; of a unit's weights, each by itself."""
    names = ValueNames.of(trace, naming())
    weight = names.weight(step.layer, i, step.unit)
    if step.kind == "derror_dweights":
        return names.gradient(weight)
    if step.kind == "update_weights":
        return f"new {weight}"
    return f"{name}[{i}]" if step.kind == "dpre_activation_dweights" else name


def code_of(walk: BackpropWalk, at: Place) -> None:
    """Show the line that computed the value of this step, and the script of the walk."""
    highlighted_code(source_line(walk.traces[at.update], at.step))
    tutorials_own = [NeuralNetwork._compute_gradients] if len(walk.start.sizes) == 2 else []
    code([*tutorials_own, trace_update], backprop_snippet(walk, at.update + 1))


def predict(walk: BackpropWalk, at: Place) -> None:
    """Ask about what comes next."""
    position = at.update * len(walk.steps) + at.index
    questions = backprop_questions(walk, position, naming())
    if not questions:
        st.markdown("There is no next update to ask about. Go back a little.")
        return
    asked = questions[turn(PAGE, len(questions))]
    shown = shown_at(walk, position, asked, naming())
    show = (
        ("Next row", controls.next_row) if shown is None else ("Show me", partial(PLAYER.go, shown))
    )
    predict_first(PAGE, questions, then=show)


def tutorial_notes() -> None:
    """Show where the tutorial's walk goes wrong, and what is so."""
    rule = apply_rule("tutorial")
    tutorial_says(
        "derror_dbias, computed in the session after the weights were overwritten.",
        "the factors then belong to other weights than the prediction 0.871: it comes out 444 "
        "times too small. Here every derivative is taken at the weights that made the prediction.",
    )
    tutorial_says(
        "a positive derivative means: decrease the weights.",
        "so it is only for positive inputs. The derivative by a weight has the input as a factor. "
        "Pick a row with a negative number and see its sign turn. The Error curve page compares "
        "the rules.",
    )
    tutorial_says(
        "take the derivative away from the weights, and the error is almost zero.",
        f"that step leaves out two factors of the chain, and fixing this row ruins the other: the "
        f"error of {list(tutorial.FIRST_ROW)} rises from {digits(rule.other_error_before)} to "
        f"{digits(rule.other_error_after)}. The ledger beside the graph shows it for true steps.",
    )
    tutorial_says(
        "the derivative of the dot product needs the product rule.",
        "with respect to the weights it is simply the input vector, for the input is no function "
        "of the weights.",
    )
    tutorial_says(
        "the derivative is the gradient.",
        "the gradient is the list of all of them: one derivative for each weight and each bias.",
    )
