"""A line drawn by hand, in words."""

from nnviz.chapters.live_training.by_hand import HandLine, crossed_pairs
from nnviz.data.sample import Sample
from nnviz.text.digits import digits


def hand_sentence(sample: Sample, line: HandLine, *, with_pairs: bool) -> str:
    """Say which rows a line gets right and, if asked, why no line gets all of them."""
    told = line_sentence(line)
    pairs = crossed_pairs(sample) if with_pairs else None
    return f"{told} {pairs_sentence(sample, *pairs)}" if pairs else told


def line_sentence(line: HandLine) -> str:
    """Say how many rows a line gets right, and which not."""
    x0, y0, x1, y1 = (digits(end, 3) for end in line.ends)
    wrong = [str(row + 1) for row, right in enumerate(line.correct) if not right]
    missed = f"; wrong: {', '.join(wrong)}" if wrong else ""
    return (
        f"Your line from ({x0}, {y0}) to ({x1}, {y1}) gets {line.n_correct} of "
        f"{len(line.correct)} rows right{missed}."
    )


def pairs_sentence(sample: Sample, ones: tuple[int, int], zeros: tuple[int, int]) -> str:
    """Say why no line can part two pairs of rows that have one midpoint."""
    x, y = (digits(float(each), 4) for each in sample.X[list(ones), :2].mean(axis=0))
    first, second = (" and ".join(str(row + 1) for row in pair) for pair in (ones, zeros))
    return (
        f"Rows {first} have target 1, rows {second} target 0, and the middle between each two is "
        f"the same point ({x}, {y}). With {first} on one side of a line it is on that side too, "
        f"with {second} on the other side on that one: no line can do both."
    )
