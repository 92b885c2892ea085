"""The parts below the picture: numbers, code, questions, and what the tutorial says."""

import streamlit as st

from nnviz.chapters.rules_or_learning import choices, view_guessing
from nnviz.chapters.rules_or_learning.choices import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.grids import DIGITS, RULE_SETS, cell_name, solved_grids
from nnviz.chapters.rules_or_learning.learning import Measured, go_on
from nnviz.chapters.rules_or_learning.network import (
    encoded,
    gradient,
    layers_of,
    probabilities,
    share_right,
)
from nnviz.chapters.rules_or_learning.puzzles import puzzles_of
from nnviz.chapters.rules_or_learning.questions import (
    all_games_question,
    next_step_question,
    unseen_question,
)
from nnviz.chapters.rules_or_learning.rules import candidates, deductions, forbidding
from nnviz.chapters.rules_or_learning.script import learning_snippet, rules_snippet
from nnviz.chapters.rules_or_learning.study import GamesStudy
from nnviz.chapters.rules_or_learning.trainings import Training
from nnviz.chapters.rules_or_learning.walk import State, machine_step
from nnviz.chapters.rules_or_learning.words_learned import percent
from nnviz.nn.checks import FloatArray
from nnviz.site import frame
from nnviz.site.parts import code, formulas, tutorial_says
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import latex
from nnviz.text.question import Question


def numbers(state: State, training: Training) -> None:
    """Show the four probabilities of one cell, what makes them, and what the rules say of it."""
    parameters = training.moments[view_guessing.moment_of(training)]
    first = probabilities(parameters, [state.grid])[0].max(axis=1).tolist()
    sure = [None if filled else share for filled, share in zip(state.grid, first, strict=True)]
    cell = view_guessing.cell_told(sure, choices.selected())
    if cell is not None:
        _cell(state, cell, parameters)
    _unseen(training)


def _cell(state: State, cell: int, parameters: FloatArray) -> None:
    answer = probabilities(parameters, [state.grid])[0, cell]
    weights_1, bias_1, weights_2, bias_2 = layers_of(parameters)
    hidden = (encoded([state.grid]) @ weights_1 + bias_1).clip(0.0)
    scores = (hidden @ weights_2 + bias_2)[0, 4 * cell : 4 * cell + 4]
    digit = int(answer.argmax()) + 1
    powers = " + ".join(f"e^{{{latex(float(score), alone=True)}}}" for score in scores)
    power = f"e^{{{latex(float(scores[digit - 1]), alone=True)}}}"
    st.markdown(
        f"**{cell_name(cell).capitalize()}.** The network adds up a score for each digit, and a "
        f"softmax makes probabilities of the four; for {digit}:"
    )
    formulas(
        rf"p_{{{digit}}} = \frac{{e^{{s_{{{digit}}}}}}}{{e^{{s_1}} + e^{{s_2}} + e^{{s_3}} + "
        rf"e^{{s_4}}}} = \frac{{{power}}}{{{powers}}} = {latex(float(answer[digit - 1]))}"
    )
    fitting = candidates(state.grid, cell, choices.rule_set(), state.excluded)
    rows: list[list[float | str | Shown | None]] = []
    for each in DIGITS:
        found = forbidding(state.grid, cell, each, choices.rule_set())
        says = "fits" if each in fitting else "search has ruled it out"
        if found is not None:
            says = f"no: {found[0].name} has it"
        score, share = float(scores[each - 1]), float(answer[each - 1])
        rows.append([str(each), score, Shown(share, f"{share:.2%}"), says])
    table(
        ["digit", "score", "probability", "by the rules"],
        rows,
        label=f"The digits of {cell_name(cell)}, by the network and by the rules",
    )


