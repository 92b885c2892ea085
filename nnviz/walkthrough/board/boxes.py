"""Rectangles for values and hexagons for functions, and where a line between two of them ends."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Centre and size, in the coordinates of the plane it stands on."""

    x: float
    y: float
    width: float
    height: float

    def corners(self) -> tuple[Point, ...]:
        """Return the corners of a value's rectangle."""
        left, right, low, high = self._edges()
        return (left, low), (right, low), (right, high), (left, high)

    def hexagon_corners(self) -> tuple[Point, ...]:
        """Return the corners of a function's hexagon."""
        left, right, low, high = self._edges()
        cut = self.width / 5
        return (
            (left, self.y), (left + cut, low), (right - cut, low),
            (right, self.y), (right - cut, high), (left + cut, high),
        )  # fmt: skip

    def rectangle(self) -> str:
        """Return the outline of a value, as an SVG path."""
        return path(self.corners())

    def hexagon(self) -> str:
        """Return the outline of a function, as an SVG path."""
        return path(self.hexagon_corners())

    def edge_towards(self, x: float, y: float) -> Point:
        """Return where the line from the centre to a point outside leaves the box."""
        across, along = abs(x - self.x) / self.width, abs(y - self.y) / self.height
        share = 0.5 / max(across, along)
        return self.x + share * (x - self.x), self.y + share * (y - self.y)

    def _edges(self) -> tuple[float, float, float, float]:
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.x + half_width, self.y - half_height, self.y + half_height


def path(corners: tuple[Point, ...]) -> str:
    """Return an outline as an SVG path."""
    return f"M{'L'.join(f'{x:g},{y:g}' for x, y in corners)}Z"
