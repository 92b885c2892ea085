"""The slider that answers while it is held, in a real browser."""

from playwright.sync_api import Page, WebSocketRoute, expect

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


def test_a_press_counts_with_the_value_that_was_seen(page: Page) -> None:
    held: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []
    late = False

    def between(browser: WebSocketRoute) -> None:
        sockets.append(browser)

        def answer(message: str | bytes) -> None:
            if late:
                held.append(message)
            else:
                browser.send(message)

        browser.connect_to_server().on_message(answer)

    page.route_web_socket("**/_stcore/stream", between)
    open_page(page, "/?view=darts&throws=210@12&fraction=0.5")
    slider = page.get_by_role("slider", name="Fraction of the miss")
    x, y = centre(slider)
    late = True  # the first value is not answered while the others come
    page.mouse.move(x, y)
    page.mouse.down()
    for way in (20, 40, 60):
        page.mouse.move(x + way, y)
    page.mouse.up()
    seen = slider.get_attribute("aria-valuetext")
    page.get_by_role("button", name="Correct, throw").click()
    while held:
        sockets[0].send(held.pop(0))
    late = False
    wait_for_address(page, f"throws=210@12,{seen}")
