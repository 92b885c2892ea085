"""On a phone a task stands above its picture: what it says neither moves that nor stays unseen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from nnviz.chapters.deeper_networks.lesson import LESSON
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import centre, expect_step, wait_for_address, words

_SCALE = """() => {
  const { xaxis, yaxis } = document.querySelector(".nv-plot")._fullLayout;
  return [xaxis, yaxis].map(({ _length, range }) => _length / (range[1] - range[0]));
}"""


def test_the_picture_stays_under_the_finger_and_a_note_tells_of_a_task_done_out_of_sight(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(390, 500, has_touch=True)
    open_page(page, "live_training?task=1&drawn=2.25,0,6,0.75")
    finger = page.context.new_cdp_session(page)
    handle = page.get_by_role("slider", name="End 2 of your line")
    across, up = page.evaluate(_SCALE)
    # So far down that what the task says is out of sight.
    page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTo(0, 9999)")
    x, y = centre(handle)
    x1, y1 = x - 2 * across, y - 3.75 * up
    for kind, points in (("touchStart", [(x, y)]), ("touchMove", [(x1, y1)])):
        where = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})
    done = page.locator(".nv-task-done")
    expect(done).to_have_count(1)
    wait_until_ready(page)
    x2, y2 = centre(handle)
    assert abs(x2 - x1) < 4
    assert abs(y2 - y1) < 4, "the picture went away from the finger"
    note = page.get_by_role("button", name="Done: up to the task")
    expect(note).to_have_count(0)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(done).not_to_be_in_viewport()
    note.tap()
    expect(done).to_be_in_viewport()
    expect(note).to_have_count(0)


def test_a_tap_on_a_picture_that_came_with_the_answer_meets_its_button(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(390, 844, has_touch=True)
    open_page(page, "live_training?task=3")
    page.get_by_role("button", name="all 8 right").tap()
    train = page.get_by_role("button", name="Train (space)")
    expect(train).to_be_visible()
    wait_until_ready(page)
    train.tap()
    expect(page.locator(".nv-figure").first).to_have_attribute("data-playing", "true")


def test_a_task_begins_where_it_begins_though_the_run_before_it_plays(page: Page) -> None:
    open_page(page, "deeper_networks?task=2")
    page.get_by_role("button", name="Train (space)").click()
    expect(page.locator(".nv-figure").first).to_have_attribute("data-playing", "true")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".nv-task-step")).to_contain_text("Task 3")
    start = LESSON.tasks[2].start["step"]
    wait_for_address(page, f"step={start}&")
    wait_until_ready(page)
    expect_step(page, start)


def test_show_me_brings_the_picture_that_it_changes_into_sight(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(1280, 520)
    open_page(page, "words_to_numbers?view=vectors&about=near&part=tutorial")
    show = page.get_by_role("button", name="Show me: king − man + woman")
    show.scroll_into_view_if_needed()
    picture = page.locator(".nv-stage")
    page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTo(0, 9999)")
    expect(picture).not_to_be_in_viewport()
    show.click()
    expect(words(page)).to_contain_text("Nearest to king − man + woman")
    expect(picture).to_be_in_viewport(ratio=0.7)
