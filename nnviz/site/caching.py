"""What is computed once and shared by everybody, in a memory that is bounded in bytes."""

import hashlib
import inspect
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import wraps
from sys import getsizeof
from threading import Lock
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, Final, Generic, ParamSpec, TypeVar, cast

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST_BYTES: Final = 40 * 2**20
"""Of all that the functions with `cached` keep together."""

_PLAIN: Final = (bool, int, float, str, bytes, type(None))
_NOT_OURS: Final = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)


class Newest(Generic[K, V]):
    """The values used last, as many as fit into a number of bytes; safe in threads.

    Parameters
    ----------
    most_bytes : int
        What they may hold together. One value alone is kept, whatever it holds.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.n_bytes = most_bytes, 0
        self._lock = Lock()
        self._values: OrderedDict[K, tuple[V, int, dict[int, int]]] = OrderedDict()
        self._holders = Counter[int]()  # of every array: how many values hold it
        self._computing: dict[K, Lock] = {}

    def get(self, key: K) -> tuple[V] | None:
        """Return the value of a key in a tuple, or None if there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return (self._values[key][0],)

    def put(self, key: K, value: V) -> None:
        """Keep a value; those used longest ago make room."""
        own, arrays = _weighed(value)
        with self._lock:
            self._drop(key)
            self._values[key] = value, own, arrays
            self.n_bytes += own + sum(n for i, n in arrays.items() if not self._holders[i])
            self._holders.update(arrays.keys())
            while self.n_bytes > self.most_bytes and len(self._values) > 1:
                self._drop(next(iter(self._values)))

    def _drop(self, key: K) -> None:
        _, own, arrays = self._values.pop(key, (None, 0, {}))
        self.n_bytes -= own
        for array, n_bytes in arrays.items():
            self._holders[array] -= 1
            if not self._holders[array]:
                del self._holders[array]
                self.n_bytes -= n_bytes

    def computed(self, key: K, compute: Callable[[], V]) -> V:
        """Return the value of a key, computed once even if several ask for it at a time."""
        found = self.get(key)
        if found is not None:
            return found[0]
        with self._lock:
            computing = self._computing.setdefault(key, Lock())
        with computing:
            found = self.get(key)
            if found is not None:
                return found[0]
            try:
                value = compute()
                self.put(key, value)
            finally:
                with self._lock:
                    self._computing.pop(key, None)
        return value

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._values.clear()
            self._holders.clear()
            self.n_bytes = 0


def held(*values: object) -> int:
    """Return how many bytes values hold, all that hangs on them included, each thing once."""
    own, arrays = _weighed(*values)
    return own + sum(arrays.values())


def _weighed(*values: object) -> tuple[int, dict[int, int]]:
    """Return the bytes of all that is no array, and those of every array, by its identity."""
    n_bytes, arrays, seen, waiting = 0, dict[int, int](), set[int](), list(values)
    while waiting:
        value = waiting.pop()
        while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
            value = value.base  # a view keeps all of what it looks at
        if id(value) in seen or isinstance(value, _NOT_OURS):
            continue
        seen.add(id(value))
        if isinstance(value, np.ndarray):
            arrays[id(value)] = getsizeof(value)
            continue
        n_bytes += getsizeof(value)
        if isinstance(value, _PLAIN):
            continue
        if isinstance(value, tuple | list | set | frozenset):
            waiting += value
        elif isinstance(value, Mapping):
            waiting += (*value.keys(), *value.values())
        else:
            waiting += getattr(value, "__dict__", {}).values()
            slots: Iterable[str] = getattr(type(value), "__slots__", ())
            waiting += [getattr(value, name) for name in slots if hasattr(value, name)]
    return n_bytes, arrays


KEPT: Final[Newest[tuple[str, bytes], Any]] = Newest(MOST_BYTES)


def cached(*types: type) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that computes a function once for equal arguments.

    What is kept is shared by all visitors, so it must be read-only. Who asks for what somebody
    else is computing waits for it. Arguments whose names begin with ``_`` follow from the others
    and tell nothing apart.

    Parameters
    ----------
    *types : type
        Types of arguments that are told apart by their ``repr``, which must write all that they
        hold; ``repr`` writes every float in full. Others may be numbers, texts and tuples of them.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__}.{function.__qualname__}"
        parameters = tuple(inspect.signature(function).parameters)

        @wraps(function)
        def kept(*args: P.args, **kwargs: P.kwargs) -> R:
            given = {**dict(zip(parameters, args, strict=False)), **kwargs}
            told = {k: _told(given[k], types) for k in sorted(given) if not k.startswith("_")}
            key = name, hashlib.sha256(repr(told).encode()).digest()
            return cast(R, KEPT.computed(key, lambda: function(*args, **kwargs)))

        return kept

    return decorate


def _told(value: object, types: tuple[type, ...]) -> str:
    if isinstance(value, (*types, *_PLAIN, np.number)):
        return repr(value)
    if isinstance(value, tuple):
        return f"({','.join(_told(each, types) for each in value)})"
    raise TypeError(f"arguments of {type(value).__name__} cannot be told apart: name the type")
