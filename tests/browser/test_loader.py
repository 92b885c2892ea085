"""What brings a part of a page into the browser, called in the orders that Streamlit calls it in.

While a component is being loaded, Streamlit may call with the data that it has replaced meanwhile
after it called with the newer, and clean up after that late call. It happens to about one fresh
opening in twenty, so it is done here on purpose.
"""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, Route

from nnviz.chart import assets
from tests.browser.app_page import Troubles, held_back, wait_until_ready

# Everything the loader asks of its part is written down where the test can read it.
_PART = """
export const mount = (element) => {
  window.seen = ["mount"];
  return {
    update: ({ data }) => window.seen.push(data.name),
    destroy: () => window.seen.push("destroy"),
  };
};
"""

_CALLS = """async ([script, module, steps]) => {
  window.seen = undefined;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: call } = await import(address);
  const parentElement = document.createElement("div");
  document.body.append(parentElement);
  const cleanups = {};
  const pause = async () => {
    await import(new URL(module, document.baseURI)); // however busy the machine is
    await new Promise((done) => setTimeout(done, 100));
  };
  for (const step of steps) {
    const [verb, name] = step.split(" ");
    if (verb === "call") cleanups[name] = call({ parentElement, data: { name } });
    if (verb === "clean") cleanups[name]();
    if (verb === "remove") parentElement.remove();
    if (verb === "wait") await pause();
    if (verb === "again") await new Promise((done) => setTimeout(done, 2500));
  }
  await pause();
  parentElement.remove();
  return window.seen ?? [];
}"""


@pytest.fixture
def told(page: Page) -> Callable[..., list[str]]:
    """Return a function that takes steps and returns what the part was told meanwhile."""

    def answer(route: Route) -> None:
        route.fulfill(body=_PART, content_type="text/javascript")

    page.route("**/probe*.js*", answer)
    page.route("**/nothing", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("/nothing")  # the loader needs nothing else of a page
    fresh = count()

    def tell(*steps: str) -> list[str]:
        name = f"probe{next(fresh)}.js"  # one that has not been loaded yet
        call = [assets.loader(name), f"{assets.modules()}/{name}", list(steps)]
        seen: list[str] = page.evaluate(_CALLS, call)
        return seen

    return tell


def test_a_part_is_updated_and_taken_away_whatever_the_order(
    told: Callable[..., list[str]],
) -> None:
    # The newest data is shown.
    assert told("call first", "wait", "call second") == ["mount", "first", "second"]
    # What comes late does not replace what is newer.
    seen = told("call new", "call old", "clean old")
    assert (seen[0], seen[-1]) == ("mount", "new")
    # A late call on a drawn part is taken back.
    assert told("call new", "wait", "call old", "clean old")[-1] == "new"
    # What was replaced is cleaned up without a trace.
    seen = told("call first", "wait", "call second", "wait", "clean first")
    assert seen == ["mount", "first", "second"]
    # A part that has left the page is taken away.
    assert told("call only", "wait", "clean only", "remove") == ["mount", "only", "destroy"]
    # A part that left before it came is never mounted.
    assert told("call only", "clean only", "remove") == []


def test_a_part_that_cannot_be_fetched_in_an_outage_comes_afterwards(
    page: Page, told: Callable[..., list[str]], troubles: Troubles
) -> None:
    fetched = []

    def abort_once(route: Route) -> None:
        fetched.append(route)
        (route.fallback if len(fetched) > 1 else route.abort)()

    page.route("**/probe*.js*", abort_once)
    assert told("call only", "again", "wait") == ["mount", "only"]
    assert len(fetched) > 1
    assert all("ERR_FAILED" in error for error in troubles.console_errors)
    troubles.console_errors.clear()


def test_a_picture_has_its_room_before_it_comes(new_page: Callable[..., Page]) -> None:
    page = new_page(untouched=True)
    place = page.locator("[data-nv-room]")
    with held_back(page, "**/loader.js"):
        page.goto("/error_curve?mode=free")
        place.wait_for(state="attached")
        before = place.evaluate("(e) => e.getBoundingClientRect().height")
    wait_until_ready(page)
    after = place.evaluate("(e) => e.getBoundingClientRect().height")
    assert before > 300
    assert before == pytest.approx(after, abs=30)
