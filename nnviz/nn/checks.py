"""Convert what comes in from outside, or refuse it with a sentence.

Every function copies, so that nothing a caller does later changes a result, and raises
``TypeError`` for what is no number and ``ValueError`` for a number that cannot be used. A frozen
dataclass applies them to its fields by deriving from `Checked`::

    @dataclass(frozen=True)
    class Circle(Checked):
        radius: Annotated[float, Check(number, low=0)]
        color: Annotated[str, Check(one_of, options=("red", "blue"))] = "red"
"""

from collections.abc import Callable, Iterable
from functools import cache
from numbers import Integral, Real
from typing import Any, TypeAlias, TypeVar, get_type_hints

import numpy as np
import numpy.typing as npt

from nnviz.text.digits import digits, told_apart

FloatArray: TypeAlias = npt.NDArray[np.float64]

# The square of this, summed over a million entries, is still far from the largest float64.
LARGEST = 1e100

T = TypeVar("T")


class Frozen:
    """Base of frozen dataclasses that hold results: their arrays become read-only."""

    def __post_init__(self) -> None:
        freeze(self)


class Check:
    """How a field of a `Checked` dataclass is converted, as metadata of `typing.Annotated`.

    Parameters
    ----------
    convert : callable
        Of ``(value, name, **limits)``, such as `number`: it returns the value that the field
        gets, or raises with a sentence.
    name : str, optional
        What the sentence calls the value; by default the name of the field.
    **limits
        Passed on to `convert`.
    """

    def __init__(
        self, convert: Callable[..., Any], name: str | None = None, /, **limits: Any
    ) -> None:
        self.convert, self.name, self.limits = convert, name, limits


class Checked:
    """Base of frozen dataclasses whose fields are converted or refused when one is made.

    The fields with a `Check` are converted in their order; arrays become read-only. What depends
    on several fields is checked afterwards, by `check_together`.
    """

    def __post_init__(self) -> None:
        kind: Any = type(self)
        for field, check in _checks(kind):
            value = check.convert(getattr(self, field), check.name or field, **check.limits)
            object.__setattr__(self, field, value)
        freeze(self)
        self.check_together()

    def check_together(self) -> None:
        """Refuse fields that do not fit each other; they have been converted before."""


@cache
def _checks(kind: Any) -> tuple[tuple[str, Check], ...]:
    return tuple(
        (field, check)
        for field, hint in get_type_hints(kind, include_extras=True).items()
        for check in getattr(hint, "__metadata__", ())
        if isinstance(check, Check)
    )


def floats(values: npt.ArrayLike, name: str) -> FloatArray:
    """Return `values` as float64 of any shape; NaN and infinity may pass, ragged rows may not."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must have rows of equal length.") from None
    if array.dtype.kind == "O":
        array = _from_objects(array, name)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must hold numbers, not {_shown(values)}.")
    return array.astype(np.float64)


def freeze(result: object) -> None:
    """Make every array that is an attribute of a result read-only.

    Results are shared between people and pages: whoever changes one changes it for everybody.
    """
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False


def vector(
    values: npt.ArrayLike, name: str, n: int | None = None, *, largest: float = LARGEST
) -> FloatArray:
    """Return `values` as a new, finite float64 array of shape (n,).

    Parameters
    ----------
    values : array_like
        One number or more, in one row.
    name : str
        What the sentence calls them.
    n : int, optional
        How many there must be.
    largest : float
        No value may be farther from zero than this.
    """
    array = floats(values, name)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one list of numbers, but has shape {array.shape}.")
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, but is empty.")
    if n is not None and array.size != n:
        raise ValueError(f"{name} must hold {_count(n, 'number')}, but holds {array.size}.")
    return _finite(array, name, largest)


def matrix(
    values: npt.ArrayLike, name: str, n_columns: int | None = None, *, largest: float = LARGEST
) -> FloatArray:
    """Return `values` as a new, finite float64 array of shape (n_rows, n_columns)."""
    array = floats(values, name)
    if array.ndim != 2:
        raise ValueError(f"{name} must be a table (a list of rows), but has shape {array.shape}.")
    if array.size == 0:
        raise ValueError(f"{name} must have at least one row and one column, but is empty.")
    if n_columns is not None and array.shape[1] != n_columns:
        raise ValueError(
            f"{name} must have {_count(n_columns, 'column')}, but has {array.shape[1]}."
        )
    return _finite(array, name, largest)


def numbers(values: npt.ArrayLike, name: str, **limits: Any) -> tuple[float, ...]:
    """Return the numbers of a list as floats; `limits` are those of `vector`."""
    return tuple(vector(values, name, **limits).tolist())


def number(value: Any, name: str, low: float | None = None, high: float | None = None) -> float:
    """Return `value` as a finite float with ``low <= value <= high``."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, not {_shown(value)}.")
    try:
        result = float(value)
    except OverflowError:
        result = np.inf
    if not np.isfinite(result):
        raise ValueError(f"{name} must be a finite number, not {_shown(value)}.")
    low_limit, high_limit = -LARGEST if low is None else low, LARGEST if high is None else high
    if not low_limit <= result <= high_limit:
        range_, told = _range(low, high, result)
        raise ValueError(f"{name} must be {range_}, not {told}.")
    return result


