"""How fast the screen answers, measured in real Chromium on this machine.

    python -m benchmarks.browser

Prints, for the person who reads a closing note or a pull request:

- the time from the address bar to a usable page on a server that nobody has visited yet,
- the same for a new visitor of a warm server, beside a bare Streamlit page with one Plotly chart,
  in turn, with nothing in the browser's cache, and how many requests wait for each other,
- the time from a movement of the held learning-rate slider to the redrawn chart (50 movements;
  on Live training that is the quick picture, which the full one replaces on release),
- the time from a press on an input of the model to the redrawn picture,
- frames per second while runs play: the neuron, a hidden layer, five lines at once,
- the time from a key press to the painted step on Backpropagation (50 steps), and to the address
  that names it (10 steps): Python hears of a step after 150 ms of rest, and the address is written
  250 ms after its answer.

The clock is the browser's own. Figures of a shared machine scatter: compare medians of one run.
"""

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.app_page import open_page
from tests.browser.app_server import AppServer, running_app

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


# Resolves when the picture of the next step has been painted.
_STEP = """async (key) => {
  const figure = document.querySelector('.nv-figure');
  const told = () => document.querySelector('.nv-card').textContent;
  const [card, before] = [told(), figure.dataset.step];
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  while (figure.dataset.step === before || told() === card) {
    if (performance.now() - start > 10000) throw new Error('the step did not come');
    await new Promise((done) => setTimeout(done, 1));
  }
  await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}"""

# Resolves when Python has heard of the step and the address says it.
_ANSWER = """async (key) => {
  const figure = document.querySelector('.nv-figure');
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  const share = document.querySelector('.nv-share');
  while (!`&${share.dataset.written}&`.includes(`at=${figure.dataset.step}&`)) {
    if (performance.now() - start > 10000) throw new Error('the page did not answer');
    await new Promise((done) => setTimeout(done, 1));
  }
  return performance.now() - start;
}"""

PLAYED = (
    "/live_training",
    "/live_training?model=hidden layer",
    "/live_training?branches=0:1000,rate:1;0:1500,order:in turn;0:2000,rate:0.01;0:2500,w1:3",
)

WALKS = (
    "/backpropagation",
    "/backpropagation?net=own&hidden=4,4,4&features=x1,x2,sin x1,x1*x2&taken=2:0.1;1",
)


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


BARE = """import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[2, 1, 3])))
"""
VISITED = ("/", "/prediction", "/error_curve", "/live_training", "/deeper_networks")


def first_page(browser: Browser, url: str, shown: str) -> tuple[float, int]:
    """Return the milliseconds until something is shown to a new visitor, and the longest chain.

    The chain is that of our own modules, each of which is asked for when another has come.
    """
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.wait_for_selector(shown, timeout=60_000)
        took = page.evaluate("performance.now()")
        spans = page.evaluate(
            "() => performance.getEntriesByType('resource')"
            ".filter((r) => /nnviz-.*[.]js/.test(r.name)).map((r) => [r.startTime, r.responseEnd])"
        )
    depth, until = 0, 0.0
    for start, end in sorted(spans):
        if start >= until:
            depth, until = depth + 1, end
    return float(took), depth


def warm_starts(browser: Browser) -> None:
    """Print how long a new visitor waits, on our pages and on a bare one."""
    with TemporaryDirectory() as folder, running_app() as app:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, "utf-8")
        command = (sys.executable, "-m", "streamlit", "run", str(script))
        bare = AppServer(Path(folder), command, Path(folder))
        bare.wait_until_healthy()
        try:
            places = {
                "a bare page": (bare.url, ".js-plotly-plot .main-svg"),
                **{p: (app.url + p, '.nv-figure[data-ready="true"]') for p in VISITED},
            }
            took: dict[str, list[tuple[float, int]]] = {name: [] for name in places}
            for _ in range(6):
                for name, place in places.items():
                    took[name].append(first_page(browser, *place))
        finally:
            bare.stop()
    usual = statistics.median(ms for ms, _ in took["a bare page"][1:])
    for name, seen in took.items():
        ms = statistics.median(ms for ms, _ in seen[1:])
        chain = max(depth for _, depth in seen)
        ratio = f"{ms / usual:.2f} times a bare page"
        print(f"warm server, {name}: {ms:.0f} ms, {ratio}, {chain} requests in a row")


def slide(page: Page) -> list[float]:
    """Return the milliseconds from each movement of the slider to the redrawn chart."""
    # To and fro, so that every movement ends at another rate than the one before.
    return [page.evaluate(_MOVE, 400 + 180 * (i % 2) + i) for i in range(MOVEMENTS)]


def step_through(page: Page) -> tuple[list[float], list[float]]:
    """Return the milliseconds to the painted step, and to the page that has answered in full."""
    page.wait_for_timeout(500)
    painted = [
        page.evaluate(_STEP, "ArrowRight" if (i // 10) % 2 == 0 else "ArrowLeft")
        for i in range(MOVEMENTS)
    ]
    page.wait_for_timeout(1000)
    answered = []
    for i in range(10):
        answered.append(page.evaluate(_ANSWER, ("ArrowLeft", "ArrowRight")[i % 2]))
        page.wait_for_timeout(300)
    return painted, answered


# Resolves when a run that was not there before is drawn and the browser has painted it.
_CHANGE = """async (label) => {
  const figure = document.querySelector('.nv-figure');
  const before = figure.dataset.reacts;
  const start = performance.now();
  const named = (b) => (b.ariaLabel ?? '').endsWith('input ' + label);
  [...document.querySelectorAll('button')].find(named).click();
  while (figure.dataset.reacts === before) {
    if (performance.now() - start > 10000) throw new Error('the picture did not change');
    await new Promise((done) => setTimeout(done, 1));
  }
  await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}"""


def change_the_model(page: Page) -> list[float]:
    """Return the milliseconds from each press on an input of the model to the redrawn picture."""
    times = []
    # Up to the fifth every run is a new one: with one more input, until all are there.
    for label in ("x1²", "x2²", "x1·x2", "sin x1", "sin x2", "x1²", "x1·x2", "sin x1", "x2²"):
        page.wait_for_timeout(1500)
        times.append(page.evaluate(_CHANGE, label))
    return times


def summary(times: list[float]) -> str:
    """Return median and 95th percentile, in words."""
    times = sorted(times)
    p95 = times[int(0.95 * len(times))]
    return f"median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms over {len(times)}"


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
        for path in ("/", "/prediction", "/backpropagation", "/live_training"):
            took = cold_start(browser, path)
            print(f"address bar to usable page, cold server, {path}: {took:.0f} ms", flush=True)
        warm_starts(browser)
        with running_app() as app:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for path in ("/error_curve", "/live_training?step=10000"):
                open_page(page, app.url + path)
                print(f"slider to redrawn chart, {path}: {summary(slide(page))}")
            for path in WALKS:
                open_page(page, app.url + path)
                painted, answered = step_through(page)
                print(f"key to painted step, {path}: {summary(painted)}")
                print(f"key to the address, {path}: {summary(answered)}", flush=True)
            open_page(page, app.url + "/live_training?step=10000")
            print(f"another input to the redrawn picture: {summary(change_the_model(page))}")
            for path in PLAYED:
                open_page(page, app.url + path)
                print(f"playing {path}: {frames_per_second(page):.0f} frames/s", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
