"""What a link to the page holds, and the drawing and training that it stands for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.pictures_to_numbers.drawing import (
    N_PIXELS,
    Drawing,
    centred,
    read,
    text_of,
)
from nnviz.chapters.pictures_to_numbers.trials import LARGEST_FIRST_SEED, PictureStudy
from nnviz.chapters.pictures_to_numbers.two_digits import UPDATES, NeuronConfig
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Switch, Whole
from nnviz.site.parts import PART_WITH_EXPORT

PAGE: Final = "pictures_to_numbers"

VIEWS: Final = MappingProxyType({"neuron": "3 or 8"})

AMOUNTS: Final = ("20", "60", "200")
"""How many pictures can be learned from."""

EXAMPLE: Final[Drawing] = read("h6fgai3gbfai4aag4j4gf3j19gf2k3g6i39cg5i9gg8h")
"""A 3 of the data, which the training with seed 0 does not learn from."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "neuron", tuple(VIEWS)),
        Custom("drawing", EXAMPLE, read, text_of),
        Switch("centre"),
        Choice("pictures", "20", AMOUNTS),
        Whole("seed", 0, 0, LARGEST_FIRST_SEED),
        Whole("step", 0, 0, UPDATES),
        Whole("pixel", 1, 1, N_PIXELS),
        PART_WITH_EXPORT,
    ],
)


def drawn() -> Drawing:
    """Return the drawing as it was drawn."""
    drawing: Drawing = ADDRESS["drawing"]
    return drawing


def seen() -> Drawing:
    """Return the drawing as it is read: where it was drawn, or in the middle if that is chosen."""
    return centred(drawn()) if ADDRESS["centre"] else drawn()


def config() -> NeuronConfig:
    """Return the chosen training."""
    return NeuronConfig(int(ADDRESS["pictures"]), int(ADDRESS["seed"]))


def study() -> PictureStudy:
    """Return the study of how many pictures it takes."""
    return PictureStudy(int(ADDRESS["seed"]))
