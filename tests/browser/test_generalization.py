"""Generalization in a real browser: click a run, train and scrub, drag the world, retrain."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import open_page
from tests.browser.gestures import (
    centre,
    drag,
    expect_step,
    grip,
    query_of,
    wait_for_address,
    wait_for_more_runs,
    words,
)

FEW = "/generalization?repeats=2&epochs=100"
STOPPING = f"{FEW}&experiment=stopping"
SHIFT = "/generalization?experiment=shift"
# Some seconds of work, so that it can be stopped.
LONG = "/generalization?repeats=20&epochs=800&rows=400&noise=0.95"

_PLACE = """([axes, x, y]) => {
  const plot = document.querySelector('.nv-plot'), box = plot.getBoundingClientRect();
  const xaxis = plot._fullLayout[`xaxis${axes}`], yaxis = plot._fullLayout[`yaxis${axes}`];
  return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)];
}"""
_DOT = """([name, n]) => {
  const trace = document.querySelector('.nv-plot')._fullData.find((each) => each.name === name);
  return [trace.x[n], trace.y[n], trace.text[n]];
}"""


def dot(page: Page, axes: str, name: str, n: int) -> tuple[float, float, str]:
    """Return where on the screen the dot of a run is, and what it says."""
    x, y, text = page.evaluate(_DOT, [name, n])
    left, top = page.evaluate(_PLACE, [axes, x, y])
    return left, top, text


def button(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMainBlockContainer").get_by_role("button", name=name, exact=True)


def expect_to_fit_a_laptop(page: Page) -> None:
    """Picture, controls and sentence are seen at once."""
    box = words(page).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800


def n_correct(page: Page) -> int:
    """Return how many test rows the sentence says are right."""
    found = re.search(r"(\d+) of 30 test rows are right", words(page).inner_text())
    assert found
    return int(found[1])


def test_a_click_on_a_run_opens_that_very_network(page: Page) -> None:
    open_page(page, FEW)
    expect_to_fit_a_laptop(page)
    x, y, text = dot(page, "", "each run, test rows", 2 * 3 + 1)
    page.mouse.move(x, y)
    expect(page.locator(".hoverlayer")).to_contain_text("hidden 4, seed 1")
    wrong = re.findall(r"(\d+) of 30", text)
    page.mouse.click(x, y)
    expect(words(page)).to_contain_text(
        f"The opened one (4 hidden units, seed 1) has {wrong[0]} of 30 training rows and "
        f"{wrong[1]} of 30 test rows wrong."
    )
    wait_for_address(page, "hidden=4")
    assert query_of(page)["run"] == "2"
    # Without a mouse.
    for name, key in (("Opened network", "ArrowDown"), ("Opened run", "ArrowUp")):
        page.get_by_role("combobox", name=name).focus()
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    expect(words(page)).to_contain_text("The opened one (8 hidden units, seed 0)")


def test_runs_can_be_stopped_and_go_on(page: Page) -> None:
    page.goto(LONG)
    # At once: on a slow machine the runs may end before the picture is there.
    button(page, "Stop").click()
    expect(button(page, "Go on")).to_be_visible()
    expect(words(page)).to_contain_text("So far")
    expect(page.locator(".nv-share[data-written]")).to_be_visible()  # the link waits for no run
    progress = page.get_by_test_id("stProgress")
    stopped = progress.inner_text()
    assert re.fullmatch(r"\d+ of 140 runs", stopped)
    page.wait_for_timeout(700)
    assert progress.inner_text() == stopped
    page.evaluate("() => { document.querySelector('.nv-plot').kept = true; }")
    button(page, "Go on").click()
    wait_for_more_runs(page, stopped)  # the rest would take long, and ends as any other
    assert page.evaluate("() => document.querySelector('.nv-plot').kept")


def test_a_run_is_scrubbed_and_played_over_its_epochs(page: Page) -> None:
    open_page(page, STOPPING)
    expect_to_fit_a_laptop(page)
    expect_step(page, 0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect_step(page, 11)
    wait_for_address(page, "epoch=11")
    page.keyboard.press("Space")
    expect_step(page, 100)
    wait_for_address(page, "epoch=100")
    told = words(page).inner_text()
    found = re.search(r"went on to epoch 100: training loss ([\d.]+), test loss ([\d.]+)", told)
    assert found
    shown = page.locator(".nv-player").locator("..").inner_text()
    assert f"{float(found[2]):.2g}" in shown
    # A click in the middle shows that run, and the sliders answer to keys.
    x, y, text = dot(page, "2", "each run, test rows", 2 * 0 + 1)
    assert "no L2, seed 1" in text
    page.mouse.click(x, y)
    expect(words(page)).to_contain_text("Without L2, seed 1: the test loss is lowest")
    wait_for_address(page, "run=2")
    patience = page.get_by_role("slider", name="Patience")
    patience.focus()
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("With patience 21")
    l2 = page.get_by_role("slider", name="L2")
    l2.focus()
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("With L2 0.0001, seed 1")


def test_the_world_is_dragged_and_learned_anew(page: Page) -> None:
    open_page(page, SHIFT)
    expect_to_fit_a_laptop(page)
    at_home = n_correct(page)
    handle = grip(page, "The middle of the test rows")
    # By keys, and back.
    handle.focus()
    page.keyboard.press("Shift+ArrowRight")
    wait_for_address(page, "moved=2.5,0")
    page.keyboard.press("ArrowUp")
    wait_for_address(page, "moved=2.5,0.25")
    expect(words(page)).to_contain_text("The test rows have moved 2.51")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    expect(words(page)).to_contain_text("The world is where the network learned it")
    assert n_correct(page) == at_home
    page.wait_for_function("() => !location.href.includes('moved=')")
    drag(page, handle, (80, -70))
    expect(words(page)).to_contain_text("fewer than at home")
    wait_for_address(page, "moved=")
    assert n_correct(page) < at_home
    # The rows have come along, and in the end the curve says the same as the sentence.
    page.wait_for_function(
        """() => {
          const said = /(\\d+) of 30 test rows are right/.exec(
            document.querySelector('.nv-words').textContent);
          const curve = document.querySelector('.nv-plot')._fullData.find((t) => t.name === 'now');
          return said && Math.round(curve.y[0] * 30) === Number(said[1]);
        }"""
    )
    button(page, "Retrain on the moved world").click()
    expect(words(page)).to_contain_text("Retrained on rows of the moved world")
    assert n_correct(page) == at_home
    wait_for_address(page, "learned=")
    assert query_of(page)["learned"] == query_of(page)["moved"]
    button(page, "Back to where it was").click()
    expect(words(page)).to_contain_text("the test rows are at home")
    assert n_correct(page) < at_home
    button(page, "Forget the retraining").click()
    expect(words(page)).to_contain_text("The world is where the network learned it")
    assert n_correct(page) == at_home


def test_a_finger_drags_the_world(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, SHIFT)
    handle = grip(page, "The middle of the test rows")
    x, y = centre(handle)
    session = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", (x, y)), ("touchMove", (x + 30, y - 20)),
                     ("touchMove", (x + 60, y - 40))):  # fmt: skip
        session.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})  # fmt: skip
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(words(page)).to_contain_text("The test rows have moved")
    wait_for_address(page, "moved=")
