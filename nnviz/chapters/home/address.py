"""What a link to the home page holds."""

from typing import Final

from nnviz.chapters.home import darts
from nnviz.chapters.home.four_steps import MOST_STEPS
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Switch, Whole
from nnviz.site.parts import PART
from nnviz.site.player import Player

PAGE: Final = "home"
CHART: Final = "four_steps"
VIEWS: Final = ("steps", "darts")
FIRST_HAND: Final = darts.ByHand(210.0, 12.0)

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "steps", VIEWS),
        Whole("at", 0, low=0, high=MOST_STEPS),
        Number("height", FIRST_HAND.height, darts.LOWEST_HAND, darts.HIGHEST_HAND),
        Number("speed", FIRST_HAND.speed, darts.SLOWEST, darts.FASTEST),
        Switch("moved"),
        Custom("throws", (), darts.read_throws, darts.write_throws),
        Number("fraction", 0.5, 0, darts.LARGEST_FRACTION),
        Number("wind", 0, 0, darts.STRONGEST_WIND),
        Whole("seed", 0, low=0, high=LARGEST_SEED),
        PART,
    ],
)

PLAYER: Final = Player(ADDRESS, CHART, "at")
