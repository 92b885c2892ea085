"""What a browser test asks of an open page: is it done, and did anything go wrong?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import (
    ConsoleMessage,
    Error,
    JSHandle,
    Page,
    Request,
    Route,
    WebSocket,
    expect,
)

OWN_HOSTS = ("127.0.0.1", "localhost")
LOAD = 90_000
"""Milliseconds in which a page is there however busy the machine is."""
_OFTEN = 50
"""Milliseconds between two looks; a look at every frame makes Chromium draw all of them."""
EXCEPTION = '[data-testid="stException"]'

# The script has run to its end, its elements have arrived, every house chart has been drawn, what a
# slider says is answered, and the address, which is the last thing that a page does, has been
# written.
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app
    && app.dataset.testConnectionState === "CONNECTED"
    && app.dataset.testScriptState === "notRunning"
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
    && !document.querySelector(
      '[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"],'
      + ' [data-stale="true"]')
    && [...document.querySelectorAll('[data-testid="stBidiComponentRegular"]')]
      .every((component) => component.childElementCount)
    && document.querySelector('.nv-figure')
    && !document.querySelector('.nv-figure:not([data-ready="true"])')
    && !document.querySelector('.nv-slider[data-ready="false"]')
    && document.querySelector('.nv-share[data-written]');
}"""


@dataclass
class Troubles:
    """What went wrong on the pages of one test; the page fixture fails the test for it."""

    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    outside_requests: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Take note of what this page says and asks for from now on."""
        for event, hear in self._listeners():
            page.on(event, hear)  # type: ignore[call-overload]

    def leave(self, page: Page) -> None:
        """Take note of nothing more that this page does."""
        for event, hear in self._listeners():
            page.remove_listener(event, hear)

    def _listeners(self) -> tuple[tuple[str, Callable[[Any], None]], ...]:
        return (
            ("console", self._on_console),
            ("pageerror", self._on_page_error),
            ("request", self._on_request),
            ("websocket", self._on_request),
        )

    def _on_page_error(self, error: Error) -> None:
        self.page_errors.append(str(error))

    def _on_console(self, message: ConsoleMessage) -> None:
        # Streamlit itself asks for some of its addresses below the page's own, in vain, and says so
        # when a server has gone; whoever is in a room goes on to ask for it.
        gone = "net::ERR" in message.text and "/_room/" in message.location["url"]
        of_streamlit = ("/_stcore/", "Streamlit server is not responding", "when disconnected from")
        said = f"{message.text} {message.location}"
        if message.type == "error" and not gone and not any(p in said for p in of_streamlit):
            self.console_errors.append(f"{message.text} ({message.location['url']})")

    def _on_request(self, request: Request | WebSocket) -> None:
        host = urlsplit(request.url).hostname  # None for data: and blob:
        if host and host not in OWN_HOSTS:
            self.outside_requests.append(request.url)


def open_page(page: Page, path: str, timeout: float = LOAD) -> None:
    """Go to a path of the app, or a whole address, and wait until all of it is on the screen.

    A path that says nothing of the lesson is one for free play.
    """
    if not {"mode", "task"} & set(parse_qs(urlsplit(path).query)):
        path += f"{'&' if '?' in path else '?'}mode=free"
    page.goto(path, timeout=timeout)
    wait_until_ready(page, timeout)


def come_back(page: Page, path: str, title: str) -> None:
    """Come from one open page of the app to another, as by the button "Back" of the browser.

    The session stays, and nothing is loaded anew: it costs half of what an opening costs. The page
    has run to its end then; whether its charts are drawn says `wait_until_ready`.
    """
    page.evaluate(_BACK, path)
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text(title)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-stale=true]")).to_have_count(0)


_BACK = """(address) => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def wait_until_ready(page: Page, timeout: float = LOAD) -> None:
    """Wait until the script has ended and every chart is drawn; ``timeout`` in milliseconds."""
    page.wait_for_function(_READY, timeout=timeout, polling=_OFTEN)


