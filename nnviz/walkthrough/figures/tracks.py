"""A board: boxes and arrows that are highlighted and fill with numbers, one step after the other.

The board lies over a figure and stands in its data coordinates. Which text and which look an item
has at a step is an array like that of any other track; the browser looks it up.
"""

from dataclasses import dataclass
from typing import Any, Final

from nnviz.chart.tracks import Dash, Track

Point = tuple[float, float]

NAME: Final = "~"
VALUE: Final = "*"
SLOPE: Final = "!"
"""The first letter of a text says how it is written: small, bold, or as a derivative.

Lines are parted by a new line, and pieces of one line by a tab.
"""


@dataclass(frozen=True)
class Form:
    """The place of an item on one of the two layouts."""

    points: tuple[Point, ...]  # of its outline, or of its line; none if it is text alone
    text: Point  # the middle of its text
    size: int = 12  # of its text, in pixels


@dataclass(frozen=True)
class Item:
    """One box or arrow."""

    name: str  # what a click on it speaks of; empty if it is not to be clicked
    about: str  # what it is, shown while the mouse rests on it
    closed: bool  # whether its points are an outline; else they are an arrow to the last of them
    wide: Form
    narrow: Form
    start: bool = False  # whether its text starts at its place, and does not stand in the middle


def text_item(place: Point, size: int) -> Item:
    """Return text that starts at a place, of a size in pixels, and is not to be clicked."""
    form = Form((), place, size)
    return Item("", "", closed=False, wide=form, narrow=form, start=True)


@dataclass(frozen=True)
class Look:
    """The look of an item over the figure; an item whose look has no width is not drawn."""

    colour: str = ""
    width: float = 0.0  # of the line, in pixels
    fill: str = "none"  # of an outline
    dash: Dash = "solid"
    backward: bool = False  # whether an arrow points to its first point instead


@dataclass(frozen=True, kw_only=True)
class BoardTrack(Track):
    """Items with a text and a look. ``values`` (n, items, 2): indices into texts and looks.

    ``exact`` holds for each text what is shown while the mouse rests on it, such as a number in
    full.
    """

    items: tuple[Item, ...]
    texts: tuple[str, ...]
    exact: tuple[str, ...]
    looks: tuple[Look, ...]

    kind = "board"
    dtype = "u2"
    sent = ("axes", "items", "texts", "exact", "looks")


@dataclass(frozen=True)
class Flight:
    """A number that travels from one item of the board to another when a step is taken."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class FlightTrack(Track):
    """Numbers that travel. ``values`` (n,), indices into ``groups``."""

    groups: tuple[tuple[Flight, ...], ...]

    kind = "flights"
    dtype = "u2"

    def style(self) -> dict[str, Any]:
        """Return the entries of the header that the browser needs besides the values."""
        groups = [[(f.text, f.start, f.end) for f in group] for group in self.groups]
        return {**super().style(), "groups": groups}


@dataclass(frozen=True)
class Card:
    """The computation of the value of a step, with its check."""

    name: str  # what is computed
    formula: str  # from what
    numbers: str  # the same with numbers
    result: str
    exact: str  # the result in full
    check: str  # what trying it out gave; empty where there is nothing to try out
    # code, place: the line of the source that computed it, its file and its number
    code: str
    place: str


@dataclass(frozen=True, kw_only=True)
class CardTrack(Track):
    """The card over the picture. ``values`` (n,), indices into ``cards``."""

    cards: tuple[Card, ...]

    kind = "card"
    dtype = "u2"
    sent = ("cards",)
