"""The board of squares in a real browser: strokes, keys, undo, and an image that becomes ink."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, drawing, text_of
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, train_neuron
from nnviz.chapters.pictures_to_numbers.words import factors, verdict
from tests.browser.app_page import open_page
from tests.browser.gestures import centre


def inks(page: Page) -> tuple[int, ...]:
    return drawing([int(text) for text in page.get_by_role("gridcell").all_text_contents()])


def says(page: Page) -> Locator:
    return page.locator(".nv-pixel-says")


def test_what_is_drawn_is_read_at_once_and_can_be_taken_back(page: Page, tmp_path: Path) -> None:
    open_page(page, "pictures_to_numbers?step=2000&drawing=")
    parameters = train_neuron(NeuronConfig(20, 0)).parameters[2000]
    cells = page.get_by_role("gridcell")
    stroke = [centre(cells.nth(k)) for k in (2, 5, 53, 50)]
    page.mouse.move(*stroke[0])
    page.mouse.down()
    for x, y in stroke[1:]:
        page.mouse.move(x, y)  # in one leap: the squares between get ink as well
    page.mouse.up()
    inked = {2, 3, 4, 5, 13, 21, 29, 37, 45, 53, 52, 51, 50}
    drawn = tuple(16 if k in inked else 0 for k in range(64))
    assert inks(page) == drawn
    reading = read_drawing(parameters, drawn)
    expect(says(page)).to_have_text(verdict(reading))
    expect(cells.nth(50)).to_have_attribute(
        "aria-label", f"row 7, column 3: {factors(reading, 50)} (update 2,000)"
    )

    # A press that goes nowhere takes ink away; by keys it goes up and down.
    cells.nth(21).click()
    assert inks(page)[21] == 0
    page.keyboard.press("ArrowRight")
    expect(cells.nth(22)).to_be_focused()
    for key in ("Space", "-", "-"):
        page.keyboard.press(key)
    assert inks(page)[22] == 14
    expect(page).to_have_url(re.compile(f"drawing={text_of(inks(page))}"))

    undo = page.get_by_role("button", name="Take back the last stroke")
    for _ in range(5):
        undo.click()
    expect(undo).to_be_disabled()
    assert inks(page) == EMPTY
    expect(says(page)).to_have_text("Nothing is drawn.")

    # A light bar on a dark ground, high and narrow.
    bar = "<rect width='300' height='90'/><rect x='40' y='10' width='20' height='70' fill='white'/>"
    image = tmp_path / "bar.svg"
    image.write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='90'>{bar}</svg>", "utf-8"
    )
    page.locator("input[type=file]").set_input_files(image)
    status = page.locator(".nv-pixel-status")
    expect(status).to_contain_text("300 × 90 pixels")
    expect(status).to_contain_text("lighter than its dark ground")
    assert all((ink > 8) == (k % 8 in (3, 4)) for k, ink in enumerate(inks(page)))
    (tmp_path / "no.png").write_bytes(b"nothing")
    before = inks(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "no.png")
    expect(status).to_contain_text("cannot read that as an image")
    assert inks(page) == before
