"""One palette, named in one place, told apart without colour too."""

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

import nnviz
from nnviz.chart import theme

PACKAGE = Path(nnviz.__file__).parent
OKABE_ITO = {
    "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000",
}  # fmt: skip


def luminance(colour):
    """Return the relative luminance of WCAG 2, from 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_are_those_of_okabe_and_ito():
    named = {theme.ORANGE, theme.BLUE, theme.GREEN, theme.VERMILLION, theme.PURPLE, theme.SKY}
    assert len(named) == 6
    assert named <= OKABE_ITO


def test_class_0_is_an_orange_circle_and_class_1_a_blue_square():
    assert theme.CLASS_COLOURS == (theme.NEGATIVE, theme.POSITIVE) == (theme.ORANGE, theme.BLUE)
    assert theme.CLASS_SYMBOLS == ("circle", "square")
    # On a grey print they differ as well.
    assert contrast(*theme.CLASS_COLOURS) > 2


def test_scales_begin_at_the_paper_and_the_diverging_one_has_it_in_the_middle():
    assert theme.SEQUENTIAL[0] == theme.PAPER
    assert theme.DIVERGING[1] == theme.PAPER
    assert len(theme.DIVERGING) == 3
    assert theme.DIVERGING[0] == theme.NEGATIVE


@pytest.mark.parametrize("colour", ["INK", "PAPER", "PANEL"])
def test_ink_and_paper_are_decided_by_the_theme_of_the_browser(colour):
    assert re.fullmatch(r"var\(--st-[a-z-]+\)", getattr(theme, colour))


def test_a_colour_is_named_nowhere_else():
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name == "theme.py" or "theme" not in text:
            continue
        named = re.findall(r"""["'](?:#[0-9A-Fa-f]{3,8}|hsla?\(.*?\)|rgb\(.*?\))["']""", text)
        assert not named, path
        # What is transparent must be a colour of the house made so.
        house = {tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in OKABE_ITO}
        for *rgb, _ in re.findall(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)", text):
            assert tuple(map(int, rgb)) in house, path


def test_a_layout_keeps_what_the_person_zoomed_to():
    first, second = go.Layout(theme.layout(300)), go.Layout(theme.layout(500, showlegend=True))
    assert first.uirevision == second.uirevision
    assert first.uirevision
    assert (first.height, second.height) == (300, 500)
    assert (first.showlegend, second.showlegend) == (False, True)


def test_a_layout_takes_its_colours_from_the_theme():
    layout = go.Layout(theme.layout(300))
    assert layout.font.color == layout.hoverlabel.font.color == theme.INK
    assert layout.hoverlabel.bgcolor == theme.PANEL
    # The page's own background shows through, light or dark.
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_options_stand_above_the_house_style():
    layout = go.Layout(
        theme.layout(300, margin={"l": 1}, xaxis=theme.axis("time", range=(0, 9), color="red"))
    )
    assert layout.margin.l == 1
    assert layout.margin.r is None
    assert layout.xaxis.title.text == "time"
    assert layout.xaxis.range == (0, 9)
    assert layout.xaxis.color == "red"
    assert theme.axis("x")["color"] == theme.INK


def test_a_panel_has_its_place_and_another_one_on_a_phone():
    wide = theme.panel("2", ((0, 0.4), (0.5, 1)), theme.axis("across"), theme.axis("up"))
    layout = go.Layout(theme.layout(300, **wide))
    assert (layout.xaxis2.domain, layout.yaxis2.domain) == ((0, 0.4), (0.5, 1))
    assert (layout.xaxis2.anchor, layout.yaxis2.anchor) == ("y2", "x2")
    assert (layout.xaxis2.title.text, layout.yaxis2.title.text) == ("across", "up")
    narrow = theme.moved("2", ((0, 1), (0.1, 0.3)))
    assert narrow == {"xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0.1, 0.3]}}


def test_panels_below_each_other_leave_room_and_end_where_they_should():
    inner, spans = theme.stacked([(100, 20), (60, 10), (10, 0)])
    assert inner == 200
    assert [(low * inner, high * inner) for low, high in spans] == [(100, 200), (20, 80), (0, 10)]
