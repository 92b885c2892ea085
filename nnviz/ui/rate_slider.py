"""A slider over a logarithmic scale that answers while it is dragged (``st.slider`` on release)."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from nnviz.ui import assets


def logarithmic_values(low_exponent: int, high_exponent: int) -> tuple[float, ...]:
    """Return 1.0, 1.1 ... 9.9 times each power of ten, and the last power itself."""
    values = [
        float(f"{mantissa / 10}e{exponent}")
        for exponent in range(low_exponent, high_exponent)
        for mantissa in range(10, 100)
    ]
    return (*values, float(f"1e{high_exponent}"))


def rate_slider(
    label: str,
    value: float,
    *,
    key: str,
    values: Sequence[float],
    marks: Sequence[float],
    on_slide: Callable[[float, bool], None],
) -> None:
    """Show the slider; ``on_slide(value, done)`` hears of every value, ``done`` on release.

    ``values`` are positive; ``marks`` are those that are named below the slider. A ``value`` that
    is not among them, such as a link may bring, is offered too.
    """
    offered = sorted({*values, value})

    def slid() -> None:
        sent = st.session_state[key].get("slide")
        # Only values that the slider offers can have come from it.
        if isinstance(sent, Mapping) and sent.get("value") in offered:
            on_slide(float(sent["value"]), bool(sent.get("done")))

    sent = st.session_state.get(key, {}).get("slide")
    sequence = sent.get("sequence") if isinstance(sent, Mapping) else None
    assets.component("nnviz_slider", "slider.js")(
        key=key,
        data={
            "key": key,
            "label": label,
            "value": value,
            "values": offered,
            "marks": list(marks),
            "answered": sequence if isinstance(sequence, int) else 0,
        },
        height="content",
        on_slide_change=slid,
    )
