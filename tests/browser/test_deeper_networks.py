"""Deeper networks by hand: trained, read, set, changed on the way, branched, shared."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from nnviz.chapters.deeper_networks.figures.layout import network_layout
from nnviz.chapters.deeper_networks.items import Bias, Edge, Unit, parameter_index
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.chapters.deeper_networks.words import checkpoint_sentence
from nnviz.training.record import Record, record
from nnviz.training.scores import scores
from nnviz.training.timeline import Timeline
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.app_server import AppServer
from tests.browser.gestures import (
    centre,
    drag,
    expect_step,
    figure,
    grip,
    paused_at,
    query_of,
    wait_for_address,
    words,
)

PAGE = "/deeper_networks"
SIZES = (2, 4, 2, 1)
LAYOUT = network_layout(SIZES)
EPOCH = 13

_PLACE = """([axes, x, y]) => {
  const plot = document.querySelector(".nv-plot"), layout = plot._fullLayout;
  const [xaxis, yaxis] = [layout[`xaxis${axes}`], layout[`yaxis${axes}`]];
  const box = plot.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""
_SCROLL = """(top) =>
  document.querySelector('[data-testid="stMain"]').scrollBy(0, top - innerHeight / 2)"""


@pytest.fixture(scope="module")
def history() -> Record:
    """Return the run that the page opens with."""
    plan = Settings().plan(None)
    return record(Timeline.of(plan, 400 * plan.updates_per_epoch))


def place(page: Page, axes: str, x: float, y: float) -> tuple[float, float]:
    """Bring a point of a subplot to the middle of the screen, and return where it is then."""
    page.evaluate(_SCROLL, page.evaluate(_PLACE, [axes, float(x), float(y)])[1])
    left, top = page.evaluate(_PLACE, [axes, float(x), float(y)])
    return left, top


def click_network(page: Page, x: float, y: float) -> None:
    page.mouse.click(*place(page, "", x, y))


def click_plane(page: Page, x: float, y: float) -> None:
    page.mouse.click(*place(page, "2", x, y))


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()


def readout(page: Page) -> Locator:
    return page.locator(".nv-readout")


def tool(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(name)).click()


def step_of(page: Page) -> int:
    return int(figure(page).get_attribute("data-step") or 0)


def play_until(page: Page, step: int) -> None:
    page.get_by_role("button", name=re.compile("^Train")).click()
    page.wait_for_function(
        "(step) => +document.querySelector('.nv-figure').dataset.step > step", arg=step
    )


def test_what_is_shown_at_a_step_is_what_the_core_computes(page: Page, history: Record) -> None:
    open_page(page, f"{PAGE}?step=700")
    keys = ["ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "End", "ArrowLeft", "Home"]
    for key, step in zip(["", *keys], [700, 701, 702, 689, 5200, 5199, 0], strict=True):
        if key:
            page.keyboard.press(key)
        expect_step(page, step)
        now = scores(history.plan_at(step), history.parameters_at(step)[np.newaxis])
        for label, value in (
            ("training loss", now.train_loss[0]),
            ("test loss", now.test_loss[0]),
            ("training rows right, %", 100 * now.train_accuracy[0]),
        ):
            expect(readout(page)).to_contain_text(f"{label} {value:.4g}")
        expect(words(page)).to_have_text(checkpoint_sentence(history, step))
    # A click on the plane asks for the answer there.
    page.keyboard.press("End")
    expect_step(page, 5200)
    click_plane(page, 0.05, 0.05)
    wait_for_address(page, "probe=")
    x, y = map(float, query_of(page)["probe"].split(","))
    assert np.hypot(x, y) < 0.3
    expect(page.get_by_text(re.compile("Worked out for the ring on the plane"))).to_be_visible()
    expect(readout(page)).to_contain_text(re.compile(r"(0\.9\d*|1)\b"))
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    wait_for_address(page, f"step={3 * EPOCH}")
    _expect_units_edges_and_biases_to_be_clicked_read_and_set(page, history, 3 * EPOCH)


def _expect_units_edges_and_biases_to_be_clicked_read_and_set(
    page: Page, history: Record, step: int
) -> None:
    tile = LAYOUT.tile(Unit(2, 1))
    click_network(page, tile.x, tile.y)
    wait_for_address(page, "picked=u.2.1")
    expect(page.locator(".katex").first).to_be_visible()
    mark = LAYOUT.mark(Bias(3, 0))
    click_network(page, mark.x, mark.y)
    wait_for_address(page, "picked=b.3.0")
    edge = Edge(1, 0, 3)
    x, y = LAYOUT.points(edge)[12]
    click_network(page, x, y)
    wait_for_address(page, "picked=e.1.0.3")
    index = parameter_index(edge, SIZES)
    wait_until_ready(page)
    field = page.get_by_label("Set its value, from this update on")
    shown = float(field.input_value().replace("−", "-"))
    assert shown == pytest.approx(history.parameters_at(step)[index], rel=1e-3)
    field.fill("-2.5")
    field.press("Enter")
    wait_for_address(page, f"lines={step},set:{index} -2.5".replace(" ", "+"))
    expect(page.get_by_role("button", name=re.compile(r"Changes \(1\)"))).to_be_visible()
    expect(readout(page)).to_contain_text(re.compile("−?-?2.5"))


def test_the_circle_is_learnt_within_a_second_of_train(page: Page, history: Record) -> None:
    open_page(page, PAGE)
    button = page.locator(".nv-player").get_by_role("button", name=re.compile("On by one epoch"))
    button.click()
    expect_step(page, EPOCH)
    page.locator(".nv-player").get_by_role("button", name=re.compile("On by one update")).click()
    expect_step(page, EPOCH + 1)
    button.click()
    expect_step(page, 2 * EPOCH)  # it stops where an epoch ends
    expect(words(page)).to_contain_text(f"After {2 * EPOCH} updates (2 epochs)")
    slider = page.get_by_role("slider", name="Training step")
    x, y = centre(slider)
    page.mouse.click(x, y)
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 2000")
    wait_for_address(page, f"step={step_of(page)}")
    assert 2000 < step_of(page) < 3200
    page.keyboard.press("Home")
    expect_step(page, 0)
    # So many updates are played in a second, and after those the loss is below 0.01.
    of_a_second = int(page.get_by_role("combobox", name=re.compile("^Speed")).input_value())
    learnt = np.array([history.parameters_at(of_a_second)])
    assert scores(history.plan_at(of_a_second), learnt).train_loss[0] < 0.01
    play_until(page, of_a_second)
    expect(readout(page)).to_contain_text(re.compile(r"training loss\s*(0\.00|\d\S*e-)"))
    page.keyboard.press("Space")
    # A preset begins at its beginning.
    page.get_by_role("button", name="Circle", exact=True).click()
    page.get_by_role("radio", name="Adam against SGD").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("Spiral · 300"))).to_be_visible()
    expect_step(page, 0)
    expect(words(page)).to_contain_text("Before training")
    wait_until_ready(page)
    page.get_by_role("button", name="Branch here").click()
    wait_for_address(page, "lines=~0,0,")


