"""What a browser remembers of a lesson, and what a word tells about itself."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import axis_range
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
    # The end knows the words that were learnt then.
    open_page(page, "/error_curve?task=6")
    expect(page.locator(".nv-end")).to_contain_text("Your words now: ")
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
    expect(told).to_contain_text("1 task done, 14 tasks skipped, 10 lessons not opened.")
    told.get_by_role("link", name="Go on with Error curve").click()
    expect(page.locator(".nv-task-step")).to_contain_text("Task 2 of 5")
    # The names that were chosen hold for a new session with a bare address.
    open_page(page, "/error_curve?mode=lesson")
    expect(page.get_by_role("switch", name="Code names")).to_be_checked()


def test_in_a_low_window_a_picture_stays_as_it_is_and_its_sentence_in_sight(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(width=1366, height=625)
    open_page(page, "/rules_or_learning?task=1")
    expect(page.locator(".nv-words")).to_be_in_viewport(ratio=1)
    # In a lesson nothing is zoomed by dragging, neither in the plot nor along an axis.
    open_page(page, "/vector_similarity?task=3")
    before = axis_range(page, "xaxis"), axis_range(page, "yaxis")
    box = page.locator(".nv-plot").bounding_box()
    assert box is not None
    for x, y in ((100, 100), (100, box["height"] - 12)):
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        page.mouse.move(box["x"] + 300, box["y"] + y + 60, steps=4)
        page.mouse.up()
    assert (axis_range(page, "xaxis"), axis_range(page, "yaxis")) == before
    # In free play it is, and what stands outside is not drawn over the page.
    open_page(page, "/vector_similarity?mode=free")
    expect(page.locator(".nv-grip:visible")).to_have_count(3)
    box = page.locator(".nv-plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 140, steps=4)
    page.mouse.up()
    expect(page.locator(".nv-grip:visible")).to_have_count(0)


def test_free_play_shows_what_the_task_had_hidden_and_the_task_hides_it_again(
    new_page: Callable[..., Page],
) -> None:
    page = new_page()
    # A question hides the player, the hint and the sentence until it is answered.
    open_page(page, "/words_to_numbers?task=7")
    parts = [page.locator(name).first for name in (".nv-hint", ".nv-player", ".nv-words")]
    for shown in (False, True, False):
        for part in parts:
            if part is not parts[2]:
                expect(part).to_be_visible(visible=shown)
            # A sentence that is not to be seen is heard all the same.
            assert part.evaluate("(part) => part.clientHeight > 10") is shown
        page.get_by_text("Free play").first.click()
        wait_until_ready(page)
