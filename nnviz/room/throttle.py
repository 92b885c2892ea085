"""Slow down who asks too often: so many at once, and then so many in a second.

What is counted is kept with the rooms, because several processes of the app count together. A row
says until when a name has used up what it was given: at most a few minutes or, for rooms that
were opened, some hours. Addresses of devices are kept as digests.
"""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, case, delete, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from nnviz.room.database import LIMITS
from nnviz.room.problems import RoomError


@dataclass(frozen=True)
class Limit:
    """So many at once, and one more after each while."""

    at_once: int
    each: float  # seconds
    sentence: str  # what is told to whoever is too quick; {wait} is filled in


GUESSES: Final = Limit(
    20, 10.0, "Too many codes that are not right were tried from here. Try again in {wait}."
)
ALL_GUESSES: Final = Limit(
    120, 5.0, "Too many codes that are not right were tried. Try again in {wait}."
)
JOINS: Final = Limit(60, 2.0, "Too many have joined from here at once. Try again in {wait}.")
ROOM_JOINS: Final = Limit(60, 0.5, "Too many join this room at once. Try again in {wait}.")
OPENED: Final = Limit(10, 360.0, "Too many rooms were opened from here. Try again in {wait}.")


def whose(client: str) -> str:
    """Return the digest of a device's address; of a network whose devices change theirs at will."""
    try:
        number = ipaddress.ip_address(client)
    except ValueError:
        known = client
    else:
        mapped = getattr(number, "ipv4_mapped", None)
        network = 64 if number.version == 6 and mapped is None else 32
        known = str(ipaddress.ip_network((str(mapped or number), network), strict=False))
    return hashlib.blake2b(known.encode(), digest_size=12, person=b"nnviz room").hexdigest()


def spend(connection: Connection, name: str, limit: Limit, now: float) -> None:
    """Count one more.

    Raises
    ------
    RoomError
        If it is too soon; then it is not counted.
    """
    used = case((LIMITS.c.until > now, LIMITS.c.until), else_=literal(now))
    counted = connection.execute(
        update(LIMITS)
        .where(LIMITS.c.name == name, used + limit.each <= now + limit.at_once * limit.each)
        .values(until=used + limit.each)
    )
    if counted.rowcount:
        return
    until = connection.scalar(select(LIMITS.c.until).where(LIMITS.c.name == name))
    if until is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(LIMITS).values(name=name, until=now + limit.each))
        except IntegrityError:  # another process was quicker
            spend(connection, name, limit, now)
        return
    wait = until + limit.each - now - limit.at_once * limit.each
    raise RoomError(limit.sentence.format(wait=_in_words(wait)))


def give_back(connection: Connection, name: str, limit: Limit) -> None:
    """Count one less: it was right."""
    connection.execute(
        update(LIMITS).where(LIMITS.c.name == name).values(until=LIMITS.c.until - limit.each)
    )


def drop(connection: Connection, beginning: str) -> None:
    """Delete what is counted under the names that begin so."""
    connection.execute(delete(LIMITS).where(LIMITS.c.name.startswith(beginning, autoescape=True)))


def forget(connection: Connection, now: float) -> None:
    """Delete what need not be known any more, and leave what somebody is just counting."""
    over = select(LIMITS.c.name).where(LIMITS.c.until <= now).with_for_update(skip_locked=True)
    names = connection.scalars(over).all()
    connection.execute(delete(LIMITS).where(LIMITS.c.name.in_(names)))


def _in_words(seconds: float) -> str:
    if seconds > 90:
        return f"{math.ceil(seconds / 60)} minutes"
    whole = max(1, math.ceil(seconds))
    return f"{whole} second{'s' * (whole > 1)}"
