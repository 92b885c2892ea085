"""The lines of a branching run on its error curve: pale curves, and where branches begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from nnviz.chart import plot
from nnviz.chart.strands import Stroke
from nnviz.chart.tracks import readable
from nnviz.nn.checks import FloatArray
from nnviz.training.playback import RunView


@dataclass(frozen=True, eq=False)
class Strand:
    """One line of a branching run, as it is drawn."""

    stroke: Stroke
    # one after the other; of a line that is not followed, from where it parts from that one
    views: tuple[RunView, ...]
    own_from: int = 0  # where it leaves another line; 0 for the first one
    coarse: bool = False  # whether its curve is, because the picture will be replaced

    @property
    def curves(self) -> tuple[FloatArray, ...]:
        """The curve of each view."""
        return tuple(view.coarse_curve if self.coarse else view.curve for view in self.views)


_LETTER_WIDTH: Final = 0.05
"""Of a letter with its space, as a part of the error curve on a phone."""


def strand_marks(strands: Sequence[Strand], last: int) -> list[dict[str, Any]]:
    """Return the shapes that show where branches begin, on an error curve of ``last`` updates."""
    begin: dict[int, list[Stroke]] = {}
    for strand in strands:
        if strand.own_from:
            begin.setdefault(strand.own_from, []).append(strand.stroke)
    marks: list[dict[str, Any]] = []
    ends: list[float] = []
    for step, strokes in sorted(begin.items()):
        width = _LETTER_WIDTH * len(strokes) * last
        # Where there is no room before the end, the letters stand on the other side of the line.
        fits = step + width <= last
        left = step if fits else step - width
        # Letters that would stand on others go below them.
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + width]
        marks.append(_mark(step, strokes, "left" if fits else "right", row))
    return marks


def _mark(step: int, strokes: list[Stroke], side: str, row: int) -> dict[str, Any]:
    letters = [f'<span style="color:{stroke.colour}">{stroke.letter}</span>' for stroke in strokes]
    return {
        "type": "line", "xref": "x2", "yref": "y2 domain", "x0": step, "x1": step, "y0": 0, "y1": 1,
        "line": {"color": strokes[0].colour, "width": 1.5, "dash": strokes[0].dash},
        "label": {
            "text": f"{'<br>' * row}<b>{' '.join(letters)}</b>", "textposition": "end",
            "textangle": 0, "xanchor": side, "yanchor": "top", "font": {"size": 12},
        },
    }  # fmt: skip


def strand_curves(strand: Strand) -> list[plot.Trace]:
    """Return the error of a line over all its steps, pale: the trail of the clock goes over it."""
    stroke = strand.stroke
    return [
        plot.scatter(
            x=curve[:, 0].astype(int).tolist(), y=readable(curve[:, 1]).tolist(), **plot.on("2"),
            line={"color": stroke.colour, "width": stroke.width, "dash": stroke.dash},
            mode="lines", opacity=0.4,
            hovertemplate=f"{stroke.letter}: update %{{x}}: %{{y}}<extra></extra>",
        )
        for curve in strand.curves
    ]  # fmt: skip
