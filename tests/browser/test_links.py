"""A link is the lesson: copied, opened on a cold server, and kept over a restart."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.app_server import AppServer
from tests.browser.gestures import expect_step, figure, query_of, wait_for_address, words

LINK = (
    "/live_training?lesson=live_training.1&rate=0.03&branches=0:2500,rate:0.5,name:fast&line=B"
    "&seed=7&step=4321&probe=3.5,1&part=ledger"
)


def test_a_link_opens_the_same_picture_on_a_cold_server(
    new_page: Callable[..., Page], other_server: AppServer
) -> None:
    first = new_page()
    open_page(first, LINK)
    expect_step(first, 4321)
    second = new_page()
    open_page(second, other_server.url + LINK)
    expect_step(second, 4321)
    assert words(second).inner_text() == words(first).inner_text()
    assert second.locator(".nv-readout").inner_text() == first.locator(".nv-readout").inner_text()
    assert query_of(second) == query_of(first)


def test_the_button_copies_the_link(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, "/vector_similarity")
    page.get_by_role("button", name="Double weights_1").click()
    wait_for_address(page, "weights_1=2.52,0")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    other = new_page()
    open_page(other, copied)
    expect(words(other)).to_contain_text("4.3344")


def test_a_link_copied_while_it_plays_holds_the_moment(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, "/live_training")
    page.keyboard.press("Space")
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 500")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    step = figure(page).get_attribute("data-step")
    assert f"step={step}" in page.evaluate("() => navigator.clipboard.readText()")


def test_changes_do_not_fill_the_history(new_page: Callable[..., Page]) -> None:
    page = new_page(untouched=True)
    open_page(page, "/")
    open_page(page, "/vector_similarity")
    before = page.evaluate("() => history.length")
    page.get_by_role("button", name="Double weights_1").click()
    wait_for_address(page, "weights_1=2.52,0")
    page.get_by_role("button", name="Start again").click()
    page.wait_for_function("() => !location.search")
    assert page.evaluate("() => history.length") == before


def test_a_page_is_found_again_as_it_was_left(page: Page) -> None:
    open_page(page, "/vector_similarity")
    page.get_by_role("button", name="Double weights_1").click()
    wait_for_address(page, "weights_1=2.52,0")
    page.get_by_role("link", name="Live training").click()
    page.wait_for_url("**/live_training*")
    expect(words(page)).to_contain_text("Before training")
    wait_until_ready(page)
    assert "weights_1" not in query_of(page)
    page.get_by_role("link", name="Vector similarity").click()
    expect(words(page)).to_contain_text("4.3344")
    wait_for_address(page, "weights_1=2.52,0")


def test_what_is_on_the_screen_survives_a_restart_of_the_server(
    new_page: Callable[..., Page], fresh_server: Callable[[], AppServer]
) -> None:
    server, page = fresh_server(), new_page()
    open_page(page, f"{server.url}/vector_similarity?weights_2=1,1")
    page.get_by_role("button", name="Double weights_1").click()
    wait_for_address(page, "weights_1=2.52,0")
    before = words(page).inner_text()
    server.restart()
    # Streamlit connects again by itself and begins with the address that the page was opened with.
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
        " === 'CONNECTED'",
        timeout=30_000,
    )
    page.get_by_role("button", name="Double weights_1").wait_for()
    expect(words(page)).to_have_text(before, timeout=20_000)
    assert query_of(page)["weights_1"] == "2.52,0"
    assert query_of(page)["weights_2"] == "1,1"


def test_a_run_stands_where_it_stood_after_a_restart_of_the_server(
    new_page: Callable[..., Page], fresh_server: Callable[[], AppServer]
) -> None:
    server, page = fresh_server(), new_page()
    open_page(page, f"{server.url}/live_training?step=50&part=ledger")
    page.get_by_role("button", name="See it").first.click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 100")
    step = int(figure(page).get_attribute("data-step") or 0)
    wait_for_address(page, f"step={step}")
    server.restart()
    page.wait_for_timeout(3_000)  # Streamlit tries to connect again every second or so
    expect(words(page)).to_contain_text(f"After {step:,} updates", timeout=20_000)
    expect_step(page, step)
    assert query_of(page)["step"] == str(step)


def test_a_server_killed_while_a_run_plays_costs_nothing(
    new_page: Callable[..., Page], fresh_server: Callable[[], AppServer], other_server: AppServer
) -> None:
    server, page = fresh_server(), new_page()
    open_page(page, f"{server.url}/live_training?branches=0:300,rate:2;1:600,model:3 relu&line=C")
    page.keyboard.press("Space")
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 700")
    server.kill()
    # The run is in the browser, so it plays on.
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 1500")
    page.keyboard.press("Space")
    step = int(figure(page).get_attribute("data-step") or 0)
    readout = page.locator(".nv-readout").inner_text()
    other = new_page()
    link = page.url.partition("/live_training")[2]
    open_page(other, f"{other_server.url}/live_training{link}&step={step}")
    expect_step(other, step)
    assert other.locator(".nv-readout").inner_text() == readout


def test_an_address_that_makes_no_sense_is_answered_in_sentences(page: Page) -> None:
    open_page(
        page,
        "/live_training?rate=nan&seed=-1&model=gpt&rows=1,2&step=1e99&branches=:::&changes=5:1&probe=a",
    )
    alerts = page.get_by_test_id("stAlert")
    expect(alerts).to_have_count(8)
    expect(alerts.first).to_contain_text(
        "The address says rate is “nan”, but “nan” is not a number"
    )
    expect(words(page)).to_contain_text("Before training")


def test_a_teacher_adds_a_task_and_hides_what_would_give_it_away(page: Page) -> None:
    task = "Find <b>one</b> step. *No* [link](http://x.org/y) https://x.org www.x.org a@x.org"
    page.goto("/vector_similarity")
    query = page.evaluate(
        "(t) => new URLSearchParams({prompt: t, hide: 'controls,code'}).toString()", task
    )
    open_page(page, f"/vector_similarity?{query}")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("Find <b>one</b> step. *No* [link]")
    assert task in alert.inner_text().replace("\u2060", "")
    expect(alert.get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("button", name="Double weights_1")).to_have_count(0)
    expect(page.get_by_role("radio", name="In code")).to_have_count(0)
    expect(page.get_by_role("radio", name="In numbers")).to_have_count(1)
    # The task belongs to this page, and is there again when the learner comes back.
    page.get_by_role("link", name="Live training").click()
    page.wait_for_url("**/live_training*")
    expect(words(page)).to_contain_text("Before training")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.get_by_role("link", name="Vector similarity").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("step.")
    expect(page.get_by_role("button", name="Double weights_1")).to_have_count(0)


def test_two_people_do_not_disturb_each_other(new_page: Callable[..., Page]) -> None:
    first, second = new_page(), new_page()
    open_page(first, "/vector_similarity")
    open_page(second, "/vector_similarity")
    first.get_by_role("button", name="Double weights_1").click()
    expect(words(first)).to_contain_text("4.3344")
    second.get_by_label("weights_2[1]").fill("0.5")
    second.get_by_label("weights_2[1]").press("Enter")
    wait_for_address(second, "weights_2=2.17,0.5")
    assert "weights_1" not in query_of(second)
    expect(figure(first)).to_be_visible()
