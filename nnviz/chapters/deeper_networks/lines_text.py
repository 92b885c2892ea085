"""The lines of a deeper network's training as short text for a link.

``800,rate:0.01|1200,set:17 0.5`` are two changes on the run itself; every branch follows after a
``~``, with the line that it leaves, the step and its name: ``~0,1000,Slow|1000,rate:0.003``.
"""

from typing import Final
from urllib.parse import quote, unquote

from nnviz.chapters.deeper_networks.lines import (
    MOST_BY_HAND,
    MOST_CHANGES,
    MOST_LINES,
    Change,
    DeepLine,
    Lines,
    check_stages,
)
from nnviz.chapters.deeper_networks.settings import FROM_THE_START, Settings
from nnviz.chapters.deeper_networks.settings_text import read_choices, write_choices
from nnviz.text.numbers import number as real
from nnviz.text.numbers import whole, written
from nnviz.training.timeline import MOST_STAGES, MOST_STEPS

LONGEST_NAME: Final = 24
LARGEST_BY_HAND: Final = 1000.0
_MOST_PARAMETERS: Final = 1_000


def write_lines(lines: Lines) -> str:
    """Return the text that stands for lines; empty for a run that nothing was done to."""
    parts = []
    for number, line in enumerate(lines):
        head = f"{line.parent},{line.at},{_name_written(line.name)}" if number else ""
        changes = "|".join(_change_written(change) for change in line.changes)
        parts.append(f"{head}|{changes}" if number and changes else head or changes)
    return "~".join(parts)


def read_lines(text: str, base: Settings) -> Lines:
    """Return the lines that a text stands for.

    Raises
    ------
    ValueError
        With the middle of a sentence that says which line is wrong, and why.
    """
    parts = text.split("~")
    if len(parts) > MOST_LINES:
        raise ValueError(f"it may hold {MOST_LINES - 1} branches at the most")
    lines: list[DeepLine] = []
    for number, part in enumerate(parts):
        try:
            lines.append(_line(part, number, lines, base))
        except ValueError as reason:
            which = f"branch {'ABCDE'[number]}" if number else "a change"
            raise ValueError(f"{which} cannot be used: {reason}") from None
        try:
            check_stages(lines)
        except ValueError:
            raise ValueError(f"more than {MOST_STAGES - 1} changes lead to one line") from None
    return tuple(lines)


def clean_name(text: str) -> str:
    """Return a name without what cannot be seen, and not too long."""
    seen = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(seen.split())[:LONGEST_NAME].rstrip()


def _line(part: str, number: int, before: list[DeepLine], base: Settings) -> DeepLine:
    pieces = part.split("|") if part else []
    parent, at, name = 0, 0, ""
    if number:
        head = pieces.pop(0).split(",") if pieces else []
        if len(head) != 3:
            raise ValueError("it begins with the line that it leaves, a step and a name")
        parent, at = _whole(head[0], number - 1, "line"), _whole(head[1], MOST_STEPS, "step")
        name = clean_name(unquote(head[2]))
        if parent and at < before[parent].at:
            raise ValueError("it must leave a line at a step that this one has of its own")
    if len(pieces) > MOST_CHANGES:
        raise ValueError(f"it may hold {MOST_CHANGES} changes at the most")
    changes = tuple(_change(piece, base) for piece in pieces)
    steps = [change.step for change in changes]
    if sorted(set(steps)) != steps or (steps and steps[0] < at):
        raise ValueError("its changes must stand in the order of their steps, each step once")
    return DeepLine(parent, at, changes, name)


def _change(piece: str, base: Settings) -> Change:
    step, _, rest = piece.partition(",")
    by_hand: dict[int, float] = {}
    choices = []
    for part in rest.split(";"):
        name, _, value = part.partition(":")
        if name == "set":
            for pair in value.split("/"):
                index, _, value_by_hand = pair.partition(" ")
                k = _whole(index, _MOST_PARAMETERS, "parameter")
                if k in by_hand:
                    raise ValueError(f"parameter {k} is set twice")
                by_hand[k] = _real(value_by_hand)
        elif part:
            choices.append(part)
    if len(by_hand) > MOST_BY_HAND:
        raise ValueError(f"it may set {MOST_BY_HAND} values at the most")
    found = read_choices(";".join(choices), base)
    for name in FROM_THE_START:
        if name in found:
            raise ValueError(f"{name} decides how a run begins and cannot be changed on the way")
    return Change(_whole(step, MOST_STEPS, "step"), found, by_hand)


def _change_written(change: Change) -> str:
    parts = [write_choices(change.choices)] if change.choices else []
    if change.by_hand:
        pairs = "/".join(f"{k} {written(v)}" for k, v in change.by_hand.items())
        parts.append(f"set:{pairs}")
    return f"{change.step},{';'.join(parts)}"


def _name_written(name: str) -> str:
    # The one sign of ours that `quote` always leaves as it is.
    return quote(clean_name(name), safe=" ").replace("~", "%7E")


def _whole(text: str, most: int, what: str) -> int:
    try:
        return whole(text, 0, most)
    except ValueError:
        raise ValueError(f"a {what} is a whole number up to {most:,}") from None


def _real(text: str) -> float:
    try:
        return real(text, -LARGEST_BY_HAND, LARGEST_BY_HAND)
    except ValueError:
        raise ValueError(
            f"a value set by hand is a number up to {LARGEST_BY_HAND:g} in size"
        ) from None
