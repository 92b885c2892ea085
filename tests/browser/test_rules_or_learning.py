"""Rules and learning in a real browser: keys, clicks, the training that plays, links."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import query_of, wait_for_address, words

pytestmark = pytest.mark.usefixtures("games_studied")
PAGE = "/rules_or_learning"
LONG = 120_000  # ms in which all trainings of the curve are made


def _learned(page: Page) -> None:
    expect(words(page)).to_contain_text("after 600 updates", timeout=LONG)


def _cell(page: Page, board: int, cell: int) -> tuple[float, float]:
    """Return where a cell is on the screen; board 0 is that of the rules."""
    box = page.locator(".nv-plot .nsewdrag.drag").nth(board).bounding_box()
    assert box is not None
    side = min(box["width"], box["height"]) / 4
    return box["x"] + (cell % 4 + 0.5) * side, box["y"] + (cell // 4 + 0.5) * side


def test_rules_are_fired_digits_written_and_rules_changed_by_hand(page: Page) -> None:
    open_page(page, PAGE, timeout=LONG)
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text(re.compile("Only one (digit|place) fits: "))
    first = words(page).inner_text()
    wait_for_address(page, "moves=+")
    page.keyboard.press("ArrowRight")
    expect(words(page)).not_to_contain_text(first.split(". ")[0])
    page.keyboard.press("ArrowLeft")
    expect(words(page)).to_contain_text(first.split(". ")[0])
    page.keyboard.press("ArrowLeft")
    expect(words(page)).to_contain_text("nothing filled in yet")
    # A cell is clicked, and a digit pressed.
    page.mouse.click(*_cell(page, 0, 0))
    wait_for_address(page, "cell=1")
    page.keyboard.press("1")  # a 1 stands beside it
    expect(words(page)).to_contain_text("A contradiction: ")
    expect(page.get_by_role("button", name=re.compile("^Next step"))).to_be_disabled()
    page.keyboard.press("0")
    expect(words(page)).to_contain_text("You emptied row 1, column 1")
    page.keyboard.press("n")
    page.wait_for_function("() => !location.search.includes('cell=1&')")
    # A confident mistake, and other rules.
    _learned(page)
    page.get_by_role("button", name="Show a confident mistake").click()
    expect(words(page)).to_contain_text("A mistake that the rules never make")
    page.get_by_role("radio", name="Without boxes").click()
    wait_for_address(page, "rules=no+boxes")
    assert "clues" not in query_of(page)
    _learned(page)


def test_more_games_by_a_click_on_the_curve_and_a_link_to_it(page: Page, new_page) -> None:
    open_page(page, PAGE, timeout=LONG)
    _learned(page)
    box = page.locator(".nv-plot .nsewdrag.drag").nth(2).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 8.5 / 9, box["y"] + box["height"] / 2)
    wait_for_address(page, "games=216")
    expect(words(page)).to_contain_text("on 216 solved games", timeout=LONG)
    _learned(page)
    told = words(page).inner_text().split(" (The curve")[0]
    other = new_page()
    open_page(other, page.url, timeout=LONG)
    expect(words(other)).to_contain_text(told, timeout=LONG)


def test_the_training_plays_and_keeps_its_place(page: Page) -> None:
    open_page(page, f"{PAGE}?view=learn&step=0", timeout=LONG)
    expect(words(page)).to_contain_text("after 0 updates", timeout=LONG)
    wait_until_ready(page, LONG)
    page.keyboard.press("Shift+ArrowRight")
    expect(words(page)).to_contain_text("after 10 updates")
    wait_for_address(page, "step=10")
    page.get_by_role("button", name="Train").click()
    page.wait_for_function(
        "() => +document.querySelector('.nv-words').innerText.match(/after (\\d+)/)[1] > 100"
    )
