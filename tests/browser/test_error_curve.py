"""Stepping down the error curve in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import axis_range, centre, drag, query_of, wait_for_address, words

PAGE = "/error_curve"


# The side bar, which is open on a wide screen, has moved away.
_BELOW = """(width) => {
  const { left, right } = document.querySelector("[data-testid=stMain]").getBoundingClientRect();
  return right <= width && (width > 1000 ? left > 100 : left === 0);
}"""


def _plane(page: Page) -> tuple[float, float]:
    return centre(page.locator(".nv-plot .nsewdrag.drag").first)


def test_a_walk_is_made_by_hand(page: Page) -> None:
    open_page(page, PAGE)
    _expect_a_double_click_to_end_the_zoom_and_to_move_nothing(page)
    expect(words(page)).to_contain_text("The prediction is 0.871 too high, so the error is 0.7586")
    page.get_by_role("button", name=re.compile("^STEP")).click()
    wait_for_address(page, "rates=0.1")
    expect(words(page)).to_contain_text("0.6968")
    page.get_by_role("button", name=re.compile("^STEP")).click()
    wait_for_address(page, "rates=0.1,0.1")
    page.get_by_role("button", name=re.compile("^UNDO")).click()
    expect(words(page)).to_contain_text("0.6968")
    page.get_by_role("button", name=re.compile("^START AGAIN")).click()
    expect(words(page)).to_contain_text("The prediction is 0.871 too high")
    page.wait_for_function("() => !location.href.includes('rates')")
    # The arrow keys do the same.
    page.keyboard.press("ArrowRight")
    wait_for_address(page, "rates=0.1")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => !location.href.includes('rates')")
    # Half is the rate that needs one step.
    page.get_by_role("button", name="0.5", exact=True).click()
    wait_for_address(page, "rate=0.5")
    page.get_by_role("button", name=re.compile("^STEP")).click()
    expect(words(page)).to_contain_text(re.compile(r"to 0\. The error fell from \S+ to 0\.(\s|$)"))
    page.get_by_role("button", name=re.compile("^START AGAIN")).click()
    page.wait_for_function("() => !location.href.includes('rates')")
    wait_until_ready(page)
    _expect_the_slider_to_show_the_next_step_while_it_is_dragged(page)
    _expect_the_point_to_be_put_by_a_click_and_dragged_along_the_curve(page)
    # The four steps of training take no room of their own.
    thread = page.locator(".nv-thread")
    expect(thread.locator("li")).to_have_count(4)
    title, link = page.locator("h1"), page.get_by_role("button", name="Copy link")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function(_BELOW, arg=width)
        # On a phone the switch and the button stand below the title.
        assert width < 1000 or abs(centre(title)[1] - centre(link)[1]) < 12
        box, below = thread.bounding_box(), link.bounding_box()
        assert box is not None
        assert below is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= below["y"] + below["height"]


def _expect_the_point_to_be_put_by_a_click_and_dragged_along_the_curve(page: Page) -> None:
    x, y = _plane(page)
    page.mouse.click(x + 100, y - 60)
    wait_for_address(page, "x=")
    assert 0 < float(query_of(page)["x"]) < 2
    point = page.locator(".nv-grip").first
    drag(page, point, (-300, -30))
    wait_for_address(page, "x=-")
    text = point.get_attribute("aria-valuetext") or ""
    at, error = (float(v) for v in re.findall(r"-?[\d.]+", text)[:2])
    assert error == pytest.approx(at * at, abs=0.01)


def _expect_the_slider_to_show_the_next_step_while_it_is_dragged(page: Page) -> None:
    # A press that moves nothing leaves the slider free.
    slider = page.get_by_role("slider", name="Learning rate")
    x, y = centre(slider)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.up()
    page.get_by_role("button", name="0.9", exact=True).click()
    expect(slider).to_have_attribute("aria-valuetext", "0.9")
    wait_until_ready(page)
    before = words(page).inner_text()
    drag(page, slider, (70, 0), let_go=False)
    expect(words(page)).not_to_have_text(before)
    seen = slider.get_attribute("aria-valuetext") or ""
    assert seen != "0.9"
    page.mouse.up()
    wait_for_address(page, f"rate={seen}")


def _expect_a_double_click_to_end_the_zoom_and_to_move_nothing(page: Page) -> None:
    before = axis_range(page)
    x, y = _plane(page)
    page.mouse.move(x - 100, y - 100)
    page.mouse.down()
    page.mouse.move(x + 150, y + 100, steps=8)
    page.mouse.up()
    shows = "low => document.querySelector('.nv-plot')._fullLayout.xaxis.range[0] {} low"
    page.wait_for_function(shows.format(">"), arg=before[0] + 0.1)
    page.mouse.dblclick(x, y + 30)
    page.wait_for_function(shows.format("<"), arg=before[0] + 0.01)
    page.wait_for_timeout(600)
    assert query_of(page) == {"lesson": "error_curve.1", "mode": "free"}


def test_a_walk_is_a_link(page: Page) -> None:
    open_page(page, f"{PAGE}?view=weight&weight_1=1.45&weight_1_rates=3,3,3&rate=2")
    text = words(page).inner_text()
    query = query_of(page)
    assert query["weight_1_rates"] == "3,3,3"
    other = page.context.new_page()
    open_page(other, page.url)
    assert words(other).inner_text() == text
