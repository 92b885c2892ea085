"""Many pictures of 8 x 8 squares beside each other, each under its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chart import plot, theme
from nnviz.data.digits import SIDE

_ACROSS: Final = SIDE + 1  # squares from one picture to the next
_DOWN: Final = SIDE + 3  # a name stands above each


@dataclass(frozen=True)
class Mosaic:
    """Where each of n pictures stands: row by row from the upper left, a square is 1 wide."""

    n: int
    columns: int

    @classmethod
    def fitting(cls, n: int, shape: float) -> "Mosaic":
        """Return the one with the largest squares in a place, `shape` times as wide as high."""

        def square(columns: int) -> float:
            rows = -(-n // columns)
            return min(shape / (columns * _ACROSS), 1 / (rows * _DOWN))

        return cls(n, max(range(1, n + 1), key=square))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in squares."""
        return self.columns * _ACROSS, -(-self.n // self.columns) * _DOWN

    def corner(self, k: int) -> tuple[int, int]:
        """Return where picture k begins: its left and its lower edge."""
        row, column = divmod(k, self.columns)
        return column * _ACROSS, self.size[1] - (row + 1) * _DOWN

    def at(self, x: float, y: float) -> int | None:
        """Return the picture at a place, or None beside all of them."""
        column, row = int(x // _ACROSS), int((self.size[1] - y) // _DOWN)
        k = row * self.columns + column
        inside = 0 <= column < self.columns and row >= 0
        return k if inside and k < self.n else None

    def whole(self, pictures: npt.NDArray[np.uint8], background: int) -> npt.NDArray[np.uint8]:
        """Return pictures (..., n, 64) as one, (..., height, width), the lowest row first."""
        width, height = self.size
        found = np.full((*pictures.shape[:-2], height, width), background, dtype=np.uint8)
        for k in range(self.n):
            x, y = self.corner(k)
            grid = pictures[..., k, :].reshape(*pictures.shape[:-2], SIDE, SIDE)
            found[..., y : y + SIDE, x : x + SIDE] = grid[..., ::-1, :]
        return found

    def axes(self, number: str, x: Sequence[float], y: Sequence[float]) -> dict[str, Any]:
        """Return its two axes, on which squares are squares."""
        width, height = self.size
        blank: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
        return {
            f"xaxis{number}": {
                **blank, "domain": list(x), "range": [-0.5, width - 0.5], "anchor": f"y{number}"
            },
            f"yaxis{number}": {
                **blank, "domain": list(y), "range": [-0.5, height], "anchor": f"x{number}",
                "scaleanchor": f"x{number}", "constraintoward": "top",
            },
        }  # fmt: skip

    def frames(
        self, names: Sequence[str], hovers: Sequence[str], number: str, size: int = 12
    ) -> list[plot.Trace]:
        """Return a frame around each picture, its name above it, and what pointing at it says.

        There may be fewer than there are places.
        """
        own = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        across, up, places, texts = [], [], [], []
        for k in range(len(names)):
            x, y = self.corner(k)
            across += [x, x + SIDE, x + SIDE, x, x, None]
            up += [y, y, y + SIDE, y + SIDE, y, None]
            places += [(x + 2 * i, y + 2 * j) for i in (1, 2, 3) for j in (1, 2, 3)]
            texts += [hovers[k]] * 9
        corners = [self.corner(k) for k in range(len(names))]
        return [
            plot.scatter(
                x=across, y=up, mode="lines", line={"color": theme.GREY, "width": 1},
                hoverinfo="skip", **own,
            ),
            plot.scatter(
                x=[x for x, _ in corners],
                y=[y + SIDE + 0.2 for _, y in corners],
                text=list(names),
                mode="text",
                textposition="top right",
                textfont={"size": size, "color": theme.INK},
                cliponaxis=False,
                hoverinfo="skip",
                **own,
            ),
            plot.scatter(
                x=[x for x, _ in places],
                y=[y for _, y in places],
                text=texts,
                mode="markers",
                marker={"size": 12, "opacity": 0},
                hovertemplate="%{text}<extra></extra>",
                **own,
            ),
        ]  # fmt: skip

    def crossed(self, k: int, number: str) -> plot.Trace:
        """Return a thick frame with a cross over a picture: it is switched off."""
        x, y = self.corner(k)
        right, top = x + SIDE, y + SIDE
        return plot.scatter(
            x=[x, right, right, x, x, right, None, x, right],
            y=[y, y, top, top, y, top, None, top, y],
            mode="lines",
            line={"color": theme.INK, "width": 2.5},
            hoverinfo="skip",
            xaxis=f"x{number}",
            yaxis=f"y{number}",
        )