def test_rows_are_put_in_moved_and_taken_out_by_hand(page: Page) -> None:
    open_page(page, f"{PAGE}?with=data:eight rows;test:0&step=100")
    expect(page.get_by_role("button", name="The eight rows · 8")).to_be_visible()
    tool(page, "Put in")
    wait_for_address(page, "tool=add")
    wait_until_ready(page)
    click_plane(page, 3.0, 4.5)
    expect(page.get_by_role("button", name="Own rows · 9")).to_be_visible()
    tool(page, "Move")
    row = grip(page, "Row 9, training, class 1")
    expect(row).to_be_attached()
    wait_until_ready(page)
    before = row.get_attribute("aria-valuetext")
    wait_for_address(page, "own=")
    link = query_of(page)["own"]
    drag(page, row, (30, 20))
    page.wait_for_function("(own) => !location.href.includes(own)", arg=link)
    expect(row).not_to_have_attribute("aria-valuetext", before or "")
    link = query_of(page)["own"]
    row.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function("(own) => !location.href.includes(own)", arg=link)
    expect(row).to_be_focused()
    x, y = map(float, re.findall(r"-?[\d.]+", row.get_attribute("aria-valuetext") or "")[-2:])
    tool(page, "Take out")
    wait_for_address(page, "tool=remove")
    wait_until_ready(page)
    click_plane(page, x, y)
    expect(page.get_by_role("button", name="Own rows · 8")).to_be_visible()


