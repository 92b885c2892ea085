"""What a link to the page holds, and the drawing and training that it stands for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.pictures_to_numbers import two_digits
from nnviz.chapters.pictures_to_numbers.convolution.filters import KNOWN, filter_text, read_filter
from nnviz.chapters.pictures_to_numbers.convolution.network import FilterConfig
from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, Drawing, centred, read, text_of
from nnviz.chapters.pictures_to_numbers.sign import judge
from nnviz.chapters.pictures_to_numbers.sign.judge import SignConfig
from nnviz.chapters.pictures_to_numbers.ten import network, study
from nnviz.chapters.pictures_to_numbers.ten.network import TenConfig
from nnviz.nn.architecture import MOST_UNITS
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Switch, Whole
from nnviz.site.parts import PART_WITH_EXPORT

PAGE: Final = "pictures_to_numbers"

VIEWS: Final = MappingProxyType(
    {
        "neuron": "3 or 8",
        "digits": "Ten digits",
        "filter": "A first convolution",
        "sign": "Does it know me?",
    }
)

AMOUNTS: Final = ("20", "60", "200")
"""How many pictures can be learned from."""

LOOKS: Final = MappingProxyType(
    {"learn": "Watch it learn", "mistakes": "Its mistakes", "study": "What it takes"}
)
"""What can be seen of the ten digits."""


def _cell(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isdigit()):
        raise ValueError("it must be two digits: the one that is shown, and what is said")
    return text


EXAMPLE: Final[Drawing] = read("h6fgai3gbfai4aag4j4gf3j19gf2k3g6i39cg5i9gg8h")
"""A 3 of the data, which the training with seed 0 does not learn from."""

FILTERS: Final = MappingProxyType(
    {
        **{name: known.title for name, known in KNOWN.items()},
        "learned": "Learned",
        "own": "My own",
    }
)
"""The filters that can slide over the drawing."""

FIRST_FILTER: Final = "vertical"
FIRST_PLACE: Final = 27
"""Where the window is at first, counted from 1: over ink."""

TRIES: Final = "tries"
"""The drawing that is judged; the others on the board are the five of the sign."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "neuron", tuple(VIEWS)),
        Custom("drawing", EXAMPLE, read, text_of),
        Switch("centre"),
        Choice("pictures", "20", AMOUNTS),
        Whole("seed", 0, 0, two_digits.LARGEST_FIRST_SEED),
        Whole("step", 0, 0, two_digits.UPDATES),
        Whole("pixel", 1, 1, N_PIXELS),
        Choice("look", "learn", tuple(LOOKS)),
        Whole("units", 16, 0, MOST_UNITS),
        Choice("learned", "1000", tuple(map(str, study.AMOUNTS))),
        Choice("hands", "any", network.HANDS),
        Whole("update", 0, 0, network.UPDATES),
        Whole("off", 0, 0, MOST_UNITS),
        Custom("cell", "", _cell, str),
        Choice("filter", FIRST_FILTER, tuple(FILTERS)),
        Custom("weights", KNOWN[FIRST_FILTER].cells, read_filter, filter_text),
        Whole("place", FIRST_PLACE, 0, N_PIXELS),
        Custom("sign", judge.fours(), judge.read_sign, judge.sign_text),
        Choice("board", TRIES, (*map(str, range(1, judge.N_OWN + 1)), TRIES)),
        Number("threshold", 0.5, 0.0, 1.0),
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


def config() -> two_digits.NeuronConfig:
    """Return the chosen training."""
    return two_digits.NeuronConfig(int(ADDRESS["pictures"]), int(ADDRESS["seed"]))


def picture_study() -> two_digits.PictureStudy:
    """Return the study of how many pictures it takes."""
    return two_digits.PictureStudy(int(ADDRESS["seed"]))


def ten_config() -> TenConfig:
    """Return the chosen training on ten digits."""
    return TenConfig(
        int(ADDRESS["learned"]), int(ADDRESS["units"]), ADDRESS["hands"], int(ADDRESS["seed"])
    )


def ten_study() -> study.TenStudy:
    """Return the study that repeats it with other pictures, units and hands."""
    return study.TenStudy(ten_config())


def cell() -> tuple[int, int] | None:
    """Return the open cell of the matrix, a digit and what is said; None for the mistakes."""
    text = str(ADDRESS["cell"])
    return divmod(int(text), network.KINDS) if text else None


def off_unit() -> int | None:
    """Return the hidden unit that is switched off, from 0; None if there is no such unit."""
    off = int(ADDRESS["off"])
    return off - 1 if 0 < off <= ten_config().units else None


def filter_config() -> FilterConfig:
    """Return the chosen filter, and the training of what stands behind it."""
    chosen, seed = ADDRESS["filter"], int(ADDRESS["seed"])
    if chosen == "learned":
        return FilterConfig(two_digits.MOST_PICTURES, seed)
    cells = ADDRESS["weights"] if chosen == "own" else KNOWN[chosen].cells
    return FilterConfig(two_digits.MOST_PICTURES, seed, 1, cells)


def sign_config() -> SignConfig:
    """Return the drawings of the sign, and which strangers are learned from."""
    return SignConfig(ADDRESS["sign"], int(ADDRESS["seed"]))
