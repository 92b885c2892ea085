"""Compare runs in a real browser: runs that come while one looks, stop, go on, open one."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import query_of, wait_for_address, wait_for_more_runs, words

FEW = "/compare_runs?low=0.01&high=1&rates=3&seeds=20"
# About ten seconds of work, so that it can be stopped.
LONG = "/compare_runs?rates=20&seeds=50&model=8 tanh,standardised,x1^2,x2^2,x1*x2,sin x1,sin x2"

_CELL = """([column, row]) => {
  const plot = document.querySelector('.nv-plot');
  const { xaxis: x, yaxis: y } = plot._fullLayout, box = plot.getBoundingClientRect();
  return [box.left + x._offset + x.l2p(column), box.top + y._offset + y.l2p(row)];
}"""


def button(page: Page, name: str) -> Locator:
    """Return a button of the page; Streamlit's own, in its header, may be called the same."""
    return page.get_by_test_id("stMainBlockContainer").get_by_role("button", name=name, exact=True)


def cell(page: Page, column: int, row: int) -> tuple[float, float]:
    x, y = page.evaluate(_CELL, [column, row])
    return x, y


def progress(page: Page) -> Locator:
    return page.get_by_test_id("stProgress")


def test_it_can_be_stopped_and_goes_on(page: Page) -> None:
    page.goto(LONG)
    # At once: on a slow machine the runs may end before the picture is there.
    button(page, "Stop").click()
    expect(button(page, "Go on")).to_be_visible()
    expect(words(page)).to_contain_text("So far")
    stopped = progress(page).inner_text()
    assert re.fullmatch(r"\d+ of 1,000 runs", stopped)
    page.wait_for_timeout(700)
    assert progress(page).inner_text() == stopped
    page.evaluate("() => { document.querySelector('.nv-plot').kept = true; }")
    button(page, "Go on").click()
    wait_for_more_runs(page, stopped)  # the rest would take long, and ends as any other
    # The very same chart all the time.
    assert page.evaluate("() => document.querySelector('.nv-plot').kept")


def test_a_run_is_chosen_and_opened_and_the_famous_figure_is_one_click_away(page: Page) -> None:
    open_page(page, FEW)
    box = words(page).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800  # picture, controls and sentence fit on a laptop
    expect(words(page)).not_to_contain_text("So far")
    expect(button(page, "Stop")).to_be_disabled()
    page.mouse.move(*cell(page, 7, 1))
    hover = page.locator(".hoverlayer")
    expect(hover).to_contain_text("rate 0.1, seed 7")
    error = re.search(r"error (\d+\.\d+)", hover.text_content() or "")
    assert error
    page.mouse.click(*cell(page, 7, 1))
    expect(words(page)).to_contain_text("Seed 7 ends at ")
    wait_for_address(page, "seed=7")
    page.get_by_role("link", name="Open this run").click()
    page.wait_for_url("**/live_training*")
    wait_until_ready(page)
    expect(words(page)).to_contain_text(
        f"After 9,901 updates the cumulative error is {float(error[1]):.4g}"
    )
    assert query_of(page)["seed"] == "7"
    page.go_back()
    page.wait_for_url("**/compare_runs*")
    expect(words(page)).to_contain_text("of 20 runs")
    wait_for_address(page, "seed=7")
    wait_until_ready(page)
    # Without a mouse.
    for name, key in (("Rate of the curves", "ArrowDown"), ("Seed that stands out", "ArrowUp")):
        box = page.get_by_role("combobox", name=name)
        box.focus()
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Open this run in Live training")
    wait_for_address(page, "rate=")
    page.wait_for_function("() => !location.search.includes('seed=7')")
    chosen = query_of(page)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/live_training*")
    wait_until_ready(page)
    expect(words(page)).to_contain_text("After 9,901 updates")
    assert query_of(page)["rate"] == chosen["rate"]
    assert query_of(page)["seed"] == chosen["seed"] == "6"
    page.go_back()
    page.wait_for_url("**/compare_runs*")
    expect(words(page)).to_contain_text("of 20 runs")
    wait_until_ready(page)
    button(page, "The tutorial's run, 300 seeds").click()
    expect(words(page)).to_contain_text("164 of 300 runs (55%) end worse than always answering 0.5")
    expect(words(page)).to_contain_text("The median error is 2.0166")
    wait_for_address(page, "seeds=300")
    assert query_of(page)["low"] == query_of(page)["high"] == "0.1"
