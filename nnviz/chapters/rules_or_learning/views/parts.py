"""The parts below the picture: numbers, code, questions, and what the tutorial says."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.rules_or_learning import address, grids, learning, questions, verdicts
from nnviz.chapters.rules_or_learning.address import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.games import puzzles_of
from nnviz.chapters.rules_or_learning.rules import candidates, deductions, forbidding
from nnviz.chapters.rules_or_learning.script import learning_snippet, rules_snippet
from nnviz.chapters.rules_or_learning.study import GamesTrials
from nnviz.chapters.rules_or_learning.views import guessing, solving
from nnviz.chapters.rules_or_learning.views.trainings import Training
from nnviz.chapters.rules_or_learning.walk import State, machine_step
from nnviz.chapters.rules_or_learning.words import describe_other_rules
from nnviz.nn.checks import FloatArray
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import predict_first, turn, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import digits_apart, latex, percent
from nnviz.text.question import Question


def show(
    state: State,
    training: Training,
    asked: tuple[Question, ...],
    offer_lesson: Callable[[], None] | None,
) -> None:
    """Show the part that is open; one is a training as a file, where it can be offered."""
    bodies: dict[str, Callable[[], None]] = {
        "numbers": lambda: _numbers(state, training),
        "code": _code,
        "predict": lambda: _predict(asked),
        "tutorial": lambda: _tutorial(training),
    }
    if offer_lesson is not None:
        bodies["export"] = offer_lesson
    parts(ADDRESS, bodies)


def current_questions(
    state: State, measured: learning.Measured | None, study: GamesTrials
) -> tuple[Question, ...]:
    """Return the questions that can be asked now."""
    rule_set, unseen = address.rule_set(), None
    if measured is not None:
        unseen = questions.unseen_question(address.config(), measured, rule_set)
    next_step = questions.next_step_question(state, rule_set)
    all_games = questions.all_games_question(study, rule_set, ADDRESS["seed"])
    return tuple(filter(None, (next_step, unseen, all_games)))


def hides_curve(asked: tuple[Question, ...]) -> bool:
    """Return whether a question is open whose answer the curve would give away."""
    question = unanswered(ADDRESS, asked)
    return question is not None and not question.about.startswith("next")


def _numbers(state: State, training: Training) -> None:
    """Show the four probabilities of one cell, how they are computed, and what the rules say."""
    parameters = guessing.shown_parameters(training)
    first = learning.probabilities(parameters, [state.grid])[0].max(axis=1).tolist()
    sure = [None if filled else p for filled, p in zip(state.grid, first, strict=True)]
    cell = guessing.explained_cell(sure, address.selected())
    if cell is not None:
        _cell(state, cell, parameters)
    _unseen(guessing.checkpoint(training), parameters)


def _cell(state: State, cell: int, parameters: FloatArray) -> None:
    probability = learning.probabilities(parameters, [state.grid])[0, cell].tolist()
    scores = learning.forward(parameters, learning.encoded([state.grid]))[1][0, cell].tolist()
    best = max(range(4), key=probability.__getitem__)
    significant = digits_apart(probability[best], 0.0, 1.0)
    powers = [f"e^{{{latex(score, alone=True)}}}" for score in scores]
    st.markdown(
        f"**{grids.cell_name(cell).capitalize()}.** The network adds up a score for each digit, "
        f"and a softmax makes probabilities of the four; for {best + 1}:"
    )
    formulas(
        rf"p_{{{best + 1}}} = \frac{{e^{{s_{{{best + 1}}}}}}}{{e^{{s_1}} + e^{{s_2}} + e^{{s_3}} + "
        rf"e^{{s_4}}}} = \frac{{{powers[best]}}}{{{' + '.join(powers)}}} = "
        rf"{latex(probability[best], significant)}"
    )
    rule_set = address.rule_set()
    fitting = candidates(state.grid, cell, rule_set, state.excluded)
    rows: list[list[Cell]] = []
    for digit, score, p in zip(grids.DIGITS, scores, probability, strict=True):
        found = forbidding(state.grid, cell, digit, rule_set)
        says = "fits" if digit in fitting else "search has ruled it out"
        if found is not None:
            says = f"no: {found[0].name} has it"
        rows.append([str(digit), score, Shown(p, percent(p, decimals=2)[0]), says])
    table(
        ["digit", "score", "probability", "by the rules"],
        rows,
        label=f"The digits of {grids.cell_name(cell)}, by the network and by the rules",
    )


def _unseen(checkpoint: int, parameters: FloatArray) -> None:
    rules, step = ADDRESS["rules"], checkpoint * learning.KEPT_EVERY
    puzzles = guessing.unseen(rules)
    right, n_sure, n_broken = guessing.scores(rules, address.config(), step, parameters)
    n_empty = int((puzzles.puzzles == 0).sum())
    n_held, n_all = len(puzzles.puzzles) // 4, len(grids.solved_grids(rules))
    st.markdown(
        f"**Games never seen.** Of all {n_all} solved games {n_held} are held out, and nothing is "
        f"ever trained on them. In {len(puzzles.puzzles)} puzzles made of them there are "
        f"{n_empty:,} empty cells: {percent(right)[0]} are answered right. {n_sure:,} are wrong "
        f"although the network is at least 90% sure, and {n_broken:,} of these break a rule that "
        "can be seen at a glance. The rules make no such mistake, in any of them."
    )


def _code() -> None:
    """Show the code of one side; that of the learner is the same for every rule set."""
    st.segmented_control(
        "Whose code",
        ["learning", "rules"],
        format_func={"learning": "Of the learner", "rules": "Of the rules"}.__getitem__,
        key=ADDRESS.key("code"),
        required=True,
        label_visibility="collapsed",
    )
    if ADDRESS["code"] == "rules":
        st.markdown(
            "A person has written down what the rules are. Another rule set needs another list of "
            "units: switch the rule set above, and the script below changes."
        )
        script = rules_snippet(address.clues(), address.rule_set())
        code([candidates, deductions, machine_step], script)
        return
    st.markdown(
        "**Not a line of this changes with the rule set.** Switch it above, and look: only the "
        "games are others. Nothing here knows a row, a column or a box."
    )
    code(
        [puzzles_of, learning.forward, learning.gradient, learning.checkpoints],
        learning_snippet(address.config()),
    )


def _predict(asked: tuple[Question, ...]) -> None:
    if not asked:
        st.markdown("The grid is full. Take another puzzle, and there is something to ask.")
        return
    makes_step = asked[turn(PAGE, len(asked))].about.startswith("next")
    predict_first(PAGE, asked, then=("Make the step", solving.step) if makes_step else None)


def _tutorial(training: Training) -> None:
    """Compare what the tutorial says of rules and learning with what is counted here."""
    fraction, own = {}, ADDRESS["rules"]
    for rules in grids.RULE_SETS:
        puzzles = guessing.unseen(rules)
        prediction = learning.probabilities(training.parameters[-1], puzzles.puzzles)
        fraction[rules] = learning.accuracy(prediction, puzzles.puzzles, puzzles.answers)
        if rules == own:
            n_broken = len(verdicts.confident_mistakes(puzzles, prediction, grids.RULE_SETS[rules]))
    right = dict(zip(fraction, percent(*fraction.values()), strict=True))
    (other,) = set(grids.RULE_SETS) - {own}
    titles = {name: rule_set.title for name, rule_set in grids.RULE_SETS.items()}
    tutorial_says(
        "a Sudoku program writes conditional statements and checks whether a number can be placed "
        "in each position.",
        "checking what can be placed leaves cells open, and then one has to try. Two rules "
        "that say what must be placed are enough here. There are 85,632 puzzles with boxes that "
        "have one answer and not one clue too many: these rules fill every one of them without a "
        "single try. Search is needed only where the clues allow several answers.",
    )
    tutorial_says(
        "machine learning uses training data instead of rules, and all of these can solve the "
        "problem.",
        f"they do not solve it alike. The rules are right in every cell and can say why. This "
        f"network has {right[own]} of the cells of games never seen right, and of {n_broken:,} of "
        "them it is at least 90% sure although a rule forbids its digit at a glance. What it has "
        "instead: nobody had to tell it the rules, and it takes others without a new line of code.",
    )
    tutorial_says(
        "if the distribution of the data changes, the model has to be trained again.",
        describe_other_rules(titles[own], titles[other], fraction[own], fraction[other]),
    )
