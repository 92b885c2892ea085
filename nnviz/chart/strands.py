"""How the lines of a branching run are told apart: each has a letter, a colour and a dash."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.chart import theme
from nnviz.chart.tracks import Dash


@dataclass(frozen=True)
class Stroke:
    """The pen of one line."""

    letter: str
    colour: str
    dash: Dash

    @property
    def width(self) -> float:
        """How wide its trail is, in pixels: a branch stands out from the line that it leaves."""
        return 1.2 if self.letter == STROKES[0].letter else 2.2

    @property
    def sample(self) -> str:
        """The line drawn with characters, for a label."""
        return _SAMPLES[self.dash]


_SAMPLES: Final = MappingProxyType(
    {"solid": "───", "dash": "╌╌╌", "dot": "┈┈┈", "dashdot": "─·─", "longdash": "── ──"}
)

STROKES: Final = (
    Stroke("A", theme.INK, "solid"),
    Stroke("B", theme.VERMILLION, "dash"),
    Stroke("C", theme.GREEN, "dot"),
    Stroke("D", theme.BLUE, "dashdot"),
    Stroke("E", theme.PURPLE, "longdash"),
)
