"""What a class has handed in: one row for each code, and sums for each task of each lesson."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nnviz.text.hand_in import HandIn, read_code

MOST_LINES: Final = 1_000
"""So many lines are read."""

HEAD: Final = (
    "name", "lesson", "tasks done", "tasks", "which", "first answers right", "first answers",
    "answers given", "line",
)  # fmt: skip

SHOWN: Final = ("name", "lesson", "tasks done", "first answers right", "answers given", "line")
"""The same in fewer columns: so many have room on a phone."""

SUMS: Final = ("task", "given to", "done", "first answers right", "first answers")


@dataclass(frozen=True)
class Results:
    """What a text with codes says.

    Attributes
    ----------
    handed_in : tuple of (int, HandIn)
        Each with the number of its line.
    problems : tuple of str
        What is wrong with the other lines, in sentences.
    """

    handed_in: tuple[tuple[int, HandIn], ...]
    problems: tuple[str, ...]


def read(text: str, tasks: Mapping[str, int]) -> Results:
    """Read the codes of a text, one in a line; empty lines are passed over.

    Parameters
    ----------
    text : str
    tasks : mapping of str to int
        The lessons that there are, each with the number of its tasks.
    """
    handed_in, problems = [], []
    lines = text.splitlines()
    seen: dict[HandIn, int] = {}
    for number, line in enumerate(lines[:MOST_LINES], 1):
        if not line.strip():
            continue
        try:
            handed = read_code(line)
        except ValueError as reason:
            problems.append(f"Line {number} {reason}")
            continue
        if tasks.get(handed.lesson) != len(handed.tasks):
            problems.append(
                f"Line {number} has the code of a lesson that this version of the app does not "
                f"have in this form: {handed.lesson} with {len(handed.tasks)} tasks."
            )
        elif handed in seen:
            problems.append(f"Line {number} has the same code as line {seen[handed]}.")
        else:
            seen[handed] = number
            handed_in.append((number, handed))
    if len(lines) > MOST_LINES:
        problems.append(f"Only the first {MOST_LINES:,} of {len(lines):,} lines were read.")
    return Results(tuple(handed_in), tuple(problems))


def rows(results: Results, titles: Mapping[str, str]) -> list[tuple[int | str, ...]]:
    """Return a row for each code, in the order of `HEAD`; ``titles`` name the lessons."""
    found: list[tuple[int | str, ...]] = []
    for number, handed in results.handed_in:
        firsts = [task.first for task in handed.tasks if task.first is not None]
        done = sum(task.done for task in handed.tasks)
        given = [number for number, task in enumerate(handed.tasks, 1) if task.given]
        tries = sum(task.tries for task in handed.tasks)
        found.append(
            (
                handed.name,
                titles[handed.lesson],
                done,
                len(given),
                "all" if len(given) == len(handed.tasks) else ", ".join(map(str, given)),
                sum(firsts),
                len(firsts),
                tries,
                number,
            )
        )
    return found


def shown(rows: Sequence[tuple[int | str, ...]]) -> list[tuple[int | str, ...]]:
    """Return the same rows in the order of `SHOWN`."""
    found: list[tuple[int | str, ...]] = []
    for name, lesson, done, tasks, which, right, firsts, tries, number in rows:
        of_which = "" if which == "all" else f" ({which})"
        found.append(
            (name, lesson, f"{done} of {tasks}{of_which}", f"{right} of {firsts}", tries, number)
        )
    return found


def sums(results: Results) -> dict[str, list[tuple[int, ...]]]:
    """Return by lesson, for each of its tasks, its number and sums in the order of `SUMS`."""
    lessons: dict[str, list[HandIn]] = {}
    for _, handed in results.handed_in:
        lessons.setdefault(handed.lesson, []).append(handed)
    return {
        lesson: [
            (
                k + 1,
                sum(each.tasks[k].given for each in class_),
                sum(each.tasks[k].done for each in class_),
                sum(each.tasks[k].first is True for each in class_),
                sum(each.tasks[k].first is not None for each in class_),
            )
            for k in range(len(class_[0].tasks))
        ]
        for lesson, class_ in lessons.items()
    }
