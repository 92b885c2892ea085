"""Questions about a game that rules fill, and that a network has learned."""

import numpy as np

from nnviz.chapters.rules_or_learning.grids import RuleSet, grid_text
from nnviz.chapters.rules_or_learning.learning import Config, Measured
from nnviz.chapters.rules_or_learning.study import LADDER, GamesStudy
from nnviz.chapters.rules_or_learning.walk import State, machine_step
from nnviz.chapters.rules_or_learning.words import describe_deduction, percent, solved_games
from nnviz.text.question import Question

_STEPS = (
    "only one digit fits",
    "only one place fits",
    "search has to try",
    "none: a contradiction",
)


def next_step_question(state: State, rule_set: RuleSet) -> Question | None:
    """Return the question which rule comes next, or None where the grid is full."""
    if state.full:
        return None
    about = f"next {rule_set.name} {grid_text(state.grid)} {sorted(state.excluded)}"
    conflict = state.conflict(rule_set)
    after = machine_step(state, rule_set)
    if conflict is not None or after is None or after.step is None:
        answer, reason = _STEPS[3], "The grid cannot be filled as it stands."
    elif after.step.deduction is None:
        answer = _STEPS[2]
        reason = "No cell takes one digit only, and no digit has one place only."
    else:
        answer = _STEPS[0 if after.step.deduction.unit is None else 1]
        reason = describe_deduction(after.step.deduction, rule_set)
    return Question(
        "What comes next in this grid? Of several steps the plainest is taken: the one with the "
        "fewest cells as its reason.",
        _STEPS,
        answer,
        reason,
        about,
    )


def unseen_question(config: Config, measured: Measured, rule_set: RuleSet) -> Question:
    """Return the question how much worse a network does on games that it has not seen."""
    known, unseen = float(measured.train_right[-1]), float(measured.unseen_right[-1])
    gap = known - unseen
    options = ("about as many", "up to 20 in 100 fewer", "20 to 50 fewer", "over 50 in 100 fewer")
    answer = options[0 if gap <= 0.05 else 1 if gap <= 0.2 else 2 if gap <= 0.5 else 3]
    return Question(
        f"Of the puzzles it learned from, this network ({solved_games(config.n_games)}) answers "
        f"{percent(known)} of the empty cells right. And in games never seen?",
        options,
        answer,
        f"There it has {percent(unseen)} right.",
        f"unseen {rule_set.name} {config}",
    )


def all_games_question(study: GamesStudy, rule_set: RuleSet, seed: int) -> Question | None:
    """Return the question whether the most games make a network as good as the rules.

    None as long as a training is missing.
    """
    if not study.complete:
        return None
    best = float(study.band.median[-1])
    options = ("all of them", "over 95 in 100", "70 to 95 in 100", "under 70 in 100")
    answer = options[0 if best == 1.0 else 1 if best > 0.95 else 2 if best >= 0.7 else 3]
    least = float(np.min(study.right[-1]))
    return Question(
        f"The rules fill every puzzle that has one answer. Networks that learned {LADDER[-1]} "
        "games: how many cells of games never seen are right?",
        options,
        answer,
        f"The median is {percent(best)}; the least of {study.right.shape[1]} trainings "
        f"has {percent(least)}.",
        f"all games {rule_set.name} {seed}",
    )
