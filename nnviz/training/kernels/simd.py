"""Eight numbers that a processor handles at once.

In compiled code eight neighbouring numbers are one value: they are read, added, multiplied and
written by one or two instructions each. Left to itself, the compiler does not find that out. Run
by Python, the same lines work on short arrays, number by number with the same result; so the
loops written in them can be read, and be compared with themselves left uncompiled.
"""

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import product
from math import inf, isfinite
from typing import Any, Final, TypeAlias

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, models, register_model

from nnviz.nn.checks import FloatArray

LANES: Final = 8

Index: TypeAlias = int | np.uint64
Eight: TypeAlias = Any
"""An array of shape (8,) in Python, a vector of the processor in compiled code."""


def eight(values: FloatArray, i: Index) -> Eight:
    """Return eight numbers from ``values[i]`` on."""
    return values[int(i) : int(i) + LANES].copy()


def put(into: FloatArray, i: Index, x: Eight) -> None:
    """Write eight numbers from ``into[i]`` on."""
    into[int(i) : int(i) + LANES] = x


def spread(value: float) -> Eight:
    """Return a number eight times."""
    return np.full(LANES, value)


def fused(x: Eight | float, y: Eight | float, z: Eight | float) -> Eight:
    """Return x * y + z, rounded once: what a processor does in one instruction."""
    return np.array([_fused(*map(float, each)) for each in np.broadcast(x, y, z)])


def _fused(x: float, y: float, z: float) -> float:
    if not (isfinite(x) and isfinite(y)):
        return x * y + z
    if not isfinite(z):
        return z
    exact = Fraction(x) * Fraction(y) + Fraction(z)
    if not exact:
        return x * y + z  # which has the right sign
    try:
        return float(exact)
    except OverflowError:
        return inf if exact > 0 else -inf


def total(x: Eight) -> float:
    """Return the sum of eight numbers, always in the same order."""
    return float(((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7])))


def totals(values: FloatArray, i: Index) -> Eight:
    """Return the sums of eight times eight numbers from ``values[i]`` on."""
    return np.array([total(eight(values, int(i) + k * LANES)) for k in range(LANES)])


def root(x: Eight) -> Eight:
    """Return their square roots."""
    return np.sqrt(x)


def magnitude(x: Eight) -> Eight:
    """Return them without their signs."""
    return np.abs(x)


def with_signs(x: Eight, signs: Eight) -> Eight:
    """Return them with the signs of others."""
    return np.copysign(x, signs)


def at_most(x: Eight, limit: float) -> Eight:
    """Return the limit where it is exceeded; NaN stays what it is, so that it is noticed."""
    return np.where(x > limit, limit, x)


def at_least(x: Eight, limit: float) -> Eight:
    """Return the limit where it is not reached; NaN stays what it is."""
    return np.where(x < limit, limit, x)


def if_positive(x: Eight, then: Eight | float, otherwise: Eight | float) -> Eight:
    """Return one of two where ``x > 0``, and the other elsewhere."""
    return np.where(x > 0.0, then, otherwise)


def power_of_two(shifted: Eight) -> Eight:
    """Return 2**k for whole numbers k from -1022 to 1023, made of the lowest bits of `shifted`."""
    return ((shifted.view(np.int64) + 1023) << 52).view(np.float64)


class _EightType(types.Type):
    def __init__(self) -> None:
        super().__init__(name="Eight")


_EIGHT: Final = _EightType()
_VECTOR: Final = ir.VectorType(ir.DoubleType(), LANES)
_BITS: Final = ir.VectorType(ir.IntType(64), LANES)


@register_model(_EightType)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)  # type: ignore[no-untyped-call]


def _all(builder: Any, value: Any) -> Any:
    """Return a number eight times, and eight numbers as they are."""
    if value.type == _VECTOR:
        return value
    nothing, first = ir.Constant(_VECTOR, ir.Undefined), ir.Constant(ir.IntType(32), 0)
    one = builder.insert_element(nothing, value, first)
    return _taken(builder, one, [0] * LANES)


def _taken(builder: Any, x: Any, places: list[int], y: Any = None) -> Any:
    """Return numbers of one vector, or of two: those of the second are counted on."""
    which = ir.Constant(ir.VectorType(ir.IntType(32), len(places)), places)
    return builder.shuffle_vector(x, ir.Constant(x.type, ir.Undefined) if y is None else y, which)


def _called(name: str, builder: Any, *given: Any) -> Any:
    """Call what the processor has an instruction for."""
    name, kind = f"llvm.{name}.v8f64", ir.FunctionType(_VECTOR, [_VECTOR] * len(given))
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, [_all(builder, value) for value in given])


