"""What a page as a whole has to stand: keys of Streamlit, a translator, an outage."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from nnviz.chart import assets
from tests.browser.app_page import open_page
from tests.browser.gestures import words

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


def test_a_page_lives_on_while_a_browser_translates_it(new_page: Callable[..., Page]) -> None:
    pages = [new_page(untouched=True) for _ in range(2)]
    for page in pages:
        open_page(page, "/error_curve")
    translated, plain = pages
    translated.evaluate(_TRANSLATE)
    for step in range(1, 11):
        for page in pages:
            page.get_by_role("button", name="Step", exact=False).first.click()
            expect(words(page)).to_contain_text(f"Step {step}:")

    def text(page: Page) -> str:
        shown = page.get_by_test_id("stMain").inner_text()
        return " ".join(shown.replace("»", "").replace("«", "").split())

    expect(words(translated)).to_contain_text("»")
    assert text(translated) == text(plain)
    for part in ("In code", "Predict first", "In numbers"):
        for page in pages:
            page.get_by_role("radio", name=part).click()
    assert translated.locator("code font, .katex font, td font, svg font").count() == 0
