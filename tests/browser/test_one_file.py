"""A lesson as one file, saved from its page and opened from a disk without a network."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_page import open_page, usability_problems
from tests.browser.gestures import expect_step, figure, words

# Where each page shows a recorded run, at a step in its midst.
RUNS = {
    "prediction": "at=4",
    "backpropagation": "at=9&names=code",
    "live_training": "step=3210",
    "deeper_networks": "step=1234",
    "words_to_numbers": "view=learn&step=77",
    "pictures_to_numbers": "step=77",
    "linear_regression": "view=descent&step=14",
    "rules_or_learning": "view=learn&step=250",
}

# What is written: the numbers of the player, the card, the boxes, the notes of the figure.
_WRITTEN = """() => Object.fromEntries(
  [
    ".nv-readout", ".nv-words", ".nv-card", ".nv-board text:not(.nv-flight)", ".annotation-text",
  ].map((name) => [name, [...document.querySelectorAll(name)].map((each) => each.textContent)])
)"""


@contextmanager
def unplugged(browser: Browser, **options: Any) -> Iterator[Callable[[Path], Page]]:
    """Return what opens a file without a network; nothing goes wrong, and nothing is asked for."""
    context = browser.new_context(offline=True, **options)
    context.route(re.compile(r"^(?!file:|data:|blob:)"), lambda route: route.abort())
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    asked, opened = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))

    def open_file(file: Path) -> Page:
        opened.append(file.as_uri())
        page.goto(file.as_uri())
        expect(figure(page)).to_have_attribute("data-ready", "true")
        return page

    yield open_file
    context.close()
    assert not wrong
    assert [each for each in asked if not each.startswith(("blob:", "data:"))] == opened


def saved(page: Page, folder: Path) -> Path:
    """Save the file that the open part of a page offers."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Lesson (.html)").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


@pytest.mark.usefixtures("games_studied")
def test_each_shows_what_its_page_shows(page: Page, browser: Browser, tmp_path: Path) -> None:
    with unplugged(browser, viewport={"width": 1280, "height": 800}) as open_file:
        for name, at in RUNS.items():
            open_page(page, f"/{name}?part=export&{at}")
            file = saved(page, tmp_path)
            assert file.name == f"nnviz_{name}.html"
            there = page.evaluate(_WRITTEN)
            alone = open_file(file)
            step = int(figure(alone).get_attribute("data-step") or "")
            assert alone.evaluate(_WRITTEN) == there, name
            alone.keyboard.press("ArrowLeft")
            expect(words(alone)).not_to_have_text(there[".nv-words"][0])
            # One in ten updates of Rules or learning is recorded, and it stands nowhere else.
            expect_step(alone, step - (10 if name == "rules_or_learning" else 1))
            alone.keyboard.press("ArrowRight")
            expect_step(alone, step)
            # What Python said of this step on the page, and what was recorded of it.
            assert alone.evaluate(_WRITTEN) == there, name
            assert usability_problems(alone, turn=False) == [], name


def test_a_file_that_is_asked_for_while_its_page_is_drawn_anew_comes_when_it_is_there(
    page: Page,
) -> None:
    open_page(page, "/prediction?part=export")
    came = list[object]()
    page.on("download", lambda download: came.append(download))
    button = page.get_by_role("button", name="Lesson (.html)")
    app = page.get_by_test_id("stApp")
    app.evaluate("(app) => { app.dataset.testScriptState = 'running'; }")
    button.click()
    button.click()
    page.wait_for_timeout(600)
    assert not came
    with page.expect_download():
        app.evaluate("(app) => { app.dataset.testScriptState = 'notRunning'; }")
    # A step goes to the server, and the press comes before its answer.
    for _ in range(3):
        with page.expect_download():
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(170)
            button.click()
    assert len(came) == 4


def test_it_can_be_played_on_a_phone_and_printed(
    page: Page, browser: Browser, tmp_path: Path
) -> None:
    task = "Which%20weight%20is%20to%20blame?%0A%3C/script%3E%20%E2%9D%93"
    open_page(page, f"/backpropagation?part=export&prompt={task}")
    file = saved(page, tmp_path)
    phone = {"width": 390, "height": 844}
    with unplugged(
        browser, viewport=phone, has_touch=True, is_mobile=True, color_scheme="dark"
    ) as open_file:
        alone = open_file(file)
        expect(alone.locator(".nv-task")).to_have_text("Which weight is to blame?\n</script> ❓")
        paper = "() => getComputedStyle(document.body).backgroundColor"
        assert alone.evaluate(paper) == "rgb(14, 17, 23)"
        alone.get_by_role("button", name="On by one step").tap()
        expect_step(alone, 1)
        assert usability_problems(alone, turn=False) == []
        alone.get_by_role("button", name="Play").tap()
        expect_step(alone, 2)
        alone.get_by_role("button", name="Pause").tap()
        alone.get_by_role("button", name="Light", exact=True).tap()
        assert alone.evaluate(paper) == "rgb(255, 255, 255)"
    laptop = {"width": 1280, "height": 800}
    with unplugged(browser, viewport=laptop, color_scheme="dark") as open_file:
        alone = open_file(file)
        alone.keyboard.press("ArrowRight")
        (sheet,) = pypdfium2.PdfDocument(alone.pdf(prefer_css_page_size=True))
        text = " ".join(sheet.get_textpage().get_text_range().split())
        said = words(alone).inner_text()
        for each in (
            "Which weight is to blame? </script>",
            said,
            "Green is learnt",
            "step 1 of 14",
        ):
            assert each in text
        for each in ("Play", "SVG", "arrow keys"):
            assert each not in text
        ink = np.asarray(sheet.render(scale=1).to_pil().convert("L")) < 128
        assert ink.mean() < 0.1, "the paper is white, whatever the theme"
        columns = np.flatnonzero(ink.any(axis=0))
        assert 20 < columns[0] < columns[-1] < ink.shape[1] - 20, "nothing is cut"
