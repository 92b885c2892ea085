"""The worksheet of Rules or learning: a puzzle by rules, and what a network does with one."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.grids import (
    DIGITS,
    N_CELLS,
    RULE_SETS,
    SIDE,
    cell_name,
    solved_grids,
)
from nnviz.chapters.rules_or_learning.puzzles import thinned
from nnviz.chapters.rules_or_learning.questions import next_step_question
from nnviz.chapters.rules_or_learning.rules import candidates
from nnviz.chapters.rules_or_learning.walk import start
from nnviz.nn.draws import Draws
from nnviz.nn.losses import softmax
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, UnclearError, asked, clear, to_write

_RULES = "boxes"
_CLUES = 8

ON_PAPER: Final = MappingProxyType(
    {
        "rules": (
            "Each row, column and box needs 1 to 4. Write the digit into three cells in "
            "which only one fits, and why it is the only one.",
            "Right if the three other digits stand in the row, the column or the box of the cell.",
        ),
        "own_rule": (
            "Find a cell in which only one digit fits. Write the digit into it, and why no "
            "other fits.",
            "Right if the three other digits stand in the row, the column or the box of the cell.",
        ),
        "confident": (
            "This network saw 64 solved games, and no rule. Ring a cell where it is over "
            "90% sure of a digit that a rule forbids.",
            "Right if the digit with more than 90% stands already in the row, the column "
            "or the box of the cell.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _puzzle(draws)), clear(lambda: _network(draws))


def _puzzle(draws: Draws) -> Part:
    rule_set, games = RULE_SETS[_RULES], solved_grids(_RULES)
    game = tuple(draws.one_of(games.tolist()))
    grid = thinned(game, _RULES, _CLUES, draws.some_of(range(N_CELLS), N_CELLS))
    question = next_step_question(start(grid), rule_set)
    fitting = {cell: candidates(grid, cell, rule_set) for cell in range(N_CELLS)}
    single = [cell for cell, found in fitting.items() if len(found) == 1]
    several = [cell for cell, found in fitting.items() if len(found) > 1]
    if question is None or not single or not several:
        raise UnclearError("the puzzle leaves nothing to find.")
    one, some = draws.one_of(single), draws.one_of(several)
    (digit,) = fitting[one]
    seen = sorted({str(grid[other]) for other in rule_set.seen_from(some) if grid[other]})
    cells = [str(digit or " ") for digit in grid]
    rows = tuple(tuple(cells[i : i + SIDE]) for i in range(0, N_CELLS, SIDE))
    name = cell_name(some)
    return Part(
        "Another Sudoku: each row, each column and each of the four boxes of 2 × 2 cells holds 1, "
        "2, 3 and 4 once. Rows are counted from above, columns from the left.",
        (
            asked(question),
            Exercise(
                f"Only one digit fits in {cell_name(one)}. Which?",
                str(digit),
                "The other three stand in its row, its column or its box.",
                tuple(str(each) for each in DIGITS),
            ),
            Exercise(
                f"Which digits fit in {name}, by its row, its column and its box alone?",
                " and ".join(map(str, fitting[some])),
                f"{' and '.join(seen)} {'stands' if len(seen) == 1 else 'stand'} there already."
                if seen
                else "None stands there already.",
            ),
        ),
        rows,
    )


def _network(draws: Draws) -> Part:
    score = draws.one_of((1, 2, 3))
    power = round(float(np.exp(score)), 2)
    n_empty = draws.whole(10, 40) * 4
    n_cells = draws.whole(4, 20) * 10
    n_right = draws.whole(n_cells // 4 + 1, n_cells - 1)
    hidden = draws.whole(2, 16) * 8
    n_inputs = N_CELLS * len(DIGITS)
    return Part(
        f"A network knows no rules. It gets {len(DIGITS)} numbers for each of the {N_CELLS} cells "
        "(which digit stands there, if any) and gives a score to each digit of each empty cell.",
        (
            to_write(
                f"It has a hidden layer of {hidden} units, each with one weight for every number "
                "that comes in. How many weights are these?",
                n_inputs * hidden,
                f"{N_CELLS} × {len(DIGITS)} = {n_inputs} numbers, and {n_inputs} × {hidden} = "
                f"{digits(n_inputs * hidden)}.",
            ),
            to_write(
                f"Before training it guesses. Of {n_empty} empty cells, about how many will it get "
                "right?",
                n_empty / len(DIGITS),
                f"One of {len(DIGITS)} digits is right: {n_empty} / {len(DIGITS)} = "
                f"{digits(n_empty / len(DIGITS))}.",
            ),
            to_write(
                f"It gives one digit of a cell the score {score} and the other three the score 0. "
                f"A softmax takes e to the power of each score (e^{score} is {digits(power)}, "
                "e^0 is "
                "1) and divides by the sum of all four. What is the probability of the first "
                "digit?",
                float(softmax(np.array([score, 0.0, 0.0, 0.0]))[0]),
                f"{digits(power)} / ({digits(power)} + 1 + 1 + 1) = {digits(power / (power + 3))}.",
            ),
            to_write(
                f"On games that it has never seen, {n_right} of {n_cells} empty cells are right. "
                "How many percent?",
                100 * n_right / n_cells,
                f"{n_right} / {n_cells} = {digits(n_right / n_cells)}.",
                decimals=1,
            ),
        ),
    )
