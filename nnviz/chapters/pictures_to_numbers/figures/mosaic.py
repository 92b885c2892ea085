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
        for k in range(pictures.shape[-2]):
            x, y = self.corner(k)
            grid = pictures[..., k, :].reshape(*pictures.shape[:-2], SIDE, SIDE)
            found[..., y : y + SIDE, x : x + SIDE] = grid[..., ::-1, :]
        return found

    def axes(self, number: str, place: theme.Place) -> dict[str, Any]:
        """Return its two axes, on which squares are squares."""
        width, height = self.size
        blank: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
        square = {"scaleanchor": f"x{number}", "constraintoward": "top"}
        across, up = {"range": [-0.5, width - 0.5]}, {"range": [-0.5, height], **square}
        return theme.panel(number, place, {**blank, **across}, {**blank, **up})

    def painted(self, pictures: npt.NDArray[Any], number: str, most: int) -> plot.Trace:
        """Return pictures, of which 0 is paper and `most` is ink."""
        return plot.heatmap(
            z=self.whole(pictures.astype(np.uint8), 0), x0=0.5, dx=1, y0=0.5, dy=1, zmin=0,
            zmax=most, colorscale=[[0, theme.PAPER], [1, theme.INK]], showscale=False,
            hoverinfo="skip", **plot.on(number),
        )  # fmt: skip

    def framed(self, k: int, number: str, colour: str, width: float) -> plot.Trace:
        """Return a frame around a picture that stands out."""
        return plot.outline(self.corner(k), SIDE, number, colour, width)

    def frames(self, names: Sequence[str], hovers: Sequence[str], number: str) -> list[plot.Trace]:
        """Return a frame around each picture, its name above it, and what pointing at it says.

        There may be fewer than there are places.
        """
        corners = [self.corner(k) for k in range(len(names))]
        across, up, places, texts = [], [], [], []
        for (x, y), hover in zip(corners, hovers, strict=True):
            across += [x, x + SIDE, x + SIDE, x, x, None]
            up += [y, y, y + SIDE, y + SIDE, y, None]
            places += [(x + 2 * i, y + 2 * j) for i in (1, 2, 3) for j in (1, 2, 3)]
            texts += [hover] * 9
        return [
            plot.scatter(
                x=across, y=up, mode="lines", line={"color": theme.GREY, "width": 1},
                hoverinfo="skip", **plot.on(number),
            ),
            plot.scatter(
                x=[x for x, _ in corners], y=[y + SIDE + 0.2 for _, y in corners],
                text=list(names), mode="text", textposition="top right",
                textfont={"size": 12, "color": theme.INK}, cliponaxis=False, hoverinfo="skip",
                **plot.on(number),
            ),
            plot.pointed_at(places, texts, number),
        ]  # fmt: skip

    def crossed(self, k: int, number: str) -> plot.Trace:
        """Return a thick frame with a cross over a picture: it is switched off."""
        frame = self.framed(k, number, theme.INK, 2.5)
        x, y = self.corner(k)
        frame["x"] += [x + SIDE, None, x, x + SIDE]
        frame["y"] += [y + SIDE, None, y + SIDE, y]
        return frame
