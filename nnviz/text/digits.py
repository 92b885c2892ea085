"""Numbers as they stand in sentences and formulas: four significant digits, a real minus sign."""

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, overload

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUPED: Final = 10_000
_NAN: Final = "not a number"
_EXACT: Final = 17
"""Significant digits that tell any two float64 apart."""


def digits(value: float, significant: int = 4) -> str:
    """Return the number with so many significant digits, trailing zeros left out.

    From ten thousand on a comma parts the thousands, as in 39,660. Powers of ten, as in
    1.235 × 10⁸, are used from a million on and below a millionth; what is not finite is said in
    words.
    """
    if math.isnan(value):
        return _NAN
    if math.isinf(value):
        return "infinity" if value > 0 else "−infinity"
    text, exponent = _rounded(value, significant)
    if exponent:
        text = f"{text} × 10{str(exponent).translate(_RAISED)}"
    elif abs(float(text)) >= _GROUPED:
        text = f"{Decimal(text):,f}"
    return text.replace("-", "−")


def listed(values: Iterable[float], significant: int = 4) -> str:
    """Return numbers parted by commas, as in 2, 1.5; so no comma parts their thousands."""
    return ", ".join(digits(value, significant).replace(",", "") for value in values)


def counted(n: int, noun: str) -> str:
    """Return a number of things, such as "1 bias", "2 biases" or "1,000 updates"."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{n:,} {noun if n == 1 else plural}"


def joined(words: Iterable[object], conjunction: str = "and") -> str:
    """Return words as in "a, b and c"."""
    *before, last = [str(word) for word in words] or [""]
    return f"{', '.join(before)} {conjunction} {last}" if before else last


def multiplied(times: float, value: float, significant: int = 3) -> tuple[str, str]:
    """Return a number and its product with a whole one, so that what is printed can be checked.

    The product has so many digits, the number at least so many: more where the product of what is
    printed would be rounded to another one.
    """
    product = digits(times * value, significant)
    for more in range(significant, _EXACT):
        if digits(times * float(f"{value:.{more}g}"), significant) == product:
            return digits(value, more), product
    return digits(value, _EXACT), product


def adding_up(terms: Sequence[float], at_least: int = 3) -> int:
    """Return with how many significant digits terms are printed, so that their sum can be checked.

    What rounding leaves of terms that cancel is 0.
    """
    size = max(map(abs, terms), default=0.0)
    return enough_digits(lambda *each: without_dust(math.fsum(each), size), terms, at_least)


def enough_digits(
    compute: Callable[..., float], values: Sequence[float], significant: int = 3
) -> int:
    """Return with how many significant digits values are printed, so that a result can be checked.

    They are the fewest, at least `significant`, of which what is printed gives the result as it is
    printed, with `significant` digits.
    """
    return enough_for_all([(compute, significant)], values)


def enough_for_all(
    results: Sequence[tuple[Callable[..., float], int]],
    values: Sequence[float],
    at_least: int = 0,
) -> int:
    """Return with how many significant digits values are printed, so that results can be checked.

    As `enough_digits`, for several results, each with the digits that it is printed with; without
    `at_least`, the values have at least as many.
    """
    goals = [digits(_tried(compute, values), significant) for compute, significant in results]
    at_least = at_least or max(significant for _, significant in results)
    for more in range(at_least, _EXACT):
        printed = as_printed(values, more)
        exact = _same(printed, values)
        if all(
            gives(_tried(compute, printed), goal, significant, exact=exact)
            for (compute, significant), goal in zip(results, goals, strict=True)
        ):
            return more
    return _EXACT


def sum_of_products(
    pairs: Iterable[tuple[float, float]], others: Sequence[float] = (), significant: int = 4
) -> tuple[int, int]:
    """Return with how many digits factors, and products, of a sum are printed to be checked.

    Of the factors as printed each product is right as printed, and both add up to the total, with
    `significant` digits. What else is added, as a bias, is printed as the products are.
    """
    pairs = list(pairs)
    products = [one * other for one, other in pairs]
    size = max(map(abs, (*products, *others)), default=0.0)

    def total(terms: Iterable[float], rest: Iterable[float]) -> float:
        return without_dust(_tried(lambda *each: math.fsum(each), (*terms, *rest)), size)

    goal = digits(total(products, others), significant)
    for kept in range(significant, _EXACT):
        shown, rest = as_printed(products, kept), as_printed(others, kept)
        alike = _same(rest, others)
        exact = alike and _same(shown, products)
        if not gives(total(shown, rest), goal, significant, exact=exact):
            continue
        for more in range(kept, _EXACT):
            printed = [as_printed(pair, more) for pair in pairs]
            exact = all(map(_same, printed, pairs))
            terms = [one * other for one, other in printed]
            goals = (digits(product, kept) for product in products)
            if gives(total(terms, rest), goal, significant, exact=exact and alike) and all(
                gives(term, each, kept, exact=exact)
                for term, each in zip(terms, goals, strict=True)
            ):
                return more, kept
    return _EXACT, _EXACT


def from_to(
    compute: Callable[..., float], values: Sequence[float], result: float, at_least: int = 4
) -> tuple[str, ...]:
    """Return the first of the values, the result of computing with all, and the other values.

    The result is told apart from the first, and the values give it as it is printed.
    """
    significant = digits_apart(values[0], result, at_least=at_least)
    n = enough_digits(compute, values, significant)
    first, *others = (digits(value, n) for value in values)
    return (first, digits(result, significant), *others)


def _tried(compute: Callable[..., float], values: Sequence[float]) -> float:
    """Return what comes out; NaN where that leaves float64, or there is none."""
    try:
        return compute(*values)
    except (ArithmeticError, ValueError):
        return math.nan


def as_printed(values: Iterable[float], significant: int) -> list[float]:
    """Return numbers as they are read back from so many significant digits."""
    return [float(f"{value:.{significant}g}") for value in values]


def _same(printed: Sequence[float], values: Sequence[float]) -> bool:
    return all(math.isclose(*pair, rel_tol=1e-14) for pair in zip(printed, values, strict=True))


def gives(found: float, goal: str, significant: int, *, exact: bool) -> bool:
    """Return whether what is found is printed as the goal, whoever rounds it.

    In the middle between two numbers one person rounds up and another down: that is left only
    where what is computed with is `exact`, as more digits of it would change nothing.
    """
    texts = {digits(found * by, significant) for by in (1 - 1e-9, 1 + 1e-9)}
    return texts == {goal} or (exact and goal in texts)


def in_powers(value: float, significant: int = 1) -> str:
    """Return a finite number with a power of ten, whatever its size, as in 2 × 10⁻⁵."""
    mantissa, _, exponent = f"{value:.{significant - 1}e}".partition("e")
    return f"{mantissa} × 10{str(int(exponent)).translate(_RAISED)}".replace("-", "−")


@overload
def told_apart(one: float, other: float, /, *, at_least: int = 4) -> tuple[str, str]: ...
@overload
def told_apart(*values: float, at_least: int = 4) -> tuple[str, ...]: ...
def told_apart(*values: float, at_least: int = 4) -> tuple[str, ...]:
    """Return numbers with the fewest digits that keep their order, at least so many.

    What differs looks different, and what is the same looks the same: a sentence that says that
    one is larger than another can be checked on the numbers that it prints. A limit that they are
    compared with, as 1 or 0.5, belongs among them.
    """
    return _apart(values, at_least)[1]


def digits_apart(*values: float, at_least: int = 4) -> int:
    """Return how many significant digits `told_apart` takes, for formulas beside its sentence."""
    return _apart(values, at_least)[0]


def _apart(values: Sequence[float], at_least: int) -> tuple[int, tuple[str, ...]]:
    n_different = len({value for value in values if value == value})
    for significant in range(at_least, _EXACT):
        texts = tuple(digits(value, significant) for value in values)
        if len({text for text in texts if text != _NAN}) == n_different:
            return significant, texts
    return _EXACT, tuple(digits(value, _EXACT) for value in values)


def percent(*fractions: float, decimals: int = 0) -> tuple[str, ...]:
    """Return fractions as percentages with the fewest decimals that keep their order.

    Nothing but 0 is 0%, and nothing but 1 is 100%.

    Parameters
    ----------
    *fractions : float
        From 0 to 1; NaN is said in words.
    decimals : int
        At least so many.
    """
    compared = {0.0, 1.0, *(_without_rounding(each) for each in fractions if each == each)}
    while decimals < _EXACT and len({f"{each:.{decimals}%}" for each in compared}) < len(compared):
        decimals += 1
    return tuple(f"{each:.{decimals}%}" if each == each else _NAN for each in fractions)


def _without_rounding(fraction: float) -> float:
    """Return a fraction without what sums and quotients leave behind; none and all stay so."""
    rounded = round(fraction, 12)
    return fraction if rounded in (0.0, 1.0) else rounded


def short_percent(fraction: float) -> str:
    """Return a fraction in whole percent where there is no room for decimals.

    What is neither none nor all is ``<1%`` and ``>99%`` where rounding would say so.
    """
    if 0 < fraction < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= fraction < 1 else percent(fraction)[0]


def without_dust(value: float, size: float) -> float:
    """Return 0 for what rounding leaves of it: next to nothing beside numbers of this size.

    For showing only; whatever is computed with keeps its dust.
    """
    return 0.0 if abs(value) <= 5e-13 * size else value


def latex(value: float, significant: int = 4, *, alone: bool = False) -> str:
    """Return the number for a formula; a negative factor or term stands in parentheses.

    ``alone`` leaves the parentheses out, for a number that is one side of an equation.
    """
    if math.isnan(value):
        return r"\text{not a number}"
    if math.isinf(value):
        text = r"\infty" if value > 0 else r"-\infty"
    else:
        text, exponent = _rounded(value, significant)
        if exponent:
            text = rf"{text} \cdot 10^{{{exponent}}}"
    return f"({text})" if text.startswith("-") and not alone else text


def _rounded(value: float, significant: int) -> tuple[str, int]:
    """Return the digits and the power of ten that they are to be multiplied with, 0 for none."""
    text = f"{value:.{significant}g}"
    size = abs(float(text))
    if size == 0:
        return "0", 0
    if 1e-6 <= size < 1e6:
        return f"{Decimal(text):f}" if "e" in text else text, 0
    # The shortest form may have left the exponent out: twelve digits of a million have room.
    mantissa, _, exponent = f"{Decimal(text):e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return mantissa, int(exponent)
