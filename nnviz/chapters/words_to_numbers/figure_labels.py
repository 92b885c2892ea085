"""Words of a person as labels of a picture: short, and letter by letter."""

from html import escape
from typing import Any

from nnviz.chart import theme


def label(text: str, most: int) -> str:
    """Return text as a label shows it as it stands, with its end left out if it is longer.

    Plotly takes angle brackets for markup; here they are written so that it shows them.
    """
    text = " ".join(text.split())
    return escape(text if len(text) <= most else f"{text[: most - 1]}…", quote=False)


def panel_title(text: str, x: float, y: float, note: str = "", **options: Any) -> dict[str, Any]:
    """Return the title above a panel whose upper left corner is at (x, y) of the paper."""
    return {
        "text": text,
        "hovertext": note,
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
        **options,
    }