@contextmanager
def held_back(page: Page, pattern: str) -> Iterator[None]:
    """Hold back what a page asks for until the block ends, in which it must ask at least once.

    What it asks for later, a second file of the same name for instance, passes at once.
    """
    held: list[Route] = []
    holding = True

    def hold(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route(pattern, hold)
    with page.expect_request(pattern, timeout=LOAD):
        yield
    holding = False
    for route in held:
        route.continue_()


# Streamlit and every house chart show this scheme.
_TURNED = """(scheme) => {
  const app = document.querySelector(".stApp");
  const names = ["--st-text-color", "--st-background-color"];
  const now = (figure) => names.map((n) => getComputedStyle(figure).getPropertyValue(n)).join();
  return getComputedStyle(app).colorScheme === scheme
    && [...document.querySelectorAll(".nv-figure")].every((f) => f.dataset.theme === now(f));
}"""


def usability_problems(
    page: Page, *, colours: bool = True, turn: bool = True, changed: bool = False
) -> list[str]:
    """Return what keeps somebody from using an open page: none in light or dark, none too wide.

    The theme changes colours and nothing else, so they alone are looked at in both schemes: the
    page is turned, as a person does who switches the theme, and stays so. Without ``turn`` they are
    looked at in the scheme that is there, and without ``colours`` not at all. With ``changed`` only
    what has come or changed since the last look is looked at, for that is what a choice draws anew.
    """
    page.mouse.move(0, 0)  # nothing is hovered
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script + _OF_MARKED_TEXTS)
    where = page.evaluate_handle(_CHANGED if changed else _EVERYTHING)
    page.evaluate(_WATCH)
    if not colours:
        problems = _accessibility_problems(page, where, {"rules": _OFF})
    else:
        here = "dark" if page.evaluate(_IS_DARK) else "light"
        problems = _accessibility_problems(page, where, {}, here)
        if turn:
            there = "light" if here == "dark" else "dark"
            page.emulate_media(color_scheme=there)  # type: ignore[arg-type]
            page.wait_for_function(_TURNED, arg=there, polling=_OFTEN)
            problems += _accessibility_problems(page, where, {"runOnly": [*_OF_COLOURS]}, there)
    needed, given = page.evaluate(
        "() => [document.documentElement.scrollWidth, window.innerWidth]",
    )
    if needed > given:
        problems.append(f"{needed} px wide on a screen of {given} px")
    return problems


_IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"
_OF_COLOURS = ("color-contrast", "link-in-text-block")
_OFF = {rule: {"enabled": False} for rule in _OF_COLOURS}
_EVERYTHING = "() => ({ include: [document.documentElement] })"
# Contrast is that of marked texts, and is asked last: axe keeps how far something scrolls, and
# would take 2 px for much then.
_OF_MARKED_TEXTS = """;
axe.configure({ rules: [{ id: "color-contrast", selector: "[data-nv-look]" }] });
axe._audit.rules.sort((a, b) => (a.id === "color-contrast") - (b.id === "color-contrast"));"""

# What a person or a screen reader meets of an element: not its class, which Streamlit changes on
# all of them whenever a script runs.
_WATCH = """() => {
  window.nvChanged = new Set();
  if (window.nvWatching) return;
  window.nvWatching = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") window.nvChanged.add(target);
      else if (type === "characterData") window.nvChanged.add(target.parentElement);
      for (const node of addedNodes) window.nvChanged.add(node.nodeType === 1 ? node : target);
    }
  });
  window.nvWatching.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: [
      "alt", "aria-checked", "aria-disabled", "aria-expanded", "aria-hidden", "aria-label",
      "aria-pressed", "aria-selected", "aria-valuetext", "disabled", "for", "hidden", "href", "id",
      "role", "tabindex", "title",
    ],
  });
}"""
_CHANGED = """() => {
  if (!window.nvChanged) return { include: [document.documentElement] };
  const seen = [...window.nvChanged].filter((each) => each?.isConnected && each.checkVisibility());
  return { include: seen.filter((each) => !seen.some((o) => o !== each && o.contains(each))) };
}"""

# Mark two texts of each look: those which share their colours, their size and what lies behind them
# are equally easy to read, and axe needs milliseconds for each.
_LOOKS = """({ include: places }) => {
  const times = new Map();
  for (const old of document.querySelectorAll("[data-nv-look]")) delete old.dataset.nvLook;
  for (const element of places.flatMap((place) => [place, ...place.querySelectorAll("*")])) {
    const text = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (right < 2 || bottom < 2 || left > innerWidth || top > innerHeight) continue;
    if (right - left < 2 || bottom - top < 2) continue;
    const { color, fill, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = [element.tagName, color, fill, fontSize, fontWeight, textShadow];
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(at);
      const behind = [backgroundColor, backgroundImage, opacity, filter].join();
      if (behind !== "rgba(0, 0, 0, 0),none,1,none") look.push(behind);
    }
    const key = look.join(" | ");
    times.set(key, 1 + (times.get(key) ?? 0));
    if (times.get(key) < 3) element.dataset.nvLook = "";
  }
}"""


def _accessibility_problems(
    page: Page, where: JSHandle, options: dict[str, Any], scheme: str = ""
) -> list[str]:
    # What axe calls serious or critical, one readable entry for each rule; with a scheme colours as
    # well. It would fetch all style sheets anew for one rule that is switched off.
    found = page.evaluate(
        f"""async ([where, options, colours]) => {{
          if (colours) ({_LOOKS})(where);
          return where.include.length ? (await axe.run(where, options)).violations : [];
        }}""",
        [where, {**DEFAULT_OPTIONS, "preload": False, **options}, bool(scheme)],
    )
    return [
        (f"{scheme}: " if rule["id"] in _OF_COLOURS else "")
        + f"{rule['impact']}: {rule['help']} ({rule['id']})"
        + "".join(f"\n    {node['target']}  {node['failureSummary']}" for node in rule["nodes"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]
