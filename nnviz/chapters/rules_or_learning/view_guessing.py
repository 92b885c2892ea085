"""The right side: what the network answers on the grid that is shown."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from nnviz.chapters.rules_or_learning import choices
from nnviz.chapters.rules_or_learning.choices import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.figure_side_by_side import Guesses
from nnviz.chapters.rules_or_learning.grids import (
    RULE_SETS,
    Grid,
    IntArray,
    answers,
    cell_name,
    grid_text,
    solved_grids,
)
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, UPDATES, Lesson, unseen_puzzles
from nnviz.chapters.rules_or_learning.mistakes import Mistake, confident_mistakes, n_sure_and_wrong
from nnviz.chapters.rules_or_learning.network import N_PARAMETERS, probabilities, share_right
from nnviz.chapters.rules_or_learning.puzzles import Puzzles
from nnviz.chapters.rules_or_learning.trainings import Training
from nnviz.chapters.rules_or_learning.verdicts import Verdict, verdicts
from nnviz.chapters.rules_or_learning.words_learned import games_told, percent
from nnviz.nn.checks import FloatArray

_NOTE: Final = f"{PAGE}_note"
_SHOWN: Final = f"{PAGE}_mistake"


def moment_of(training: Training) -> int:
    """Return which moment is looked at: the chosen update, or the last one that there is."""
    return min(int(ADDRESS["step"]) // KEPT_EVERY, len(training.moments) - 1)


def guesses(grid: Grid, training: Training) -> Guesses:
    """Return what the network answers at the moment that is looked at."""
    k = moment_of(training)
    answer = probabilities(training.moments[k], [grid])[0]
    judged = verdicts(grid, answer, answers(grid, ADDRESS["rules"]), choices.rule_set())
    step = k * KEPT_EVERY
    lit = 3 if step == UPDATES else 1 if step else 0
    lesson = choices.lesson()
    return Guesses(answer, judged, details(lesson, step, judged, choices.selected()), lit)


def cell_told(sure: Sequence[float | None], chosen: int | None) -> int | None:
    """Return the chosen cell if it is empty, else the empty one with the surest first choice.

    Parameters
    ----------
    sure : sequence of (float or None)
        The probability of the first choice for each cell; None where the cell is filled.
    chosen : int or None
    """
    if chosen is not None and sure[chosen] is not None:
        return chosen
    found = [(share, -cell) for cell, share in enumerate(sure) if share is not None]
    return -max(found)[1] if found else None


def details(
    lesson: Lesson, step: int, judged: Sequence[Verdict | None], cell: int | None
) -> tuple[str, ...]:
    """Return what stands in the boxes of data, algorithm, model and prediction."""
    cell = cell_told([v.probability if v is not None else None for v in judged], cell)
    verdict = judged[cell] if cell is not None else None
    told = "no empty cell"
    if cell is not None and verdict is not None:
        told = f"{cell_name(cell)}\n{verdict.digit}, {percent(verdict.probability)}"
    games = games_told(lesson.n_games).replace("solved ", "")
    return (games, f"{step} updates", f"{N_PARAMETERS:,} numbers", told)


@st.cache_resource(max_entries=4, show_spinner=False)
def unseen(rules: str) -> Puzzles:
    """Return the puzzles that every network is scored on."""
    return unseen_puzzles(solved_grids(rules))


def mistakes(parameters: FloatArray) -> tuple[Mistake, ...]:
    """Return what the network is sure of in games never seen, although a rule forbids it."""
    rules = ADDRESS["rules"]
    answer = probabilities(parameters, unseen(rules).puzzles)
    return confident_mistakes(unseen(rules), answer, RULE_SETS[rules])


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs={Lesson: repr})
def counted(rules: str, lesson: Lesson, moment: int, _at: FloatArray) -> tuple[float, int, int]:
    """Return share right in games never seen, cells sure and wrong, and those a rule forbids.

    ``_at`` are the parameters of that moment of the lesson, which they follow from.
    """
    puzzles = unseen(rules)
    answer = probabilities(_at, puzzles.puzzles)
    share = share_right(answer, puzzles.puzzles, puzzles.answers)
    n_broken = len(confident_mistakes(puzzles, answer, RULE_SETS[rules]))
    return share, n_sure_and_wrong(puzzles, answer), n_broken


def show_mistake(parameters: FloatArray) -> None:
    """Show a puzzle on which the network is sure of what a rule forbids, another each time."""
    found = mistakes(parameters)
    if not found:
        st.session_state[_NOTE] = (
            "In the games held out this network is nowhere 90 % sure of a digit that a rule "
            "forbids. Train it on fewer games, or look at an earlier update."
        )
        return
    turn = st.session_state.get(_SHOWN, -1) + 1
    st.session_state[_SHOWN] = turn
    # One of each puzzle, so that every press shows another one.
    first_of = {mistake.puzzle: mistake for mistake in reversed(found)}
    ordered = sorted(first_of.values(), key=lambda mistake: -mistake.probability)
    mistake = ordered[turn % len(ordered)]
    ADDRESS.set("clues", grid_text(mistake.puzzle))
    ADDRESS.set("moves", "")
    ADDRESS.set("cell", mistake.cell + 1)


def noted() -> None:
    """Tell what a button could not do."""
    told = st.session_state.pop(_NOTE, "")
    if told:
        st.info(told)


def n_answers(clues: Grid) -> int:
    """Return how many solved grids the clues allow."""
    found: IntArray = answers(clues, ADDRESS["rules"])
    return len(found)
