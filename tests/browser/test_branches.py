"""Branches of a run by hand: made, slid, followed, drawn over each other, played."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import expect_step, query_of, wait_for_address, words

PAGE = "/live_training"

# What of these colours is painted over the figure, in pixels.
_PAINTED = """(colours) => {
  const canvas = document.querySelector('.nv-trails');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return colours.map(([r, g, b]) => {
    let n = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b && pixels[i + 3] > 200) n++;
    }
    return n;
  });
}"""
VERMILLION, GREEN = [0xD5, 0x5E, 0x00], [0x00, 0x9E, 0x73]


def painted(page: Page, *colours: list[int]) -> Any:
    return page.evaluate(_PAINTED, list(colours))


def follow(page: Page, letter: str) -> None:
    page.get_by_role("radio", name=re.compile(rf" {letter} ")).click()


def test_stop_branch_slide_and_compare(page: Page) -> None:
    open_page(page, f"{PAGE}?step=2500")
    page.get_by_role("button", name="Branch here").click()
    slider = page.get_by_role("slider", name="Learning rate of B, from update 2,500 on")
    sentence = words(page).inner_text()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("PageUp")
    wait_for_address(page, "branches=0:2500,rate:")
    expect(words(page)).to_have_text(sentence)  # the moment that both share stays as it was
    page.locator(".nv-plot").first.focus()
    page.get_by_role("button", name=re.compile("To the end")).click()
    expect_step(page, 10_000)
    wait_for_address(page, "step=10000")
    wait_until_ready(page)  # the slider may have been ahead of the picture
    of_b = words(page).inner_text()
    follow(page, "A")
    page.wait_for_function("() => !location.href.includes('line=')")
    expect(words(page)).not_to_have_text(of_b)
    expect_step(page, 10_000)
    follow(page, "B")
    expect(words(page)).to_have_text(of_b)
    wait_for_address(page, "line=B")
    # It is named and deleted.
    page.get_by_role("button", name="Edit B").click()
    page.get_by_label("Name", exact=True).fill("too fast")
    page.get_by_label("Name", exact=True).press("Enter")
    wait_for_address(page, "name:too")
    expect(page.get_by_role("radio", name=re.compile("B too fast"))).to_be_visible()
    # A second press, which comes when B is gone, finds nothing to delete.
    page.get_by_role("button", name="Delete B").click(click_count=2, delay=60)
    page.wait_for_function("() => !location.href.includes('branches')")
    expect(page.get_by_role("radio", name=re.compile("B too fast"))).to_have_count(0)
    page.get_by_role("button", name="Bring back B").click()
    expect(page.get_by_role("radio", name=re.compile("B too fast"))).to_be_visible()


def test_each_line_is_painted_in_its_own_colour_from_where_it_begins(page: Page) -> None:
    branches = "0:2500,rate:1;0:4000,model:4 tanh/standardised"
    open_page(page, f"{PAGE}?branches={branches}&step=2400")
    assert painted(page, VERMILLION, GREEN) == [0, 0]
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect_step(page, 2600)
    orange, green = painted(page, VERMILLION, GREEN)
    assert orange > 100
    assert green == 0
    page.keyboard.press("End")
    expect_step(page, 10_000)
    assert min(painted(page, VERMILLION, GREEN)) > 30  # of dots, few pixels are fully green
    page.keyboard.press("Home")
    expect_step(page, 0)
    assert painted(page, VERMILLION, GREEN) == [0, 0]


def test_a_model_is_built_and_the_boundary_bends(page: Page) -> None:
    open_page(page, f"{PAGE}?step=10000")
    page.get_by_role("button", name="sin x1").click()
    wait_for_address(page, "model=sin")
    expect(words(page)).to_contain_text("8 of 8 rows are right")
    assert query_of(page)["model"] == "sin x1"


def test_a_million_updates_play_and_stand_exactly(page: Page) -> None:
    open_page(page, f"{PAGE}?updates=1000000&step=765432")
    readout = page.locator(".nv-readout")
    expect(readout).to_contain_text("update 765,432 of 1,000,000")
    exact = re.search(r"cumulative error is ([\d.]+)", words(page).inner_text())
    assert exact
    expect(readout).to_contain_text(f"cumulative error {exact[1]}")
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("After 765,433 updates")
    expect(readout).to_contain_text("just used plant")
    page.keyboard.press("Space")
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 766000")
    page.keyboard.press("Space")
    expect(words(page)).to_contain_text(re.compile(r"After 7\d\d,\d\d\d updates"))
