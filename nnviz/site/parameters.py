"""What one choice of a person looks like in the address, and back again.

Every parameter can ``parse`` the text of an address and ``format`` a value for it. What cannot be
parsed raises ``ValueError`` with the middle of a sentence: "The address says x=abc, but <reason>."
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from nnviz.text.numbers import number, whole, written


class Parameter(Protocol):
    """A named choice with a default."""

    @property
    def name(self) -> str:
        """The name in the address."""

    @property
    def default(self) -> Any:
        """The value when the address is silent."""

    def parse(self, text: str) -> Any:
        """Return the value that the text stands for."""

    def format(self, value: Any) -> str:
        """Return the text that stands for the value."""


@dataclass(frozen=True)
class Number:
    """A float between ``low`` and ``high``."""

    name: str
    default: float
    low: float
    high: float

    def parse(self, text: str) -> float:
        """Return the number."""
        return number(text, self.low, self.high)

    def format(self, value: float) -> str:
        """Return the shortest text that gives the same float again."""
        return written(value)


@dataclass(frozen=True)
class Whole:
    """An int between ``low`` and ``high``."""

    name: str
    default: int
    low: int
    high: int

    def parse(self, text: str) -> int:
        """Return the whole number."""
        return whole(text, self.low, self.high)

    def format(self, value: int) -> str:
        """Return its digits."""
        return str(value)


@dataclass(frozen=True)
class Choice:
    """One of a few short names, which never change."""

    name: str
    default: str
    options: tuple[str, ...]

    def parse(self, text: str) -> str:
        """Return the option."""
        if text not in self.options:
            raise ValueError(f"it must be one of: {', '.join(self.options)}")
        return text

    def format(self, value: str) -> str:
        """Return the option itself."""
        return value


@dataclass(frozen=True)
class Switch:
    """On or off."""

    name: str
    default: bool = False

    def parse(self, text: str) -> bool:
        """Return whether it is on."""
        if text not in ("on", "off"):
            raise ValueError("it must be on or off")
        return text == "on"

    def format(self, value: bool) -> str:
        """Return ``on`` or ``off``."""
        return "on" if value else "off"


@dataclass(frozen=True)
class Numbers:
    """A tuple of floats between ``low`` and ``high``; ``count`` of them, or up to ``at_most``."""

    name: str
    default: tuple[float, ...]
    low: float
    high: float
    count: int | None = None
    at_most: int = 500

    def parse(self, text: str) -> tuple[float, ...]:
        """Return the numbers between the commas."""
        parts = text.split(",") if text else []
        if self.count is not None and len(parts) != self.count:
            raise ValueError(f"it must be {self.count} numbers with commas between them")
        if len(parts) > self.at_most:
            raise ValueError(f"it may hold {self.at_most} numbers at the most")
        return tuple(number(part, self.low, self.high) for part in parts)

    def format(self, value: tuple[float, ...]) -> str:
        """Return the numbers with commas between them."""
        return ",".join(map(written, value))


@dataclass(frozen=True)
class Custom:
    """A value that a page parses and formats with functions of its own."""

    name: str
    default: Any
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
