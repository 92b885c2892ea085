"""A row on its way through a neuron, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nnviz.decision import flip_coins
from nnviz.sentences.digits import digits
from tests.browser.app_page import open_page
from tests.browser.gestures import (
    drag,
    expect_step,
    figure,
    grip,
    query_of,
    wait_for_address,
    words,
)

PAGE = "/prediction"

_BOXES = """() => Object.fromEntries(
  [...document.querySelectorAll('.nv-board .nv-item')]
    .map((text) => [...text.querySelectorAll('tspan')].map((span) => span.textContent))
    .filter((lines) => lines.length > 1)
    .map(([name, ...rest]) => [name, rest.join('')]))"""


def boxes(page: Page) -> dict[str, Any]:
    """Return what stands in each box under its name."""
    result: dict[str, Any] = page.evaluate(_BOXES)
    return result


def test_the_sum_builds_up_term_by_term_to_the_answer(page: Page) -> None:
    open_page(page, PAGE)
    result = page.locator(".nv-result")
    expected = [
        ("layer_1", "2.407 …", "2.407"),
        ("layer_1", "1.377 …", "1.377"),
        ("layer_1", "1.377", "1.377"),
        ("prediction", "0.7986", "0.7986"),
        ("answer", "1 ✓", "1"),
    ]
    assert boxes(page)["layer_1"] == boxes(page)["prediction"] == boxes(page)["answer"] == "?"
    for step, (name, shown, card) in enumerate(expected, 1):
        page.keyboard.press("ArrowRight")
        expect_step(page, step)
        assert boxes(page)[name] == shown
        assert result.inner_text() == card
    assert boxes(page)["slope here"] == "0.1609"
    for _ in expected:
        page.keyboard.press("ArrowLeft")
    expect_step(page, 0)
    assert boxes(page)["layer_1"] == boxes(page)["answer"] == "?"


def test_the_second_row_is_predicted_wrongly(page: Page) -> None:
    open_page(page, f"{PAGE}?at=5")
    page.keyboard.press("2")
    wait_for_address(page, "row=2")
    expect(words(page)).to_contain_text("The prediction 0.871 lies above the threshold 0.5")
    assert boxes(page)["answer"] == "1 ✗"
    page.get_by_role("radio", name="1", exact=True).click()
    page.wait_for_function("() => !location.href.includes('row=')")
    page.keyboard.press("ArrowLeft")  # the keys are the page's again
    expect_step(page, 4)


def test_a_weight_answers_while_its_slider_is_held(page: Page) -> None:
    open_page(page, f"{PAGE}?at=4")
    slider = page.get_by_role("slider", name="weights_1[0]")
    drag(page, slider, (-40, 0), let_go=False)
    expect(words(page)).not_to_contain_text("0.7986")
    page.mouse.up()
    weight = float(slider.get_attribute("aria-valuetext") or 0)
    assert weight < 1.45
    wait_for_address(page, f"weights={weight:g},")
    page.wait_for_function(f"() => ({_BOXES})()['weights_1[0]'] === '{digits(weight)}'")
    assert boxes(page)["layer_1"] == digits(1.66 * weight - 0.66 * 1.56)


def test_the_threshold_is_moved_by_mouse_and_by_keys(page: Page) -> None:
    open_page(page, f"{PAGE}?at=5")
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


_COINS = """() => [...document.querySelectorAll('.nv-board g.nv-lit path[stroke-width="1.5"]')]
  .map((path) => path.getAttribute('d').split('L').length)
  .filter((corners) => corners === 4 || corners === 20)"""


@pytest.mark.parametrize("seed", [0, 5])
def test_the_coins_are_those_of_the_core(page: Page, seed: int) -> None:
    open_page(page, f"{PAGE}?at=4&flips={seed}")
    flips = flip_coins(0.7985731042296965, seed)
    corners = page.evaluate(_COINS)
    assert [n == 4 for n in corners] == flips.came_up.tolist()
    told = page.locator(".nv-item", has_text="100 coin flips").text_content() or ""
    assert f"■ {flips.n_ones} came up 1" in told
    assert f"● {100 - flips.n_ones} came up 0" in told
    page.keyboard.press("ArrowLeft")
    expect_step(page, 3)
    assert page.evaluate(_COINS) == []


def test_both_networks_print_the_same(page: Page) -> None:
    open_page(page, f"{PAGE}?view=layers")
    table = page.locator(".nv-table").first
    rows = table.locator("tbody tr")
    assert rows.count() == 8
    for i in range(8):
        stacked, folded = rows.nth(i).locator("td").all_inner_texts()[:2]
        assert stacked == folded
    page.get_by_role("combobox", name="Between the layers").click()
    page.get_by_role("option", name="tanh").click()
    wait_for_address(page, "between=tanh")
    expect(words(page)).to_contain_text("no longer the same")


def test_a_link_opens_the_same_picture(new_page: Callable[..., Page]) -> None:
    link = f"{PAGE}?lesson=prediction.1&weights=0.5,-1.5&bias=0.25&threshold=0.3&at=5&flips=3&row=2"
    first, second = new_page(), new_page()
    open_page(first, link)
    open_page(second, link)
    assert boxes(first) == boxes(second)
    assert query_of(first) == query_of(second)
    assert words(first).inner_text() == words(second).inner_text()


@pytest.mark.parametrize("view", ["row", "layers"])
def test_it_fits_a_phone(new_page: Callable[..., Page], view: str) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?view={view}&at=5")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(figure(page)).to_have_attribute("data-ready", "true")
