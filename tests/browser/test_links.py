"""A link is the lesson: copied, opened on a cold server, and kept over a restart."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.app_server import AppServer
from tests.browser.gestures import expect_step, figure, paused_at, query_of, wait_for_address, words

LINK = (
    "/live_training?lesson=live_training.1&rate=0.03&branches=0:2500,rate:0.5,name:fast&line=B"
    "&seed=7&step=4321&probe=3.5,1&part=ledger"
)

_HAS_QUERY = """(expected) => {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const names = new Set([...Object.keys(query), ...Object.keys(expected)]);
  return [...names].every((name) => query[name] === expected[name]);
}"""

_WATCH_CONNECTION = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  new MutationObserver(() => {
    if (app.dataset.testConnectionState === "CONNECTED") window.nvConnectedAgain = true;
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}"""


def test_a_link_opens_the_same_picture_on_a_cold_server_that_may_then_be_killed(
    new_page: Callable[..., Page], server: AppServer, other_server: AppServer
) -> None:
    first = new_page()
    open_page(first, LINK)
    expect_step(first, 4321)
    page = new_page()
    open_page(page, other_server.url + LINK)
    expect_step(page, 4321)
    assert words(page).inner_text() == words(first).inner_text()
    assert page.locator(".nv-readout").inner_text() == first.locator(".nv-readout").inner_text()
    assert query_of(page) == query_of(first)
    # A server killed while a run plays costs nothing.
    page.keyboard.press("Space")
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 4700")
    other_server.kill()
    # The run is in the browser, so it plays on.
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 5500")
    page.keyboard.press("Space")
    step = paused_at(page)
    readout = page.locator(".nv-readout").inner_text()
    link = page.url.partition("/live_training")[2]
    link = re.sub(r"step=\d+", f"step={step}", link)
    open_page(first, f"{server.url}/live_training{link}")
    expect_step(first, step)
    assert first.locator(".nv-readout").inner_text() == readout


def test_the_button_copies_the_link_and_changes_do_not_fill_the_history(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(untouched=True, permissions=["clipboard-read", "clipboard-write"])
    open_page(page, "/vector_similarity")
    before = page.evaluate("() => history.length")
    page.get_by_role("button", name="Double candidate 1").click()
    wait_for_address(page, "weights_1=2.52,0")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    other = new_page()
    open_page(other, copied)
    expect(words(other)).to_contain_text("4.3344")
    page.get_by_role("button", name="Start again").click()
    wait_for_address(page, "mode=free")
    assert "weights_1" not in query_of(page)
    assert page.evaluate("() => history.length") == before
    # A lesson has no room for the button at its head: it is in the menu.
    open_page(page, "/vector_similarity?task=2")
    page.get_by_test_id("stExpandSidebarButton").click()
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("button", name="Copy link").click()
    expect(menu.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    assert query_of(page)["task"] == "2"
    expect(page.get_by_test_id("stMain").get_by_role("button", name="Copy link")).to_be_hidden()


_STEPS = "(n) => new URLSearchParams(location.search).get('rates')?.split(',').length === n"


@pytest.fixture
def platform_of() -> Iterator[Callable[[str], int]]:
    """Return a function that serves a page of HTML on this computer, and says at which port."""
    servers: list[ThreadingHTTPServer] = []

    def serve(html: str) -> int:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Answer))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return int(servers[-1].server_address[1])

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_lesson_works_in_a_frame_of_another_origin(
    new_page: Callable[..., Page], platform_of: Callable[[str], int]
) -> None:
    teacher = new_page()
    open_page(teacher, "/error_curve?task=1")
    teacher.get_by_test_id("stExpandSidebarButton").click()
    teacher.get_by_role("button", name="Link for a class").click()
    dialog = teacher.get_by_role("dialog")
    for number in (2, 3, 4):
        dialog.get_by_role("checkbox", name=re.compile(f"^Task {number}:")).press("Space")
    line = dialog.get_by_test_id("stCode").filter(has_text="<iframe")
    expect(line).to_contain_text("tasks=1,5")
    frame_line = line.inner_text()
    # This computer by another name is another site, as a school's learning platform is.
    platform = new_page()
    html = f"<!doctype html><title>Platform</title><h1>Week 3</h1>{frame_line}"
    platform.goto(f"http://localhost:{platform_of(html)}/")
    inside = platform.frame_locator("iframe")
    expect(inside.locator(".nv-task-step")).to_contain_text("Task 1 of 2", timeout=60_000)
    frame = platform.frames[1]
    for n in range(1, 5):
        inside.get_by_role("button", name="STEP").click()
        frame.wait_for_function(_STEPS, arg=n)
    expect(inside.locator(".nv-task-done")).to_be_visible()
    inside.get_by_role("button", name="Next task").click()
    expect(inside.locator(".nv-task-step")).to_contain_text("Task 2 of 2")
    assert frame.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert "embed=true" in frame.url


