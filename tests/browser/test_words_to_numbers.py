"""Words to numbers in a real browser: typing, merging, training, links, phone, both themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR
from nnviz.chapters.words_to_numbers.words import describe_step
from tests.browser.app_page import open_page
from tests.browser.gestures import expect_step, figure, paused_at, query_of, wait_for_address, words

PAGE = "/words_to_numbers"
_HEATMAPS = "() => document.querySelector('.nv-plot').data.filter(t => t.type === 'heatmap').length"


def lemmas(page: Page) -> None:
    page.get_by_text("Lemmas", exact=True).click()


# Texts of a picture that reach beyond it, where they are cut.
_CUT = """(svg) => {
  const box = svg.getBoundingClientRect();
  return [...svg.parentElement.querySelectorAll("text")].filter((text) => {
    const { left, right, width } = text.getBoundingClientRect();
    return width && (left < box.left - 1 || right > box.right + 1);
  }).map((text) => text.textContent);
}"""


def test_columns_come_together_when_lemmas_are_switched_on(page: Page) -> None:
    open_page(page, PAGE)
    expect(words(page)).to_contain_text("18 different words")
    assert page.evaluate(_HEATMAPS) == 1
    lemmas(page)
    expect(words(page)).to_contain_text("18 columns become 13: watch, watched, watches and")
    page.wait_for_function(f"() => ({_HEATMAPS})() === 2")
    wait_for_address(page, "lemmas=on")
    lemmas(page)
    page.wait_for_function(f"() => ({_HEATMAPS})() === 1")


def test_what_is_typed_is_shown_letter_by_letter_and_kept_in_the_link(
    page: Page, new_page: Callable[..., Page]
) -> None:
    open_page(page, f"{PAGE}?chosen=own")
    field = page.get_by_label(re.compile("My sentences"))
    # It takes no more than it says.
    expect(page.get_by_text("My sentences, one on each line (up to 12 lines, 600")).to_be_visible()
    field.fill("cat " * 400)
    field.press("Control+Enter")
    expect(page.get_by_text("This text has 1,600 characters, and 600 are the most")).to_be_visible()
    expect(field).to_have_value(re.compile(r"^[^\0]{1,600}$"))  # the sentence may come before it
    field.fill("<img src=x onerror=alert(1)> cats\n![x](http://192.0.2.1/x.png) cat 😀 貓")
    field.press("Control+Enter")
    expect(words(page)).to_contain_text("2 sentences")
    expect(page.locator(".nv-plot .ytick", has_text="<img")).to_contain_text("<img src=x")
    assert not page.locator(".nv-plot img").count()
    wait_for_address(page, "貓")
    other = new_page()
    open_page(other, page.url)
    assert words(other).inner_text() == words(page).inner_text()


def test_the_training_plays_and_the_sentence_follows(page: Page) -> None:
    open_page(page, f"{PAGE}?view=learn&lemmas=on")
    expect(words(page)).to_contain_text("Nothing is learned yet")
    page.get_by_role("button", name="Train").click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 60")
    expect(words(page)).to_contain_text("learned from")
    page.get_by_role("button", name="Pause").click()
    step = paused_at(page)
    wait_for_address(page, f"step={step}")
    run = learn_words(WordsConfig(True))
    expect(words(page)).to_have_text(
        describe_step(run, step, "My sisters laughed and the zebra danced.")
    )
    # It is moved by keys alone.
    page.keyboard.press("ArrowRight")
    expect_step(page, step + 1)
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    expect_step(page, 90)  # where the first epoch ends
    page.keyboard.press("End")
    expect_step(page, 2000)
    wait_for_address(page, "step=2000")
    # A sentence is asked about, and taken apart.
    field = page.get_by_label(re.compile("Ask about a sentence"))
    field.fill("My dogs are happy quaggas")
    field.press("Enter")
    expect(words(page)).to_contain_text("It does not know quaggas.")
    answer = decompose(run, 2000, "My dogs are happy quaggas")
    expect(page.locator(".nv-table").first).to_contain_text("happy")
    cell = page.locator(".nv-table tr", has_text="sum").locator("td").last
    assert float(cell.get_attribute("title") or "nan") == pytest.approx(answer.z, abs=1e-9)
    expect(page.locator(".nv-plot")).to_contain_text("not known: quaggas")
    # Words in another order get the same answer.
    page.get_by_role("button", name="Same words, other order").click()
    expect(words(page)).to_contain_text("the same words in another order: the same counts")
    expect_step(page, 2000)
    first, second = (
        decompose(learn_words(WordsConfig(True)), 2000, text).probability for text in ORDER_PAIR
    )
    assert first == pytest.approx(second, abs=1e-12)
    expect(figure(page)).to_contain_text(re.compile(r"second sentence\s+[\d.]+"))
    numbers = re.findall(r"(?:good mood|second sentence)\s+([\d.]+)", figure(page).inner_text())
    assert len(numbers) == 2
    assert numbers[0] == numbers[1]


def test_lemmas_or_not_comes_while_one_looks(page: Page) -> None:
    open_page(page, f"{PAGE}?view=splits&splits=3&rate=0.2")
    expect(words(page)).to_contain_text("medians of 3 splits", timeout=60_000)
    assert query_of(page)["splits"] == "3"


def test_no_number_and_no_title_is_cut_on_a_phone_and_a_tablet(
    new_page: Callable[..., Page],
) -> None:
    for width, link in ((390, "about=taken"), (768, "about=moods")):
        page = new_page(width, 844)
        open_page(page, f"words_to_numbers?view=vectors&{link}")
        cut = page.locator(".nv-plot .main-svg").first.evaluate(_CUT)
        assert not cut, (width, cut)
