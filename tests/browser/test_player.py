"""The player of a recorded run in a real browser."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import NeuralNetwork
from nnviz.chart import assets
from nnviz.data.tutorial import eight_rows
from tests.browser.app_page import open_page
from tests.browser.gestures import (
    centre,
    drag,
    expect_step,
    figure,
    paused_at,
    query_of,
    wait_for_address,
    words,
)

PAGE = "/live_training"


def _play(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Train")).click()


# How many updates are played in how many milliseconds: both are what one frame of the player saw,
# so it does not matter how many frames a busy machine leaves out.
_RATE = """() => new Promise((done) => {
  const figure = document.querySelector(".nv-figure");
  const seen = [];
  const look = (now) => {
    const step = +figure.dataset.step;
    if (step !== seen.at(-1)?.step) seen.push({ step, now });
    if (now - seen[0].now < 1000) return requestAnimationFrame(look);
    const [first, last] = [seen[0], seen.at(-1)];
    done((last.step - first.step) / (last.now - first.now) * 1000);
  };
  requestAnimationFrame(look);
})"""


def test_playing_needs_no_server(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sent: list[object] = []
    page.on("request", lambda request: sent.append(request.url))
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    open_page(page, PAGE)
    expect(words(page)).to_contain_text("Before training")
    assert sent  # so that we know that messages are counted
    _play(page)
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 100")
    expect(figure(page)).to_have_attribute("data-playing", "true")
    expect(words(page)).to_contain_text(re.compile(r"After [\d,]+ updates"))
    reacts, before = figure(page).get_attribute("data-reacts"), len(sent)
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 1500")
    assert len(sent) == before
    assert figure(page).get_attribute("data-reacts") == reacts
    # It pauses, and reports where it stands.
    page.get_by_role("button", name=re.compile("Pause")).click()
    step = paused_at(page)
    wait_for_address(page, f"step={step}")
    expect(words(page)).to_contain_text(f"After {step:,} updates")
    page.wait_for_timeout(300)
    expect_step(page, step)
    # Quick pauses do not make it run faster.
    page.evaluate(
        "() => { for (let i = 0; i < 9; i++) document.querySelector('.nv-play').click(); }"
    )
    expect(figure(page)).to_have_attribute("data-playing", "true")
    assert 0 < page.evaluate(_RATE) < 1500  # it says 1,000 updates a second; two loops make 2,000
    # A link copied while it plays holds the moment.
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    step = int(figure(page).get_attribute("data-step") or 0)
    assert f"step={step}" in page.evaluate("() => navigator.clipboard.readText()")
    # A button of the page means the moment that is seen.
    _play(page)
    page.wait_for_function(
        "(step) => +document.querySelector('.nv-figure').dataset.step > step + 200", arg=step
    )
    page.get_by_role("button", name="Branch here").click()
    step = paused_at(page)
    assert step > 1500
    wait_for_address(page, f"branches=0:{step}")


def test_where_it_stands_is_told_however_it_came_there(page: Page) -> None:
    open_page(page, f"{PAGE}?part=ledger")
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("After 1 update ")
    page.get_by_role("button", name="See it").first.click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 1")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect_step(page, 1)
    expect(words(page)).to_contain_text("After 1 update ")
    wait_for_address(page, "step=1&")
    expect(page.locator(".nv-readout")).to_contain_text("just used plant")


# How much of the canvas over the chart on which the trails are has been drawn on.
_INKED = """() => {
  const canvas = document.querySelector('.nv-trails');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) inked += data[i] > 64;
  return inked;
}"""


def _expect_a_trail_to_grow_with_the_steps_and_to_shrink_when_one_goes_back(page: Page) -> None:
    at_once = page.evaluate(_INKED)
    page.keyboard.press("Home")
    assert page.evaluate(_INKED) == 0
    for _ in range(10):
        page.keyboard.press("Shift+ArrowRight")
    expect_step(page, 1000)
    assert at_once > 0
    assert page.evaluate(_INKED) == pytest.approx(at_once, rel=0.05)
    page.keyboard.press("End")
    expect_step(page, 10_000)
    at_the_end = page.evaluate(_INKED)
    assert at_the_end > at_once
    page.keyboard.press("Home")
    page.keyboard.press("End")
    assert page.evaluate(_INKED) == pytest.approx(at_the_end, rel=0.01)
    page.keyboard.press("Home")
    expect_step(page, 0)


def test_keys_step_play_and_jump_and_the_slider_scrubs(page: Page) -> None:
    open_page(page, f"{PAGE}?step=1000")
    _expect_a_trail_to_grow_with_the_steps_and_to_shrink_when_one_goes_back(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect_step(page, 2)
    expect(words(page)).to_contain_text("After 2 updates")
    for key in ("End", "ArrowRight", "Shift+ArrowRight"):  # there is nothing beyond the end
        page.keyboard.press(key)
        expect_step(page, 10_000)
    for key in ("Home", "ArrowLeft"):
        page.keyboard.press(key)
        expect_step(page, 0)
    page.keyboard.press("Space")
    expect(figure(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(figure(page)).to_have_attribute("data-playing", "false")
    # They belong to a field while it has the focus.
    page.keyboard.press("Home")
    expect_step(page, 0)
    page.get_by_label("Seed", exact=True).focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    expect_step(page, 0)
    page.wait_for_function("() => !location.search.includes('step=')")
    # Scrubbing draws at once, and reports on release.
    slider = page.get_by_role("slider", name="Training step")
    box = slider.bounding_box()
    assert box is not None
    height = "document.querySelector('.nv-words').offsetHeight"
    before = page.evaluate(height)
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=10)
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 4000")
    assert "step" not in query_of(page)
    page.mouse.up()
    step = int(figure(page).get_attribute("data-step") or 0)
    assert 4000 < step < 6000
    wait_for_address(page, f"step={step}")
    # The sentence takes more lines now; they were kept free, so nothing below it has moved.
    assert page.evaluate(height) == before


def test_the_run_is_the_tutorials_own_and_follows_rows_and_rate(page: Page) -> None:
    """What the screen shows at the end is what the tutorial's code gives for the same seed."""
    data = eight_rows()
    np.random.seed(42)
    network = NeuralNetwork(0.1)
    network.train(data.X, data.y, 10_000)
    error = sum((network.predict(x) - t) ** 2 for x, t in zip(data.X, data.y, strict=True))
    open_page(page, f"{PAGE}?edit=on&seed=42&step=10000")
    expect(words(page)).to_contain_text(f"the cumulative error is {error:.4g}")
    expect(page.locator(".nv-readout")).to_contain_text(f"cumulative error {error:.4g}")
    # A row is dragged, and the run follows.
    before = words(page).inner_text()
    drag(page, page.get_by_role("slider", name="Row 8, target 0"), (40, -60))
    wait_for_address(page, "rows=")
    expect(words(page)).not_to_have_text(before)
    page.get_by_role("button", name="Back to the eight rows").click()
    expect(words(page)).to_have_text(before)
    # A click asks for an answer there.
    x, y = centre(page.locator(".nv-plot .nsewdrag.drag").first)
    page.mouse.click(x, y + 60)
    wait_for_address(page, "probe=")
    expect(page.locator(".nv-readout")).to_contain_text("answer at ✕ 0.")
    # The rate answers while it is dragged.
    before = words(page).inner_text()
    slider = page.get_by_role("slider", name=re.compile("Learning rate"))
    drag(page, slider, (-120, 0), let_go=False)
    expect(words(page)).not_to_have_text(before)
    seen = slider.get_attribute("aria-valuetext")
    page.mouse.up()
    wait_for_address(page, f"rate={seen}")
    expect_step(page, 10_000)


