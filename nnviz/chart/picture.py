"""A picture: a figure, its layout on a narrow screen, and the marks that move over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nnviz.chart import plot
from nnviz.chart.tracks import Tracks

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Picture:
    """What a chart shows."""

    plain: plot.Figure  # everything that stands still
    # layout entries that replace the figure's own below 605 px of width
    narrow: Mapping[str, Any] = field(default_factory=dict)
    tracks: Tracks | None = None  # what moves with the clock of a recorded run

    @cached_property
    def figure(self) -> "go.Figure":
        """What stands still as a figure of Plotly, checked in every property."""
        return plot.validated(self.plain)

    @property
    def height(self) -> int:
        """The height of the wide layout, in pixels."""
        return int(self.plain["layout"].get("height", 450))

    def heights(self, extra: int) -> tuple[int, int]:
        """Return the heights of the wide and the narrow layout, each with ``extra`` pixels."""
        return self.height + extra, int(self.narrow.get("height", self.height)) + extra
