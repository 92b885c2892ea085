"""Settings as short text for a link: only what differs from other settings is written.

``data:spiral;rows:400;hidden:8 tanh,8 tanh;rate:0.03``
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.text.numbers import parsed, quoted, whole, written

_Reader = Callable[[str], Any]

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


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


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


_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "int": _whole,
        "float": _real,
        "bool": _switch,
        "str": str,
        "tuple[str, ...]": _names,
        "tuple[tuple[int, str], ...]": _layers,
    }
)
_KINDS: Final = MappingProxyType(
    {
        each.name: each.type.__name__ if isinstance(each.type, type) else str(each.type)
        for each in fields(Settings)
    }
)


def read_choices(text: str, before: Settings) -> dict[str, Any]:
    """Return the choices that a text stands for.

    Parameters
    ----------
    text : str
        ``name:value`` with semicolons between; may be empty.
    before : Settings
        What the choices are made in; together they must be possible.

    Raises
    ------
    ValueError
        With the middle of a sentence: "The address says ..., but <reason>."
    """
    choices: dict[str, Any] = {}
    for part in text.split(";") if text else ():
        name, found, value = part.partition(":")
        if not found or name not in _KINDS:
            known = ", ".join(_KINDS)
            raise ValueError(f"{quoted(name)} is no choice of this page; there are {known}")
        if name in choices:
            raise ValueError(f"{name} is said twice")
        if len(value) > _LONGEST:
            raise ValueError(f"{name} is said in more than {_LONGEST} letters")
        try:
            choices[name] = _READERS[_KINDS[name]](value)
            before.with_choices({name: choices[name]})
        except (TypeError, ValueError) as reason:
            why = str(reason).removesuffix(".").replace("...", "…")
            raise ValueError(f"{name} cannot be {quoted(value)}: {why}") from None
    return choices


def write_choices(choices: Mapping[str, Any]) -> str:
    """Return the text that stands for choices."""
    return ";".join(f"{name}:{_written(name, value)}" for name, value in choices.items())


def differences(before: Settings, after: Settings) -> dict[str, Any]:
    """Return the choices that lead from one to the other."""
    return {
        name: getattr(after, name)
        for name in _KINDS
        if getattr(after, name) != getattr(before, name)
    }


def _written(name: str, value: Any) -> str:
    kind = _KINDS[name]
    if kind == "bool":
        return "on" if value else "off"
    if kind == "float":
        return written(value)
    if name == "hidden":
        return _layers_written(value)
    if name == "inputs":
        return ",".join(value)
    return str(value)
