"""The lesson Rules or learning: rules have reasons, learning has confidence."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, Grid, answers, cell_name, solved_grids
from nnviz.chapters.rules_or_learning.learning import (
    Config,
    learned,
    probabilities,
    unseen_accuracy,
)
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.rules import candidates
from nnviz.chapters.rules_or_learning.verdicts import SURE, Verdict, verdicts
from nnviz.chapters.rules_or_learning.walk import Step, read_moves, walk
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import percent
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_STEPS: Final = 3
_MOST: Final = 216
_KNOWN: Final = 0.95


@lru_cache(maxsize=8)
def _network(rules: str, config: Config) -> FloatArray:
    """Return the parameters of the network that has `learned` the games of a rule set."""
    parameters = learned(solved_grids(rules), config)
    parameters.setflags(write=False)
    return parameters


def _clues(state: State) -> Grid:
    return puzzle(state["rules"], state["kind"], state["number"])


def _made(state: State) -> Iterator[tuple[Grid, Step]]:
    """Yield every step of the grid, with the grid before it."""
    walked = walk(_clues(state), read_moves(state["moves"]), RULE_SETS[state["rules"]])
    for before, after in pairwise(walked):
        if after.step is not None:
            yield before.grid, after.step


def _steps_by_rule(state: State) -> int:
    return sum(step.kind == "rule" for _, step in _made(state))


def _forced_by_hand(state: State) -> list[Step]:
    """Return the digits set by hand where no other one fitted."""
    found = []
    for grid, step in _made(state):
        open_again = tuple(0 if cell == step.cell else d for cell, d in enumerate(grid))
        fitting = candidates(open_again, step.cell, RULE_SETS[state["rules"]])
        if step.kind == "hand" and tuple(fitting) == (step.digit,):
            found.append(step)
    return found


def _contradicts(state: State) -> bool:
    rules = RULE_SETS[state["rules"]]
    walked = walk(_clues(state), read_moves(state["moves"]), rules)
    return walked[-1].conflict(rules) is not None


def _own_reason(state: State) -> str:
    step = _forced_by_hand(state)[-1]
    return (
        f"{step.digit} in {cell_name(step.cell)}: nothing else fits. A rule has a reason, and is "
        "never wrong. But a person must find it."
    )


def _verdict(state: State) -> Verdict | None:
    """Return what the network says of the chosen cell, None without one."""
    if not state["cell"]:
        return None
    grid, rules = _clues(state), state["rules"]
    trained = _network(rules, Config(int(state["games"]), state["seed"]))
    prediction = probabilities(trained, [grid])[0]
    judged = verdicts(grid, prediction, answers(grid, rules), RULE_SETS[rules])
    return judged[int(state["cell"]) - 1]


def _sure_and_forbidden(state: State) -> bool:
    verdict = _verdict(state)
    return verdict is not None and verdict.kind == "forbidden" and verdict.probability >= SURE


def _sure(state: State) -> str:
    verdict = _verdict(state)
    assert verdict is not None
    return (
        f"{percent(verdict.probability)[0]} sure of {verdict.digit}, and a rule forbids it. A "
        "network has [[confidence]], and no reasons."
    )


def _known(state: State) -> float:
    """Return the accuracy, in games never seen, of a network that learned from the most games."""
    trained = _network(state["rules"], Config(_MOST, state["seed"]))
    return unseen_accuracy(solved_grids(state["rules"]), trained)


def _games(state: State) -> Question:
    known = _known(state)
    options = ("about 30", "between 70 and 95", "all of them, as the rules")
    answer = options[2 if known == 1 else 1 if 0.7 <= known <= _KNOWN else 0]
    return choice(options, answer, f"{percent(known)[0]} are right. Chance would be 25%.")


def _more_games(state: State) -> str:
    return (
        "The more examples, the higher the [[accuracy]] on games never seen. This network has "
        f"{percent(_known(state))[0]}: it is one small square at {_MOST}. The large square is the "
        "middle of five such networks."
    )


def _other_rules(_: State) -> Question:
    options = ("new rules; new games to learn from", "nothing for either", "nothing; new rules")
    return choice(
        options, options[0], "The network's code stays as it is: only its examples change."
    )


def _summary(state: State) -> str:
    return (
        "The rules were right in every cell and said why. The network had "
        f"{percent(_known(state))[0]} of unseen cells right, and nobody told it a rule."
    )


_BOARD: Final = MappingProxyType({"view": "solve", "games": "64"})

LESSON: Final = Lesson(
    "rules_or_learning",
    "A computer can follow rules, or learn from examples. What is the difference?",
    (
        Task(
            name="rules",
            kind="try",
            does="Each row, column and box needs 1 to 4. Let the rules fill three cells, and read "
            "their reasons.",
            shows=("left", "fits", "step", "sentence"),
            done=lambda state: _steps_by_rule(state) >= _STEPS,
            start=_BOARD,
            understood="Green was just set, orange is the reason. Rules can always say why.",
            hint="Press Next step. The small digits are those that still fit.",
        ),
        Task(
            name="own_rule",
            kind="find",
            does="Now you. Find a cell in which only one digit fits: choose it, then press its "
            "digit. Pressed again, a digit goes.",
            shows=("left", "digits", "sentence"),
            done=lambda state: bool(_forced_by_hand(state)) and not _contradicts(state),
            start={**_BOARD, "number": 17},
            understood=_own_reason,
            hint="Look for a cell that sees three different digits in its row, column and box. "
            "Keys: n for the next cell, 1 to 4.",
        ),
        Task(
            name="confident",
            kind="find",
            does="This network saw 64 solved games, and no rule. Find a cell where it is over 90% "
            "sure of a digit that a rule forbids.",
            shows=("right", "sentence"),
            done=_sure_and_forbidden,
            start=_BOARD,
            understood=_sure,
            hint="Choose a cell: click it, or press n. Does its framed digit already stand in its "
            "row, column or box?",
        ),
        Task(
            name="games",
            kind="predict",
            does=f"This network learned from 1 game. Another learns from {_MOST}. Of 100 cells in "
            "games it never saw, how many will that one get right?",
            asks=_games,
            then=f"Go from 1 game up to {_MOST}, and watch it get better.",
            done=lambda state: int(state["games"]) == _MOST,
            start={**_BOARD, "games": "1"},
            shows=("right",),
            reveals=("games", "curve"),
            understood=_more_games,
        ),
        Task(
            name="other_rules",
            kind="say",
            does="The game changes: boxes do not count any more. What do the rules need, and what "
            "the network?",
            asks=_other_rules,
            shows=("left", "right"),
            start=_BOARD,
            understood="Rules are written by people. A [[model]] is made from examples.",
        ),
    ),
    _summary,
)
