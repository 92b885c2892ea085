"""How fast the screen answers, measured in real Chromium on this machine.

    python -m benchmarks.browser

Prints, for the person who reads a closing note or a pull request:

- the time from the address bar to a usable page on a server that nobody has visited yet,
- the time from a movement of the held learning-rate slider to the redrawn chart (50 movements;
  on Live training that is the quick picture, which the full one replaces on release),
- frames per second while a run of 100 recorded points plays.

The clock is the browser's own. Figures of a shared machine scatter: compare medians of one run.
"""

import statistics

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.app_page import open_page
from tests.browser.app_server import running_app

MOVEMENTS = 50

# Resolves when Plotly has taken in a figure that was not there when the slider moved, and the
# browser has painted it.
_MOVE = """async (place) => {
  const range = document.querySelector('.nv-slider input');
  const figure = document.querySelector('.nv-figure');
  const before = figure.dataset.reacts;
  const start = performance.now();
  range.value = place;
  range.dispatchEvent(new Event('input', { bubbles: true }));
  while (figure.dataset.reacts === before) {
    if (performance.now() - start > 10000) throw new Error('the chart did not change');
    await new Promise((done) => setTimeout(done, 1));
  }
  await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}"""

_FRAMES = """async (seconds) => {
  const figure = document.querySelector('.nv-figure');
  let frames = 0, last = null;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    await new Promise((done) => requestAnimationFrame(done));
    if (figure.dataset.step !== last) frames += 1;
    last = figure.dataset.step;
  }
  return frames / ((performance.now() - start) / 1000);
}"""


def cold_start(browser: Browser, path: str) -> float:
    """Return the milliseconds until the page is usable on a fresh server."""
    with running_app() as app:
        page = browser.new_page()
        page.evaluate("0")
        start = page.evaluate("() => performance.timeOrigin + performance.now()")
        open_page(page, app.url + path)
        end = page.evaluate("() => performance.timeOrigin + performance.now()")
        page.close()
        return float(end - start)


def slide(page: Page) -> list[float]:
    """Return the milliseconds from each movement of the slider to the redrawn chart."""
    # To and fro, so that every movement ends at another rate than the one before.
    return [page.evaluate(_MOVE, 400 + 180 * (i % 2) + i) for i in range(MOVEMENTS)]


def frames_per_second(page: Page) -> float:
    """Return how many different steps are painted in a second while a run plays."""
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    result: float = page.evaluate(_FRAMES, 4)
    page.keyboard.press("Space")
    return result


def main() -> None:
    """Measure and print."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(playwright), args=list(chromium.FLAGS)
        )
        for path in ("/", "/vector_similarity", "/error_curve", "/live_training"):
            took = cold_start(browser, path)
            print(f"address bar to usable page, cold server, {path}: {took:.0f} ms", flush=True)
        with running_app() as app:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for path in ("/error_curve", "/live_training?step=10000"):
                open_page(page, app.url + path)
                times = sorted(slide(page))
                p95 = times[int(0.95 * len(times))]
                print(
                    f"slider to redrawn chart, {path}: median {statistics.median(times):.0f} ms,"
                    f" p95 {p95:.0f} ms over {len(times)}"
                )
            open_page(page, app.url + "/live_training")
            print(f"playing a run of 100 recorded points: {frames_per_second(page):.0f} frames/s")
        browser.close()


if __name__ == "__main__":
    main()
