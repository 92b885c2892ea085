"""What brings a part of a page into the browser, called in the orders that Streamlit calls it in.

While a component is being loaded, Streamlit may call with the data that it has replaced meanwhile
after it called with the newer, and clean up after that late call. It happens to about one fresh
opening in twenty, so it is done here on purpose.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from nnviz.chart import assets
from tests.browser.app_page import open_page

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

    page.route("**/probe.js*", answer)
    open_page(page, "/")
    script, module = assets.loader("probe.js"), f"{assets.modules()}/probe.js"
    return lambda *steps: page.evaluate(_CALLS, [script, module, list(steps)])


def test_the_newest_data_is_shown(told: Callable[..., list[str]]) -> None:
    assert told("call first", "wait", "call second") == ["mount", "first", "second"]


def test_what_comes_late_does_not_replace_what_is_newer(told: Callable[..., list[str]]) -> None:
    seen = told("call new", "call old", "clean old")
    assert seen[0] == "mount"
    assert seen[-1] == "new"


def test_a_late_call_on_a_drawn_part_is_taken_back(told: Callable[..., list[str]]) -> None:
    assert told("call new", "wait", "call old", "clean old")[-1] == "new"


def test_what_was_replaced_is_cleaned_up_without_a_trace(told: Callable[..., list[str]]) -> None:
    seen = told("call first", "wait", "call second", "wait", "clean first")
    assert seen == ["mount", "first", "second"]


def test_a_part_that_has_left_the_page_is_taken_away(told: Callable[..., list[str]]) -> None:
    assert told("call only", "wait", "clean only", "remove") == ["mount", "only", "destroy"]


def test_a_part_that_left_before_it_came_is_never_mounted(told: Callable[..., list[str]]) -> None:
    assert told("call only", "clean only", "remove") == []
