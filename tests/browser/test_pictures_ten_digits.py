"""Ten digits in a real browser: training plays, a unit is clicked away, mistakes open by hand."""

from playwright.sync_api import Page, expect

from nnviz.chapters.pictures_to_numbers.address import EXAMPLE
from nnviz.chapters.pictures_to_numbers.figures.ten import mosaic_of
from nnviz.chapters.pictures_to_numbers.ten.mistakes import confusion
from nnviz.chapters.pictures_to_numbers.ten.network import UPDATES, TenConfig, train_ten
from nnviz.chapters.pictures_to_numbers.ten.reading import read_ten, unit_off
from nnviz.chapters.pictures_to_numbers.ten.words import describe_training, describe_unit
from tests.browser.app_page import open_page
from tests.browser.gestures import expect_step, grip, wait_for_address, words

CONFIG = TenConfig(200, 8)
LINK = "/pictures_to_numbers?view=digits&learned=200&units=8"
PAINTED = """() => {
  const canvas = document.querySelector(".nv-figure canvas");
  return canvas.toDataURL();
}"""
PLACE = """([x, y, axes]) => {
  const plot = document.querySelector(".nv-plot"), layout = plot._fullLayout;
  const [across, up] = [layout[`xaxis${axes}`], layout[`yaxis${axes}`]];
  const box = plot.getBoundingClientRect();
  return [box.left + across._offset + across.d2p(x), box.top + up._offset + up.d2p(y)];
}"""


def click(page: Page, x: float, y: float, axes: str = "") -> None:
    page.mouse.click(*page.evaluate(PLACE, [x, y, axes]))


def test_pictures_change_while_it_plays_and_a_unit_is_clicked_away(page: Page) -> None:
    run = train_ten(CONFIG)
    open_page(page, LINK)
    expect(words(page)).to_contain_text("Nothing is learned yet")
    before = page.evaluate(PAINTED)
    page.get_by_role("button", name="Train (space)").click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 9")
    page.keyboard.press("End")
    expect_step(page, UPDATES)
    expect(words(page)).to_have_text(
        describe_training(run, UPDATES, read_ten(run, UPDATES, EXAMPLE))
    )
    assert page.evaluate(PAINTED) != before
    x, y = mosaic_of(run).corner(4)
    click(page, x + 4, y + 4)
    wait_for_address(page, "off=5")
    expect(words(page)).to_contain_text(describe_unit(unit_off(run, UPDATES, 4)))
    click(page, x + 4, y + 4)
    expect(words(page)).not_to_contain_text("Unit 5 off")


def test_a_cell_opens_by_click_and_keys_and_its_picture_goes_on_the_board(page: Page) -> None:
    run = train_ten(CONFIG)
    found = confusion(run, UPDATES)
    open_page(page, f"{LINK}&look=mistakes")
    click(page, 3 - 0.3, 6 + 0.3)
    wait_for_address(page, "cell=33")
    handle = grip(page, "The cell whose pictures are open")
    handle.focus()
    handle.press("ArrowRight")
    wait_for_address(page, "cell=34")
    expect(words(page)).to_contain_text("3, said to be 4")
    handle.press("ArrowDown")
    wait_for_address(page, "cell=44")
    expect(words(page)).to_contain_text("4, said to be 4: right")
    page.get_by_role("button", name="Surest mistakes").click()
    expect(words(page)).to_contain_text("Surest of all, and wrong")
    click(page, 4, 26, "2")  # the first one
    expect(words(page)).to_contain_text(f"it says {found.mistakes()[0].said} (")
    wait_for_address(page, f"update={UPDATES}")
