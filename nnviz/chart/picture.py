"""A picture: a figure, its layout on a narrow screen, and the marks that move over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from nnviz.chart.tracks import Tracks


@dataclass(frozen=True)
class Picture:
    """What a chart shows.

    Attributes
    ----------
    figure : go.Figure
        Everything that stands still.
    narrow : Mapping
        Layout entries that replace the figure's own below 600 px of width.
    tracks : Tracks or None
        What moves with the clock of a recorded run.
    """

    figure: go.Figure
    narrow: Mapping[str, Any] = field(default_factory=dict)
    tracks: Tracks | None = None

    def heights(self, extra: int) -> tuple[int, int]:
        """Return the heights of the wide and the narrow layout, each with ``extra`` pixels."""
        height = int(self.figure.layout.height or 450)
        return height + extra, int(self.narrow.get("height", height)) + extra
