"""Rows typed and pasted into the table as people do it, in the browser."""

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page

TABLE = "[data-testid='stDataFrame'] canvas"


def test_a_point_first_and_a_decimal_comma_are_numbers(page: Page) -> None:
    open_page(page, "/prediction?rows=1.25,2,1;3,-1,0")
    canvas = page.locator(TABLE).first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for x, text, rows in (
        (75, ".01", "0.01,2,1;3,-1,0"),
        (140, "1,4", "0.01,1.4,1;3,-1,0"),
    ):
        page.mouse.click(box["x"] + x, box["y"] + 52)
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "rows => decodeURIComponent(location.search).includes(rows)", arg=rows
        )
    expect(page.get_by_text("The rows stay as they were")).to_have_count(0)
