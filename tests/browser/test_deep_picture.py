"""The picture of a deeper network in a real browser: what is painted, what answers the pointer."""

import re
from typing import Any

from playwright.sync_api import Page

from nnviz.chapters.deeper_networks.figures.layout import network_layout
from nnviz.chapters.deeper_networks.items import Bias, Edge, Unit
from tests.browser.app_page import open_page, wait_until_ready

PAGE = "/deeper_networks"
LAYOUT = network_layout((2, 4, 2, 1))  # of the page as it opens

# Pixels of the viewport of a point on the plan of the network.
_PLACE = """([x, y]) => {
  const plot = document.querySelector(".nv-plot"), layout = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [
    box.left + layout.xaxis._offset + layout.xaxis.d2p(x),
    box.top + layout.yaxis._offset + layout.yaxis.d2p(y),
  ];
}"""

# What a canvas shows there: red, green, blue and how much of it.
_PIXEL = """([selector, left, top]) => {
  // Of the parts of a run only the one that is seen has a size.
  const canvas = [...document.querySelectorAll(selector)].find((each) => each.clientWidth);
  const box = canvas.getBoundingClientRect();
  const across = (left - box.left) * canvas.width / box.width;
  const down = (top - box.top) * canvas.height / box.height;
  return [...canvas.getContext("2d").getImageData(Math.round(across), Math.round(down), 1, 1).data];
}"""

UNITS = ".nv-under canvas"  # the maps of the units come first
LINES = ".nv-stage > canvas.nv-over"  # edges and biases, the lowest of the canvases


def _at(page: Page, point: Any) -> tuple[float, float]:
    left, top = page.evaluate(_PLACE, [float(point[0]), float(point[1])])
    return left, top


def _pixel(page: Page, selector: str, point: Any) -> list[int]:
    pixel: list[int] = page.evaluate(_PIXEL, [selector, *_at(page, point)])
    return pixel


def _is_orange(pixel: list[int]) -> bool:
    return pixel[0] > pixel[2] + 30


def _is_blue(pixel: list[int]) -> bool:
    return pixel[2] > pixel[0] + 30


def test_the_map_of_an_input_goes_from_orange_to_blue(page: Page) -> None:
    open_page(page, PAGE)
    x1, x2 = (LAYOUT.tile(Unit(0, i)) for i in range(2))
    assert _is_orange(_pixel(page, UNITS, (x1.x - 0.4 * x1.side, x1.y)))
    assert _is_blue(_pixel(page, UNITS, (x1.x + 0.4 * x1.side, x1.y)))
    # Low values are below.
    assert _is_orange(_pixel(page, UNITS, (x2.x, x2.y - 0.4 * x2.side)))
    assert _is_blue(_pixel(page, UNITS, (x2.x, x2.y + 0.4 * x2.side)))
    # Between the units nothing is painted.
    assert _pixel(page, UNITS, (x1.x, (x1.y + x2.y) / 2))[3] == 0
    _expect_what_is_pointed_at_to_say_what_it_is(page)
    page.mouse.move(0, 0)
    # Maps and edges follow the clock.
    unit = LAYOUT.tile(Unit(3, 0))
    places = [(unit.x + dx * unit.side, unit.y + dy * unit.side) for dx in (-0.4, 0, 0.4)
              for dy in (-0.4, 0, 0.4)]  # fmt: skip
    before = [_pixel(page, UNITS, place) for place in places]
    drawn = "(selector) => document.querySelector(selector).toDataURL()"
    lines = page.evaluate(drawn, LINES)
    page.get_by_role("button", name="To the end (End)").click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 0")
    assert [_pixel(page, UNITS, place) for place in places] != before
    assert page.evaluate(drawn, LINES) != lines
    # It learns the circle: blue in the middle, orange around it.
    assert _is_blue(_pixel(page, UNITS, (unit.x, unit.y)))
    assert _is_orange(_pixel(page, UNITS, places[0]))
    # On a phone the maps are in their places too.
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.nv-plot').clientWidth < 390")
    wait_until_ready(page)
    tile = LAYOUT.tile(Unit(0, 0))
    left, right = (_at(page, (tile.x + side * tile.side / 2, tile.y))[0] for side in (-1, 1))
    assert right - left >= 20
    assert _is_orange(_pixel(page, UNITS, (tile.x - 0.4 * tile.side, tile.y)))
    assert _is_blue(_pixel(page, UNITS, (tile.x + 0.4 * tile.side, tile.y)))


POINTED_AT = (
    (LAYOUT.tile(Unit(2, 1)), "hidden layer 2, unit 2"),
    (LAYOUT.tile(Unit(0, 0)), "input x1"),
    (LAYOUT.mark(Bias(3, 0)), "bias of the output"),
    (LAYOUT.points(Edge(3, 1, 0))[12], "weight from hidden layer 2, unit 2 to the output"),
)


def _expect_what_is_pointed_at_to_say_what_it_is(page: Page) -> None:
    for place, words in POINTED_AT:
        left, top = _at(page, place)
        page.mouse.move(left - 2, top - 2)
        page.mouse.move(left, top)
        page.locator(".hoverlayer .hovertext", has_text=re.compile(words)).wait_for()
