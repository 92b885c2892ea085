"""The picture of a stack and its collapsed layer, as values."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from nnviz.chapters.prediction.figures.collapse import collapse_picture
from nnviz.chapters.prediction.figures.matrices import STRENGTH, STRONGEST
from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chart import theme
from nnviz.data.tutorial import eight_rows
from tests.chart.test_theme import contrast
from tests.colours import HOUSE, of_picture

X = eight_rows().X
SHAPES = list(itertools.product((1, 2, 3), (1, 2, 3, 4)))


def states(n_hidden=2, n_units=3, between="linear", last="sigmoid", seed=2):
    collapse = collapse_layers(random_stack(n_hidden, n_units, between, last, seed=seed))
    return collapse, compare(collapse, X)


def drawn(*, shown=True, **options):
    return collapse_picture(*states(**options), shown=shown)


def heatmaps(picture):
    return [t for t in picture.figure.data if t.type == "heatmap"]


def marks(picture, name):
    (trace,) = (t for t in picture.figure.data if t.name == name)
    return trace


@pytest.mark.parametrize(("n_hidden", "n_units"), SHAPES)
def test_every_number_of_every_matrix_is_in_a_cell(n_hidden, n_units):
    collapse, _ = states(n_hidden, n_units)
    maps = heatmaps(drawn(n_hidden=n_hidden, n_units=n_units))
    matrices = [*collapse.network.layers, *collapse.products[1:]]
    assert len(maps) == 2 * len(matrices)
    for layer, weights, bias in zip(matrices, maps[::2], maps[1::2], strict=True):
        assert (weights.xaxis, weights.yaxis) == (bias.xaxis, bias.yaxis)
        for values, cells in ((layer.weights, weights), (layer.bias[np.newaxis], bias)):
            texts = [[text.replace("−", "-") for text in row] for row in cells.text]
            np.testing.assert_allclose(np.array(texts, float), values, atol=0.0051)
            says = [[float(cell.rpartition(": ")[2]) for cell in row] for row in cells.customdata]
            np.testing.assert_array_equal(says, values)
            np.testing.assert_array_equal(cells.z, np.clip(values, -STRONGEST, STRONGEST))


def test_every_matrix_has_a_subplot_of_its_own_and_the_outputs_the_first():
    maps = heatmaps(drawn(n_hidden=3))
    assert [m.xaxis for m in maps[::2]] == ["x2", "x3", "x4", "x5", "x6", "x7", "x8"]
    assert marks(drawn(n_hidden=3), "folded into one").xaxis is None


def test_what_a_cell_says():
    first, first_bias, second, _, last, last_bias, product, *_ = heatmaps(drawn())
    assert first.customdata[1][2].startswith("weight from x2 to unit 3 of layer 1: ")
    assert first_bias.customdata[0][0].startswith("bias of unit 1 of layer 1: ")
    assert second.customdata[0][1].startswith("weight from unit 1 of layer 1 to unit 2 of layer 2")
    assert last.customdata[2][0].startswith("weight from unit 3 of layer 2 to the output: ")
    assert last_bias.customdata[0][0].startswith("bias of the output: ")
    assert product.customdata[0][2].startswith("weight from x1 to unit 3 of layer 2: ")
    assert product.hovertemplate.startswith("W₁W₂<br>")


def test_a_number_rounded_to_zero_has_no_sign():
    texts = [
        text
        for seed in range(30)
        for cells in heatmaps(drawn(n_hidden=3, n_units=4, seed=seed))
        for row in cells.text
        for text in row
    ]
    assert "0.00" in texts
    assert "−0.00" not in texts
    assert not any("-" in text for text in texts)
    assert {len(text.lstrip("−")) for text in texts} == {4}


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_the_numbers_can_be_read_on_the_strongest_colour(theme_name):
    config = tomllib.loads(
        (Path(__file__).parents[4] / ".streamlit/config.toml").read_text("utf-8")
    )
    ink, paper = (config["theme"][theme_name][n] for n in ("textColor", "backgroundColor"))
    cells = heatmaps(drawn())[0]
    assert cells.textfont.color == theme.INK
    assert (cells.zmin, cells.zmax) == (-STRONGEST / STRENGTH, STRONGEST / STRENGTH)
    assert [colour for _, colour in cells.colorscale] == list(theme.DIVERGING)
    for colour in (theme.DIVERGING[0], theme.DIVERGING[2]):
        parts = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (colour, paper)]
        mixed = [round(STRENGTH * a + (1 - STRENGTH) * b) for a, b in zip(*parts, strict=True)]
        assert contrast(ink, "#" + "".join(f"{part:02x}" for part in mixed)) > 4.5


def test_both_outputs_of_every_row():
    _, comparison = states(between="tanh")
    picture = drawn(between="tanh")
    stack, one = marks(picture, "stack of 3 layers"), marks(picture, "folded into one")
    np.testing.assert_array_equal(stack.x, comparison.stacked)
    np.testing.assert_array_equal(one.x, comparison.collapsed)
    assert list(stack.y) == list(one.y) == list(range(1, 9))
    assert stack.marker.symbol != one.marker.symbol
    assert stack.marker.size > one.marker.size  # so that both are seen where they coincide
    assert stack.customdata[3] == f"row 4, (3, 4): {comparison.stacked.tolist()[3]!r}"
    assert picture.figure.layout.yaxis.ticktext[3] == "4: (3, 4)"
    line = picture.figure.data[0]
    assert line.mode == "lines"
    assert list(line.x[:3]) == [comparison.stacked[0], comparison.collapsed[0], None]


def notes(picture):
    return [note.text for note in picture.figure.layout.annotations]


def test_no_row_is_named_where_both_are_the_same():
    assert not [text for text in notes(drawn()) if "apart" in text]


@pytest.mark.parametrize(
    ("n_units", "between", "side"), [(3, "tanh", "left"), (2, "relu", "right")]
)
def test_the_worst_row_is_named_beside_its_marks(n_units, between, side):
    _, comparison = states(n_units=n_units, between=between)
    picture = drawn(n_units=n_units, between=between)
    (note,) = (n for n in picture.figure.layout.annotations if "apart" in n.text)
    assert float(note.text.split()[0]) == pytest.approx(comparison.worst_difference, abs=5e-5)
    assert (note.y, note.xanchor) == (comparison.worst + 1, side)
    ends = (comparison.stacked[comparison.worst], comparison.collapsed[comparison.worst])
    assert note.x == (min(ends) if side == "right" else max(ends))
    assert (note.xshift > 0) is (side == "left")


@pytest.mark.parametrize("between", ["linear", "tanh", "relu"])
@pytest.mark.parametrize("seed", range(8))
def test_the_axis_of_the_outputs_holds_them_all(between, seed):
    for last in ("sigmoid", "linear"):
        _, comparison = states(between=between, last=last, seed=seed)
        axis = drawn(between=between, last=last, seed=seed).figure.layout.xaxis
        low, high = axis.range
        assert low < min(*comparison.stacked, *comparison.collapsed)
        assert high > max(*comparison.stacked, *comparison.collapsed)
        if last == "sigmoid":
            assert (low, high) == (-0.04, 1.04)
        assert axis.fixedrange


def test_the_sign_between_the_layers():
    assert notes(drawn()).count("<b>·</b>") == 2
    assert notes(drawn(between="leaky_relu")).count("leaky relu") == 2
    narrow = [note["text"] for note in drawn(between="tanh").narrow["annotations"]]
    assert "tanh, then <b>W₂</b> 3×3" in narrow
    assert "· <b>W₃</b> 3×1" in [note["text"] for note in drawn().narrow["annotations"]]


def test_what_is_to_be_predicted_is_not_drawn():
    picture = drawn(between="tanh", shown=False)
    assert len(heatmaps(picture)) == 2 * 3
    assert [t.name for t in picture.figure.data if t.type == "scatter"] == ["stack of 3 layers"]
    for texts in (notes(picture), [note["text"] for note in picture.narrow["annotations"]]):
        assert not [text for text in texts if re.search("apart|folded", text)]
        assert "hidden while<br>you predict" in texts


@pytest.mark.parametrize("shown", [True, False])
def test_the_narrow_layout_moves_every_axis(shown):
    picture = drawn(shown=shown)
    axes = {name for name in picture.figure.to_dict()["layout"] if "axis" in name}
    assert axes == {name for name in picture.narrow if "axis" in name}


def test_only_the_colours_of_the_house():
    assert of_picture(drawn(between="relu")) <= HOUSE
