"""Stepping down the error curve in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page
from tests.browser.gestures import axis_range, centre, drag, query_of, wait_for_address, words

PAGE = "/error_curve"


def _plane(page: Page) -> tuple[float, float]:
    return centre(page.locator(".nv-plot .nsewdrag.drag").first)


def test_step_undo_and_start_again(page: Page) -> None:
    open_page(page, PAGE)
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


def test_the_arrow_keys_step_and_undo(page: Page) -> None:
    open_page(page, PAGE)
    page.keyboard.press("ArrowRight")
    wait_for_address(page, "rates=0.1")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => !location.href.includes('rates')")


@pytest.mark.parametrize(
    ("rate", "regime"),
    [
        (0.001, "Creeps"),
        (0.1, "Converges"),
        (0.5, "One step"),
        (0.9, "Zig-zags"),
        (1.0, "For ever"),
        (1.1, "Diverges"),
    ],
)
def test_every_regime_is_told(page: Page, rate: float, regime: str) -> None:
    open_page(page, f"{PAGE}?rate={rate}")
    expect(page.get_by_text(re.compile(regime, re.IGNORECASE)).first).to_be_visible()


def test_half_is_the_rate_that_needs_one_step(page: Page) -> None:
    open_page(page, PAGE)
    page.get_by_role("button", name="0.5", exact=True).click()
    page.get_by_role("button", name=re.compile("^STEP")).click()
    expect(words(page)).to_contain_text(re.compile(r"to 0\. The error fell from \S+ to 0\.(\s|$)"))


def test_a_click_anywhere_puts_the_point_there(page: Page) -> None:
    open_page(page, PAGE)
    x, y = _plane(page)
    page.mouse.click(x + 100, y - 60)
    wait_for_address(page, "x=")
    assert 0 < float(query_of(page)["x"]) < 2


def test_the_point_is_dragged_along_the_curve(page: Page) -> None:
    open_page(page, PAGE)
    point = page.locator(".nv-grip").first
    drag(page, point, (-200, -30))
    wait_for_address(page, "x=-")
    text = point.get_attribute("aria-valuetext") or ""
    x, error = (float(v) for v in re.findall(r"-?[\d.]+", text)[:2])
    assert error == pytest.approx(x * x, abs=0.01)


def test_the_slider_shows_the_next_step_while_it_is_dragged(page: Page) -> None:
    open_page(page, PAGE)
    before = words(page).inner_text()
    drag(page, page.get_by_role("slider", name="Learning rate"), (70, 0), let_go=False)
    expect(words(page)).not_to_have_text(before)
    assert "rate" not in query_of(page) or float(query_of(page)["rate"]) > 0.1
    page.mouse.up()


def test_a_double_click_ends_the_zoom_and_moves_nothing(page: Page) -> None:
    open_page(page, PAGE)
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
    assert query_of(page) == {}


def test_a_walk_is_a_link(page: Page) -> None:
    open_page(page, f"{PAGE}?view=weight&weight_1=1.45&weight_1_rates=3,3,3&rate=2")
    text = words(page).inner_text()
    query = query_of(page)
    assert query["weight_1_rates"] == "3,3,3"
    other = page.context.new_page()
    open_page(other, page.url)
    assert words(other).inner_text() == text


def test_the_rules_are_held_side_by_side(page: Page) -> None:
    open_page(page, f"{PAGE}?view=rules")
    for figure in ("0.01496", "0.9993", "0.4426", "0.9716"):
        expect(page.get_by_text(re.compile(re.escape(figure))).first).to_be_visible()
