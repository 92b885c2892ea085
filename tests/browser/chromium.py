"""Find a Chromium to test with; run as a module, fetch one if there is none."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

# The first is built without a window: it needs a tenth less of a processor for the same tests.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
APPLICATIONS = {
    "Darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "Windows": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ),
}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "no Chromium that starts was found: let the environment variable CHROMIUM name one,"
    " or run: python -m playwright install --with-deps chromium"
)


def find(playwright: Playwright) -> str | None:
    """Return the path of the first Chromium that starts: CHROMIUM, the system's, Playwright's."""
    return next(filter(_starts, _candidates(playwright)), None)


def _candidates(playwright: Playwright) -> Iterator[str]:
    if named := os.environ.get("CHROMIUM"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from APPLICATIONS.get(platform.system(), ())
    yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    if not Path(path).is_file():
        return False
    if platform.system() == "Windows":  # chrome.exe --version opens a window instead
        return True
    try:
        version = subprocess.run([path, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


def main() -> int:
    """Make sure that there is a Chromium; only with CI=true is it an error if there is none."""
    with sync_playwright() as playwright:
        if find(playwright):
            return 0
        if "CHROMIUM" not in os.environ:
            print("Fetching Chromium ...", flush=True)
            fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
            subprocess.run(fetch, capture_output=True)
            if find(playwright):
                return 0
    required = os.environ.get("CI") == "true"
    outcome = "cannot run" if required else "are skipped"
    print(f"Browser tests {outcome}: {MISSING}", file=sys.stderr)
    return int(required)


if __name__ == "__main__":
    raise SystemExit(main())
