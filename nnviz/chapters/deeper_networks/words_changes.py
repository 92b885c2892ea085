"""What is changed on the way of a deeper network's training, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.deeper_networks.lines import Change, DeepLine
from nnviz.chapters.deeper_networks.parameters_by_name import parameter_label
from nnviz.text.digits import digits
from nnviz.training.plan import Plan
from nnviz.training.words_branches import LETTERS

_LABELS: Final = MappingProxyType(
    {
        "draw": "seed of the rows",
        "test": "held out",
        "rate": "learning rate",
        "batch": "batch size",
        "l1": "L1",
        "l2": "L2",
        "hidden": "hidden layers",
        "init": "start of the weights",
        "period": "epochs of the schedule",
        "patience": "early stopping after",
    }
)


def choices_words(choices: Mapping[str, Any]) -> str:
    """Return choices with their values, such as "learning rate 0.01, batch size 1"."""
    return ", ".join(
        f"{_LABELS.get(name, name)} {_value(name, value)}" for name, value in choices.items()
    )


def change_words(change: Change, plan: Plan) -> str:
    """Return what is changed at a step; ``plan`` names the parameters."""
    parts = [choices_words(change.choices)] if change.choices else []
    parts += [
        f"{parameter_label(plan, index)} = {digits(value)}"
        for index, value in change.by_hand.items()
        if index < plan.n_parameters
    ]
    return ", ".join(parts) or "nothing"


def line_words(line: DeepLine, number: int) -> str:
    """Return the label of a line: its name, or where it leaves and what it changes first."""
    letter = LETTERS[number]
    if not number:
        return f"{letter} the run"
    if line.name:
        return f"{letter} {line.name}"
    changed = choices_words(line.changes[0].choices) if line.changes else "the same so far"
    return f"{letter} from {line.at:,}: {changed or 'set by hand'}"


def _value(name: str, value: Any) -> str:
    if name == "hidden":
        return ", ".join(f"{units} {activation}" for units, activation in value) or "none"
    if name == "inputs":
        return ", ".join(value)
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "test":
        return f"{value:.0%}"
    return digits(value) if isinstance(value, int | float) else str(value)
