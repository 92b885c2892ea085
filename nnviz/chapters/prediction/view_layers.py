"""Show a stack of layers and the one layer that it collapses to."""

from itertools import chain
from typing import Any, Final

import numpy as np
import streamlit as st

from nnviz.chapters.prediction.address import ADDRESS, PAGE
from nnviz.chapters.prediction.figures.collapse import collapse_picture
from nnviz.chapters.prediction.linear_collapse import (
    Collapse,
    Comparison,
    collapse_layers,
    compare,
    random_stack,
    switched_unit,
    with_activation_between,
)
from nnviz.chapters.prediction.questions import collapse_questions
from nnviz.chapters.prediction.script import collapse_snippet
from nnviz.chapters.prediction.words import (
    between_name,
    describe_collapse,
    outputs_apart,
    row_name,
    waiting,
)
from nnviz.chart.chart import chart
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first, questions_are_open
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import digits, latex, without_dust

_MOST_DIGITS: Final = 15  # float64 holds so many of every number


def layers_view() -> None:
    """Show a stack of layers, the layer it collapses to, and the outputs of both for eight rows."""
    choices = (ADDRESS[name] for name in ("depth", "units", "between", "last"))
    collapse = collapse_layers(random_stack(*choices, seed=ADDRESS["layers_seed"]))
    comparison = compare(collapse, eight_rows().X)
    if not frame.hidden("controls"):
        _controls()
    # Whoever is asked to predict what the stack collapses to must not see it.
    secret = questions_are_open(ADDRESS)
    words = waiting if secret else describe_collapse
    chart(
        collapse_picture(collapse, comparison, shown=not secret),
        key="prediction_layers",
        words=words(collapse, comparison),
        hint="A matrix has a row per input, a column per unit, and the bias b below. Orange is "
        "negative, blue positive. Right: the outputs for the eight rows.",
    )
    snippet = collapse_snippet(collapse, comparison)
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(collapse, comparison),
            "code": lambda: code([collapse_layers, compare], snippet),
            "predict": lambda: predict_first(
                PAGE,
                collapse_questions(collapse, comparison),
                then=("Show the folded layer", lambda: ADDRESS.set("part", "numbers")),
            ),
            "tutorial": lambda: _notes(collapse, comparison),
        },
    )


def _controls() -> None:
    def segments(label: str, options: tuple[Any, ...], name: str) -> None:
        st.segmented_control(label, options, key=ADDRESS.key(name), required=True)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        segments("Hidden layers", (1, 2, 3), "depth")
        segments("Units in each", (1, 2, 3, 4), "units")
        st.selectbox(
            "Between the layers",
            list(ACTIVATIONS),
            format_func=lambda name: str(name).replace("_", " "),
            key=ADDRESS.key("between"),
            width=150,
        )
        segments("At the end", ("sigmoid", "linear"), "last")
        st.number_input(
            "Seed",
            0,
            LARGEST_SEED,
            key=ADDRESS.key("layers_seed"),
            help="Decides the random weights and biases of the stack.",
            width=130,
        )


def _numbers(collapse: Collapse, comparison: Comparison) -> None:
    """Show how the matrices become one, and that the outputs are equal or not."""
    left, right = st.columns([0.42, 0.58])
    with left:
        _outputs(comparison)
    with right:
        if not collapse.exact:
            between = between_name(collapse)
            st.markdown(f"Multiplied out as if there were no {between} in between:")
        products = (_product(collapse, k) for k in range(1, len(collapse.products)))
        formulas(*chain.from_iterable(products))


def _product(collapse: Collapse, k: int) -> tuple[str, str]:
    """Return the formulas that multiply the product of all layers before layer k + 1 with it."""
    before, after = collapse.products[k - 1 : k + 1]
    layer = collapse.network.layers[k]
    last = k == len(collapse.products) - 1
    factors = " ".join(f"W_{i + 1}" for i in range(k + 1))
    weights = f"W = {factors}" if last else factors
    # b_1 is the first layer's own bias; b_{12} that of the product of the first two layers.
    names = ["".join(str(i + 1) for i in range(n)) for n in (k, k + 1)]
    bias = "b" if last else f"b_{{{names[1]}}}"
    n = _enough_digits(before.weights, layer.weights, np.zeros(()))
    n_bias = _enough_digits(before.bias[None], layer.weights, layer.bias)
    return (
        f"{weights} = {_matrix(before.weights, n)} \\cdot {_matrix(layer.weights, n)} = "
        f"{_matrix(after.weights)}",
        f"{bias} = b_{{{names[0]}}} W_{k + 1} + b_{k + 1} = {_matrix(before.bias[None], n_bias)} "
        f"\\cdot {_matrix(layer.weights, n_bias)} + {_matrix(layer.bias[None], n_bias)} = "
        f"{_matrix(after.bias[None])}",
    )