def integer(value: Any, name: str, low: int | None = None, high: int | None = None) -> int:
    """Return `value` as an int with ``low <= value <= high``."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, not {_shown(value)}.")
    result = int(value)
    if (low is not None and result < low) or (high is not None and result > high):
        range_, told = _range(low, high, result)
        raise ValueError(f"{name} must be {range_}, not {told}.")
    return result


def one_of(value: Any, name: str, options: Iterable[str]) -> str:
    """Return `value` if it is among `options`."""
    names = tuple(options)
    if not isinstance(value, str) or value not in names:
        shown = names if len(names) <= 20 else (*names[:2], "…", *names[-6:])
        kind = ValueError if isinstance(value, str) else TypeError
        raise kind(f"{name} must be one of {', '.join(shown)}, not {_shown(value)}.")
    return value


def items(values: Any, name: str) -> list[Any]:
    """Return what a list (a tuple, an array, ...) holds; a text is no list."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise TypeError(f"{name} must be a list, not {_shown(values)}.")
    return list(values)


def strings(values: Any, name: str) -> tuple[str, ...]:
    """Return what a list holds, each as a string; a text is no list."""
    return tuple(str(value) for value in items(values, name))


def instances(values: Any, name: str, kind: type[T]) -> tuple[T, ...]:
    """Return what a list holds if all of it is of the class `kind`."""
    return tuple(instance(value, f"each of the {name}", kind) for value in items(values, name))


def instance(value: Any, name: str, kind: type[T]) -> T:
    """Return `value` if it is of the class `kind`."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be a {kind.__name__}, not {_shown(value)}.")
    return value


def _from_objects(array: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    """Whole numbers too long for int64 and other real numbers arrive as Python objects."""
    for item in array.flat:
        if isinstance(item, bool) or not isinstance(item, Real):
            raise TypeError(f"{name} must hold numbers, not {_shown(item)}.")
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise ValueError(f"{name} must hold numbers below {digits(LARGEST)} in size.") from None


def _finite(array: FloatArray, name: str, largest: float) -> FloatArray:
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)][0]
        raise ValueError(f"{name} must hold finite numbers only, but holds {bad}.")
    if np.abs(array).max() > largest:
        raise ValueError(f"{name} must hold numbers of at most {digits(largest)} in size.")
    return array


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _range(low: float | None, high: float | None, value: float) -> tuple[str, str]:
    """Return limits and a value beyond them, so that the value is seen to be beyond them."""
    limits = -LARGEST if low is None else low, LARGEST if high is None else high
    if isinstance(value, int):
        least, most, told = (_shown(each) for each in (*limits, value))
    else:
        least, most, told = told_apart(*limits, value)
    if low is not None and high is None:
        return f"at least {least} and not absurdly large", told
    if low is None and high is not None:
        return f"at most {most} and not absurdly large", told
    return f"between {least} and {most}", told


def _shown(value: object) -> str:
    """Return what was given, short enough for a sentence."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "a number of that size" if abs(value) > 10**20 else f"{value:,}".replace("-", "−")
    if isinstance(value, float) and np.isfinite(value):
        return digits(value, 15)
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
