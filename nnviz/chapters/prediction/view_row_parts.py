"""The parts beside a row on its way: its numbers, its code, what to predict, what is told."""

from functools import partial

import streamlit as st

from nnviz.chapters.prediction import choices
from nnviz.chapters.prediction.choices import ADDRESS, PAGE
from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.questions_row import prediction_questions
from nnviz.chapters.prediction.script_row import prediction_snippet
from nnviz.chapters.prediction.words_row import prediction_meanings
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import send
from nnviz.nn.trace import Trace
from nnviz.site.parts import code, formulas, tutorial_says
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex
from nnviz.text.numbers import written
from nnviz.walkthrough.source_lines import line_of, source_line
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.view_code import lit_code


def reading(trace: Trace) -> None:
    """Show what the person has clicked, or let them choose something to read."""
    meanings = {
        key: text for key, text in prediction_meanings(trace).items() if not key.startswith("edge")
    }
    if ADDRESS["read"] not in meanings:
        ADDRESS.set("read", "")
    st.selectbox(
        "Read a box of the picture",
        ("", *meanings),
        format_func=lambda key: meanings[key].partition(":")[0] if key else "click one, or choose",
        key=ADDRESS.key("read"),
    )
    chosen = ADDRESS["read"]
    if chosen:
        with st.container(border=True):
            st.markdown(plain(meanings[chosen]))
            value = _value(trace, chosen)
            if value is not None:
                st.markdown(f"Now it is **{plain(written(value))}**.")
    if choices.flips(trace) is not None:
        st.button("Flip the coins again", on_click=choices.flip_again)


def _value(trace: Trace, key: str) -> float | None:
    steps = choices.steps(trace)
    layer = trace.layers[0]
    kind, *numbers = key.split(".")
    i = int(numbers[1]) if kind == "weight" else int(numbers[0]) if kind == "input" else 0
    values = {
        "input": layer.inputs[i],
        "weight": layer.weights[i, 0],
        "bias": layer.bias[0],
        "z": layer.pre_activations[0],
        "a": layer.activations[0],
        "target": trace.target[0],
        "decide": ADDRESS["threshold"],
        "answer": decide(float(trace.prediction[0]), ADDRESS["threshold"]),
    }
    # What is still to come is not given away.
    known_at = {"z": len(steps) - 2, "a": len(steps) - 1, "answer": len(steps)}
    if kind not in values or ADDRESS["at"] < known_at.get(kind, 0):
        return None
    return float(values[kind])


def numbers(trace: Trace, steps: tuple[Step, ...]) -> None:
    """Show the formulas with the numbers that are known so far; at the end, of every row."""
    kinds = [step.kind for step in steps]
    has_sum, has_prediction = (ADDRESS["at"] >= kinds.index(k) for k in ("bias", "activation"))
    layer = trace.layers[0]
    z, p = float(layer.pre_activations[0]), float(trace.prediction[0])
    terms = " + ".join(
        rf"{latex(x)} \cdot {latex(w)}"
        for x, w in zip(layer.inputs, layer.weights[:, 0], strict=True)
    )
    activation = ACTIVATIONS[layer.activation]
    slope = float(layer.dactivations_dpre_activations[0])
    formulas(
        r"\text{layer\_1} = \text{input\_vector} \cdot \text{weights\_1} + \text{bias}"
        + rf" = {terms} + {latex(float(layer.bias[0]))} = {latex(z, alone=True)}" * has_sum,
        rf"{activation.formula}"
        + rf", \qquad \text{{prediction}} = {latex(p, 8, alone=True)}" * has_prediction,
    )
    if has_prediction and layer.activation != "linear":
        formulas(rf"{activation.derivative_formula} = {latex(slope, alone=True)}")
    if ADDRESS["at"] == len(steps):
        _all_rows(trace)
    else:
        st.markdown("The numbers come in step by step; with the answer those of every row.")


def _all_rows(trace: Trace) -> None:
    rows: list[list[float | str | Shown | None]] = []
    for i, (x1, x2, target) in enumerate(ADDRESS["rows"]):
        forward = trace.network.forward([[x1, x2]])
        z, p = float(forward.pre_activations[0][0, 0]), float(forward.activations[-1][0, 0])
        answer = decide(p, ADDRESS["threshold"])
        sign = "✓" if answer == target else "✗"
        rows.append(
            [f"{i + 1}: [{digits(x1)}, {digits(x2)}]", z, p, f"{answer} {sign}", float(target)]
        )
    table(
        ("row", "layer_1", "prediction", "answer", "target"),
        rows,
        label="Every row, its prediction and its answer",
    )


def code_of(trace: Trace, steps: tuple[Step, ...], threshold: float) -> None:
    """Show the line that computed the value of this step, and a script for all of them."""
    at = ADDRESS["at"]
    line = source_line(trace, steps[at]) if at < len(steps) else line_of(decide, "return ")
    st.markdown("The function that computed this value, and the line that did it:")
    lit_code(line.function, line.index, place=line.place)
    activation = ACTIVATIONS[trace.layers[0].activation]
    code([send, activation.array_value], prediction_snippet(trace, threshold))


def predict(trace: Trace, steps: tuple[Step, ...], threshold: float) -> None:
    """Ask what cannot be seen yet, and keep what was answered before it was seen."""
    at, answered = ADDRESS["at"], st.session_state.get(f"{PAGE}_answers", {})
    sign, last, *weights = prediction_questions(trace, threshold)
    seen = {sign.about: at >= len(steps) - 2, last.about: at == len(steps)}
    predict_first(
        PAGE,
        [q for q in (sign, last, *weights) if q.about in answered or not seen.get(q.about)],
        then=("Show me", partial(choices.STEPPING.go, len(steps))),
    )


def tutorial_notes() -> None:
    """Show where the tutorial's first prediction is told wrongly, and what is so."""
    trace = choices.traced()
    layer = trace.layers[0]
    off_below = digits(float(layer.bias[0] - layer.pre_activations[0]))
    tutorial_says(
        "the network has two layers.",
        "it is one neuron. Its weighted sum and its sigmoid are counted as a layer each: hence the "
        "names layer_1 and layer_2. What comes out of layer_2 is the prediction.",
    )
    tutorial_says(
        "np.exp(x) calculates e.",
        "it calculates e to the power of x, which is what the sigmoid needs.",
    )
    tutorial_says(
        "the first prediction is 0.79.",
        "it is 0.7986, which is 0.80 when rounded. The tutorial cuts off what it should round.",
    )
    tutorial_says(
        "ReLU turns off a weight that is negative.",
        "it turns off the unit: its output is 0 while its weighted sum is below 0, whatever the "
        f"signs of its weights. Choose relu above: for this row it is off while the bias is below "
        f"{off_below}.",
    )
    tutorial_says(
        "a probability above 0.5 means 1.",
        "0.5 is a choice. Who must not miss a 1 takes a lower threshold and accepts more false "
        "alarms. Drag the threshold, and see which rows change sides in the table.",
    )
