"""The parameters of the page's address, and the plans and studies that they stand for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.generalization import studies
from nnviz.data.toys import TOYS
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Number, Numbers, Whole
from nnviz.site.parts import PART
from nnviz.training.plan import Plan
from nnviz.training.study import Study

PAGE: Final = "generalization"

EXPERIMENTS: Final = MappingProxyType(
    {
        "capacity": "Grow the network",
        "stopping": "L2 and early stopping",
        "shift": "The world moves",
    }
)
DATA: Final = ("gauss", "moons", "circle", "xor", "spiral", "eight rows")
SIZES: Final = tuple(studies.hidden_name(sizes) for sizes in studies.SIZES)
PENALTIES: Final = ("0", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1")
EPOCHS: Final = ("100", "200", "400", "800")
MOST_REPEATS: Final = 20
FEWEST_ROWS, MOST_ROWS = 20, 400
MOST_PATIENCE: Final = 200
FARTHEST: Final = 5.0
"""Largest shift along each axis."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("experiment", "capacity", tuple(EXPERIMENTS)),
        Choice("data", "gauss", DATA),
        Whole("rows", 60, FEWEST_ROWS, MOST_ROWS),
        Number("noise", 1.0, 0.0, 1.0),
        Whole("repeats", 8, 1, MOST_REPEATS),
        Choice("epochs", "400", EPOCHS),
        Whole("seed", 0, 0, LARGEST_SEED - MOST_REPEATS),
        Choice("hidden", "8-8", SIZES),
        Whole("run", 1, 1, MOST_REPEATS),
        Choice("l2", "0", PENALTIES),
        Whole("patience", 20, 1, MOST_PATIENCE),
        Whole("epoch", 0, 0, int(EPOCHS[-1])),
        Numbers("moved", (0.0, 0.0), -FARTHEST, FARTHEST, count=2),
        Numbers("learned", (0.0, 0.0), -FARTHEST, FARTHEST, count=2),
        PART,
    ],
)


def toy_is_fixed() -> bool:
    """Return whether the number of rows and the noise of the chosen data are fixed."""
    return TOYS[ADDRESS["data"]].fixed


def plan() -> Plan:
    """Return the plan of the first repeat, with the hidden layers as chosen."""
    return studies.toy_plan(
        *(ADDRESS[name] for name in ("data", "rows", "noise", "seed", "hidden"))
    )


def capacity_study() -> Study:
    """Return the study of growing networks."""
    return studies.by_capacity(plan(), epochs=n_epochs(), n_repeats=ADDRESS["repeats"])


def penalty_study() -> Study:
    """Return the study of growing penalties."""
    penalties = [float(text) for text in PENALTIES]
    return studies.by_penalty(plan(), penalties, epochs=n_epochs(), n_repeats=ADDRESS["repeats"])


def n_epochs() -> int:
    """Return for how many epochs every network is trained."""
    return int(ADDRESS["epochs"])


def opened_run(study: Study) -> tuple[int, int]:
    """Return variant and repeat of the opened run; the last repeat if there are fewer."""
    if ADDRESS["run"] > ADDRESS["repeats"]:
        ADDRESS.set("run", ADDRESS["repeats"])
    name, offered = _variants()
    return offered.index(ADDRESS[name]), min(int(ADDRESS["run"]), study.n_repeats) - 1


def open_run(variant: int, repeat: int) -> None:
    """Open another run of the study on the screen."""
    name, offered = _variants()
    ADDRESS.set(name, offered[variant])
    ADDRESS.set("run", repeat + 1)


def _variants() -> tuple[str, tuple[str, ...]]:
    """Return the parameter that names the variant of the study, and its values in order."""
    return ("hidden", SIZES) if ADDRESS["experiment"] == "capacity" else ("l2", PENALTIES)
