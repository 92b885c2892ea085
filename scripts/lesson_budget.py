"""Count what a learner has in sight in each task of each lesson, in real Chromium.

python -m scripts.lesson_budget                     every lesson
python -m scripts.lesson_budget home error_curve    some of them

A lesson may show at most 8 controls and 90 words at 1280 x 800, no letter below 12 px, and its
picture takes half of the window. Each task is counted as it begins, with its hint, and when its
question has been answered in one way and in another; when it is done, whoever plays the lesson in
the tests counts it (tests/browser/learner.py). The two buttons of Streamlit's header, which
are the same on every page, are not counted. Exits with 1 if anything is beyond its limit.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from nnviz.text.lesson import Lesson
from tests.browser import chromium
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.app_server import ROOT, running_app
from tests.browser.budget import in_sight


def lessons() -> list[str]:
    """Return the names of the chapters that have a lesson."""
    return sorted(path.parent.name for path in Path(ROOT, "nnviz/chapters").glob("*/lesson.py"))


def count(page: Page, name: str, moment: str) -> bool:
    """Print what is in sight, and return whether it is within the limits."""
    page.wait_for_timeout(300)
    sight = in_sight(page)
    verdict = f"  BEYOND: {', '.join(sight.beyond)}" if sight.beyond else ""
    print(
        f"{name:20} {moment:28} {sight.controls:3} controls {sight.words:4} words "
        f"{sight.smallest:5.1f} px  picture {sight.picture:4.0%}{verdict}"
    )
    return not sight.beyond


def look(page: Page, name: str) -> bool:
    """Count in each task of a lesson; return whether all is within the limits."""
    lesson: Lesson = import_module(f"nnviz.chapters.{name}.lesson").LESSON
    fine = True
    for number, task in enumerate(lesson.tasks, 1):
        open_page(page, f"/{'' if name == 'home' else name}?task={number}")
        fine &= count(page, name, f"{number} {task.name}")
        panel = page.locator(".st-key-lesson_task")
        if task.hint:
            panel.get_by_role("button", name="Hint", exact=True).click()
            wait_until_ready(page)
            fine &= count(page, name, f"{number} with its hint")
        if task.asks is not None:
            page.locator(".st-key-lesson_answers button").first.click()
            wait_until_ready(page)
            fine &= count(page, name, f"{number} answered")
            # Another answer takes other words, and without its hint a task has a button more.
            open_page(page, f"/{'' if name == 'home' else name}?task={number}")
            page.locator(".st-key-lesson_answers button").last.click()
            wait_until_ready(page)
            fine &= count(page, name, f"{number} answered otherwise")
    return fine


def main() -> None:
    """Count in the lessons that the command line names, or in all."""
    parser = argparse.ArgumentParser(description="Count what is in sight in the lessons.")
    parser.add_argument("names", nargs="*", help="chapters; all by default")
    names = parser.parse_args().names or lessons()
    with sync_playwright() as playwright, running_app() as app:
        path = chromium.find(playwright)
        if path is None:
            sys.exit(chromium.MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        context = browser.new_context(base_url=app.url, viewport={"width": 1280, "height": 800})
        fine = [look(context.new_page(), name) for name in names]
        browser.close()
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()
