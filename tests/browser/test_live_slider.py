"""The slider that answers while it is held, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page
from tests.browser.gestures import centre, query_of, wait_for_address, words


def test_letting_go_keeps_the_value_that_was_seen(page: Page) -> None:
    # 0.333 is no stop of the slider: once it is left, the stops after it move up by one.
    open_page(page, "/prediction?names=code&at=4&weights=0.333,-0.66")
    slider = page.get_by_role("slider", name="weights_1[0]")
    before = words(page).inner_text()
    x, y = centre(slider)
    page.mouse.move(x + 60, y)
    page.mouse.down()  # the slider jumps there, and nothing moves it any more
    expect(words(page)).not_to_have_text(before)
    seen = slider.get_attribute("aria-valuetext") or ""
    wait_for_address(page, f"weights={seen},")
    page.mouse.up()
    page.wait_for_timeout(400)
    expect(slider).to_have_attribute("aria-valuetext", seen)
    assert query_of(page)["weights"] == f"{seen},-0.66"
