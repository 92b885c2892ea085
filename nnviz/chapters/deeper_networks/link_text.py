"""Settings, lines and weights as short text for a link.

Settings are ``data:spiral;rows:400;hidden:8 tanh,8 tanh;rate:0.03``: only what differs is written.
Lines are ``800,rate:0.01|1200,set:17 0.5``, two changes of the run itself; every branch follows
after a ``~`` with the line that it leaves, the step and its name: ``~0,1000,Slow|1000,rate:0.003``.
Weights are the bytes of float64, compressed, in base 64.
"""

import base64
import binascii
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

import numpy as np

from nnviz.chapters.deeper_networks.lines import (
    MOST_BY_HAND,
    MOST_CHANGES,
    MOST_LINES,
    Change,
    Line,
    Lines,
    check_stages,
)
from nnviz.chapters.deeper_networks.settings import FROM_THE_START, Settings
from nnviz.text.digits import digits
from nnviz.text.numbers import number as real
from nnviz.text.numbers import parsed, quoted, whole, written
from nnviz.training.timeline import MOST_STAGES, MOST_STEPS

Reader: TypeAlias = Callable[[str], Any]
Writer: TypeAlias = Callable[[Any], str]

_LONGEST: Final = 200


def _whole(text: str) -> int:
    try:
        return whole(text)
    except ValueError:
        raise ValueError("it must be a whole number") from None


def _real(text: str) -> float:
    value = parsed(text)
    if value is None:
        raise ValueError("it must be a number")
    return value


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("it must be on or off")
    return text == "on"


def _layers(text: str) -> tuple[tuple[int, str], ...]:
    if text in ("", "none"):
        return ()
    layers = []
    for part in text.split(","):
        units, _, activation = part.partition(" ")
        layers.append((_whole(units), activation))
    return tuple(layers)


def _layers_written(hidden: tuple[tuple[int, str], ...]) -> str:
    return ",".join(f"{units} {activation}" for units, activation in hidden) or "none"


# How a value is read and written, by the type of its default or else by name.
_FORMATS: Final[Mapping[type, tuple[Reader, Writer]]] = MappingProxyType(
    {
        int: (_whole, str),
        float: (_real, written),
        bool: (_switch, lambda value: "on" if value else "off"),
        str: (str, str),
    }
)
_NAMED: Final[Mapping[str, tuple[Reader, Writer]]] = MappingProxyType(
    {
        "inputs": (lambda text: tuple(text.split(",")), ",".join),
        "hidden": (_layers, _layers_written),
    }
)
_FIELDS: Final = MappingProxyType(
    {
        each.name: _NAMED[each.name] if each.name in _NAMED else _FORMATS[type(each.default)]
        for each in fields(Settings)
    }
)


def read_choices(text: str, before: Settings) -> dict[str, Any]:
    """Return the choices that a text describes.

    Raises ValueError with the middle of a sentence: "The address says ..., but <reason>." `text`
    may be empty; what it says must be possible together with the settings that it changes.
    """
    choices: dict[str, Any] = {}
    for part in text.split(";") if text else ():
        name, found, value = part.partition(":")
        if not found or name not in _FIELDS:
            known = ", ".join(_FIELDS)
            raise ValueError(f"{quoted(name)} is no choice of this page; there are {known}")
        if name in choices:
            raise ValueError(f"{name} is said twice")
        if len(value) > _LONGEST:
            raise ValueError(f"{name} is said in more than {_LONGEST} letters")
        try:
            choices[name] = _FIELDS[name][0](value)
            before.with_choices({name: choices[name]})
        except (TypeError, ValueError) as reason:
            why = str(reason).removesuffix(".").replace("...", "…")
            raise ValueError(f"{name} cannot be {quoted(value)}: {why}") from None
    return choices


def write_choices(choices: Mapping[str, Any]) -> str:
    """Return the text that describes choices."""
    return ";".join(f"{name}:{_FIELDS[name][1](value)}" for name, value in choices.items())


def differences(before: Settings, after: Settings) -> dict[str, Any]:
    """Return the choices in which two settings differ, with the values of the second."""
    return {
        name: getattr(after, name)
        for name in _FIELDS
        if getattr(after, name) != getattr(before, name)
    }


LONGEST_NAME: Final = 24
LARGEST_BY_HAND: Final = 1000.0
_MOST_PARAMETERS: Final = 1_000


def write_lines(lines: Lines) -> str:
    """Return the text that describes lines; empty for a run without changes."""
    parts = []
    for number, line in enumerate(lines):
        head = f"{line.parent},{line.at},{_name_written(line.name)}" if number else ""
        changes = "|".join(_change_written(change) for change in line.changes)
        parts.append(f"{head}|{changes}" if number and changes else head or changes)
    return "~".join(parts)


