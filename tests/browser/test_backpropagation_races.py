"""Whoever is faster than the server: keys, buttons and the slider mean the step that is seen."""

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import expect_step, query_of, wait_for_address, words

PAGE = "/backpropagation"
TWO = f"{PAGE}?taken=2:0.1;1&at=13"  # of the first update, the last step but one

# At once: the browser has no time to tell the server anything in between.
_QUICKLY = """async ([keys, button]) => {
  for (const key of keys) {
    const options = { key, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', options));
  }
  const found = [...document.querySelectorAll('button')].find((b) => b.innerText === button);
  if (!found) return;
  found.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  await new Promise((done) => setTimeout(done, 20)); // no finger is faster
  found.click();
}"""


def quickly(page: Page, *keys: str, button: str = "") -> None:
    page.evaluate(_QUICKLY, [keys, button])


def test_a_row_is_picked_and_followed_for_the_update_that_is_seen(page: Page) -> None:
    open_page(page, TWO)
    quickly(page, "ArrowRight", "ArrowRight", "ArrowRight", "2")
    wait_for_address(page, "taken=2:0.1;2")
    wait_for_address(page, "at=16")
    expect_step(page, 16)
    expect(page.locator(".nv-readout")).to_contain_text("row 2")
    # The next row follows the update that is seen, by key and by button.
    wait_until_ready(page)
    quickly(page, "End", "n")
    wait_for_address(page, "taken=2:0.1;2;1")
    wait_for_address(page, "at=30")
    expect_step(page, 30)
    wait_until_ready(page)
    quickly(page, "ArrowLeft", "End", button="Next row")
    wait_for_address(page, "taken=2:0.1;2;1;2")
    wait_for_address(page, "at=45")
    expect_step(page, 45)


def test_rows_change_by_themselves_at_no_boundary_between_updates(page: Page) -> None:
    """The picker of rows speaks of another update there, and its old value is not a choice."""
    walk = "taken=1:0.1;2;1;2;1"
    open_page(page, f"{PAGE}?{walk}&at=13")
    for _ in range(6):  # each jump is reported before the answer to the one before has arrived
        quickly(page, "ArrowRight", "ArrowRight", "ArrowRight")
        page.wait_for_timeout(155)
        quickly(page, "ArrowLeft", "ArrowLeft", "ArrowLeft")
        page.wait_for_timeout(155)
    wait_for_address(page, "at=13")
    page.wait_for_timeout(500)
    assert query_of(page)["taken"] == walk.removeprefix("taken=")


def test_a_picked_row_stays_picked_while_the_person_steps_on(page: Page) -> None:
    open_page(page, f"{PAGE}?taken=2:0.1&at=3")
    for key, row in (("1", "1"), ("2", "2"), ("1", "1")):
        quickly(page, key)
        page.wait_for_timeout(25)
        quickly(page, "ArrowRight")
        wait_for_address(page, f"taken={row}:0.1" if row == "1" else "at=")
        page.wait_for_timeout(600)
        assert query_of(page).get("taken", "2:0.1") == f"{row}:0.1"


def test_the_row_keeps_the_focus_of_who_came_by_tab(page: Page) -> None:
    open_page(page, PAGE)
    radio = page.get_by_role("radio", name="1", exact=True)
    page.get_by_role("radio", name="2", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    radio.focus()
    page.keyboard.press("Enter")
    wait_for_address(page, "taken=1:0.1")
    expect(radio).to_be_focused()


def test_stepping_goes_on_while_the_server_answers(page: Page) -> None:
    """An answer to an older step never pulls the person back, and never changes the sentence."""
    open_page(page, PAGE)
    page.evaluate(
        """() => {
          window.shown = [];
          const figure = document.querySelector('.nv-figure');
          new MutationObserver(() => window.shown.push(+figure.dataset.step))
            .observe(figure, { attributes: true, attributeFilter: ['data-step'] });
        }"""
    )
    for step in range(1, 15):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(170)  # just longer than it takes to report, so each is answered
        expect_step(page, step)
    wait_for_address(page, "at=14")
    page.wait_for_timeout(500)
    steps = page.evaluate("window.shown")
    assert steps == sorted(steps)
    assert set(steps) == set(range(1, 15))
    expect(words(page)).to_contain_text("The same row again")
    # The next row pressed many times is taken as many times.
    for _ in range(4):
        page.keyboard.press("n")
        page.wait_for_timeout(80)
    wait_for_address(page, "taken=2:0.1;1;2;1;2")
    wait_for_address(page, "at=60")
    expect_step(page, 60)
