"""What a person chooses on the page "Generalization", and which trainings that stands for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.generalization.capacity import LADDER, by_capacity, by_penalty, hidden_name
from nnviz.data.toys import TOYS, make
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Number, Numbers, Whole
from nnviz.site.parts import PART
from nnviz.training.hyperparameters import Hyperparameters
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
SIZES: Final = tuple(hidden_name(sizes) for sizes in LADDER)
PENALTIES: Final = ("0", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1")
EPOCHS: Final = ("100", "200", "400", "800")
MOST_REPEATS: Final = 20
FEWEST_ROWS, MOST_ROWS = 20, 400
MOST_PATIENCE: Final = 200
FARTHEST: Final = 5.0
"""How far the world can be moved along each axis."""

RECIPE: Final = Hyperparameters(optimizer="adam", learning_rate=0.03, batch_size=10)
TEST_SHARE: Final = 0.5

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
    """Return whether rows and noise of the chosen data cannot be chosen."""
    return TOYS[ADDRESS["data"]].fixed


def plan(hidden: str | None = None, l2: float = 0.0) -> Plan:
    """Return the training of the first repeat: hidden layers as chosen, if none are given."""
    sizes = LADDER[SIZES.index(hidden or ADDRESS["hidden"])]
    architecture = Architecture(hidden=tuple((units, "tanh") for units in sizes))
    hyperparameters = Hyperparameters(
        RECIPE.optimizer, RECIPE.learning_rate, RECIPE.batch_size, l2=l2
    )
    sample = make(ADDRESS["data"], ADDRESS["rows"], ADDRESS["noise"], ADDRESS["seed"])
    return Plan(sample, architecture, hyperparameters, TEST_SHARE, ADDRESS["seed"])


def ladder() -> Study:
    """Return the study of growing networks."""
    return by_capacity(plan(), epochs=n_epochs(), n_repeats=ADDRESS["repeats"])


def penalties() -> Study:
    """Return the study of growing penalties."""
    strengths = [float(text) for text in PENALTIES]
    return by_penalty(plan(), strengths, epochs=n_epochs(), n_repeats=ADDRESS["repeats"])


def n_epochs() -> int:
    """Return how long every network learns."""
    return int(ADDRESS["epochs"])


def repeat() -> int:
    """Return which repeat is looked at, from 0; the last one if there are no more so many."""
    if ADDRESS["run"] > ADDRESS["repeats"]:
        ADDRESS.set("run", ADDRESS["repeats"])
    return int(ADDRESS["run"]) - 1


def looked_at(study: Study) -> tuple[int, int]:
    """Return variant and repeat of the run that is looked at."""
    named = ADDRESS["hidden"] if ADDRESS["experiment"] == "capacity" else ADDRESS["l2"]
    order = SIZES if ADDRESS["experiment"] == "capacity" else PENALTIES
    return order.index(named), min(repeat(), study.n_repeats - 1)


def look_at(variant: int, chosen_repeat: int) -> None:
    """Look at another run of the study on the screen."""
    if ADDRESS["experiment"] == "capacity":
        ADDRESS.set("hidden", SIZES[variant])
    else:
        ADDRESS.set("l2", PENALTIES[variant])
    ADDRESS.set("run", chosen_repeat + 1)
