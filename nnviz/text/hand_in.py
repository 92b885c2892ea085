"""What a pupil hands in at the end of a lesson: a short code that a teacher pastes into a table.

A code is ``NN1-`` and letters and digits that survive every chat and every mail, in capitals or
not. Its last letters are a checksum: a code that was mistyped, cut or changed is told. Whoever
reads this file can make any code, so it is a help for a class and no proof.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

LONGEST_NAME: Final = 40
"""Characters of a name."""

MOST_TRIES: Final = 31
"""More answers to one question are not counted."""

_VERSION: Final = "1"
_CHECK: Final = 5  # bytes
_CODE: Final = re.compile(r"(?i)\bNN(\d+)-([a-z2-7]+)")
_DONE: Final = 0x80
_FIRST: Final = MappingProxyType({None: 0x00, True: 0x20, False: 0x40})
_LEFT_OUT: Final = 0x60


@dataclass(frozen=True)
class TaskResult:
    """What came of one task."""

    done: bool
    first: bool | None  # whether the first answer was right; None if nothing was answered
    tries: int  # answers given
    given: bool = True  # whether the teacher's link has the task


NOT_GIVEN: Final = TaskResult(done=False, first=None, tries=0, given=False)
"""Of a task that the teacher's link leaves out."""


@dataclass(frozen=True)
class HandIn:
    """What one pupil hands in of one lesson."""

    name: str  # what the pupil goes by, in any script
    lesson: str  # the short name of its page
    tasks: tuple[TaskResult, ...]


def code_of(handed: HandIn) -> str:
    """Return the code of what is handed in."""
    page = handed.lesson.encode("ascii")
    results = bytes(
        _DONE * each.done | _FIRST[each.first] | min(each.tries, MOST_TRIES)
        if each.given
        else _LEFT_OUT
        for each in handed.tasks
    )
    name = " ".join(handed.name.split())[:LONGEST_NAME].encode()
    payload = bytes([len(page)]) + page + bytes([len(results)]) + results + name
    text = base64.b32encode(payload + _checksum(payload)).decode().rstrip("=")
    return f"NN{_VERSION}-{text}"


def read_code(line: str) -> HandIn:
    """Return what the code in a line says.

    Raises
    ------
    ValueError
        In a sentence, if there is no code in the line, or if it was changed.
    """
    found = _CODE.search(line)
    if found is None:
        raise ValueError(f"has no code: one begins with NN{_VERSION}-.")
    version, text = found.groups()
    if version != _VERSION:
        raise ValueError(
            f"has a code of another version of this app (NN{version}- and not NN{_VERSION}-)."
        )
    try:
        whole = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
        payload, check = whole[:-_CHECK], whole[-_CHECK:]
        if check != _checksum(payload):
            raise ValueError
        page_end = 1 + payload[0]
        tasks_end = page_end + 1 + payload[page_end]
        return HandIn(
            payload[tasks_end:].decode(),
            payload[1:page_end].decode("ascii"),
            tuple(_result(byte) for byte in payload[page_end + 1 : tasks_end]),
        )
    except (binascii.Error, IndexError, ValueError):
        raise ValueError("has a code that is not whole, or was changed.") from None


def _checksum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_CHECK, person=b"nnviz hand in").digest()


def _result(byte: int) -> TaskResult:
    if byte & _LEFT_OUT == _LEFT_OUT:
        return NOT_GIVEN
    first = {bits: value for value, bits in _FIRST.items()}[byte & 0x60]
    return TaskResult(bool(byte & _DONE), first, byte & MOST_TRIES)
