"""A line that is drawn by hand: its two handles, and the picture that is about it alone."""

from nnviz.chapters.live_training.address import ADDRESS
from nnviz.chapters.live_training.by_hand import FIRST_LINE, HandLine, hand_line, sample_of
from nnviz.chapters.live_training.figures.by_hand import hand_picture, paper_picture
from nnviz.chapters.live_training.figures.plane import HIGH, LOW
from nnviz.chapters.live_training.words.by_hand import hand_sentence
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.data.sample import Sample
from nnviz.site import frame

_NAMES = ("end 1", "end 2")


def hand_view() -> None:
    """Show the rows and the line, and nothing of a run."""
    sample = sample_of(ADDRESS["rows"])
    line = hand_line(sample, ADDRESS["drawn"] or FIRST_LINE)
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
    chart(
        paper_picture(sample_of(ADDRESS["rows"])),
        key="live_training_on_paper",
        words="Beside each point stand its number and its place (x1, x2).",
        hint="",
    )


def drawn_line(sample: Sample) -> HandLine | None:
    """Return the line that is drawn over the rows, if there is one."""
    return hand_line(sample, ADDRESS["drawn"]) if ADDRESS["drawn"] else None


def line_handles(line: HandLine) -> list[Handle]:
    """Return the two ends, to be dragged."""
    return [
        Handle(
            name=name, label=f"{name.capitalize()} of your line", x=x, y=y, low=LOW, high=HIGH,
            snap=0.05, stride=0.25, symbol="diamond", size=10, says="x1 {x}, x2 {y}",
        )
        for name, x, y in zip(_NAMES, line.ends[::2], line.ends[1::2], strict=True)
    ]  # fmt: skip


def move_end(drag: Drag) -> None:
    """Move one end of the line."""
    if drag.name in _NAMES:
        k = 2 * _NAMES.index(drag.name)
        ends = list(ADDRESS["drawn"] or FIRST_LINE)
        ends[k : k + 2] = [round(drag.x, 2), round(drag.y, 2)]
        ADDRESS.set("drawn", tuple(ends))
