"""What a browser remembers of a lesson, and what a word tells about itself."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.learner import Learner


def test_a_task_that_was_done_stays_done_in_a_new_session(new_page: Callable[..., Page]) -> None:
    page = new_page()
    learner = Learner(page, "mouse")
    learner.open("error_curve")
    # A word is explained by hovering, by tapping and by keyboard: all of them give it the focus.
    word, line = page.locator(".nv-term").first, page.locator(".nv-tip").first
    expect(line).to_be_hidden()
    word.focus()
    expect(line).to_be_visible()
    expect(line).to_contain_text("How far a prediction is from its target")
    learner.press("STEP", times=4)
    learner.goes_on("step")
    open_page(page, "/error_curve?task=1")
    expect(page.locator(".nv-task-done")).to_contain_text("You have done this before.")
    expect(page.locator(".nv-bar .nv-done")).to_have_count(1)
    # The map on Home says so, and leads back.
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Home").click()
    wait_until_ready(page)
    expect(page.locator(".nv-map")).to_contain_text("1 of 5 tasks")
    # At the end of the course it is counted, and a link leads to the first task that was skipped.
    page.get_by_text("Code names").click()
    expect(page).to_have_url(re.compile("names=code"))  # so the page has been told of it
    open_page(page, "/compare_runs?task=6")
    told = page.locator(".nv-map")
    expect(told).to_contain_text("1 task done, 14 tasks skipped, 9 lessons not opened.")
    told.get_by_role("link", name="Go on with Error curve").click()
    expect(page.locator(".nv-task-step")).to_contain_text("Task 2 of 5")
    # The names that were chosen hold for a new session with a bare address.
    open_page(page, "/error_curve?mode=lesson")
    expect(page.get_by_role("switch", name="Code names")).to_be_checked()
