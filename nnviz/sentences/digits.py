"""Numbers as they stand in sentences and formulas: four significant digits, a real minus sign."""

import math


def digits(value: float, significant: int = 4) -> str:
    """Return the number with so many significant digits, trailing zeros left out.

    Powers of ten are used beyond a million and below a ten-thousandth; what is not finite is said
    in words.
    """
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinity" if value > 0 else "−infinity"
    text = f"{value:.{significant}g}"
    if float(text) == 0:
        return "0"
    size = abs(float(text))
    if "e" in text and 1e-4 <= size < 1e6:
        text = f"{float(text):f}".rstrip("0").rstrip(".")
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa} × 10^{int(exponent)}"
    return text.replace("-", "−")


def told_apart(before: float, after: float) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to see that they differ."""
    for significant in range(4, 18):
        texts = digits(before, significant), digits(after, significant)
        if texts[0] != texts[1]:
            break
    return texts


def latex(value: float, significant: int = 4, *, alone: bool = False) -> str:
    """Return the number for a formula; a negative factor or term stands in parentheses.

    ``alone`` leaves the parentheses out, for a number that is one side of an equation.
    """
    text = digits(value, significant)
    if math.isnan(value):
        return rf"\text{{{text}}}"
    text = text.replace("infinity", r"\infty")
    if "×" in text:
        mantissa, exponent = text.split(" × 10^")
        text = rf"{mantissa} \cdot 10^{{{exponent}}}"
    text = text.replace("−", "-")
    return f"({text})" if text.startswith("-") and not alone else text
