"""What is known of one pupil: the page, the open task, and what came of each task of its lesson.

The tasks of a lesson are one character each: ``-`` nothing yet, ``r`` and ``w`` the first answer
was right or wrong, ``d`` done without an answer, ``R`` and ``W`` done with one, ``.`` not among
those that the link gives.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

MOST_TASKS: Final = 20
NOT_GIVEN: Final = "."
LONGEST_LINK: Final = 6_000
"""Characters; a longer link is not kept, and what is shown of such a pupil is the bare page."""

_LINK: Final = re.compile(r"(?:\./|[a-z_]{1,40})(?:\?[\x21-\x7e]*)?")
_ANSWERED: Final = MappingProxyType({None: "-", True: "r", False: "w"})


@dataclass(frozen=True)
class Step:
    """What a pupil's page says when something has changed on it."""

    page: str  # its short name
    task: int | None  # which task is open, from 1; None in free play, one more than the last: end
    marks: str  # one character for each task of the lesson; "" without a lesson
    link: str  # opens what the pupil sees, relative to the app


def marks_of(results: Sequence[tuple[bool, bool | None] | None]) -> str:
    """Return one character for each task: is it done, and is the first answer right.

    ``None`` stands for no answer, and for a task that is not given.
    """
    marks = []
    for result in results[:MOST_TASKS]:
        if result is None:
            marks.append(NOT_GIVEN)
            continue
        done, right = result
        mark = _ANSWERED[right]
        marks.append(("d" if mark == "-" else mark.upper()) if done else mark)
    return "".join(marks)


def merged(before: str, now: str) -> str:
    """Return marks that keep what was known before: a session may have begun anew.

    What was done stays done, and the first answer stays the first one.
    """
    if len(before) != len(now):
        return now
    return "".join(map(_later, before, now))


def _later(before: str, now: str) -> str:
    if NOT_GIVEN in (before, now):
        known = before if now == NOT_GIVEN else now
        return known if known != "-" or before == NOT_GIVEN else NOT_GIVEN
    answer = next((mark.lower() for mark in (before, now) if mark.lower() in "rw"), "-")
    if not (_is_done(before) or _is_done(now)):
        return answer
    return "d" if answer == "-" else answer.upper()


def _is_done(mark: str) -> bool:
    return mark in "dRW"


def is_link(link: str) -> bool:
    """Return whether a link stays within the app, and can be kept."""
    return len(link) <= LONGEST_LINK and _LINK.fullmatch(link) is not None
