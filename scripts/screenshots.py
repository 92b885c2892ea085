"""Draw the pictures of the README from the running app, or every page for looking at.

python -m scripts.screenshots              write docs/images/*.png
python -m scripts.screenshots --all DIR    every page, light and dark, wide and narrow
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from nnviz.site.course import COURSE
from tests.browser import chromium
from tests.browser.app_page import open_page
from tests.browser.app_server import ROOT, running_app

THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
WIDE = (1280, 800)
NARROW = (390, 844)


@dataclass(frozen=True)
class Shot:
    """One picture: the address to open, and how."""

    name: str
    address: str
    theme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = WIDE
    whole: bool = False


SPIRAL = (
    "with=data:spiral;rows:400;inputs:x1,x2,sin x1,sin x2;hidden:8 tanh,6 tanh"
    ";optimizer:adam;rate:0.01"
    "&lines=~0,800,no sines|800,inputs:x1,x2&step=4000&epochs=400&log=on&picked=u.1.3"
)
BRANCHES = "0:2500,rate:1;0:2500,model:4 tanh/standardised"

README = (
    Shot("home", "/?task=1&view=darts&fraction=0.5&throws=210@12,0.5"),
    Shot("lesson_live_training", "/live_training?task=1&drawn=1.2,4.4,2.6,0.2"),
    Shot("rules_or_learning", "/rules_or_learning"),
    Shot("words_to_numbers", "/words_to_numbers"),
    Shot("linear_regression", "/linear_regression"),
    Shot("vector_similarity", "/vector_similarity?weights_1=2.52,0"),
    Shot("prediction", "/prediction?at=5&row=2"),
    Shot("backpropagation", "/backpropagation?at=9"),
    Shot("backpropagation_layers", "/backpropagation?net=2-2-2-1&at=29", theme="dark"),
    Shot("error_curve", "/error_curve?x=-1.6&rates=0.9,0.9,0.9,0.9&rate=0.9"),
    Shot("live_training", f"/live_training?step=4000&branches={BRANCHES}&line=C"),
    Shot("live_training_ledger", "/live_training?step=2500&part=ledger", whole=True),
    Shot(
        "live_training_dark",
        f"/live_training?step=4000&branches={BRANCHES}&line=C&part=surface&surface=principal&solid=on",
        theme="dark",
        whole=True,
    ),
    Shot("pictures_to_numbers", "/pictures_to_numbers?step=2000"),
    Shot("compare_runs", "/compare_runs?low=0.1&high=0.1&rates=1&seeds=300"),
    Shot("generalization", "/generalization"),
    Shot("deeper_networks", "/deeper_networks?step=3000"),
    Shot("deeper_networks_dark", f"/deeper_networks?{SPIRAL}", theme="dark"),
)


def every_page() -> Iterator[Shot]:
    """Yield each page in both themes and sizes: what the screen shows, and all of it."""
    for page in COURSE:
        address = "/" if page == "home" else f"/{page}"
        for theme in THEMES:
            for size in (WIDE, NARROW):
                name = f"{page}-{theme}-{size[0]}"
                yield Shot(name, address, theme, size)
                yield Shot(f"{name}-whole", address, theme, size, whole=True)


def take(browser: Browser, url: str, shot: Shot, folder: Path) -> None:
    """Open the address of a shot and write its picture into a folder."""
    width, height = shot.size
    context = browser.new_context(
        base_url=url, color_scheme=shot.theme, viewport={"width": width, "height": height}
    )
    page = context.new_page()
    open_page(page, shot.address)
    if shot.whole:
        _unroll(page, width)
    page.screenshot(path=folder / f"{shot.name}.png", animations="disabled")
    context.close()
    print(folder / f"{shot.name}.png")


def _unroll(page: Page, width: int) -> None:
    """Make the window as high as the content, which Streamlit scrolls inside of its own frame."""
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(300)  # charts follow a new size with the next frame


def main() -> None:
    """Take the shots that the command line asks for."""
    parser = argparse.ArgumentParser(description="Take pictures of the running app.")
    parser.add_argument("--all", metavar="DIR", type=Path, help="every page, for looking at")
    arguments = parser.parse_args()
    folder = arguments.all or ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, running_app() as app:
        path = chromium.find(playwright)
        if path is None:
            raise SystemExit(chromium.MISSING)
        app.compute("rules_or_learning")  # its picture tells of all 45 trainings
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        for shot in every_page() if arguments.all else README:
            take(browser, app.url, shot, folder)
        browser.close()


if __name__ == "__main__":
    main()