def _enough_digits(before: FloatArray, factor: FloatArray, bias: FloatArray) -> int:
    """Return with how many digits matrices are printed, so that their product can be checked."""
    goal = _matrix(before @ factor + bias)
    for n in range(4, _MOST_DIGITS):
        one, other, added = (_rounded(values, n) for values in (before, factor, bias))
        if _matrix(one @ other + added) == goal:
            return n
    return _MOST_DIGITS


def _rounded(values: FloatArray, n: int) -> FloatArray:
    rounded = [float(f"{round(value, n - 1):.{n}g}") for value in values.ravel().tolist()]
    return np.reshape(rounded, values.shape)


def _matrix(values: FloatArray, n: int = 4) -> str:
    """Return a matrix in LaTeX: three decimals, as in the picture, or what `n` digits need."""
    rows = [
        " & ".join(latex(value, n, alone=True) for value in row)
        for row in _rounded(values, n).tolist()
    ]
    return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"


def _outputs(comparison: Comparison) -> None:
    """Show the outputs of the stack and of the collapsed layer row by row."""
    shown = _digits_that_agree(comparison) if comparison.same else 6
    difference_digits = 2 if comparison.same else 4
    rows: list[list[Cell]] = []
    for i, pair in enumerate(_pairs(comparison)):
        difference = float(comparison.differences[i])
        texts = [digits(value, shown) for value in pair]
        # Where a row has the same from both, what rounding leaves is not worth its digits.
        if not comparison.same and without_dust(difference, max(map(abs, pair))):
            texts = list(outputs_apart(comparison, i)[:2])
        text = digits(difference, difference_digits).replace(" × ", "×")
        rows.append([str(i + 1), *map(Shown, pair, texts), Shown(difference, text)])
    table(
        ("row", "stack", "folded", "difference"),
        rows,
        label="The outputs of the stack and of the folded layer for every row",
    )
    if comparison.worst_difference and comparison.same:
        st.caption(
            f"Equal to all {shown} digits shown. What differs beyond them is rounding: the same "
            "numbers are added up in another order."
        )


def _digits_that_agree(comparison: Comparison) -> int:
    """Return with how many digits, 15 at most, both outputs of every row read the same."""
    for shown in range(_MOST_DIGITS, 1, -1):
        if all(digits(one, shown) == digits(other, shown) for one, other in _pairs(comparison)):
            return shown
    return 1


def _pairs(comparison: Comparison) -> list[tuple[float, float]]:
    """Return for every row the outputs of the stack and of the collapsed layer."""
    return list(zip(comparison.stacked.tolist(), comparison.collapsed.tolist(), strict=True))


def _notes(collapse: Collapse, comparison: Comparison) -> None:
    """Show what the tutorial says about stacked layers and activations, and what is so."""
    linear, bent = (
        compare(collapse_layers(with_activation_between(collapse.network, name)), comparison.X)
        for name in ("linear", "tanh")
    )
    apart = "the same in every digit"
    if linear.worst_difference:
        apart = f"{digits(linear.worst_difference, 2)} apart at the most, which is rounding"
    tutorial_says(
        "with linear operations alone, more layers have no effect, because each layer stays "
        "correlated with the one before. A smaller network would predict the same.",
        "the conclusion is right, the reason is not correlation. A product of matrices is one "
        "matrix, so any number of linear layers is exactly one linear layer. With these weights "
        f"the outputs of the stack and of the one layer are {apart}; with tanh between the layers "
        f"they are {digits(bent.worst_difference)} apart on row {bent.worst + 1}. A sigmoid at "
        "the end comes after the last sum, so it does not hinder folding.",
    )
    with st.container(horizontal=True):
        _show("Show me: linear", "linear")
        _show("Show me: tanh between", "tanh")
    in_fact = (
        "it turns off no weight. It sets a unit’s output to 0 where the unit’s sum is negative, "
        "and that depends on the row."
    )
    found = switched_unit(collapse.network, comparison.X)
    if found is not None:
        off, on = (f"row {row + 1}, {row_name(comparison, row)}" for row in (found.off, found.on))
        in_fact += (
            f" Here unit {found.unit + 1} of layer 1 gives 0 on {off}, where its sum is "
            f"{digits(found.sum_off)}, and its sum on {on}, where that is {digits(found.sum_on)}. "
            "Its weights are the same both times."
        )
    tutorial_says("ReLU turns off a weight that is negative.", in_fact)
    _show("Show me: relu between", "relu")


def _show(label: str, between: str) -> None:
    st.button(label, on_click=ADDRESS.set, args=("between", between))
