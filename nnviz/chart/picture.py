"""A picture: a figure, its layout on a narrow screen, and the marks that move over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from nnviz.chart.tracks import Tracks


@dataclass(frozen=True)
class Picture:
    """What a chart shows."""

    figure: go.Figure  # everything that stands still
    # layout entries that replace the figure's own below 600 px of width
    narrow: Mapping[str, Any] = field(default_factory=dict)
    tracks: Tracks | None = None  # what moves with the clock of a recorded run

    def heights(self, extra: int) -> tuple[int, int]:
        """Return the heights of the wide and the narrow layout, each with ``extra`` pixels."""
        height = int(self.figure.layout.height or 450)
        return height + extra, int(self.narrow.get("height", height)) + extra
