"""The slider that answers while it is held, in a real browser."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.app_page import open_page
from tests.browser.gestures import centre, expect_step, figure, query_of, wait_for_address, words


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


@dataclass
class Answers:
    """What the server answers to a page, held back while they are to be ``late``."""

    page: Page
    late: bool = False
    held: list[str | bytes] = field(default_factory=list)
    sockets: list[WebSocketRoute] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Stand between the server and the page that is opened next."""
        self.page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, browser: WebSocketRoute) -> None:
        self.sockets.append(browser)

        def answer(message: str | bytes) -> None:
            if self.late:
                self.held.append(message)
            else:
                browser.send(message)

        browser.connect_to_server().on_message(answer)

    def come(self) -> None:
        """Let them come."""
        while self.held:
            self.sockets[0].send(self.held.pop(0))
        self.late = False


def test_a_press_counts_with_the_value_that_was_seen(page: Page) -> None:
    answers = Answers(page)
    open_page(page, "/?view=darts&throws=210@12&fraction=0.5")
    slider = page.get_by_role("slider", name="Fraction of the miss")
    x, y = centre(slider)
    answers.late = True  # the first value is not answered while the others come
    page.mouse.move(x, y)
    page.mouse.down()
    for way in (20, 40, 60):
        page.mouse.move(x + way, y)
    page.mouse.up()
    seen = slider.get_attribute("aria-valuetext")
    page.get_by_role("button", name="Correct, throw").click()
    answers.come()
    wait_for_address(page, f"throws=210@12,{seen}")


def test_training_that_begins_before_the_answer_goes_on_with_it(page: Page) -> None:
    answers = Answers(page)
    open_page(page, "/deeper_networks?lesson=deeper_networks.1&task=5")
    answers.late = True
    slider = page.get_by_role("slider", name="Learning rate")
    slider.press("PageUp")
    seen = slider.get_attribute("aria-valuetext")
    page.get_by_role("button", name="Train (space)").click()
    answers.come()
    wait_for_address(page, f"rate:{seen}")
    expect(figure(page)).to_have_attribute("data-playing", "true")
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 50")
    # What is changed while it plays is seen from its beginning, and nobody has let that begin.
    slider.press("PageDown")
    expect(figure(page)).to_have_attribute("data-playing", "false")
    expect_step(page, 0)
