"""A step of the rules, and what the network makes of a grid, in sentences."""

from collections.abc import Sequence

from nnviz.chapters.rules_or_learning.grids import DIGITS, Grid, RuleSet, answers, cell_name
from nnviz.chapters.rules_or_learning.rules import Contradiction, Deduction, forbidding
from nnviz.chapters.rules_or_learning.verdicts import Verdict, n_right
from nnviz.chapters.rules_or_learning.walk import State, Step
from nnviz.text.digits import counted, joined, percent


def describe_solving(state: State, rule_set: RuleSet, n_answers: int) -> str:
    """Say what the last step did and how the grid stands.

    `n_answers` is the number of solved grids that agree with the clues.
    """
    return " ".join(filter(None, (_did(state, rule_set), _stands(state, rule_set, n_answers))))


def describe_contradiction(found: Contradiction) -> str:
    """Say why a grid cannot be filled."""
    tried = _tried(found.failed)
    if found.kind == "twice" and found.unit is not None:
        where = joined(map(cell_name, found.because))
        return f"{_capital(found.unit.name)} holds {found.digit} more than once: {where}."
    if found.kind == "no digit" and found.cell is not None:
        return (
            f"No digit fits {cell_name(found.cell)}: it sees each of 1 to 4 in a lit cell{tried}."
        )
    name = found.unit.name if found.unit is not None else ""
    return f"No place is left for {found.digit} in {name}: every empty cell there sees one{tried}."


def describe_deduction(found: Deduction, rule_set: RuleSet) -> str:
    """Name the rule, what it sets, and why."""
    where = cell_name(found.cell)
    if found.unit is None:
        others = [d for d in DIGITS if d != found.digit and (found.cell, d) not in found.failed]
        reasons = []
        if others:
            stand = "stand" if len(others) > 1 else "stands"
            reasons.append(f"{joined(others)} {stand} in its {rule_set.kinds}")
        if found.failed:
            reasons.append(f"search has ruled out {joined(d for _, d in found.failed)}")
        return f"Only one digit fits: {where} is {found.digit}, because {joined(reasons)}."
    return (
        f"Only one place fits: in {found.unit.name}, {found.digit} can stand in {where} alone; "
        f"the lit cells rule out the others{_tried(found.failed)}."
    )


def _did(state: State, rule_set: RuleSet) -> str:
    step = state.step
    if step is None:
        n = sum(author == "clue" for author in state.authors)
        return f"{n} clues, and nothing filled in yet."
    where = cell_name(step.cell)
    if step.deduction is not None:
        return describe_deduction(step.deduction, rule_set)
    if step.kind == "guess":
        return (
            "No rule applies: no cell takes one digit only, and no digit has one place only. So "
            f"this is search: {where} could be {joined(step.options, 'or')}; try {step.digit}."
        )
    if step.kind == "take back":
        return _taken_back(step)
    if step.kind == "erase":
        return f"You emptied {where}."
    return f"You set {where} to {step.digit}."


def _taken_back(step: Step) -> str:
    n_more = len(step.taken) - 1
    more = f", with the {n_more} digits after it" if n_more > 1 else ""
    more = ", with the digit after it" if n_more == 1 else more
    reason = "" if step.reason is None else describe_contradiction(step.reason)
    tried = f"{step.digit} in {cell_name(step.cell)}"
    return f"{reason} So the try was wrong: {tried} is taken back{more}."


def _stands(state: State, rule_set: RuleSet, n_answers: int) -> str:
    conflict = state.conflict(rule_set)
    if conflict is None:
        if not state.full:
            return ""
        if n_answers > 1:
            return f"Solved: this is one of {n_answers} answers that the clues allow."
        return "Solved, and it is the only answer."
    reason = describe_contradiction(conflict)
    then = "These clues have no answer."
    if state.guesses:
        then = "The last try of the search has to be taken back."
    elif "hand" in state.authors and n_answers:
        then = "One of your digits is wrong: change it, or go back."
    return f"A contradiction: {reason[:1].lower()}{reason[1:]} {then}"


def _tried(failed: Sequence[tuple[int, int]]) -> str:
    if not failed:
        return ""
    tries = joined(f"{digit} in {cell_name(cell)}" for cell, digit in failed)
    return f", or search has tried it in vain ({tries})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def solved_games(n_games: int) -> str:
    """Return a number of solved games, as in "8 solved games"."""
    return counted(n_games, "solved game")


def describe_network(
    grid: Grid, judged: Sequence[Verdict | None], n_games: int, step: int, rule_set: RuleSet
) -> str:
    """Say how good the network's first choices are on this grid, and name its worst mistake.

    There is one verdict or None for each cell. The network was trained on `n_games` with `step`
    updates.
    """
    after = f"The network, after {step} updates on {solved_games(n_games)},"
    right, asked = n_right(judged)
    if not asked:
        return f"{after} has no empty cell to answer."
    text = f"{after} has {right} of {asked} empty cells right."
    if not len(answers(grid, rule_set.name)):
        text = f"{after} is asked about a grid that has no answer."
    for kind in ("forbidden", "wrong"):
        found = [(each, cell) for cell, each in enumerate(judged) if each and each.kind == kind]
        if found:
            verdict, cell = max(found, key=lambda pair: pair[0].probability)
            if kind == "forbidden":
                return f"{text} {describe_mistake(grid, cell, verdict, rule_set)}"
            return (
                f"{text} Its surest mistake: {verdict.digit} in {cell_name(cell)}, with "
                f"{percent(verdict.probability)[0]}."
            )
    return text


def describe_choice(
    grid: Grid, judged: Sequence[Verdict | None], cell: int | None, rule_set: RuleSet
) -> str:
    """Say what the network prefers in the chosen cell, and whether a rule forbids that."""
    if cell is None:
        return "The network gives a probability to each digit of every empty cell."
    verdict = judged[cell]
    if verdict is None:
        return f"{_capital(cell_name(cell))} is filled: choose an empty cell."
    forbidden = forbidding(grid, cell, verdict.digit, rule_set) is not None
    return (
        f"In {cell_name(cell)} the network is {percent(verdict.probability)[0]} sure of "
        f"{verdict.digit}, and {'a' if forbidden else 'no'} rule forbids it."
    )


def describe_mistake(grid: Grid, cell: int, verdict: Verdict, rule_set: RuleSet) -> str:
    """Name a mistake that no rule would make, and the cell that forbids it."""
    found = forbidding(grid, cell, verdict.digit, rule_set)
    if found is None:
        return ""
    unit, other = found
    return (
        f"A mistake that the rules never make: it gives {percent(verdict.probability)[0]} to "
        f"{verdict.digit} in {cell_name(cell)}, although {unit.name} already has a "
        f"{verdict.digit} ({cell_name(other)})."
    )


def describe_other_rules(own: str, other: str, right_own: float, right_other: float) -> str:
    """Say whether a network does worse on games by other rules than on games by its own.

    `own` and `other` are titles of rule sets; the fractions are of cells that are right.
    """
    told_own, told_other = percent(right_own, right_other)
    counted = (
        f"This network learned “{own}”. On puzzles of “{other}” it has {told_other} of the cells "
        f"right, on those of its own kind {told_own}."
    )
    if right_other < right_own:
        again = "Trained again, on games of that kind, it learns those."
        return f"so it is, and here it can be counted. {counted} {again}"
    return f"this network has learned too little to show it. {counted} Let it learn more games."