def test_it_can_be_used_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, PAGE)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("Train")).tap()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 100")
    page.get_by_role("button", name="Branch here").tap()
    step = paused_at(page)
    wait_for_address(page, f"branches=0:{step}")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_line_of_many_points_looks_as_if_all_of_them_were_drawn(page: Page) -> None:
    page.goto("/_stcore/health")  # the module needs nothing of a page
    different = page.evaluate(
        """async (address) => {
          const { stroke } = await import(address);
          const axis = { type: "linear", _offset: 0, range: [0, 1] };
          const pair = { x: { ...axis, d2p: (v) => 300 * v }, y: { ...axis, d2p: (v) => 200 * v } };
          const n = 20000;
          const values = new Float32Array(2 * n);
          for (let i = 0; i < n; i++) {
            const t = i / n;
            values[2 * i] = t < 0.7 ? t : 1.05 - 0.5 * t;
            values[2 * i + 1] = 0.5 + 0.3 * Math.sin(40 * t) + 0.1 * Math.sin(i);
          }
          values.fill(NaN, 9000, 9400); // the pen is lifted
          const draw = (act) => {
            const canvas = document.createElement("canvas");
            const pen = canvas.getContext("2d");
            [canvas.width, canvas.height] = [300, 200];
            act(pen);
            return pen.getImageData(0, 0, 300, 200).data;
          };
          const quick = draw((pen) => stroke(pen, values, 0, 2 * n, pair));
          const full = draw((pen) => {
            pen.beginPath();
            for (let i = 0; i < 2 * n; i += 2) {
              if (!Number.isFinite(values[i])) continue;
              const go = Number.isFinite(values[i - 2]) ? "lineTo" : "moveTo";
              pen[go](300 * values[i], 200 * values[i + 1]);
            }
            pen.stroke();
          });
          const nothing = draw((pen) => stroke(pen, new Float32Array(8).fill(NaN), 0, 8, pair));
          let [off, inked] = [0, 0];
          for (let i = 3; i < full.length; i += 4) {
            inked += full[i] > 127;
            off += Math.abs(full[i] - quick[i]) > 127;
          }
          return { off, inked, nothing: nothing.some(Boolean) };
        }""",
        f"/{assets.modules()}/strokes.js",
    )
    assert different["inked"] > 5000
    assert different["off"] < 0.01 * different["inked"]
    assert not different["nothing"]
