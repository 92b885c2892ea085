"""The parts beside the picture of a run: numbers, code, questions, jumps, notes."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.live_training.questions import next_update_questions
from nnviz.chapters.live_training.words.update import neuron_update
from nnviz.nn.neuron import NeuralNetwork
from nnviz.nn.trace import Trace, trace_update
from nnviz.site.parts import code, formulas, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.site.table import table
from nnviz.text.digits import digits, enough_digits, latex, listed
from nnviz.training.baselines.yardsticks import Yardsticks
from nnviz.training.evaluation import predictions
from nnviz.training.export.script import script
from nnviz.training.model import Model
from nnviz.training.plan import Plan
from nnviz.training.record import Record


def numbers(run: Record, step: int, measures: Yardsticks) -> None:
    """Show the next update with its numbers, and every row's answer and error."""
    left, right = st.columns([0.55, 0.45])
    with left:
        if step < run.last_step:
            _next_update(run, step)
        else:
            st.markdown("This is the last update of the run. Go back to see an update worked out.")
    with right:
        _rows_table(run, step, measures)


def code_of(run: Record, step: int) -> None:
    """Show the class that trains, and a script that repeats this very run."""
    code(
        [NeuralNetwork.predict, NeuralNetwork._compute_gradients, NeuralNetwork._update_parameters],
        script(run.timeline, step),
    )


def predict(page: str, run: Record, step: int, go: Callable[[int], None]) -> None:
    """Ask what the next update will do."""
    questions = next_update_questions(run, step)
    if not questions:
        st.markdown("This is the end of the run. Go back to be asked about the next update.")
        return
    predict_first(page, questions, then=("Do this update", lambda: go(step + 1)))


def tutorial(run: Record, measures: Yardsticks, show: Callable[..., None]) -> None:
    """Hold the tutorial's words on its error chart against this run."""
    errors = run.cumulative_errors
    rises = int((errors[1:] > errors[:-1]).sum())
    tutorial_says(
        "the overall error is decreasing, which is what you want.",
        f"in this run it rose at {rises} of {len(errors) - 1} recorded points and ends at "
        f"{digits(float(errors[-1]))}. Answering 0.5 to everything gives {digits(measures.guess)}.",
    )
    why = "the rows are fixed. It jumps because each update serves one row at a constant rate"
    if measures.best is None or measures.best.n_correct == run.plan.sample.n_rows:
        why += ". A smaller rate calms it."
    else:
        why += (
            f", and one neuron cannot serve them all: no straight line gets more than "
            f"{measures.line.n_correct} of {run.plan.sample.n_rows} right. A smaller rate calms "
            "it, but cannot free it."
        )
    tutorial_says("the error goes up and down because the data is random and very small.", why)
    with st.container(horizontal=True):
        st.button("Show me rate 0.01", on_click=show, kwargs={"rate": 0.01})
        st.button(
            "Show me what frees it: sin x1", on_click=show, kwargs={"model": Model(("sin x1",))}
        )
        st.button("Or a hidden layer", on_click=show, kwargs={"model": Model((), 4, "tanh", True)})
    tutorial_says(
        "the x axis of its chart counts iterations.",
        "it counts the points that were noted down, one every 100 updates. Here it counts updates.",
    )


def _next_update(run: Record, step: int) -> None:
    plan = run.plan
    row = int(run.picks(step, step + 1)[0])
    trace = trace_update(
        run.network_at(step),
        plan.train_inputs[row],
        plan.train_targets[row],
        loss=plan.loss,
        learning_rate=run.learning_rate_at(step),
    )
    st.markdown(f"The next update, number {step + 1:,}, uses **row {row + 1}**:")
    if plan.architecture.hidden:
        _any_update(trace)
    else:
        formulas(*neuron_update(trace))


def _any_update(trace: Trace) -> None:
    size = sum(
        float((layer.derror_dweights**2).sum() + (layer.derror_dbias**2).sum())
        for layer in trace.layers
    )
    n_parameters = trace.network.n_parameters
    target = float(trace.target[0])
    n = enough_digits(lambda p: (p - target) ** 2, (float(trace.prediction[0]),), 4)
    p, t = latex(trace.prediction[0], n), latex(target)
    formulas(
        rf"p = {p}",
        rf"E = (p - t)^2 = ({p} - {t})^2 = {latex(trace.error)}",
        rf"E \text{{ of this row after the update}} = {latex(trace.error_after)}",
    )
    st.markdown(
        f"The update moves all {n_parameters} weights and biases a little, each against its own "
        f"slope. Together they move by {digits(trace.learning_rate * size**0.5)}."
    )


def _rows_table(run: Record, step: int, measures: Yardsticks) -> None:
    plan = run.plan
    answers = predictions(plan, run.parameters_between(step, step), plan.train_inputs)[0]
    errors = run.row_errors_between(step, step)[0]
    rows: list[list[float | str | None]] = []
    for i, ((x1, x2), target) in enumerate(zip(plan.sample.X, plan.sample.y, strict=True)):
        right = (answers[i] >= 0.5) == (target == 1)
        name = f"{'✓' if right else '✗'} {i + 1}: [{listed((x1, x2), 6)}]"
        rows.append([name, float(target), float(answers[i]), float(errors[i])])
    rows.append(["all", None, None, float(errors.sum())])
    table(["row", "target", "answer", "error"], rows, label="Every row, its answer and its error")
    st.markdown(f"Always 0.5: {digits(measures.guess)}. {_best_in_short(measures, plan)}")


def _best_in_short(measures: Yardsticks, plan: Plan) -> str:
    line = f"Most rows right by a straight line: {measures.line.n_correct}."
    if measures.best is None:
        return line
    reached = "" if measures.best.attained else " (approached, never reached)"
    which = "this network" if plan.architecture.hidden else "one neuron"
    of = "Lowest error of" if measures.best.sure else "Lowest error found for"
    return f"{of} {which}: {digits(measures.best.error, 5)}{reached}. {line}"
