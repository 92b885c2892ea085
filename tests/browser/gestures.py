"""What a person does with a chart: drag, slide, and look at what has come of it."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


def centre(target: Locator) -> tuple[float, float]:
    """Return the middle of an element on the screen, in pixels."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, target: Locator, by: tuple[float, float], *, let_go: bool = True) -> None:
    """Drag an element by so many pixels, in small steps as a hand does."""
    x, y = centre(target)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=12)
    if let_go:
        page.mouse.up()


def axis_range(page: Page, axis: str = "xaxis", chart: int = 0) -> list[float]:
    """Return what a chart's axis shows."""
    script = (
        "([chart, axis]) => document.querySelectorAll('.nv-plot')[chart]._fullLayout[axis].range"
    )
    shown: list[float] = page.evaluate(script, [chart, axis])
    return shown


def grip(page: Page, name: str) -> Locator:
    """Return a handle by what a screen reader calls it."""
    return page.get_by_role("slider", name=name, exact=True)


def words(page: Page, chart: int = 0) -> Locator:
    """Return the sentence under a chart."""
    return page.locator(".nv-words").nth(chart)


def figure(page: Page, chart: int = 0) -> Locator:
    """Return a house chart."""
    return page.locator(".nv-figure").nth(chart)


def query_of(page: Page) -> dict[str, Any]:
    """Return what the address bar holds after its question mark."""
    result: dict[str, Any] = page.evaluate(
        "() => Object.fromEntries(new URLSearchParams(location.search))"
    )
    return result


def wait_for_address(page: Page, part: str) -> None:
    """Wait until the address bar holds this text."""
    page.wait_for_function("(part) => decodeURIComponent(location.href).includes(part)", arg=part)


def wait_for_handle(page: Page, arrow: str) -> tuple[float, float]:
    """Wait until the address says where the tip of an arrow is on the screen; return that."""
    text = grip(page, f"Tip of {arrow}").get_attribute("aria-valuetext") or ""
    x, y = re.findall(r"-?[\d.]+", text)[-2:]
    wait_for_address(page, f"{arrow}={x},{y}")
    return float(x), float(y)


def expect_step(page: Page, step: int) -> None:
    """Wait until the player of the page stands at this step."""
    expect(page.locator(".nv-player").locator("..")).to_have_attribute("data-step", str(step))


def paused_at(page: Page) -> int:
    """Wait until the player of the page has stopped, and return the step at which it stands."""
    expect(figure(page)).to_have_attribute("data-playing", "false")
    return int(figure(page).get_attribute("data-step") or 0)


def wait_for_more_runs(page: Page, than: str) -> None:
    """Wait until the bar says that more runs have been made than this text of it says."""
    page.wait_for_function(
        """(than) => {
          const made = (text) => parseInt(text.replaceAll(",", ""));
          const bar = document.querySelector('[data-testid="stProgress"]');
          return bar && made(bar.innerText) > made(than);
        }""",
        arg=than,
    )
