"""What a page as a whole has to stand: keys of Streamlit, a translator, an outage."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import wait_for_address, words

# As a browser's translator does: elements of its own in the place of every text.
_TRANSLATE = """() => {
  const skipped = "[translate=no], script, style, textarea, title, font";
  const turn = (text) => {
    if (!text.isConnected || !text.data.trim() || text.parentElement?.closest(skipped)) return;
    const outer = document.createElement("font");
    outer.append(document.createElement("font"));
    outer.firstChild.append(`»${text.data}«`);
    text.replaceWith(outer);
  };
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) { turn(root); return; }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(turn);
  };
  new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(all);
  }).observe(document.body, { childList: true, subtree: true });
  all(document.body);
}"""


def test_keys_of_streamlit_do_not_run_a_lesson_again(page: Page) -> None:
    open_page(page, "/live_training?step=50")
    page.evaluate(
        """() => {
          const app = document.querySelector('[data-testid="stApp"]');
          window.states = [];
          const note = () => window.states.push(app.dataset.testScriptState);
          new MutationObserver(note).observe(app, { attributes: true });
        }"""
    )
    for key in ("r", "c", "R", "C", "Escape"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.states") == []
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_menu_of_a_phone_gives_way_to_the_page_chosen_in_it(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(390, 844)
    open_page(page, "/error_curve")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator(".nv-glossary")).to_be_visible()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    expect(page.get_by_role("link", name="Home")).not_to_be_in_viewport()


# All that is to be read, without what is read aloud when it has settled.
_TEXT = """() => {
  const main = document.querySelector('[data-testid="stMain"]').cloneNode(true);
  main.querySelectorAll(".nv-spoken, style, script").forEach((node) => node.remove());
  return main.textContent.replace(/[»«]/g, "");
}"""


def test_a_page_lives_on_while_a_browser_translates_it(new_page: Callable[..., Page]) -> None:
    translated, plain = pages = [new_page() for _ in range(2)]
    for page in pages:
        open_page(page, "/error_curve")
    translated.evaluate(_TRANSLATE)
    for page in pages:
        slider = page.get_by_role("slider", name="Learning rate")
        for key, rate in (("PageUp", "0.2"), ("End", "10"), ("Home", "0.001"), ("PageUp", "0.002")):
            slider.press(key)
            wait_for_address(page, f"rate={rate}")
        for part in ("In code", "Predict first", "The tutorial says", "In numbers"):
            page.get_by_role("radio", name=part).click()
            expect(page.get_by_role("radio", name=part)).to_be_checked()
            wait_until_ready(page)
        page.get_by_role("button", name="Step").first.click()
        expect(words(page)).to_contain_text("Step 1:")
        wait_until_ready(page)
    assert translated.evaluate(_TEXT) == plain.evaluate(_TEXT)
    marked = "code font, .katex font, td font, svg font, output font"
    expect(translated.locator(marked)).to_have_count(0)
    assert translated.locator("font").count() > 20
