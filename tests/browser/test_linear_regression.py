"""Linear regression in a real browser: sliders held, literal squares, updates, own rows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from nnviz.text.digits import digits
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import (
    centre,
    expect_step,
    query_of,
    wait_for_address,
    words,
)

DESCENT = "/linear_regression?view=descent"

# Height and width in pixels of the k-th filled square, as Plotly has drawn its axes.
_SQUARE = """(k) => {
  const plot = document.querySelector('.nv-plot'), { xaxis, yaxis } = plot._fullLayout;
  const trace = plot._fullData.find((each) => each.name === 'squared errors');
  const at = (i) => [xaxis.l2p(trace.x[6 * k + i]), yaxis.l2p(trace.y[6 * k + i])];
  const [a, b, c] = [at(0), at(1), at(2)];
  return [Math.abs(a[1] - b[1]), Math.abs(b[0] - c[0])];
}"""
_BOWL = """() => {
  const { xaxis2, yaxis2 } = document.querySelector('.nv-plot')._fullLayout;
  return [xaxis2.l2p(1) - xaxis2.l2p(0), yaxis2.l2p(0) - yaxis2.l2p(1)];
}"""


def button(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMainBlockContainer").get_by_role("button", name=name, exact=True)


def error(page: Page) -> float:
    """Return the mean squared error that the sentence tells."""
    found = re.search(r"mean squared error is ([\d.,]*\d)", words(page).inner_text())
    assert found
    return float(found[1].replace(",", ""))


# The axes have found their places in a window of this width.
_SETTLED = """(width) => {
  const plot = document.querySelector(".nv-plot"), box = plot.getBoundingClientRect();
  return innerWidth === width && box.right <= width
    && Math.abs(plot._fullLayout.width - box.width) < 2;
}"""


def test_squares_are_squares_at_any_width_and_controls_answer(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(1280, 900)
    for address in ("/linear_regression", f"{DESCENT}&scale=off&rate=0.3"):
        open_page(page, address)
        over = page.get_by_role("radio", name=re.compile("^Squares over "))
        for column in (0, 1):
            over.nth(column).click()
            expect(over.nth(column)).to_be_checked()
            wait_until_ready(page)
            for width in (1280, 900, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_function(_SETTLED, arg=width)
                if address.startswith(DESCENT):
                    across, upright = page.evaluate(_BOWL)
                    assert across == pytest.approx(upright, rel=0.01)
                    continue
                for k in range(20):
                    height, across = page.evaluate(_SQUARE, k)
                    assert height == pytest.approx(across, abs=0.6)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_function(_SETTLED, arg=1280)
        if address.startswith(DESCENT):
            _expect_scaling_to_move_the_mark(page)
        else:
            _expect_the_error_to_follow_a_slider_while_it_is_held(page)


def _expect_the_error_to_follow_a_slider_while_it_is_held(page: Page) -> None:
    assert error(page) == 8506
    slider = page.get_by_role("slider", name="area, thousand € per m²")
    x, y = centre(slider)
    page.mouse.move(x - 45, y)
    page.mouse.down()
    page.mouse.move(x - 10, y, steps=5)
    # Nothing moves it any more, and it has not been let go.
    seen = slider.get_attribute("aria-valuetext")
    expect(words(page)).to_contain_text(f"One square metre more adds {seen} thousand €")
    wait_for_address(page, f"w1={seen}")
    held = error(page)
    page.mouse.up()
    expect(page.get_by_test_id("stMetricValue")).to_have_text(digits(held))
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(words(page)).not_to_contain_text(f"is {digits(held)} ")
    put = slider.get_attribute("aria-valuetext")
    wait_for_address(page, f"w1={put}")
    expect(words(page)).to_contain_text(f"One square metre more adds {put} thousand €")


def _expect_scaling_to_move_the_mark(page: Page) -> None:
    tick = page.locator(".st-key-linear_regression_rate .nv-ticks span").nth(1)
    expect(tick).to_have_text("0.00006201")
    page.get_by_text("Scale the columns").click()
    expect(tick).to_have_text("0.9992")
    expect(page.get_by_text("Rate 0.3 converges.")).to_be_visible()


def test_gradient_descent_goes_on_from_the_plane_by_hand_to_least_squares(page: Page) -> None:
    open_page(page, "/linear_regression?w1=2&b=100")
    button(page, "Let gradient descent go on").click()
    wait_until_ready(page)
    expect(words(page)).to_contain_text("Before the first update: one square metre more adds 2 ")
    expect_step(page, 0)
    page.keyboard.press("ArrowRight")
    expect_step(page, 1)
    expect(words(page)).to_contain_text("After update 1:")
    wait_for_address(page, "step=1")
    page.keyboard.press("ArrowLeft")
    expect_step(page, 0)
    page.keyboard.press("End")
    expect_step(page, 200)
    expect(words(page)).to_contain_text("That is least squares: no plane has less than 1226.")


def test_a_run_is_played(page: Page) -> None:
    open_page(page, f"{DESCENT}&updates=50")
    page.locator(".nv-play").click()
    expect_step(page, 50)
    wait_for_address(page, "step=50")
    readout = page.locator(".nv-readout").inner_text()
    assert "weight of area" in readout
    assert "mean squared error 1226" in readout


def test_just_above_the_mark_a_run_diverges_and_just_below_it_converges(page: Page) -> None:
    open_page(page, f"{DESCENT}&updates=1000&step=1000&scale=off&rate=0.00003")
    tick = page.locator(".st-key-linear_regression_rate .nv-ticks span").nth(1)
    assert tick.inner_text() == "0.00006201"
    left = tick.bounding_box()
    button(page, "1.01 ×").click()
    expect(page.get_by_text("diverges: it is just above")).to_be_visible()
    wait_until_ready(page)
    expect(words(page)).to_contain_text("× 10")
    handle = page.get_by_role("slider", name=re.compile("Learning rate"))
    box = handle.bounding_box()
    assert left
    assert box
    # The thumb stands at the mark.
    place = box["x"] + 8 + (box["width"] - 16) * float(handle.input_value()) / 1000
    assert left["x"] + left["width"] / 2 == pytest.approx(place, abs=8)
    button(page, "0.99 ×").click()
    expect(page.get_by_text(re.compile("converges.*zig-zags"))).to_be_visible()
    expect(words(page)).to_contain_text("The mean squared error is 27")


def test_rows_of_ones_own_are_pasted(page: Page) -> None:
    open_page(page, "/linear_regression")
    button(page, "Made-up houses · 20").click()
    page.get_by_role("radio", name="Own rows").click()
    page.get_by_text("Or paste rows").click()
    field = page.get_by_role("textbox", name="Rows, one in each line")
    rows = "\n".join(f"{a},{2 * a},{100 * a + 7 * (a % 3)}" for a in range(1, 13))
    field.fill(f"size (m²),rooms,rent (€)\n{rows}")
    field.press("Control+Enter")
    page.get_by_role("button", name="Read these rows").click()
    page.get_by_role("button", name="Use these rows").click()
    page.keyboard.press("Escape")
    expect(words(page)).to_contain_text("One square metre more changes nothing")
    page.get_by_text("Show least squares").click()
    expect(words(page)).to_contain_text("In these rows size and rooms move together")
    wait_for_address(page, "answer=on")  # the last change; the rows were written before it
    address = page.url
    text = words(page).inner_text()
    open_page(page, address)
    expect(words(page)).to_have_text(text)
    assert query_of(page)["data"] == "own"
