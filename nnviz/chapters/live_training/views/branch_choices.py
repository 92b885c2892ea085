"""What can be chosen about one line: about the run itself, or about a branch of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from nnviz.chapters.live_training.branches import MOST_BRANCHES, Branch
from nnviz.site.address import Address
from nnviz.site.parameters import Choice
from nnviz.training.branch_letters import LETTERS
from nnviz.training.model import Model
from nnviz.training.plan import Plan

LINE: Final = Choice("line", LETTERS[0], tuple(LETTERS))
"""The parameter of an address that says which line is followed."""


class Choices:
    """The choices of the line that is followed now, to be read and to be changed.

    The address has the parameters of a run, ``branches`` and ``line``; the plan is what the line
    comes to. With another number of branches the letters name other lines.
    """

    def __init__(self, address: Address, plan: Plan) -> None:
        self._address, self._plan = address, plan
        # Kept: what the slider of a line still sends must not reach the line that is followed next.
        self.letter: str = address["line"]
        self.number = LETTERS.index(self.letter)
        self.n_branches = len(address["branches"])

    @property
    def branch(self) -> Branch | None:
        """The branch, or None for the run itself."""
        branches: tuple[Branch, ...] = self._address["branches"]
        return branches[self.number - 1] if self.number else None

    @property
    def learning_rate(self) -> float:
        """Of the run, or from where the branch begins."""
        return self._plan.hyperparameters.learning_rate

    @property
    def model(self) -> Model:
        """What the line trains in the end."""
        return Model.of(self._plan)

    def setter(self, field: str) -> Callable[[Any], None]:
        """Return what takes another learning_rate, order, seed or model, as ``field`` says."""

        def take(value: Any) -> None:
            if self.number == 0:
                self._address.set("rate" if field == "learning_rate" else field, value)
            else:
                self.change(**{field: value})

        return take

    def change(self, **choices: Any) -> None:
        """Change the branch, unless branches have been deleted or added meanwhile."""
        branches = list(self._address["branches"])
        if len(branches) != self.n_branches:
            return
        branches[self.number - 1] = replace(branches[self.number - 1], **choices)
        self._address.set("branches", tuple(branches))


def add_branch(address: Address, at: int) -> str | None:
    """Leave the line that is followed at a step; return a sentence if that cannot be."""
    branches: tuple[Branch, ...] = address["branches"]
    if at >= int(address["updates"]):
        return "This is the end of the run. Go back a little first."
    if len(branches) >= MOST_BRANCHES:
        return f"{MOST_BRANCHES} branches are as many as can be told apart. Delete one first."
    parent = LETTERS.index(address["line"])
    while parent and branches[parent - 1].at > at:
        # Up to there the branch is the line that it leaves.
        parent = branches[parent - 1].parent
    address.set("branches", (*branches, Branch(parent, at)))
    address.set("line", LETTERS[len(branches) + 1])
    return None


def leaving_with(branches: tuple[Branch, ...], number: int) -> tuple[int, ...]:
    """Return the numbers of a branch and of all that leave it, directly or not."""
    gone = {number}
    for k, branch in enumerate(branches, 1):
        if branch.parent in gone:
            gone.add(k)
    return tuple(sorted(gone))


def delete_branch(address: Address, number: int) -> None:
    """Delete a branch and those that leave it; the line that it left is followed then."""
    branches: tuple[Branch, ...] = address["branches"]
    gone = leaving_with(branches, number)
    kept = [k for k in range(len(branches) + 1) if k not in gone]
    places = {k: place for place, k in enumerate(kept)}
    left = [branches[k - 1] for k in kept if k]
    address.set("branches", tuple(replace(each, parent=places[each.parent]) for each in left))
    address.set("line", LETTERS[places[branches[number - 1].parent]])