def _place(builder: Any, values: Any, i: Any) -> Any:
    return builder.bitcast(builder.gep(values, [i]), _VECTOR.as_pointer())


def _eight(builder: Any, values: Any, i: Any) -> Any:
    return builder.load(_place(builder, values, i), align=8)


def _put(builder: Any, values: Any, i: Any, x: Any) -> Any:
    builder.store(x, _place(builder, values, i), align=8)


def _total(builder: Any, x: Any) -> Any:
    for half in (4, 2, 1):
        low, high = list(range(half)), list(range(half, 2 * half))
        x = builder.fadd(_taken(builder, x, low), _taken(builder, x, high))
    return builder.extract_element(x, ir.Constant(ir.IntType(32), 0))


def _totals(builder: Any, values: Any, i: Any) -> Any:
    def at(k: int) -> Any:
        return _eight(builder, values, builder.add(i, ir.Constant(i.type, k * LANES)))

    # Two vectors become one of their halves' sums, then those of quarters, then of pairs.
    vectors = [at(k) for k in range(LANES)]
    for half in (4, 2, 1):
        low = [place for place in range(2 * LANES) if not place & half]
        high = [place + half for place in low]
        vectors = [
            builder.fadd(_taken(builder, x, low, y), _taken(builder, x, high, y))
            for x, y in zip(vectors[::2], vectors[1::2], strict=True)
        ]
    return vectors[0]


def _either(sign: str, builder: Any, x: Any, limit: Any) -> Any:
    limit = _all(builder, limit)
    return builder.select(builder.fcmp_ordered(sign, x, limit), limit, x)


def _if_positive(builder: Any, x: Any, then: Any, otherwise: Any) -> Any:
    positive = builder.fcmp_ordered(">", x, ir.Constant(_VECTOR, [0.0] * LANES))
    return builder.select(positive, _all(builder, then), _all(builder, otherwise))


def _power_of_two(builder: Any, shifted: Any) -> Any:
    bias, digits = (ir.Constant(_BITS, [number] * LANES) for number in (1023, 52))
    exponent = builder.add(builder.bitcast(shifted, _BITS), bias)
    return builder.bitcast(builder.shl(exponent, digits), _VECTOR)


def _arithmetic(name: str, builder: Any, *given: Any) -> Any:
    return getattr(builder, name)(*[_all(builder, value) for value in given])


def _compile(function: Any, result: Any, kinds: tuple[Any, ...], code: Callable[..., Any]) -> None:
    """Say what a function of arguments of these kinds becomes in compiled code."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            fits = len(args) == len(kinds) and all(map(isinstance, args, kinds)) and not kws
            return signature(result, *args) if fits else None  # type: ignore[no-untyped-call]

    def lower(context: Any, builder: Any, called: Any, args: Any) -> Any:
        given = [
            context.make_array(kind)(context, builder, value).data
            if isinstance(kind, types.Array)
            else value
            for kind, value in zip(called.args, args, strict=True)
        ]
        made = code(builder, *given)
        return context.get_dummy_value() if result is types.none else made

    infer_global(function)(Template)  # type: ignore[no-untyped-call]
    lower_builtin(function, *kinds)(lower)  # type: ignore[no-untyped-call]


def _compile_all() -> None:
    some, number, array, index = _EightType, types.Float, types.Array, types.Integer
    _compile(eight, _EIGHT, (array, index), _eight)
    _compile(put, types.none, (array, index, some), _put)
    _compile(spread, _EIGHT, (number,), _all)
    _compile(total, types.float64, (some,), _total)
    _compile(totals, _EIGHT, (array, index), _totals)
    _compile(root, _EIGHT, (some,), partial(_called, "sqrt"))
    _compile(magnitude, _EIGHT, (some,), partial(_called, "fabs"))
    _compile(with_signs, _EIGHT, (some, some), partial(_called, "copysign"))
    _compile(at_most, _EIGHT, (some, number), partial(_either, ">"))
    _compile(at_least, _EIGHT, (some, number), partial(_either, "<"))
    _compile(power_of_two, _EIGHT, (some,), _power_of_two)
    _compile(operator.neg, _EIGHT, (some,), partial(_arithmetic, "fneg"))
    for then, otherwise in product((some, number), repeat=2):
        _compile(if_positive, _EIGHT, (some, then, otherwise), _if_positive)
    signs = (("add", operator.add), ("sub", operator.sub), ("mul", operator.mul))
    for name, sign in (*signs, ("div", operator.truediv)):
        for kinds in ((some, some), (some, number), (number, some)):
            _compile(sign, _EIGHT, kinds, partial(_arithmetic, f"f{name}"))
    for three in product((some, number), repeat=3):
        if some in three:
            _compile(fused, _EIGHT, three, partial(_called, "fma"))


_compile_all()
