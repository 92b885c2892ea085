"""Every page, light and dark, wide and narrow: no serious finding, nothing too wide."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from nnviz.ui.course import COURSE
from tests.browser.app_page import open_page

PATHS = ["/" if name == "home" else f"/{name}" for name in COURSE]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    path: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    page = new_page(width=width, height=800, color_scheme=scheme)
    open_page(page, path)
    axe(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["code", "predict", "jumps", "tutorial"])
def test_every_part_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    part: str,
    scheme: Literal["light", "dark"],
) -> None:
    # So high that nothing is below the fold, where axe cannot see its colours.
    page = new_page(width=1280, height=3000, color_scheme=scheme)
    open_page(page, f"/live_training?part={part}&edit=on&step=100")
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
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
    axe: Callable[[Page], None],
    address: str,
    scheme: Literal["light", "dark"],
) -> None:
    page = new_page(width=1280, height=4000, color_scheme=scheme)
    open_page(page, address)
    axe(page)


# The parts of all pages are made of the same pieces, so here each is seen in one theme.
@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        (
            "?part=numbers&step=700&picked=e.1.0.2&probe=1,1&lines=300,rate:1~0,600,|600,rate:0.01",
            "light",
        ),
        ("?part=why&step=700&with=init:zeros", "dark"),
        ("?part=solid&step=700&tool=move&with=rows:20", "light"),
        ("?part=code", "dark"),
        ("?part=predict&step=700", "light"),
        ("?part=export&with=data:blobs;classes:5&step=9", "dark"),
        ("?part=tutorial&tool=add", "light"),
    ],
)
def test_every_part_of_a_deeper_network_can_be_used_by_everybody(
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    address: str,
    scheme: Literal["light", "dark"],
) -> None:
    page = new_page(width=1280, height=4000, color_scheme=scheme)
    open_page(page, f"/deeper_networks{address}")
    axe(page)
