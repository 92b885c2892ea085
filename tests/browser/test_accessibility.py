"""Every page, wide and narrow, and every part: what `for_everybody` asks, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from nnviz.site.course import COURSE
from tests.browser.app_page import open_page

PATHS = ["/" if name == "home" else f"/{name}" for name in COURSE]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    for_everybody: Callable[..., None],
    path: str,
    width: int,
) -> None:
    page = new_page(width=width, height=800)
    open_page(page, path)
    for_everybody(page)


@pytest.mark.parametrize("part", ["code", "predict", "jumps", "tutorial"])
def test_every_part_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    for_everybody: Callable[..., None],
    part: str,
) -> None:
    # So high that nothing is below the fold, where axe cannot see its colours.
    page = new_page(width=1280, height=3000)
    open_page(page, f"/live_training?part={part}&edit=on&step=100")
    for_everybody(page)


@pytest.mark.parametrize(
    "address",
    [
        "/backpropagation?at=9&part=code&read=bias.0.0",
        "/backpropagation?at=14&part=predict",
        "/backpropagation?net=2-2-2-1&at=29&part=tutorial&taken=2:0.1;1",
        "/prediction?at=5&part=code&read=a.0.0",
        "/prediction?at=2&activation=tanh&part=predict",
        "/prediction?view=layers&part=tutorial",
    ],
)
def test_every_part_of_a_walk_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    for_everybody: Callable[..., None],
    address: str,
) -> None:
    page = new_page(width=1280, height=4000)
    open_page(page, address)
    for_everybody(page)


@pytest.mark.parametrize(
    "address",
    [
        "?part=numbers&step=700&picked=e.1.0.2&probe=1,1&lines=300,rate:1~0,600,|600,rate:0.01",
        "?part=why&step=700&with=init:zeros",
        "?part=solid&step=700&tool=move&with=rows:20",
        "?part=code",
        "?part=predict&step=700",
        "?part=export&with=data:blobs;classes:5&step=9",
        "?part=tutorial&tool=add",
    ],
)
def test_every_part_of_a_deeper_network_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    for_everybody: Callable[..., None],
    address: str,
) -> None:
    page = new_page(width=1280, height=4000)
    open_page(page, f"/deeper_networks{address}")
    for_everybody(page)