def _unseen(training: Training) -> None:
    rules, k = ADDRESS["rules"], view_guessing.moment_of(training)
    puzzles = view_guessing.unseen(rules)
    share, n_sure, n_broken = view_guessing.counted(rules, choices.lesson(), k, training.moments[k])
    n_empty = int((puzzles.puzzles == 0).sum())
    n_held, n_all = len(puzzles.puzzles) // 4, len(solved_grids(ADDRESS["rules"]))
    st.markdown(
        f"**Games never seen.** Of all {n_all} solved games {n_held} are held out, and nothing is "
        f"ever trained on them. In {len(puzzles.puzzles)} puzzles made of them there are "
        f"{n_empty:,} empty cells: {percent(share)} are answered right. {n_sure} are wrong "
        f"although the network is at least 90 % sure, and {n_broken} of these break a rule that "
        "can be seen at a glance. The rules make no such mistake, in any of them."
    )


def code_of(state: State) -> None:
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
        clues = rules_snippet(choices.clues(), choices.rule_set())
        code([candidates, deductions, machine_step], clues)
        return
    st.markdown(
        "**Not a line of this changes with the rule set.** Switch it above, and look: only the "
        "games are others. Nothing here knows a row, a column or a box."
    )
    code([puzzles_of, probabilities, gradient, go_on], learning_snippet(choices.lesson()))


def questions(state: State, measured: Measured | None, study: GamesStudy) -> tuple[Question, ...]:
    """Return what can be asked now."""
    found = [next_step_question(state, choices.rule_set())]
    if measured is not None:
        found.append(unseen_question(choices.lesson(), measured, choices.rule_set()))
    found.append(all_games_question(study, choices.rule_set(), ADDRESS["seed"]))
    return tuple(question for question in found if question is not None)


def asked(offered: tuple[Question, ...]) -> bool:
    """Return whether a question is open whose answer the curve would give away."""
    if ADDRESS["part"] != "predict" or frame.hidden("predict") or not offered:
        return False
    question = offered[st.session_state.get(f"{PAGE}_turn", 0) % len(offered)]
    answered = question.about in st.session_state.get(f"{PAGE}_answers", {})
    return not answered and not question.about.startswith("next")


def predict(offered: tuple[Question, ...], step: object) -> None:
    """Ask before the step is made."""
    if not offered:
        st.markdown("The grid is full. Take another puzzle, and there is something to ask.")
        return
    question = offered[st.session_state.get(f"{PAGE}_turn", 0) % len(offered)]
    makes_step = callable(step) and question.about.startswith("next")
    predict_first(PAGE, offered, then=("Make the step", step) if makes_step else None)  # type: ignore[arg-type]


def tutorial(training: Training) -> None:
    """Hold what the tutorial says of rules and learning against what is counted here."""
    parameters = training.moments[-1]
    shares = {}
    for rules in RULE_SETS:
        puzzles = view_guessing.unseen(rules)
        answer = probabilities(parameters, puzzles.puzzles)
        shares[rules] = share_right(answer, puzzles.puzzles, puzzles.answers)
    own = ADDRESS["rules"]
    (other,) = set(RULE_SETS) - {own}
    tutorial_says(
        "a Sudoku program writes conditional statements and checks whether a number can be placed "
        "in each position.",
        "checking what can be placed leaves most cells open, and then one has to try. Two rules "
        "that say what must be placed are enough here. There are 85,632 puzzles with boxes that "
        "have one answer and not one clue too many: these rules fill every one of them without a "
        "single try. Search is needed only where the clues allow several answers.",
    )
    tutorial_says(
        "machine learning uses training data instead of rules, and all of these can solve the "
        "problem.",
        f"they do not solve it alike. The rules are right in every cell and can say why. This "
        f"network has {percent(shares[own])} of the cells of games never seen right, and is "
        "sometimes sure of a digit that stands in the same row already. What it has instead: "
        "nobody had to tell it the rules, and it takes others without a new line of code.",
    )
    tutorial_says(
        "if the distribution of the data changes, the model has to be trained again.",
        f"so it is, and here it can be counted: this network learned “{RULE_SETS[own].title}”. On "
        f"puzzles of “{RULE_SETS[other].title}” it has {percent(shares[other])} of the cells "
        f"right instead of {percent(shares[own])}. Trained again, on games of that kind, it "
        "learns them as well.",
    )
