"""A slider that answers while it is dragged (``st.slider`` on release only)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import streamlit as st

from nnviz.chart import assets


def live_slider(
    label: str,
    value: float,
    *,
    key: str,
    values: Sequence[float],
    marks: Sequence[float],
    on_slide: Callable[[float, bool], None],
    scale: Literal["linear", "logarithmic"] = "linear",
) -> None:
    """Show the slider; ``on_slide(value, done)`` hears of every value, ``done`` on release.

    ``values`` are positive on a logarithmic scale; ``marks`` are those that are named below the
    slider. A ``value`` that is not among them, such as a link may bring, is offered too; beyond
    their ends it stands at the end.
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
            "ends": [min(values), max(values)],
            "marks": list(marks),
            "scale": scale,
            "answered": sequence if isinstance(sequence, int) else 0,
        },
        height="content",
        on_slide_change=slid,
    )
