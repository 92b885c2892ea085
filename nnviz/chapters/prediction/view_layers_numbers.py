"""The products of the layers' matrices with their numbers, and both outputs row by row."""

from typing import Final

import streamlit as st

from nnviz.chapters.prediction.linear_collapse import Fold, FoldComparison
from nnviz.chapters.prediction.words_collapse import between_name
from nnviz.nn.checks import FloatArray
from nnviz.nn.layers import Layer
from nnviz.site.parts import formulas
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex

_MOST_DIGITS: Final = 15  # float64 holds so many of every number
_FEWEST_DIGITS: Final = 12


def numbers(fold: Fold, comparison: FoldComparison) -> None:
    """Show how the matrices become one, and that the outputs are equal or not."""
    left, right = st.columns([0.42, 0.58])
    with left:
        _outputs(comparison)
    with right:
        if not fold.exact:
            st.markdown(f"Multiplied out as if there were no {between_name(fold)} in between:")
        for k in range(1, len(fold.products)):
            _product(fold, k)


def _product(fold: Fold, k: int) -> None:
    """Show the product of all layers before layer k + 1 with that layer."""
    before, layer, after = fold.products[k - 1], fold.network.layers[k], fold.products[k]
    last = k == len(fold.products) - 1
    factors = " ".join(f"W_{i + 1}" for i in range(k + 1))
    weights = f"W = {factors}" if last else factors
    # b_1 is the first layer's own bias; b_{12} that of the first two layers folded.
    names = ["".join(str(i + 1) for i in range(n)) for n in (k, k + 1)]
    bias = "b" if last else f"b_{{{names[1]}}}"
    formulas(
        rf"{weights} = {_matrix(before.weights)} \cdot {_matrix(layer.weights)} = "
        rf"{_matrix(after.weights)}",
        rf"{bias} = b_{{{names[0]}}} W_{k + 1} + b_{k + 1} = {_row(before)} "
        rf"\cdot {_matrix(layer.weights)} + {_row(layer)} = {_row(after)}",
    )


def _matrix(values: FloatArray) -> str:
    rows = [" & ".join(_entry(value) for value in row) for row in values.tolist()]
    return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"


def _entry(value: float) -> str:
    # As many decimals as in the picture; four columns of them fit a phone.
    return latex(round(value, 3), alone=True)


def _row(layer: Layer) -> str:
    return _matrix(layer.bias.reshape(1, -1))


def _outputs(comparison: FoldComparison) -> None:
    shown = _digits_that_agree(comparison) if comparison.same else 6
    rows = zip(comparison.stacked, comparison.folded, comparison.differences, strict=True)
    table(
        ("row", "stack", "folded", "difference"),
        [
            (
                str(i),
                *(Shown(float(value), digits(float(value), shown)) for value in (stacked, folded)),
                _difference(float(difference), 2 if comparison.same else 4),
            )
            for i, (stacked, folded, difference) in enumerate(rows, 1)
        ],
        label="The outputs of the stack and of the folded layer for every row",
    )
    if comparison.worst_difference and comparison.same:
        st.caption(
            f"Equal to all {shown} digits shown. What differs beyond them is rounding: the same "
            "numbers are added up in another order."
        )


def _difference(value: float, significant: int) -> Shown:
    return Shown(value, digits(value, significant).replace(" × ", "×"))


def _digits_that_agree(comparison: FoldComparison) -> int:
    """Return with how many digits, 15 at the most, both outputs of every row read the same."""
    for shown in range(_MOST_DIGITS, _FEWEST_DIGITS, -1):
        pairs = zip(comparison.stacked.tolist(), comparison.folded.tolist(), strict=True)
        if all(digits(stacked, shown) == digits(folded, shown) for stacked, folded in pairs):
            return shown
    return _FEWEST_DIGITS