def read_lines(text: str, base: Settings) -> Lines:
    """Return the lines that a text describes.

    Raises ValueError with the middle of a sentence that says which line is wrong, and why.
    """
    parts = text.split("~")
    if len(parts) > MOST_LINES:
        raise ValueError(f"it may hold {MOST_LINES - 1} branches at the most")
    lines: list[Line] = []
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
    """Return a name without invisible characters, cut to `LONGEST_NAME`."""
    visible = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(visible.split())[:LONGEST_NAME].rstrip()


def _line(part: str, number: int, before: list[Line], base: Settings) -> Line:
    pieces = part.split("|") if part else []
    parent, at, name = 0, 0, ""
    if number:
        head = pieces.pop(0).split(",") if pieces else []
        if len(head) != 3:
            raise ValueError("it begins with the line that it leaves, a step and a name")
        parent = _whole_up_to(head[0], number - 1, "line")
        at = _whole_up_to(head[1], MOST_STEPS, "step")
        name = clean_name(unquote(head[2]))
        if parent and at < before[parent].at:
            raise ValueError("it must leave a line at a step that this one has of its own")
    if len(pieces) > MOST_CHANGES:
        raise ValueError(f"it may hold {MOST_CHANGES} changes at the most")
    changes = tuple(_change(piece, base) for piece in pieces)
    steps = [change.step for change in changes]
    if sorted(set(steps)) != steps or (steps and steps[0] < at):
        raise ValueError("its changes must stand in the order of their steps, each step once")
    return Line(parent, at, changes, name)


def _change(piece: str, base: Settings) -> Change:
    step, _, rest = piece.partition(",")
    by_hand: dict[int, float] = {}
    choices = []
    for part in rest.split(";"):
        name, _, value = part.partition(":")
        if name == "set":
            for pair in value.split("/"):
                index, _, value_by_hand = pair.partition(" ")
                k = _whole_up_to(index, _MOST_PARAMETERS, "parameter")
                if k in by_hand:
                    raise ValueError(f"parameter {k} is set twice")
                by_hand[k] = _by_hand_value(value_by_hand)
        elif part:
            choices.append(part)
    if len(by_hand) > MOST_BY_HAND:
        raise ValueError(f"it may set {MOST_BY_HAND} values at the most")
    found = read_choices(";".join(choices), base)
    for name in FROM_THE_START:
        if name in found:
            raise ValueError(f"{name} decides how a run begins and cannot be changed on the way")
    return Change(_whole_up_to(step, MOST_STEPS, "step"), found, by_hand)


def _change_written(change: Change) -> str:
    parts = [write_choices(change.choices)] if change.choices else []
    if change.by_hand:
        pairs = "/".join(f"{k} {written(v)}" for k, v in change.by_hand.items())
        parts.append(f"set:{pairs}")
    return f"{change.step},{';'.join(parts)}"


def _name_written(name: str) -> str:
    # The one sign of ours that `quote` always leaves as it is.
    return quote(clean_name(name), safe=" ").replace("~", "%7E")


def _whole_up_to(text: str, most: int, what: str) -> int:
    try:
        return whole(text, 0, most)
    except ValueError:
        raise ValueError(f"a {what} is a whole number up to {most:,}") from None


def _by_hand_value(text: str) -> float:
    try:
        return real(text, -LARGEST_BY_HAND, LARGEST_BY_HAND)
    except ValueError:
        raise ValueError(
            f"a value set by hand is a number up to {digits(LARGEST_BY_HAND)} in size"
        ) from None


MOST_WEIGHTS: Final = 700
LARGEST_WEIGHT: Final = 1e6
_BYTES: Final = 8


def write_weights(parameters: Sequence[float]) -> str:
    """Return the text that encodes parameters; empty for none."""
    if not len(parameters):
        return ""
    content = np.asarray(parameters, dtype="<f8").tobytes()
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def read_weights(text: str) -> tuple[float, ...]:
    """Return the parameters that a text encodes.

    Raises ValueError with the middle of a sentence: "The address says ..., but <reason>."
    """
    if not text:
        return ()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        most = _BYTES * MOST_WEIGHTS
        content = zlib.decompressobj().decompress(packed, most + 1)
    except (ValueError, binascii.Error, zlib.error):
        raise ValueError("it is not what this page writes for weights") from None
    if not content or len(content) % _BYTES or len(content) > most:
        raise ValueError(f"it holds no whole numbers of weights, or more than {MOST_WEIGHTS}")
    values = np.frombuffer(content, dtype="<f8")
    if not (np.abs(values) <= LARGEST_WEIGHT).all():  # so written that NaN is refused as well
        raise ValueError(f"a weight is a number up to {int(LARGEST_WEIGHT):,} in size")
    return tuple(values.tolist())
