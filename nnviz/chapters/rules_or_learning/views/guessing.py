"""The side of the network: what it predicts on the grid that is shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from nnviz.chapters.rules_or_learning import address, grids, learning, verdicts
from nnviz.chapters.rules_or_learning.address import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.figures.side_by_side import Guesses
from nnviz.chapters.rules_or_learning.games import Puzzles
from nnviz.chapters.rules_or_learning.views.trainings import Training
from nnviz.chapters.rules_or_learning.words import solved_games
from nnviz.nn.checks import FloatArray
from nnviz.site.caching import cached
from nnviz.text.digits import short_percent

_NOTE: Final = f"{PAGE}_note"
_SHOWN: Final = f"{PAGE}_mistake"


def checkpoint(training: Training) -> int:
    """Return the index of the checkpoint at the chosen update, or of the last one that there is."""
    return min(int(ADDRESS["step"]) // learning.KEPT_EVERY, len(training.parameters) - 1)


def shown_parameters(training: Training) -> FloatArray:
    """Return the parameters of the network that is shown, shape (n_parameters,)."""
    parameters: FloatArray = training.parameters[checkpoint(training)]
    return parameters


def guesses(grid: grids.Grid, training: Training, *, judges: bool = True) -> Guesses:
    """Return what the network predicts at the chosen checkpoint, judged unless that is a secret."""
    step = checkpoint(training) * learning.KEPT_EVERY
    prediction = learning.probabilities(shown_parameters(training), [grid])[0]
    judged = verdicts.verdicts(
        grid, prediction, grids.answers(grid, ADDRESS["rules"]), address.rule_set()
    )
    highlighted = 3 if step == learning.UPDATES else 1 if step else 0
    if not judges:
        judged = tuple(each and replace(each, kind=verdicts.UNJUDGED) for each in judged)
    boxes = details(address.config(), step, judged, address.selected())
    return Guesses(prediction, judged, boxes, highlighted)


def explained_cell(sure: Sequence[float | None], chosen: int | None) -> int | None:
    """Return the chosen cell if it is empty, else the empty one with the surest first choice.

    `sure` holds the probability of the first choice for each cell, None where the cell is filled.
    """
    if chosen is not None and sure[chosen] is not None:
        return chosen
    found = [(probability, -cell) for cell, probability in enumerate(sure) if probability]
    return -max(found)[1] if found else None


def details(
    config: learning.Config, step: int, judged: Sequence[verdicts.Verdict | None], cell: int | None
) -> tuple[str, ...]:
    """Return the texts in the boxes of data, algorithm, model and prediction."""
    cell = explained_cell([None if v is None else v.probability for v in judged], cell)
    prediction = "no empty cell"
    if cell is not None and (verdict := judged[cell]) is not None:
        sure = short_percent(verdict.probability)
        prediction = f"{grids.cell_name(cell)}\n{verdict.digit}, {sure}"
    games = solved_games(config.n_games).replace("solved ", "")
    return (games, f"{step} updates", f"{learning.N_PARAMETERS:,} numbers", prediction)


@cached()
def unseen(rules: str) -> Puzzles:
    """Return the puzzles that every network is scored on."""
    return learning.unseen_puzzles(grids.solved_grids(rules))


@cached(learning.Config)
def scores(
    rules: str, config: learning.Config, step: int, _parameters: FloatArray
) -> tuple[float, int, int]:
    """Return accuracy in games never seen, cells sure and wrong, and those a rule forbids.

    The parameters follow from the config and the step.
    """
    puzzles = unseen(rules)
    prediction = learning.probabilities(_parameters, puzzles.puzzles)
    right = learning.accuracy(prediction, puzzles.puzzles, puzzles.answers)
    n_broken = len(verdicts.confident_mistakes(puzzles, prediction, grids.RULE_SETS[rules]))
    return right, verdicts.n_sure_and_wrong(puzzles, prediction), n_broken


def show_mistake(parameters: FloatArray) -> None:
    """Choose a puzzle on which the network is sure of what a rule forbids, another each time."""
    puzzles, rule_set = unseen(ADDRESS["rules"]), address.rule_set()
    prediction = learning.probabilities(parameters, puzzles.puzzles)
    found = verdicts.confident_mistakes(puzzles, prediction, rule_set)
    if not found:
        st.session_state[_NOTE] = (
            "In the games held out this network is nowhere 90% sure of a digit that a rule "
            "forbids. Train it on fewer games, or look at an earlier update."
        )
        return
    turn = st.session_state.get(_SHOWN, -1) + 1
    st.session_state[_SHOWN] = turn
    # The surest of each puzzle, so that every press shows another one.
    first_of = {mistake.puzzle: mistake for mistake in reversed(found)}
    ordered = sorted(first_of.values(), key=lambda mistake: -mistake.probability)
    mistake = ordered[turn % len(ordered)]
    ADDRESS.choose(clues=grids.grid_text(mistake.puzzle), moves="", cell=mistake.cell + 1)


def show_note() -> None:
    """Show why a button could not do what it says."""
    if note := st.session_state.pop(_NOTE, ""):
        st.info(note)