def test_the_rate_is_changed_while_it_plays_and_the_past_stays(
    new_page: Callable[..., Page], history: Record
) -> None:
    page = new_page(untouched=True)
    open_page(page, PAGE)
    before = page.evaluate("() => history.length")
    play_until(page, 300)
    slider = page.get_by_role("slider", name=re.compile("ate"))
    slider.focus()
    slider.press("PageUp")
    wait_for_address(page, "lines=")
    wait_until_ready(page)
    step, text = re.match(r"(\d+),rate:([\d.]+)", query_of(page)["lines"]).groups()  # type: ignore[union-attr]
    assert int(step) > 300
    assert float(text) > 0.3
    assert "with" not in query_of(page)
    shapes = "() => document.querySelector('.nv-plot')._fullLayout.shapes.map((each) => each.x0)"
    assert int(step) in page.evaluate(shapes)
    slider.blur()  # else the keys are the slider's
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(words(page)).to_have_text(checkpoint_sentence(history, 3 * EPOCH))
    page.get_by_role("button", name=re.compile(r"Changes \(1\)")).click()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => !location.href.includes('lines=')")
    assert page.evaluate("() => history.length") == before


def test_a_branch_and_a_link_in_the_middle_open_the_same_on_a_cold_server(
    new_page: Callable[..., Page], other_server: AppServer
) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, PAGE)
    play_until(page, 200)
    page.get_by_role("button", name="Branch here").click()
    wait_for_address(page, "line=B")
    wait_until_ready(page)
    slider = page.get_by_role("slider", name=re.compile("ate"))
    slider.focus()
    slider.press("PageUp")
    wait_for_address(page, "rate:")
    wait_until_ready(page)
    play_until(page, 900)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    step = step_of(page)
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert f"step={step}" in link
    expect(words(page)).to_contain_text(f"After {step:,} updates")
    wait_until_ready(page)
    other = new_page()
    open_page(other, other_server.url + PAGE + link.partition(PAGE)[2])
    expect_step(other, step)
    expect(words(other)).to_have_text(words(page).inner_text())
    assert readout(other).inner_text() == readout(page).inner_text()
    other.get_by_role("radio", name=re.compile(" A ")).click()
    expect(words(other)).not_to_have_text(words(page).inner_text())


def test_it_can_be_used_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?lines=~0,300,slow|300,rate:0.01&line=B&picked=u.1.2&probe=1,1")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("^Train")).tap()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 100")
    page.get_by_role("button", name=re.compile("^Pause")).tap()
    tile = LAYOUT.tile(Unit(1, 0))
    page.touchscreen.tap(*place(page, "", tile.x, tile.y))
    wait_for_address(page, "picked=u.1.0")


def test_six_layers_of_eight_units_play(page: Page) -> None:
    hidden = ",".join(["8 tanh"] * 6)
    open_page(page, f"{PAGE}?with=hidden:{hidden}&epochs=400")
    play_until(page, 200)
    page.keyboard.press("Space")
    step = paused_at(page)
    expect(words(page)).to_contain_text(f"After {step:,} updates")
