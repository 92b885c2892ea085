"""Rows typed into the table as people do it, in the browser."""

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page

CANVAS = "[data-testid='stDataFrame'] canvas"


def test_a_point_first_and_a_decimal_comma_are_numbers(page: Page) -> None:
    open_page(page, "/live_training?edit=on&rows=1.25,2,1;3,1,0")
    table = page.locator(CANVAS).first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.screenshot(path="/tmp/rows.png")
    assert box is not None
    # The first cell of a number: behind the box to select the row, and its number.
    left = box["x"] + box["width"] * 0.45
    for down, text, rows in ((52, ".01", "0.01,2,1;3,1,0"), (87, "1,4", "0.01,2,1;1.4,1,0")):
        page.mouse.click(left, box["y"] + down)
        page.keyboard.type(text)
        page.screenshot(path=f"/tmp/rows{down}.png")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "rows => decodeURIComponent(location.search).includes(rows)", arg=rows
        )
    expect(page.get_by_text("The rows stay as they were")).to_have_count(0)
