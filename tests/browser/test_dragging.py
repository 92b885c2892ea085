"""The house chart in a real browser: dragging, keys, touch, zoom, and that it is never replaced."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from nnviz.chapters.vector_similarity.vectors import X_RANGE
from tests.browser.app_page import open_page
from tests.browser.gestures import (
    axis_range,
    centre,
    drag,
    figure,
    grip,
    wait_for_address,
    wait_for_handle,
    words,
)

PAGE = "/vector_similarity"

# Numbers are entered at once, faster than any of them can be answered.
_ENTER = """(numbers) => {
  for (const [label, number] of Object.entries(numbers)) {
    const field = document.querySelector(`input[aria-label="${label}"]`);
    field.value = number;
    field.dispatchEvent(new Event("change"));
  }
}"""


def test_an_arrow_is_dragged_and_everything_follows(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&part=predict")
    _expect_a_question_to_be_asked_judged_and_scored(page)
    _expect_the_zoom_to_survive_updates_and_a_double_click_to_end_it(page)
    page.get_by_role("button", name="Start again").click()
    expect(words(page)).to_contain_text("4.126 against 2.1672")
    expect(words(page)).to_contain_text("27.18° away against 35.57°")
    page.evaluate("() => { document.querySelector('.nv-plot').marked = true; }")
    drag(page, grip(page, "Tip of weights_1"), (150, -120), let_go=False)
    # The answer comes while the arrow is still held.
    expect(words(page)).to_contain_text("By dot product weights_1 is more similar")
    page.mouse.up()
    x, y = wait_for_handle(page, "weights_1")
    assert x > 2.5
    assert y > 1
    dot = 1.72 * x + 1.23 * y
    expect(words(page)).to_contain_text(f"weights_1 is more similar to the input: {dot:.5g}")
    expect(page.get_by_label("weights_1[0]")).to_have_value(f"{x:.2f}")
    # Typing moves an arrow.
    field = page.get_by_label("weights_2[1]")
    field.fill("-1.5")
    field.press("Enter")
    wait_for_address(page, "weights_2=2.17,-1.5")
    expect(grip(page, "Tip of weights_2")).to_have_attribute("aria-valuetext", "x 2.17, y -1.5")
    # A number that cannot be is refused beside it, and the field shows the one that stays.
    problem = page.get_by_role("alert").filter(has_text="weights_2[1] stays as it was")
    for nonsense, why in (("7", "7 lies outside the picture"), ("", "that is no number")):
        field.fill(nonsense)
        field.press("Enter")
        expect(problem).to_contain_text(why)
        expect(field).to_have_value("-1.50")
    # Numbers that follow each other while the first is not answered are all taken, and what is
    # being typed stays, whatever is answered meanwhile.
    field.fill("0.4")
    page.evaluate(_ENTER, {"weights_1[0]": 3, "weights_1[1]": 0.5, "weights_2[0]": -1})
    wait_for_address(page, "weights_2=-1,-1.5")
    wait_for_address(page, "weights_1=3,0.5")
    expect(field).to_have_value("0.4")
    field.press("Enter")
    wait_for_address(page, "weights_2=-1,0.4")
    expect(problem).to_have_count(0)
    # Arrow keys move a handle and keep the focus.
    tip = grip(page, "Tip of input_vector")
    tip.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowLeft")
    wait_for_address(page, "input_vector=0.72,1.53")
    expect(tip).to_have_attribute("aria-valuetext", "x 0.72, y 1.53")
    expect(tip).to_be_focused()
    # The chart was updated all the time, and never replaced.
    assert page.evaluate("() => document.querySelector('.nv-plot').marked") is True
    assert int(figure(page).get_attribute("data-reacts") or 0) >= 3
    # A handle stays within its limits, however far the pointer goes.
    tip = grip(page, "Tip of weights_1")
    drag(page, tip, (-600, 0), let_go=False)
    at_the_edge = re.compile(f"^x {re.escape(f'{X_RANGE[0]:g}')}, y ")
    expect(tip).to_have_attribute("aria-valuetext", at_the_edge)
    page.mouse.up()


def _expect_a_question_to_be_asked_judged_and_scored(page: Page) -> None:
    page.get_by_role("button", name="it grows fourfold").click()
    expect(page.get_by_text(re.compile("from 2.1672 to 4.3344"))).to_be_visible()
    expect(page.get_by_text("Right so far: 0 of 1.")).to_be_visible()
    expect(page.get_by_role("button", name="it doubles")).to_be_disabled()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="it stays the same").click()
    expect(page.get_by_text("Right so far: 1 of 2.")).to_be_visible()


def _expect_the_zoom_to_survive_updates_and_a_double_click_to_end_it(page: Page) -> None:
    before = axis_range(page)
    plot_x, plot_y = centre(page.locator(".nv-plot .nsewdrag.drag").first)
    page.mouse.move(plot_x - 60, plot_y - 100)
    page.mouse.down()
    page.mouse.move(plot_x + 240, plot_y + 60, steps=8)
    page.mouse.up()
    page.wait_for_function(
        "low => document.querySelector('.nv-plot')._fullLayout.xaxis.range[0] > low + 1",
        arg=before[0],
    )
    zoomed = axis_range(page)
    page.get_by_role("button", name="Double weights_1").click()
    expect(words(page)).to_contain_text("4.3344")
    assert axis_range(page) == zoomed
    page.mouse.dblclick(plot_x, plot_y + 20)
    page.wait_for_function(
        "x => Math.abs(document.querySelector('.nv-plot')._fullLayout.xaxis.range[0] - x) < .01",
        arg=before[0],
    )


def test_a_finger_drags_a_handle(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?names=code")
    x, y = centre(grip(page, "Tip of input_vector"))
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": px, "y": py} for px, py in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (x, y))
    for i in range(1, 9):
        touch("touchMove", (x - 6 * i, y - 4 * i))
    touch("touchEnd")
    moved_x, moved_y = wait_for_handle(page, "input_vector")
    assert moved_x < 1.5
    assert moved_y > 1.3
