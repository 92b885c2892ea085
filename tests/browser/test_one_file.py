"""A lesson as one file, saved from its page and opened from a disk without a network."""

import re
from collections.abc import Iterator
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
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Page]:
    """Open a file where there is no network; nothing goes wrong, and nothing is asked for."""
    context = browser.new_context(offline=True, **options)
    context.route(re.compile(r"^(?!file:|data:|blob:)"), lambda route: route.abort())
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(figure(page)).to_have_attribute("data-ready", "true")
    yield page
    context.close()
    assert not wrong
    assert [each for each in asked if not each.startswith(("blob:", "data:"))] == [file.as_uri()]


def saved(page: Page, address: str, folder: Path) -> Path:
    """Save the file that the open part of a page offers."""
    open_page(page, address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lesson (.html)").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


@pytest.mark.parametrize("name", RUNS)
def test_it_shows_what_the_page_shows(
    page: Page, browser: Browser, tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    if name == "rules_or_learning":
        request.getfixturevalue("games_studied")
    file = saved(page, f"/{name}?part=export&{RUNS[name]}", tmp_path)
    assert file.name == f"nnviz_{name}.html"
    there = page.evaluate(_WRITTEN)
    with opened(browser, file, viewport={"width": 1280, "height": 800}) as alone:
        step = int(figure(alone).get_attribute("data-step") or "")
        assert alone.evaluate(_WRITTEN) == there
        alone.keyboard.press("ArrowLeft")
        expect(words(alone)).not_to_have_text(there[".nv-words"][0])
        # One in ten updates of Rules or learning is recorded, and it stands nowhere else.
        expect_step(alone, step - (10 if name == "rules_or_learning" else 1))
        alone.keyboard.press("ArrowRight")
        expect_step(alone, step)
        # What Python said of this step on the page, and what was recorded of it.
        assert alone.evaluate(_WRITTEN) == there
        assert usability_problems(alone, turn=False) == []


def test_it_can_be_played_on_a_phone_and_printed(
    page: Page, browser: Browser, tmp_path: Path
) -> None:
    task = "Which%20weight%20is%20to%20blame?%0A%3C/script%3E%20%E2%9D%93"
    file = saved(page, f"/backpropagation?part=export&prompt={task}", tmp_path)
    phone = {"width": 390, "height": 844}
    with opened(
        browser, file, viewport=phone, has_touch=True, is_mobile=True, color_scheme="dark"
    ) as alone:
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
    with opened(
        browser, file, viewport={"width": 1280, "height": 800}, color_scheme="dark"
    ) as alone:
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
