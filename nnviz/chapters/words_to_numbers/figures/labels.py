"""Words of a person as labels of a picture, and the axes that show them."""

from collections.abc import Sequence
from html import escape
from typing import Any

from nnviz.chart import theme


def label(text: str, most: int) -> str:
    """Return text as a label that shows it as it stands, cut at the end if it is longer.

    Plotly takes angle brackets for markup; here they are written so that it shows them.
    """
    text = " ".join(text.split())
    return escape(text if len(text) <= most else f"{text[: most - 1]}…", quote=False)


def names_axis(
    places: Sequence[float], texts: Sequence[str], anchor: str, title: str = "", **options: Any
) -> dict[str, Any]:
    """Return an axis that names rows or columns and has no lines of its own."""
    return theme.axis(
        title,
        anchor=anchor,
        tickvals=list(places),
        ticktext=list(texts),
        tickfont={"size": 12},
        ticks="",
        showgrid=False,
        zeroline=False,
        **options,
    )


def rows_axis(texts: Sequence[str], anchor: str, **options: Any) -> dict[str, Any]:
    """Return an axis that names rows, the first on top."""
    span = [len(texts) - 0.5, -0.5]
    return names_axis(range(len(texts)), texts, anchor, range=span, **options)
