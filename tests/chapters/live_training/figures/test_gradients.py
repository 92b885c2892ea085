"""The effect of an update as a picture: bars, numbers and signs are the core's, and explained."""

import re

import numpy as np
import pytest

from nnviz.chapters.live_training.figures.gradient_cells import FEW, blocks, bottom
from nnviz.chapters.live_training.figures.gradients import update_picture
from nnviz.chapters.live_training.row_gradients import RowUpdates, row_updates
from nnviz.chart import theme
from nnviz.data.tutorial import eight_rows
from nnviz.training.parameter_names import parameter_names
from nnviz.walkthrough.figures.update_effect import FALLS, RISES
from tests.colours import HOUSE, of_picture
from tests.reading import NUMBER, read
from tests.runs import plan_of, run_of

FEATURES = ("x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
MODELS = [
    {},
    {"features": FEATURES, "standardise": True},
    {"hidden": ((1, "tanh"),)},
    {"hidden": ((4, "tanh"),), "standardise": True},
    {"hidden": ((8, "relu"),), "features": FEATURES, "standardise": True},
    {"hidden": ((3, "tanh"), (2, "tanh"))},
    {"learning_rate": 10.0},
]


def state(step=2_500, **choices):
    run = run_of(steps=3_000, **choices)
    plan = run.plan
    return row_updates(run, step), plan, parameter_names(plan)


def drawn(**choices):
    return update_picture(*state(**choices))


def heatmaps(picture):
    return [trace for trace in picture.figure.data if trace.type == "heatmap"]


def bars(picture):
    return [trace for trace in picture.figure.data if trace.type == "bar"]


def of_mode(picture, mode):
    return [t for t in picture.figure.data if t.type == "scatter" and t.mode == mode]


def annotations(picture):
    return [note.text for note in picture.figure.layout.annotations]


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_bars_and_numbers_are_the_errors(choices):
    found, _, _ = state(**choices)
    picture = drawn(**choices)
    before, after = bars(picture)
    np.testing.assert_array_equal(before.x, found.before)
    np.testing.assert_array_equal(after.x, found.after)
    assert list(before.y) == list(after.y) == list(range(8))
    assert before.width > after.width
    assert before.marker.color == theme.GREY
    (texts,) = of_mode(picture, "text")
    errors = [*zip(found.before, found.after, strict=True), (found.before.sum(), found.after.sum())]
    for i, ((old, new), text) in enumerate(zip(errors, texts.text, strict=True)):
        way = "▲" if new > old else "▼" if new < old else "="
        assert way in text
        assert len(set("▲▼=") & set(text)) == 1
        numbers = [float(read(n)) for n in re.findall(NUMBER, text.replace("×", " × "))]
        assert numbers[0] == pytest.approx(old, rel=0.06)
        if "by" in text:
            assert numbers[1] == pytest.approx(abs(new - old), rel=0.6)
        elif way != "=":
            assert numbers[1] == pytest.approx(new, rel=0.006)
        if i < 8:
            assert after.marker.color[i] == {"▲": RISES, "▼": FALLS, "=": theme.GREY}[way]
            assert (
                before.customdata[i] == f"row {i + 1}: {float(old)!r} before, {float(new)!r} after"
            )


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_axis_of_errors_holds_every_bar_and_the_numbers_stand_beyond(choices):
    found, _, _ = state(**choices)
    picture = drawn(**choices)
    end = picture.figure.layout.xaxis.tickvals[-1]
    highest = max(found.before.max(), found.after.max())
    assert highest <= end < 2.6 * highest
    assert min(of_mode(picture, "text")[0].x[:8]) > end
    for limit in (picture.figure.layout.xaxis.range, picture.narrow["xaxis"]["range"]):
        assert limit[1] > 1.5 * end


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_every_cell_says_who_would_add_what_to_what(choices):
    found, _, names = state(**choices)
    each, together = heatmaps(drawn(**choices))
    for i, line in enumerate(each.customdata):
        for j, text in enumerate(line):
            assert text.startswith(f"row {i + 1} ")
            assert ("was used" in text) == (i == found.row)
            assert text.endswith(f" {names[j]}")
            value = found.by_row[i, j]
            if value == 0:
                assert "as it is" in text
                continue
            number = re.search(rf"(add|take)s? ({NUMBER}) (to|from) ", text)
            assert (number[1], number[3]) == (("add", "to") if value > 0 else ("take", "from"))
            assert float(read(number[2])) == pytest.approx(abs(value), rel=1e-3)
    for text, way in zip(together.customdata[0], found.ways, strict=True):
        assert text.startswith("all rows together would ")
        assert ("went with them" in text) == (way == 1)
        assert ("went against them" in text) == (way == -1)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_colours_are_centred_at_zero(choices):
    found, _, _ = state(**choices)
    for cells in heatmaps(drawn(**choices)):
        assert cells.zmin == -cells.zmax < 0
        assert [stop for stop, _ in cells.colorscale] == [0, 0.5, 1]
        assert [colour for _, colour in cells.colorscale] == list(theme.DIVERGING)
    each, together = heatmaps(drawn(**choices))
    np.testing.assert_array_equal(each.z, found.by_row)
    np.testing.assert_array_equal(np.sign(together.z[0]), np.sign(found.together))
    assert np.abs(together.z).max() <= np.abs(each.z).max()


def test_few_cells_hold_sign_and_number():
    for choices in ({}, {"features": FEATURES, "standardise": True}, {"learning_rate": 10.0}):
        found, _, _ = state(**choices)
        assert found.by_row.shape[1] <= FEW
        each, together = heatmaps(drawn(**choices))
        cells = zip(np.ravel(each.text), found.by_row.ravel(), strict=True)
        sums = zip(np.ravel(together.text), found.together, strict=True)
        for text, value in (*cells, *sums):
            sign, _, rest = text.replace("<br>", " ").partition(" ")
            number, _, word = rest.partition(" ")
            assert sign == ("▲" if value > 0 else "▼" if value < 0 else "0")
            if value:
                assert len(number) <= 8
                assert float(read(number.replace("×", " × "))) == pytest.approx(abs(value), rel=0.5)
            assert word in ("", "with", "against")
        said = [text.rpartition(">")[2] for text in together.text[0]]
        for word, way in zip(said, found.ways, strict=True):
            assert (word == "with", word == "against") == (way == 1, way == -1)
        assert not of_mode(drawn(**choices), "markers")


@pytest.mark.parametrize("choices", MODELS[3:6], ids=repr)
def test_many_cells_hold_a_triangle_that_says_the_sign_without_colour(choices):
    found, plan, names = state(**choices)
    picture = drawn(**choices)
    assert len(names) > FEW
    assert all(cells.text is None for cells in heatmaps(picture))
    (signs,) = of_mode(picture, "markers")
    lines = np.vstack([found.by_row, found.together])
    assert len(signs.x) == np.count_nonzero(lines)
    middles = np.array([*range(8), (8 - 0.5 + 0.2) + 1.3 / 2])
    for x, y, symbol in zip(signs.x, signs.y, signs.marker.symbol, strict=True):
        line = int(np.abs(middles - y).argmin())
        assert symbol == ("triangle-up" if lines[line, x] > 0 else "triangle-down")
        assert (y < middles[line]) == (symbol == "triangle-up")  # the axis runs downwards
    assert bottom(plan.sample.n_rows) > max(signs.y)


@pytest.mark.parametrize("choices", MODELS[3:6], ids=repr)
def test_blocks_of_columns_are_named_and_cover_all(choices):
    _, plan, names = state(**choices)
    found = blocks(plan, names)
    assert [column for first, last, _ in found for column in range(first, last + 1)] == list(
        range(len(names))
    )
    for first, last, name in found:
        if name in ("biases", "bias"):
            assert all(one.startswith("bias") for one in names[first : last + 1])
        elif name.endswith(" →"):
            assert all(one.startswith(name) for one in names[first : last + 1])
        elif name == "→ output":
            assert all(one.endswith(name) for one in names[first : last + 1])
    lines = [shape for shape in drawn(**choices).figure.layout.shapes if shape.type == "line"]
    assert [line.x0 for line in lines] == [first - 0.5 for first, _, _ in found[1:]]


def test_the_columns_of_a_neuron_bear_the_names_of_its_weights():
    _, _, names = state(features=FEATURES)
    axis = drawn(features=FEATURES).figure.layout.xaxis2
    assert [text.replace("<br>", " ") for text in axis.ticktext] == list(names)
    assert list(axis.tickvals) == list(range(8))


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_row_that_was_used_is_framed_and_pointed_at(choices):
    found, _, names = state(**choices)
    layout = drawn(**choices).figure.layout
    (frame,) = (shape for shape in layout.shapes if shape.type == "rect")
    assert frame.y0 < found.row < frame.y1 < frame.y0 + 1
    assert (frame.x0, frame.x1, frame.xref, frame.yref) == (-0.5, len(names) - 0.5, "x2", "y2")
    for axis in (layout.yaxis, layout.yaxis2):
        marked = [i for i, text in enumerate(axis.ticktext) if text.startswith("▸")]
        assert marked == [found.row]
        assert list(axis.range) == [bottom(8), -0.5]
    assert layout.yaxis.tickvals == layout.yaxis2.tickvals
    x1, x2 = eight_rows().X[found.row]
    target = int(eight_rows().y[found.row])
    assert layout.yaxis.ticktext[found.row] == f"▸ {found.row + 1}: [{x1:g}, {x2:g}] → {target}"


def test_every_mark_is_explained():
    for choices, last in (({}, "with or against all"), (MODELS[3], "the update made")):
        picture = drawn(**choices)
        for texts in (annotations(picture), [n["text"] for n in picture.narrow["annotations"]]):
            errors, cells = texts
            for colour, words in ((theme.GREY, "before"), (RISES, "▲ risen"), (FALLS, "▼ fallen")):
                assert re.search(f"{colour}[^■]*■</span> {words}", errors)
            assert "▸ the plant used" in errors
            assert errors.endswith("= same")
            for colour, words in ((theme.SKY, "▲ up"), (theme.ORANGE, "▼ down")):
                assert re.search(f"{colour}[^■]*■</span> {words}", cells)
            assert "framed: the update" in cells
            assert cells.endswith(last)


def test_the_narrow_layout_puts_the_cells_below():
    picture = drawn()
    layout, narrow = picture.figure.layout, picture.narrow
    assert layout.xaxis.domain[1] < layout.xaxis2.domain[0]
    assert narrow["yaxis2"]["domain"][1] < narrow["yaxis"]["domain"][0]
    assert narrow["height"] > 1.5 * layout.height


def made_up(before, after, each):
    plan = plan_of(rows=((-1.5, 1234.5678),) * len(before), targets=(1,) * len(before))
    each = np.array(each, dtype=float)
    found = RowUpdates(0, 0, 0.1, np.array(before), np.array(after), each, each.sum(axis=0))
    return update_picture(found, plan, parameter_names(plan))


def test_what_does_not_change():
    picture = made_up([0.0], [0.0], [[0.0, 0.0, 0.0]])
    assert of_mode(picture, "text")[0].text == ("0 =", "0 =")
    assert picture.figure.layout.xaxis.tickvals[-1] == 1
    assert list(heatmaps(picture)[0].text[0]) == ["0", "0", "0"]
    assert heatmaps(picture)[0].zmax > 0
    assert list(bars(picture)[1].marker.color) == [theme.GREY]
    assert picture.figure.layout.yaxis.ticktext[0].startswith("▸ 1: [−1.5, 1230]")


def test_pulls_that_left_float64_are_drawn_at_the_end_of_the_scale():
    with np.errstate(invalid="ignore"):
        picture = made_up([1.0, 1.0], [2.0, 1.0], [[np.inf, 1.0, -np.inf], [-np.inf, 2.0, 0.0]])
    each, together = heatmaps(picture)
    assert np.isfinite(each.z).all()
    assert np.isfinite(together.z).all()
    assert each.text[0][0] == "▲ ∞"
    assert each.text[0][2] == "▼ ∞"
    assert together.text[0][0].startswith("?")


def test_a_branch_and_twenty_rows_can_be_drawn():
    rows = tuple((float(i), i / 3) for i in range(20))
    run = run_of(rows, (0, 1) * 10, steps=900, begin=(500, (0.1, 0.2, 0.0)))
    found = row_updates(run, 500)
    picture = update_picture(found, run.plan, parameter_names(run.plan))
    assert len(bars(picture)[0].x) == 20
    assert picture.figure.layout.height < 850


def test_only_the_colours_of_the_house():
    for choices in MODELS[:4]:
        assert of_picture(drawn(**choices)) <= HOUSE
