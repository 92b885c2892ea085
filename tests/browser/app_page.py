"""What a browser test asks of an open page: is it done, and did anything go wrong?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request, WebSocket

OWN_HOSTS = ("127.0.0.1", "localhost")
EXCEPTION = '[data-testid="stException"]'

# The script has run to its end, its elements have arrived, every house chart has been drawn, and
# the address, which is the last thing that a page does, has been written.
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app
    && app.dataset.testConnectionState === "CONNECTED"
    && app.dataset.testScriptState === "notRunning"
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
    && !document.querySelector(
      '[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stBidiComponentRegular"]')]
      .every((component) => component.childElementCount)
    && document.querySelector('.nv-figure')
    && !document.querySelector('.nv-figure:not([data-ready="true"])')
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
        # when a server has gone.
        of_streamlit = ("/_stcore/", "Streamlit server is not responding", "when disconnected from")
        said = f"{message.text} {message.location}"
        if message.type == "error" and not any(part in said for part in of_streamlit):
            self.console_errors.append(f"{message.text} ({message.location['url']})")

    def _on_request(self, request: Request | WebSocket) -> None:
        host = urlsplit(request.url).hostname  # None for data: and blob:
        if host and host not in OWN_HOSTS:
            self.outside_requests.append(request.url)


def open_page(page: Page, path: str, timeout: float = 30_000) -> None:
    """Go to a path of the app, or a whole address, and wait until all of it is on the screen."""
    page.goto(path, timeout=timeout)
    wait_until_ready(page, timeout)


def wait_until_ready(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script has ended and every chart is drawn; ``timeout`` in milliseconds."""
    page.wait_for_function(_READY, timeout=timeout)


# Streamlit and every house chart show this scheme.
_TURNED = """(scheme) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const names = ["--st-text-color", "--st-background-color"];
  const now = (figure) => names.map((n) => getComputedStyle(figure).getPropertyValue(n)).join();
  return getComputedStyle(app).colorScheme === scheme
    && [...document.querySelectorAll(".nv-figure")].every((f) => f.dataset.theme === now(f));
}"""


def usability_problems(page: Page, *, colours: bool = True) -> list[str]:
    """Return what keeps somebody from using an open page: none in light or dark, none too wide.

    It is opened once and then turned, as a person does who switches the theme. The theme changes
    colours and nothing else, so they alone are looked at in the dark.
    """
    problems = _accessibility_problems(page, {} if colours else {"rules": _OFF})
    if colours:
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(_TURNED, arg="dark")
        found = _accessibility_problems(page, {"runOnly": list(_OF_COLOURS)})
        problems += [f"dark: {problem}" for problem in found]
    needed, there = page.evaluate(
        "() => [document.documentElement.scrollWidth, window.innerWidth]",
    )
    if needed > there:
        problems.append(f"{needed} px wide on a screen of {there} px")
    return problems


_OF_COLOURS = ("color-contrast", "link-in-text-block")
_OFF = {rule: {"enabled": False} for rule in _OF_COLOURS}


def _accessibility_problems(page: Page, options: dict[str, Any]) -> list[str]:
    # What axe calls serious or critical, one readable entry for each rule.
    violations = Axe().run(page, options={**DEFAULT_OPTIONS, **options}).response["violations"]
    return [
        f"{rule['impact']}: {rule['help']} ({rule['id']})"
        + "".join(f"\n    {node['target']}  {node['failureSummary']}" for node in rule["nodes"])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]
