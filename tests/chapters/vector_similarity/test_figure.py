"""The picture of the arrows, as values: shadows, angles, bars."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnviz.chapters.vector_similarity.figure import COLOURS, similarity_picture
from nnviz.chapters.vector_similarity.vectors import X_RANGE, Y_RANGE, compare
from nnviz.chart import theme
from nnviz.data import tutorial
from tests.colours import HOUSE, of_picture

hundredths = st.tuples(st.integers(-320, 320), st.integers(-200, 200)).map(
    lambda units: (units[0] / 100, units[1] / 100)
)
ARROWS = (tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)
NAMES = ("weights_1", "weights_2")


def draw(*arrows):
    a, first, second = arrows or ARROWS
    return similarity_picture(compare(a, first), compare(a, second))


def marks(picture, name):
    """Return shadow, drop and arc of one comparison, and its bars."""
    colour = COLOURS[name]
    traces = [t for t in picture.figure.data if t.type == "scatter" and t.line.color == colour]
    (bars,) = (t for t in picture.figure.data if t.name == name)
    return traces, bars


def heading(x, y):
    return math.degrees(math.atan2(y, x))


def test_the_tutorials_bars():
    first, second = (marks(draw(), name)[1] for name in NAMES)
    assert list(first.y) == pytest.approx([2.1672, 0, 2.1672], rel=1e-9)
    assert list(second.y) == pytest.approx([3.7324, 0.3936, 4.126], rel=1e-9)
    assert list(first.text) == ["2.1672", "0", "2.1672"]
    assert list(second.text) == ["3.7324", "0.3936", "4.126"]
    assert list(second.customdata)[2] == "4.1259999999999994"
    assert [bars.xaxis + bars.yaxis for bars in (first, second)] == ["x2y2", "x2y2"]


def test_the_labels_of_the_bars_are_of_one_size_and_have_a_real_minus():
    picture = draw((1.72, 1.23), (-1.26, -0.0), (-0.07, 0.03))
    first, second = (marks(picture, name)[1] for name in NAMES)
    assert list(first.text) == ["−2.1672", "0", "−2.1672"]
    assert (first.textfont.size, first.constraintext, first.textangle) == (12, "none", 0)
    assert first.textfont == second.textfont
    # What rounding leaves of a right angle is shown as 0; the hover says what was computed.
    dusty = marks(draw((-0.07, -0.03), (0.09, -0.21), (1, 0)), "weights_1")[1]
    assert dusty.y[2] != 0
    assert (dusty.text[2], dusty.customdata[2]) == ("0", repr(float(dusty.y[2])))


def test_the_arrows_are_told_apart_without_colour():
    first, second = (marks(draw(), name)[1].marker for name in NAMES)
    assert first.pattern.shape != second.pattern.shape
    assert first.color != second.color
    assert len(set(COLOURS.values())) == 3


@given(hundredths, hundredths, hundredths)
def test_everything_is_where_the_vectors_say(a, first, second):
    assume(any(a) and any(first) and any(second))
    picture = draw(a, first, second)
    for name, w in zip(NAMES, (first, second), strict=True):
        (shadow, drop, arc), bars = marks(picture, name)
        products = [a[0] * w[0], a[1] * w[1]]
        assert list(bars.y) == pytest.approx([*products, sum(products)], rel=1e-12, abs=1e-12)
        # The shadow ends at the foot of the perpendicular.
        foot = np.multiply(w, np.dot(a, w) / np.dot(w, w))
        assert (shadow.x[0], shadow.y[0]) == (0, 0)
        assert (shadow.x[1], shadow.y[1]) == pytest.approx(tuple(foot), abs=1e-9)
        assert (drop.x[0], drop.y[0]) == a
        assert (drop.x[1], drop.y[1]) == (shadow.x[1], shadow.y[1])
        dropped = np.array([drop.x[1] - drop.x[0], drop.y[1] - drop.y[0]])
        assert np.dot(dropped, w) == pytest.approx(0, abs=1e-9)
        # The arc leads from the weights to the input, the short way.
        radii = np.hypot(arc.x, arc.y)
        assert radii == pytest.approx(np.full(len(arc.x), radii[0]))
        assert math.cos(math.radians(heading(arc.x[0], arc.y[0]) - heading(*w))) > 1 - 1e-9
        assert math.cos(math.radians(heading(arc.x[-1], arc.y[-1]) - heading(*a))) > 1 - 1e-9
        turned = np.degrees(np.hypot(np.diff(arc.x), np.diff(arc.y)).sum() / radii[0])
        angle = abs((heading(*a) - heading(*w) + 180) % 360 - 180)
        assert turned == pytest.approx(angle, rel=2e-3, abs=1e-6)


def test_the_two_arcs_do_not_cover_each_other():
    radii = [np.hypot(arc.x[0], arc.y[0]) for arc in (marks(draw(), n)[0][2] for n in NAMES)]
    assert abs(radii[0] - radii[1]) > 0.2


def test_the_hover_says_all_digits():
    (shadow, _, arc), _ = marks(draw(), "weights_2")
    assert "shadow of the input on weights_2: 1.88" in shadow.hovertemplate
    assert "angle to weights_2: 27.18048739264" in arc.hovertemplate
    assert "np.float64" not in draw().figure.to_json()


@pytest.mark.parametrize(
    ("arrows", "n_first", "n_second"),
    [
        (((1, 1), (0, 0), (1, 0)), 0, 3),
        (((1, 1), (1, 0), (0, 0)), 3, 0),
        (((1, 1), (0, 0), (0, 0)), 0, 0),
        # Without an input there is a shadow of length 0, and no angle.
        (((0, 0), (1, 0), (0, 1)), 2, 2),
        (((0, 0), (0, 0), (0, 0)), 0, 0),
    ],
)
def test_an_arrow_of_length_zero_has_no_shadow_and_no_angle(arrows, n_first, n_second):
    picture = draw(*arrows)
    assert [len(marks(picture, name)[0]) for name in NAMES] == [n_first, n_second]
    assert np.isfinite([marks(picture, name)[1].y for name in NAMES]).all()


def test_the_plane_holds_still_and_has_equal_scales():
    for arrows in (ARROWS, ((-3.2, 2), (0, 0), (3.2, -2))):
        layout = draw(*arrows).figure.layout
        assert layout.xaxis.range == X_RANGE
        assert layout.yaxis.range == Y_RANGE
        assert layout.yaxis.scaleanchor == "x"
        assert layout.uirevision == theme.layout(99)["uirevision"]


@given(hundredths, hundredths, hundredths)
def test_the_bars_fit_into_an_axis_that_moves_in_jumps_only(a, first, second):
    picture = draw(a, first, second)
    low, high = picture.figure.layout.yaxis2.range
    values = [value for name in NAMES for value in marks(picture, name)[1].y]
    assert low <= min(0, *values)
    assert max(5, *values) <= high
    assert low % 5 == high % 5 == 0
    assert high - low <= 5 * math.ceil((max(0, *values) - min(0, *values)) * 1.1 / 5 + 1)


def test_every_colour_is_of_the_house():
    colours = of_picture(draw())
    assert {*COLOURS.values(), theme.FAINT} <= colours <= HOUSE


def test_a_narrow_screen_has_the_bars_below_the_plane():
    narrow = draw().narrow
    assert narrow["yaxis2"]["domain"][1] < narrow["yaxis"]["domain"][0]
    assert narrow["xaxis"]["domain"] == narrow["xaxis2"]["domain"] == [0, 1]
    assert draw().tracks is None
