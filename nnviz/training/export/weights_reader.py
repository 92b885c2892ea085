"""A JSON object that came in from outside, read value by value: what is not right is refused."""

import json
import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

MOST_BYTES: Final = 1_000_000
LONGEST_NAME: Final = 200
_LARGEST: Final = 1e100
_LONGEST_WHOLE: Final = 300  # characters of a whole number; Python itself gives up at 4,300


class Reader:
    """One object of the file. Every method raises ValueError with a sentence that says where.

    `where` is what the sentences call it, such as "layer 2"; empty for the file itself.
    """

    def __init__(self, values: dict[str, Any], where: str = "") -> None:
        self._values = values
        self._where = where

    @classmethod
    def of(cls, text: str | bytes) -> "Reader":
        """Return the reader of a file.

        Raises ValueError if it is too large, is no JSON, or is another kind of JSON than an object.
        """
        if len(text) > MOST_BYTES:
            raise ValueError("The file is larger than 1 MB; a file of weights is far smaller.")
        if isinstance(text, bytes):
            try:
                text = text.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValueError("The file is no text in UTF-8; a file of weights is.") from None
        try:
            values = json.loads(text, object_pairs_hook=_once, parse_int=_whole)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"The file is no JSON: something is wrong in line {error.lineno}, column "
                f"{error.colno}. Export the weights again, or correct it there."
            ) from None
        except RecursionError:
            raise ValueError(
                "The file has brackets within brackets too deep to be read; a file of weights has "
                "five levels at the most."
            ) from None
        if not isinstance(values, dict):
            raise ValueError("The file must hold one JSON object, from { to }.")
        return cls(values)

    @property
    def names(self) -> tuple[str, ...]:
        """What the object has values for."""
        return tuple(self._values)

    def text(self, name: str, options: Iterable[str] | None = None) -> str:
        """Return a text; one of the options where there are any."""
        return self._text(name, self._value(name), None if options is None else tuple(options))

    def texts(
        self, name: str, fewest: int, most: int, options: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """Return a list of different texts; each one of the options where there are any."""
        values = self._list(name, fewest, most)
        allowed = None if options is None else tuple(options)
        for number, value in enumerate(values, start=1):
            self._text(f"{name}, number {number}", value, allowed)
        if len(set(values)) < len(values):
            raise ValueError(f"{self._place(name)} must hold each name once.")
        return tuple(values)

    def yes_or_no(self, name: str) -> bool:
        """Return true or false."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "must be true or false", value)
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """Return a whole number within limits."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self._wrong(name, f"must be a whole number from {low} to {high}", value)
        return value

    def number(self, name: str, *, positive: bool = False) -> float:
        """Return a finite number."""
        return self._number(name, self._value(name), _LARGEST, positive)

    def numbers(
        self, name: str, n: int, largest: float = _LARGEST, *, positive: bool = False
    ) -> FloatArray:
        """Return a list of `n` finite numbers."""
        values = enumerate(self._list(name, n, n), start=1)
        return np.array(
            [self._number(f"{name}, number {k}", each, largest, positive) for k, each in values]
        )

    def length(self, name: str, most: int) -> int:
        """Return how long a list is, 1 to `most`."""
        return len(self._list(name, 1, most))

    def table(self, name: str, n_rows: int, n_columns: int, largest: float) -> FloatArray:
        """Return finite numbers, shape (n_rows, n_columns)."""
        rows = []
        for k, row in enumerate(self._list(name, n_rows, n_rows, "row"), start=1):
            here = Reader({f"{name}, row {k}": row}, self._where)
            rows.append(here.numbers(f"{name}, row {k}", n_columns, largest))
        return np.array(rows)

    def part(self, name: str, *, wanted: bool = False) -> "Reader | None":
        """Return an object within, or None for null where it is not wanted."""
        value = self._values.get(name) if not wanted else self._value(name)
        if value is None and not wanted:
            return None
        return self._reader(name, value)

    def parts(self, name: str, fewest: int, most: int) -> list["Reader"]:
        """Return a list of objects; a layer is called by its number."""
        values = self._list(name, fewest, most, "layer")
        return [self._reader(f"layer {k}", value) for k, value in enumerate(values, start=1)]

    def _reader(self, name: str, value: Any) -> "Reader":
        if not isinstance(value, dict):
            raise self._wrong(name, "must be an object, from { to }", value)
        return Reader(value, name)

    def _value(self, name: str) -> Any:
        if name not in self._values:
            where = f"In the file, {self._where}" if self._where else "The file"
            raise ValueError(f'{where} has no "{name}".')
        return self._values[name]

    def _list(self, name: str, fewest: int, most: int, noun: str = "entry") -> list[Any]:
        values = self._value(name)
        if not isinstance(values, list):
            raise self._wrong(name, "must be a list, from [ to ]", values)
        if not fewest <= len(values) <= most:
            count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            plural = {"entry": "entries"}.get(noun, f"{noun}s") if most != 1 else noun
            raise ValueError(
                f"{self._place(name)} must have {count} {plural}, but has {len(values)}."
            )
        return values

    def _number(self, name: str, value: Any, largest: float, positive: bool) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(name, "must be a number, without quotes", value)
        if not math.isfinite(value):
            raise self._wrong(name, "must be a finite number", value)
        if abs(value) > largest:
            raise self._wrong(name, f"must be at most {_shown(int(largest))} in size", value)
        if positive and value < 1e-200:
            raise self._wrong(name, "must be clearly above 0", value)
        return float(value)

    def _text(self, name: str, value: Any, options: tuple[str, ...] | None) -> str:
        if not isinstance(value, str):
            raise self._wrong(name, "must be a text in quotes", value)
        if options is not None and value not in options:
            raise self._wrong(name, f"must be {_or(options)}", value)
        if len(value) > LONGEST_NAME:
            raise ValueError(f"{self._place(name)} must have at most {LONGEST_NAME} letters.")
        return value

    def _place(self, name: str) -> str:
        return f"{self._where}, {name},".capitalize() if self._where else f'"{name}"'

    def _wrong(self, name: str, right: str, value: Any) -> ValueError:
        return ValueError(f"{self._place(name)} {right}, not {_shown(value)}.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(f"The file has {_shown(name)} twice in one object; once is right.")
        values[name] = value
    return values


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= _LONGEST_WHOLE else float(text)


def _or(options: tuple[str, ...]) -> str:
    *first, last = options if len(options) <= 20 else (*options[:2], "…", *options[-6:])
    return f"{', '.join(first)} or {last}" if first else last


def _shown(value: Any) -> str:
    """Return what was found, short enough for a sentence and in printable characters."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        text = ascii(value[:40]) if not value.isprintable() else f'"{value[:40]}"'
        return text if len(value) <= 40 else f"{text[:37]}..."
    if not math.isfinite(value):
        return str(value)
    whole = isinstance(value, int) and abs(value) <= 10**15
    return f"{value:,}".replace("-", "−") if whole else digits(value, 6)
