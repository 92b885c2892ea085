"""A branch of a run in words."""

from collections.abc import Sequence

from nnviz.chapters.live_training.branches import Branch
from nnviz.text.digits import digits
from nnviz.training.branch_letters import LETTERS


def changes(branch: Branch) -> str:
    """Return what is changed where a branch begins, in a few words; empty for nothing."""
    told = []
    if branch.learning_rate is not None:
        told.append(f"rate {digits(branch.learning_rate)}")
    if branch.model is not None:
        told.append(branch.model.words)
    if branch.order is not None:
        told.append(f"rows {branch.order}")
    if branch.seed is not None:
        told.append(f"seed {branch.seed}")
    told += [f"{key} = {digits(value)}" for key, value in branch.weights]
    return ", ".join(told)


def short(branch: Branch, number: int) -> str:
    """Return the label of a branch: its own name, or where it begins and what is changed."""
    name = branch.name or f"from {branch.at:,}: {changes(branch) or 'the same so far'}"
    return f"{LETTERS[number]} {name}"


def leaving(branch: Branch, number: int) -> str:
    """Say where a branch comes from and what it does."""
    letter, parent = LETTERS[number], LETTERS[branch.parent]
    where = f"{letter} leaves {parent} at update {branch.at:,}"
    what = changes(branch)
    if what:
        return f"{where}, with {what} from there on."
    return (
        f"{where}, and nothing is changed yet, so it is the same run. Change the rate, the model, "
        "the rows or a weight of it, and see where it goes."
    )


def not_yet(missing: Sequence[int]) -> str:
    """Say that lines are not in the picture yet, by their numbers."""
    if not missing:
        return "The curves are still coarse."
    *others, last = (LETTERS[number] for number in missing)
    letters = f"{', '.join(others)} and {last}" if others else last
    return f"{letters} {'are' if others else 'is'} not in the picture yet."


def training_on(n_there: int, n_lines: int, missing: Sequence[int]) -> str:
    """Say how many lines are trained by now, and which the picture does not show."""
    are = "is" if n_there == 1 else "are"
    return f"Training on: {n_there} of {n_lines} lines {are} there. {not_yet(missing)}"
