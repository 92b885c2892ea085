"""Weights, threshold and coins of a prediction, moved by hand in a real browser."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from nnviz.chapters.prediction.decision import flip_coins
from nnviz.text.digits import digits
from tests.browser.app_page import open_page
from tests.browser.gestures import (
    centre,
    drag,
    expect_step,
    grip,
    wait_for_address,
    words,
)
from tests.browser.test_prediction import BOXES, COINS, PAGE, boxes


def test_coins_threshold_and_weights_answer_by_hand(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&at=4&flips=5")
    flips = flip_coins(0.7985731042296965, 5)
    assert [n == 4 for n in page.evaluate(COINS)] == flips.came_up.tolist()
    told = page.locator(".nv-item", has_text="100 coin flips").text_content() or ""
    assert f"■ {flips.n_ones} came up 1" in told
    assert f"● {100 - flips.n_ones} came up 0" in told
    page.keyboard.press("ArrowLeft")
    expect_step(page, 3)
    assert page.evaluate(COINS) == []
    # They are flipped again.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    wait_for_address(page, "at=5")
    page.get_by_role("button", name="Flip the coins again").click()
    wait_for_address(page, "flips=6")
    flips = flip_coins(0.7985731042296965, 6)
    expect(words(page)).to_contain_text(f"Here {flips.n_ones} of 100 coins came up 1.")
    page.wait_for_function(
        f"(expected) => JSON.stringify(({COINS})().map((n) => n === 4)) === expected",
        arg=json.dumps(flips.came_up.tolist(), separators=(",", ":")),
    )
    # The threshold is moved by mouse and by keys.
    drag(page, grip(page, "Threshold"), (0, -60))
    expect(words(page)).to_contain_text("so the answer is 0: wrong, for the target is 1")
    threshold = float(grip(page, "Threshold").get_attribute("aria-valuenow") or 0)
    assert threshold > 0.7986
    wait_for_address(page, f"threshold={threshold:g}")
    assert boxes(page)["threshold"] == f"≥ {digits(threshold)}"
    grip(page, "Threshold").focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    expect(words(page)).to_contain_text("so the answer is 1: right")
    expect_step(page, 5)  # the arrow keys were the handle's
    # A weight answers while its slider is held.
    slider = page.get_by_role("slider", name="weights_1[0]")
    drag(page, slider, (-40, 0), let_go=False)
    expect(words(page)).not_to_contain_text("0.7986")
    page.mouse.up()
    weight = float(slider.get_attribute("aria-valuetext") or 0)
    assert weight < 1.45
    wait_for_address(page, f"weights={weight:g},")
    page.wait_for_function(f"() => ({BOXES})()['weights_1[0]'] === '{digits(weight)}'")
    assert boxes(page)["layer_1"] == digits(1.66 * weight - 0.66 * 1.56)


def test_a_weight_beyond_the_slider_stands_at_its_end(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&weights=100,-0.66")
    slider = page.get_by_role("slider", name="weights_1[0]")
    expect(slider).to_have_attribute("aria-valuetext", "100")
    assert slider.input_value() == "1000"
    places = page.locator(".nv-ticks").first.locator("span")
    lefts = places.evaluate_all("(marks) => marks.map((mark) => parseFloat(mark.style.left))")
    assert lefts == [0, 25, 50, 75, 100]
    slider.focus()
    page.keyboard.press("ArrowLeft")
    wait_for_address(page, "weights=4,-0.66")
    expect_step(page, 0)  # the arrow keys were the slider's


def test_a_threshold_far_out_is_one_that_a_link_can_hold(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&activation=linear&bias=100&at=5")
    handle = grip(page, "Threshold")
    drag(page, handle, (0, -90))
    wait_for_address(page, "threshold=100")
    expect(handle).to_have_attribute("aria-valuenow", "100")
    expect(words(page)).to_contain_text("lies above the threshold 100, so the answer is 1")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("spinbutton", name="Threshold")).to_have_value("100")


def test_a_finger_moves_the_threshold(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?names=code&at=5")
    x, y = centre(grip(page, "Threshold"))
    client = page.context.new_cdp_session(page)
    for i in range(13):
        event = {
            "type": "touchMove" if i else "touchStart",
            "touchPoints": [{"x": x, "y": y - 7 * i}],
        }
        client.send("Input.dispatchTouchEvent", event)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(words(page)).to_contain_text("so the answer is 0: wrong")
    threshold = float(grip(page, "Threshold").get_attribute("aria-valuenow") or 0)
    assert threshold > 0.9  # the page did not scroll away under the finger
    wait_for_address(page, f"threshold={threshold:g}")
