"""What a room lets its teacher and its pupils see."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Opened:
    """A new room: the code is for everybody in it, the key for its teacher alone."""

    code: str
    key: str


@dataclass(frozen=True)
class Joined:
    """A pupil's way in."""

    code: str
    token: str  # what the pupil's browser keeps, and nobody else has
    name: str
    begins: str  # the link that the teacher chose


@dataclass(frozen=True)
class Shown:
    """A picture that is shown to all."""

    number: int  # counts what has been shown
    link: str
    name: str  # whose it is; "" while names are hidden
    pupil: int


@dataclass(frozen=True)
class Look:
    """What a pupil is told of the room."""

    code: str
    name: str
    begins: str
    paused: bool
    shown: Shown | None
    mine: bool  # whether it is the pupil's own picture that is shown


@dataclass(frozen=True)
class Pupil:
    """What the teacher sees of a pupil."""

    id: int
    name: str
    idle: float  # seconds since something changed on the page
    page: str
    task: int | None
    marks: Mapping[str, str]  # by lesson, one character for each task
    away: bool  # has left


@dataclass(frozen=True)
class Desk:
    """What the teacher sees of the room."""

    code: str
    begins: str
    left: float  # seconds until it ends by itself
    paused: bool
    shown: Shown | None
    pupils: tuple[Pupil, ...]
