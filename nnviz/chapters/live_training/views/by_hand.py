"""A line that is drawn by hand: its two handles, and the picture that is about it alone."""

import numpy as np

from nnviz.chapters.live_training.address import ADDRESS
from nnviz.chapters.live_training.by_hand import FIRST_LINE, Ends, HandLine, hand_line
from nnviz.chapters.live_training.figures.by_hand import hand_picture, paper_picture
from nnviz.chapters.live_training.figures.plane import X_RANGE, Y_RANGE
from nnviz.chapters.live_training.words.by_hand import hand_sentence
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.data.sample import Sample
from nnviz.site import frame

_NAMES = ("end 1", "end 2")


def hand_view() -> None:
    """Show the rows and the line, and nothing of a run."""
    rows = np.array(ADDRESS["rows"], dtype=np.float64)
    sample = Sample(rows[:, :2], rows[:, 2])
    line = hand_line(sample, drawn() or FIRST_LINE)
    with_pairs = not frame.hidden("pairs")
    chart(
        hand_picture(sample, line, with_pairs=with_pairs),
        key="live_training_by_hand",
        words=hand_sentence(sample, line, with_pairs=with_pairs),
        hint="Drag the two ends of the line.",
        handles=line_handles(line),
        on_drag=move_end,
        fill=True,
    )


def paper_view() -> None:
    """Show the rows alone, with their places: a line can be drawn with a ruler."""
    rows = np.array(ADDRESS["rows"], dtype=np.float64)
    chart(
        paper_picture(Sample(rows[:, :2], rows[:, 2])),
        key="live_training_on_paper",
        words="Beside each point stand its number and its place (x1, x2).",
        hint="",
    )


def drawn() -> Ends | None:
    """Return the ends of the line that is drawn, if there is one."""
    ends: Ends = ADDRESS["drawn"]
    return ends or None


def drawn_line(sample: Sample) -> HandLine | None:
    """Return the line that is drawn over the rows, if there is one."""
    ends = drawn()
    return None if ends is None else hand_line(sample, ends)


def line_handles(line: HandLine) -> list[Handle]:
    """Return the two ends, to be dragged."""
    return [
        Handle(
            name=name,
            label=f"{name.capitalize()} of your line",
            x=line.ends[2 * k],
            y=line.ends[2 * k + 1],
            low=(X_RANGE[0], Y_RANGE[0]),
            high=(X_RANGE[1], Y_RANGE[1]),
            snap=0.05,
            stride=0.25,
            symbol="diamond",
            size=10,
            says="x1 {x}, x2 {y}",
        )
        for k, name in enumerate(_NAMES)
    ]


def move_end(drag: Drag) -> None:
    """Move one end of the line."""
    if drag.name in _NAMES:
        k = 2 * _NAMES.index(drag.name)
        ends = list(drawn() or FIRST_LINE)
        ends[k : k + 2] = [round(drag.x, 2), round(drag.y, 2)]
        ADDRESS.set("drawn", tuple(ends))