def test_two_people_do_not_disturb_each_other_and_find_pages_as_they_were_left(
    new_page: Callable[..., Page],
) -> None:
    page, second = new_page(), new_page()
    open_page(page, "/vector_similarity")
    open_page(second, "/vector_similarity?names=code")
    page.get_by_role("button", name="Double candidate 1").click()
    expect(words(page)).to_contain_text("4.3344")
    wait_for_address(page, "weights_1=2.52,0")
    second.get_by_label("weights_2[1]").fill("0.5")
    second.get_by_label("weights_2[1]").press("Enter")
    wait_for_address(second, "weights_2=2.17,0.5")
    assert "weights_1" not in query_of(second)
    expect(figure(page)).to_be_visible()
    page.get_by_role("link", name="Live training").click()
    page.wait_for_url("**/live_training*")
    expect(words(page)).to_contain_text("gets 4 of 8 rows right")  # its lesson
    wait_until_ready(page)
    assert "weights_1" not in query_of(page)
    page.get_by_test_id("stExpandSidebarButton").click()  # a lesson leaves the menu closed
    page.get_by_role("link", name="Vector similarity").click()
    expect(words(page)).to_contain_text("4.3344")
    wait_for_address(page, "weights_1=2.52,0")


def test_what_is_on_the_screen_survives_a_restart_of_the_server(
    new_page: Callable[..., Page], other_server: AppServer
) -> None:
    arrows, run, walk, idle = (new_page() for _ in range(4))
    open_page(idle, f"{other_server.url}/vector_similarity?weights_2=1,1")
    open_page(arrows, f"{other_server.url}/vector_similarity?weights_2=1,1")
    arrows.get_by_role("button", name="Double candidate 1").click()
    wait_for_address(arrows, "weights_1=2.52,0")
    open_page(run, f"{other_server.url}/live_training?step=50&part=ledger")
    run.get_by_role("button", name="See it").first.click()
    run.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 100")
    open_page(walk, f"{other_server.url}/backpropagation?net=own&hidden=&at=4")
    walk.keyboard.press("n")
    wait_for_address(walk, "taken=2:0.1;1")
    for _ in range(5):
        walk.keyboard.press("ArrowRight")
    steps = {page: int(figure(page).get_attribute("data-step") or 0) for page in (run, walk)}
    wait_for_address(run, f"step={steps[run]}")
    wait_for_address(walk, f"at={steps[walk]}")
    expect(words(run)).to_contain_text(f"After {steps[run]:,} updates")
    before = {page: (words(page).inner_text(), query_of(page)) for page in (arrows, run, walk)}
    card = walk.locator(".nv-card").inner_text()
    for page in (*before, idle):
        page.evaluate(_WATCH_CONNECTION)
    other_server.restart()
    # Streamlit connects again by itself, and begins with the address that the page was opened with.
    for page in (*before, idle):
        page.wait_for_function("() => window.nvConnectedAgain")
        wait_until_ready(page)
    arrows.wait_for_timeout(1_000)  # the address is handed back after the page has come
    for page, (text, query) in before.items():
        wait_until_ready(page)
        expect(words(page)).to_have_text(text)
        page.wait_for_function(_HAS_QUERY, arg=query)
    for page, step in steps.items():
        expect_step(page, step)
    expect(walk.locator(".nv-card")).to_have_text(card, use_inner_text=True)
    walk.keyboard.press("ArrowRight")
    wait_for_address(walk, f"at={steps[walk] + 1}")
    assert {**query_of(walk), "at": str(steps[walk])} == before[walk][1]
    # A page on which nothing had been done yet answers as well.
    idle.get_by_role("button", name="Double candidate 1").click()
    wait_for_address(idle, "weights_1=2.52,0")
    assert query_of(idle)["weights_2"] == "1,1"


def test_a_teacher_adds_a_task_and_hides_what_would_give_it_away(page: Page) -> None:
    task = "Find <b>one</b> step. *No* [link](http://x.org/y) https://x.org www.x.org a@x.org"
    query = urlencode({"prompt": task, "hide": "controls,code"})
    open_page(page, f"/vector_similarity?{query}")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("Find <b>one</b> step. *No* [link]")
    assert task in alert.inner_text().replace("\u2060", "")
    expect(alert.get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("button", name="Double candidate 1")).to_have_count(0)
    expect(page.get_by_role("radio", name="In code")).to_have_count(0)
    expect(page.get_by_role("radio", name="In numbers")).to_have_count(1)
    # The task belongs to this page, and is there again when the learner comes back.
    page.get_by_role("link", name="Live training").click()
    page.wait_for_url("**/live_training*")
    expect(words(page)).to_contain_text("gets 4 of 8 rows right")  # its lesson
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.get_by_test_id("stExpandSidebarButton").click()  # a lesson leaves the menu closed
    page.get_by_role("link", name="Vector similarity").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("step.")
    expect(page.get_by_role("button", name="Double candidate 1")).to_have_count(0)
