"""What a link to the page holds, and the game that it stands for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.rules_or_learning import grids
from nnviz.chapters.rules_or_learning.learning import UPDATES, Config
from nnviz.chapters.rules_or_learning.puzzles import KINDS, puzzle
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS
from nnviz.chapters.rules_or_learning.walk import State, read_moves, walk
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Whole
from nnviz.site.parts import PART_WITH_EXPORT

PAGE: Final = "rules_or_learning"
CHART: Final = "rules_or_learning_chart"
VIEWS: Final = MappingProxyType({"solve": "Side by side", "learn": "Watch it learn"})
GAMES: Final = tuple(str(n) for n in LADDER)

MOST_MOVES: Final = 300
MOST_NUMBER: Final = 9_999
FIRST_PUZZLE: Final = 16
"""Both rules are needed early in it, and the network that is shown first makes one bad mistake."""


def _read_grid(text: str) -> str:
    if text and (len(text) != grids.N_CELLS or set(text) - set("01234")):
        raise ValueError("it must be 16 digits from 0 (empty) to 4, row by row")
    return text


def _read_walk(text: str) -> str:
    if len(read_moves(text)) > MOST_MOVES:
        raise ValueError(f"it may hold {MOST_MOVES} moves at the most")
    return text


ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "solve", tuple(VIEWS)),
        Choice("rules", "boxes", tuple(grids.RULE_SETS)),
        Choice("kind", KINDS[0], KINDS),
        Whole("number", FIRST_PUZZLE, 0, MOST_NUMBER),
        Custom("clues", "", _read_grid, str),
        Custom("moves", "", _read_walk, str),
        Whole("cell", 0, 0, grids.N_CELLS),
        Choice("games", "64", GAMES),
        Whole("seed", 0, 0, LARGEST_SEED - REPEATS),
        Whole("step", UPDATES, 0, UPDATES),
        Choice("code", "learning", ("learning", "rules")),
        PART_WITH_EXPORT,
    ],
)


def rule_set() -> grids.RuleSet:
    """Return the chosen rules."""
    return grids.RULE_SETS[ADDRESS["rules"]]


def config() -> Config:
    """Return the chosen training."""
    return Config(int(ADDRESS["games"]), ADDRESS["seed"])


def clues() -> grids.Grid:
    """Return the puzzle: the person's own, or the one with the chosen number."""
    own = ADDRESS["clues"]
    if own and own != grids.grid_text(grids.EMPTY):
        return tuple(int(digit) for digit in own)
    return puzzle(ADDRESS["rules"], ADDRESS["kind"], ADDRESS["number"])


def states() -> tuple[State, ...]:
    """Return every state from the clues to now, and drop moves that cannot be made."""
    moves = read_moves(ADDRESS["moves"])
    walked = walk(clues(), moves, rule_set())
    if len(walked) <= len(moves):
        ADDRESS.set("moves", "".join(moves[: len(walked) - 1]))
    return walked


def selected() -> int | None:
    """Return the chosen cell, or None."""
    return ADDRESS["cell"] - 1 if ADDRESS["cell"] else None
