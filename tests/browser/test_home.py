"""The home page in a real browser: darts by hand, and a map that remembers in the browser alone."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from nnviz.text.hand_in import read_code
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import drag, grip, wait_for_address, wait_for_handle, words

DARTS = "/?view=darts"


def _button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def _kept(page: Page) -> Any:
    return page.evaluate("() => JSON.parse(localStorage.getItem('nnviz.progress'))?.pages")


def _go(page: Page, name: str) -> None:
    menu = page.get_by_test_id("stExpandSidebarButton")
    if menu.is_visible():
        menu.click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text(
        "See a network learn" if name == "Home" else name
    )
    wait_until_ready(page)


def test_darts_are_thrown_corrected_and_taken_back_by_keys(page: Page) -> None:
    open_page(page, DARTS)
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("Throw 1 hit 17.867 cm too high")
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_contain_text("Throw 2 hit 8.934 cm too high")
    wait_for_address(page, "throws=210@12,0.5")
    page.keyboard.press("ArrowLeft")
    expect(words(page)).to_contain_text("Throw 1 hit 17.867 cm too high")
    _button(page, "Throw ten").click()
    expect(words(page)).to_contain_text("Throw 11 hit 0.0174")


def test_every_quick_press_is_one_step_at_once(page: Page) -> None:
    open_page(page, "/?at=2")
    figure = page.locator(".nv-figure").first
    one_step = page.get_by_role("button", name=re.compile("^On by one step"))
    for n in range(1, 8):
        if n % 2:
            page.keyboard.press("ArrowRight")
        else:
            one_step.click()
        # In the browser: there is nothing to wait for.
        assert figure.get_attribute("data-step") == str(2 + n)
    expect(words(page)).to_contain_text("Round 3. The same two numbers go in")
    wait_for_address(page, "at=9")
    expect(page.locator(".nv-readout")).to_have_text("step 9 of 400round 3now 1 Take the input")


def test_the_fraction_and_the_hand_are_dragged_and_thrown_from(page: Page) -> None:
    open_page(page, f"{DARTS}&throws=210@12,0.5")
    before = words(page).inner_text()
    drag(page, page.get_by_role("slider", name="Fraction"), (60, 0), let_go=False)
    expect(words(page)).not_to_have_text(before)
    expect(words(page)).to_contain_text("Throw 2 hit 8.93")
    assert "throws=210@12,0.5" in page.evaluate("() => decodeURIComponent(location.href)")
    page.mouse.up()
    wait_for_address(page, "fraction=")
    drag(page, grip(page, "The hand"), (0, 40))
    wait_for_address(page, "moved=on")
    said = grip(page, "The hand").get_attribute("aria-valuetext") or ""
    height = re.findall(r"[\d.]+", said)[0]
    assert float(height) < 195
    wait_for_address(page, f"height={height}")
    _button(page, "Throw").first.click()
    wait_for_address(page, f"throws=210@12,0.5,{height}@12")
    expect(words(page)).to_contain_text("Throw 3 hit")


def test_the_map_leads_back_to_what_was_done(page: Page) -> None:
    open_page(page, "/vector_similarity?names=code")
    assert _kept(page)["vector_similarity"]["tried"] is False
    drag(page, grip(page, "Tip of input_vector"), (30, 30))
    x, y = wait_for_handle(page, "input_vector")
    link = page.url
    page.wait_for_function(
        "(at) => localStorage.getItem('nnviz.progress').includes(at)", arg=f"{x:g},{y:g}"
    )
    _go(page, "Prediction")
    _go(page, "Home")
    course = page.locator(".nv-map")
    # A visit is no task that is done.
    expect(course.locator(".nv-been, .nv-all")).to_have_count(0)
    expect(course.locator(".nv-map-again")).to_have_text("Pick up where you left: Prediction")
    # Another visit, of which the server knows nothing.
    other = page.context.new_page()
    open_page(other, "/")
    other.get_by_role("link", name="Go on with Vector similarity").click()
    wait_for_address(other, "input_vector=")
    wait_until_ready(other)
    assert other.url == link


def _go_to_the_end(page: Page, first: str) -> None:
    """Go through a lesson of three tasks, whose buttons have the same name."""
    for title, task in ((first, "Task 2 of 3"), ("Skip", "Task 3 of 3")):
        _button(page, title).tap()
        expect(page.locator(".nv-task-step")).to_contain_text(task)
        wait_until_ready(page)  # the button of the task before has gone
    _button(page, "Skip").tap()
    expect(page.locator(".nv-end")).to_be_visible()
    wait_until_ready(page)


def test_two_pupils_change_over_on_one_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(390, 844, has_touch=True)
    open_page(page, "/error_curve?task=1&tasks=1,2,5&prompt=Work+in+pairs.")
    for k in range(1, 5):
        _button(page, "STEP").tap()
        expect(words(page)).to_contain_text(f"Step {k}:")
        wait_until_ready(page)
    _go_to_the_end(page, "Next task")
    expect(page.locator(".nv-end")).to_contain_text("1 of 3 tasks done")
    page.get_by_text("Hand in to a teacher").tap()
    page.get_by_label("Your name").fill("Mia")
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_text("NN1-")).to_be_visible()
    wait_until_ready(page)

    def menu(item: str) -> None:
        # Scrolled down, the page hides the button that would stand over it.
        page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
        page.get_by_test_id("stExpandSidebarButton").tap()
        target = page.get_by_test_id("stSidebar").get_by_text(item, exact=True).last
        target.scroll_into_view_if_needed()
        target.tap()

    card = page.locator(".nv-map li", has_text="Error curve")
    menu("Home")
    wait_until_ready(page)
    expect(card).to_contain_text("1 of 5 tasks")
    expect(page.locator(".nv-map-foot")).to_contain_text("1 task done.")
    menu("Error curve")
    wait_until_ready(page)
    expect(page.locator(".nv-end")).to_be_visible()
    # Nothing is forgotten by opening what asks.
    menu("Reset progress")
    page.get_by_role("button", name="Cancel").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".nv-end")).to_contain_text("1 of 3 tasks done")
    page.get_by_test_id("stSidebar").get_by_role("button", name="Reset progress").tap()
    page.get_by_role("button", name="Forget everything").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_ready(page)
    # The next pupil begins with the first task that the teacher's link gives.
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    expect(page.locator(".nv-task-step")).to_contain_text("Task 1 of 3")
    expect(page.locator(".nv-task-done")).to_have_count(0)
    expect(page.get_by_text("Work in pairs.")).to_be_visible()
    _go_to_the_end(page, "Skip")
    expect(page.locator(".nv-end")).to_contain_text("0 of 3 tasks done")
    page.get_by_text("Hand in to a teacher").tap()
    expect(page.get_by_label("Your name")).to_have_value("")
    menu("Home")
    wait_until_ready(page)
    expect(card).not_to_contain_text("tasks")
    # Another visit in this browser knows nothing of the first pupil either.
    other = page.context.new_page()
    open_page(other, "/error_curve?task=1")
    expect(other.locator(".nv-task-done")).to_have_count(0)
    expect(other.locator(".nv-bar .nv-done")).to_have_count(0)


def test_a_reload_asks_no_question_twice_and_a_code_is_copied_without_https(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(390, 844, has_touch=True)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_page(page, "/error_curve?task=2")
    _button(page, "to the bottom").tap()
    answered = page.locator(".nv-answers")
    expect(answered).to_contain_text("✗ to the bottom (your answer)")
    page.wait_for_function("() => localStorage.getItem('nnviz.progress').includes('to the bottom')")
    open_page(page, "/error_curve?task=2")
    expect(answered).to_contain_text("✗ to the bottom (your answer)")
    for number in (3, 4, 5):
        _button(page, "Skip").tap()
        expect(page.locator(".nv-task-step")).to_contain_text(f"Task {number} of 5")
        wait_until_ready(page)  # the button of the task before has gone
    _button(page, "Skip").tap()
    page.get_by_text("Hand in to a teacher").tap()
    page.get_by_label("Your name").fill("Mia")
    page.get_by_label("Your name").press("Enter")
    code = page.get_by_text("NN1-")
    expect(code).to_be_visible()
    task = read_code(code.inner_text()).tasks[1]
    assert (task.first, task.tries) == (False, 1)
    copy = _button(page, "Copy code")
    box = copy.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    copy.tap()
    expect(page.locator(".nv-copy [role=status]")).to_have_text("Copied.")
    page.evaluate("() => { document.execCommand = () => false; }")
    copy.tap()
    expect(page.locator(".nv-copy [role=status]")).to_contain_text("Not copied. Hold")
    expect(page.get_by_label("The code to copy")).to_have_value(code.first.inner_text())


SPOILT = (
    *("", "null", "[]", "not JSON", '{"format":1,"pages":[]}'),
    '{"format":99,"pages":{"prediction":1}}',
    '{"format":1,"pages":{"prediction":{"query":5,"at":"x","asked":-1},"error_curve":7,"home":3}}',
)


def test_spoilt_memories_do_no_harm(page: Page) -> None:
    open_page(page, "/")
    cards = page.locator(".nv-map li")
    n_pages = cards.count()
    assert n_pages > 5
    for spoilt in SPOILT:
        page.evaluate(
            """(text) => {
              document.querySelector(".nv-map ol").replaceChildren();
              localStorage.setItem("nnviz.progress", text);
              dispatchEvent(new StorageEvent("storage", { key: "nnviz.progress" }));
            }""",
            spoilt,
        )
        expect(cards).to_have_count(n_pages)
    open_page(page, "/")
    expect(cards).to_have_count(n_pages)
    assert _kept(page)["home"]["tried"] is False


def test_everything_works_where_nothing_may_be_kept(new_page: Callable[..., Page]) -> None:
    page = new_page(untouched=True)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    open_page(page, "/prediction")
    _go(page, "Home")
    expect(page.locator(".nv-map .nv-been")).to_have_count(0)
    page.locator(".nv-map").get_by_role("link", name="Error curve").click()
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text("Error curve")


def test_a_sentence_leaves_no_number_alone_on_its_last_line(page: Page) -> None:
    """The introduction ends with "answer 0.", and did so with "0." on a line of its own."""
    open_page(page, "/?view=steps")
    sentence = page.get_by_text("Watch a network learn, and check every number.")
    for width in (1280, 1100, 390):
        page.set_viewport_size({"width": width, "height": 800})
        last = """paragraph => {
            const range = document.createRange();
            range.selectNodeContents(paragraph);
            return [...range.getClientRects()].at(-1).width;
        }"""
        assert sentence.evaluate(last) > 60, width
