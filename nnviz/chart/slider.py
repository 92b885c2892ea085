"""A slider that answers while it is dragged (``st.slider`` on release only)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import streamlit as st

from nnviz.chart import assets
from nnviz.chart.chart import answered_number


def live_slider(
    label: str,
    value: float,
    *,
    key: str,
    values: Sequence[float],
    marks: Sequence[float],
    on_slide: Callable[[float, bool], None],
    scale: Literal["linear", "logarithmic"] = "linear",
    tries: Sequence[float] = (),
) -> None:
    """Show the slider; ``on_slide(value, done)`` is called with every value, ``done`` on release.

    ``values`` are positive on a logarithmic scale; ``marks`` are those that are named below the
    slider, and ``tries`` those that have a button there. A ``value`` that is not among them, such
    as a link may bring, is offered too; beyond their ends it stands at the end.
    """
    offered = sorted({*values, value})

    def slid() -> None:
        sent = st.session_state[key].get("slide")
        # Only values that the slider offers can have come from it.
        if isinstance(sent, Mapping) and sent.get("value") in offered:
            on_slide(float(sent["value"]), bool(sent.get("done")))

    assets.component("nnviz_slider", "slider.js")(
        key=key,
        data={
            "key": key,
            "label": label,
            "value": value,
            "values": tuple(progressions(tuple(offered))),
            "ends": (min(values), max(values)),
            "marks": tuple(marks),
            "tries": tuple(tries),
            "scale": scale,
            "answered": answered_number(key, "slide"),
        },
        height="content",
        on_slide_change=slid,
    )


def rate_slider(
    label: str,
    value: float,
    *,
    key: str,
    values: Sequence[float],
    marks: Sequence[float],
    on_slide: Callable[[float, bool], None],
    tries: Sequence[float] = (),
) -> None:
    """Show a `live_slider` over positive ``values``, placed by their logarithm."""
    live_slider(
        label,
        value,
        key=key,
        values=values,
        marks=marks,
        on_slide=on_slide,
        scale="logarithmic",
        tries=tries,
    )


def logarithmic_values(low_exponent: int, high_exponent: int) -> tuple[float, ...]:
    """Return 1.0, 1.1 ... 9.9 times each power of ten, and the last power itself."""
    values = [
        float(f"{mantissa / 10}e{exponent}")
        for exponent in range(low_exponent, high_exponent)
        for mantissa in range(10, 100)
    ]
    return (*values, float(f"1e{high_exponent}"))


@lru_cache(maxsize=64)
def progressions(values: tuple[float, ...]) -> list[float | list[int]]:
    """Return numbers as the browser is sent them, for which a few of several hundred are enough.

    Parameters
    ----------
    values : tuple of float
        In the order in which they are to come.

    Returns
    -------
    list
        Of ``[first, step, n, power]``, which stands for the decimal numbers ``first``,
        ``first + step`` ... times ten to the ``power``, n of them, and of single numbers.
    """
    exact = [Decimal(repr(float(value))).normalize() for value in values]
    found: list[float | list[int]] = []
    i = 0
    while i < len(exact):
        pair = exact[i : i + 2]
        power = min(int(each.as_tuple().exponent) for each in pair)
        first, second = int(exact[i].scaleb(-power)), int(pair[-1].scaleb(-power))
        n = 1
        while i + n < len(exact) and exact[i + n].scaleb(-power) == first + n * (second - first):
            n += 1
        # A browser's whole numbers are exact up to there.
        short = n > 2 and max(abs(first), abs(first + n * (second - first))) < 2**53
        n = n if short else 1
        found.append([first, second - first, n, power] if short else float(values[i]))
        i += n
    return found


def expanded(sent: Iterable[float | list[int]]) -> list[float]:
    """Return the numbers of some `progressions`, which static/nnviz/slider.js reads alike."""
    return [
        value
        for each in sent
        for value in (
            [float(f"{each[0] + k * each[1]}e{each[3]}") for k in range(each[2])]
            if isinstance(each, list)
            else [float(each)]
        )
    ]
