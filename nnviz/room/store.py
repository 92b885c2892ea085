"""The rooms: to open, join, watch and close them.

What a person has to know is in no table: of the teacher's key and of the pupils' tokens only
digests are kept. Whoever has none of them, nor a code, learns of no room that there is one.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Row,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from nnviz.room import throttle
from nnviz.room.database import MARKS, PUPILS, ROOMS, Database
from nnviz.room.names import code_from, new_code, nickname
from nnviz.room.problems import GoneError, RoomError
from nnviz.room.seen import Desk, Joined, Look, Opened, Pupil, Shown
from nnviz.room.step import Step, is_link, merged

AnyRow = Row[*tuple[Any, ...]]

LASTS: Final = 24 * 3600.0
"""Seconds after which a room ends by itself."""

MOST_PUPILS: Final = 200
MOST_ROOMS: Final = 2_000
"""At once; a server for schools has some dozens."""

_TRIES: Final = 30  # to find a code that is free
_AT_ONCE: Final = 500  # pupils in one query
_ENDED: Final = "This room has ended, or you are in it no more."
_NO_LINK: Final = "A room begins with a link to a page of this app, which this is not."
_NO_KEY: Final = "This room has ended, or this is not the link of its teacher."


class Store:
    """All rooms of a server.

    Parameters
    ----------
    url : str or URL
        Where they are kept: see `database.configured`.
    clock : callable
        Returns seconds since 1970.
    """

    def __init__(self, url: str | URL, clock: Callable[[], float] = time.time) -> None:
        self._database = Database(url)
        self._clock = clock

    def exists(self) -> bool:
        """Return whether there may be a room."""
        return self._database.exists()

    def close_connections(self) -> None:
        """Close what is open; whoever asks next opens it anew."""
        self._database.close()

    def open_room(self, begins: str, client: str) -> Opened:
        """Open a room whose pupils get a link; ``client`` is the address of who asks."""
        if not is_link(begins):
            raise RoomError(_NO_LINK)
        now, key = self._clock(), secrets.token_urlsafe(24)
        self.sweep()
        with self._database.writing() as c:
            throttle.spend(c, f"open {throttle.whose(client)}", throttle.OPENED, now)
        with self._database.writing() as c:
            if (c.scalar(select(func.count()).select_from(ROOMS)) or 0) >= MOST_ROOMS:
                raise RoomError("This server has as many rooms as it can hold. Close one first.")
            for _ in range(_TRIES):
                row = {
                    "code": new_code(), "key": _digest(key), "begins": begins, "ends": now + LASTS,
                    "paused": False, "showing": 0, "shown_link": "", "shown_name": "",
                }  # fmt: skip
                try:
                    with c.begin_nested():
                        c.execute(insert(ROOMS).values(row))
                except IntegrityError:  # the code is taken
                    continue
                return Opened(str(row["code"]), key)
        raise RoomError("No code was free. Try again.")

    def join(self, code: str, name: str, client: str, before: str = "") -> Joined:
        """Let a pupil in; one who has left comes back with the token that they had ``before``."""
        code, name = code_from(code), nickname(name)
        now, who = self._clock(), throttle.whose(client)
        if not self.exists():
            raise _no_such_room(code)
        limits = ((f"code {who}", throttle.GUESSES), ("code", throttle.ALL_GUESSES))
        with self._database.writing() as c:
            for asked, limit in limits:
                throttle.spend(c, asked, limit, now)
        with self._database.writing() as c:
            room = self._open_room(c, ROOMS.c.code == code)
            if room is not None:
                for asked, limit in limits:
                    throttle.give_back(c, asked, limit)
        if room is None:
            raise _no_such_room(code)
        with self._database.writing() as c:
            throttle.spend(c, f"{_joining(room.id)}{who}", throttle.JOINS, now)
            throttle.spend(c, f"{_joining(room.id)}all", throttle.ROOM_JOINS, now)
        token = secrets.token_urlsafe(24)
        with self._database.writing() as c:
            if self._open_room(c, ROOMS.c.id == room.id, lock=True) is None:
                raise _no_such_room(code)
            there = c.execute(select(PUPILS).where(PUPILS.c.room == room.id)).all()
            same = next((pupil for pupil in there if pupil.folded == name.casefold()), None)
            comes = {"token": _digest(token), "name": name, "active": now, "away": False}
            if same is not None:
                if not (same.away and hmac.compare_digest(same.token, _digest(before))):
                    raise _taken(name, away=same.away)
                c.execute(update(PUPILS).where(PUPILS.c.id == same.id).values(comes))
            elif len(there) >= MOST_PUPILS:
                raise RoomError(f"This room is full: it holds {MOST_PUPILS} pupils.")
            else:
                comes |= {"room": room.id, "folded": name.casefold(), "page": "", "link": ""}
                c.execute(insert(PUPILS).values(comes))
        return Joined(code, token, name, room.begins)

    def leave(self, token: str) -> None:
        """Let a pupil go; the teacher keeps the nickname and what was done, until the room ends."""
        if not self.exists():
            return
        with self._database.writing() as c:
            found = self._pupil(c, token)
            if found is not None:
                self._lock(c, {found.room})
                values = {"away": True, "page": "", "task": None, "link": ""}
                c.execute(update(PUPILS).where(PUPILS.c.id == found.id).values(values))
                _hide(c, found.room, found.id)
        self._database.wipe()

    def look(self, token: str) -> Look:
        """Return what a pupil is told."""
        if not self.exists():
            raise GoneError(_ENDED)
        with self._database.reading() as c:
            found = self._pupil(c, token)
        if found is None:
            raise GoneError(_ENDED)
        shown = _shown(found)
        mine = shown is not None and shown.pupil == found.id
        return Look(found.code, found.name, found.begins, found.paused, shown, mine)

    def record(self, steps: Mapping[str, Step]) -> None:
        """Take down the newest steps of pupils, by their tokens; of who is in no room nothing."""
        if not self.exists() or not steps:
            return
        by_digest = {_digest(token): step for token, step in steps.items()}
        digests = [*by_digest]
        for begin in range(0, len(digests), _AT_ONCE):
            self._record({each: by_digest[each] for each in digests[begin : begin + _AT_ONCE]})

    def _record(self, steps: Mapping[str, Step]) -> None:
        now = self._clock()
        with self._database.writing() as c:
            found = c.execute(
                select(PUPILS.c.id, PUPILS.c.room, PUPILS.c.token)
                .join(ROOMS)
                .where(PUPILS.c.token.in_([*steps]), ROOMS.c.ends > now, ~PUPILS.c.away)
            ).all()
            there = self._lock(c, {row.room for row in found})
            by_id = {row.id: steps[row.token] for row in found if row.room in there}
            known = c.execute(select(MARKS).where(MARKS.c.pupil.in_([*by_id]))).all()
            before = {(row.pupil, row.page): row.marks for row in known}
            for pupil, step in sorted(by_id.items()):
                link = step.link if is_link(step.link) else step.page or "./"
                c.execute(
                    update(PUPILS)
                    .where(PUPILS.c.id == pupil)
                    .values(active=now, page=step.page[:40], task=step.task, link=link)
                )
                if step.marks:
                    _write_marks(c, pupil, step, before.get((pupil, step.page)))

    def desk(self, code: str, key: str) -> Desk:
        """Return what the teacher sees."""
        if not self.exists():
            raise GoneError(_NO_KEY)
        now = self._clock()
        with self._database.reading() as c:
            room = self._with_key(c, code, key)
            pupils = c.execute(select(PUPILS).where(PUPILS.c.room == room.id)).all()
            known = c.execute(
                select(MARKS).join(PUPILS).where(PUPILS.c.room == room.id)
            ).all()  # fmt: skip
        marks: dict[int, dict[str, str]] = {}
        for row in known:
            marks.setdefault(row.pupil, {})[row.page] = row.marks
        seen = [
            Pupil(
                p.id, p.name, max(0.0, now - p.active), p.page, p.task, marks.get(p.id, {}), p.away
            )
            for p in sorted(pupils, key=lambda pupil: (pupil.folded, pupil.id))
        ]
        left = room.ends - now
        return Desk(room.code, room.begins, left, room.paused, _shown(room), tuple(seen))

    def pause(self, code: str, key: str, *, paused: bool) -> None:
        """Let all pupils stop, or go on."""
        with self._at_desk(code, key) as (c, room):
            c.execute(update(ROOMS).where(ROOMS.c.id == room.id).values(paused=paused))

    def begin_with(self, code: str, key: str, begins: str) -> None:
        """Send all who are in a room, and who will join it, to another link."""
        if not is_link(begins):
            raise RoomError(_NO_LINK)
        with self._at_desk(code, key) as (c, room):
            c.execute(update(ROOMS).where(ROOMS.c.id == room.id).values(begins=begins))

    def show(self, code: str, key: str, pupil: int | None, *, named: bool = True) -> None:
        """Show to all what a pupil has on the screen now; None ends it."""
        with self._at_desk(code, key) as (c, room):
            values: dict[str, object] = {"shown": None, "shown_link": "", "shown_name": ""}
            if pupil is not None:
                here = (PUPILS.c.id == pupil, PUPILS.c.room == room.id)
                found = c.execute(select(PUPILS).where(*here)).one_or_none()
                if found is None or found.away:
                    raise RoomError("This pupil has left the room.")
                if not found.link:
                    raise RoomError("This pupil has not opened a page yet.")
                values = {
                    "shown": pupil, "shown_link": found.link, "showing": room.showing + 1,
                    "shown_name": found.name if named else "",
                }  # fmt: skip
            c.execute(update(ROOMS).where(ROOMS.c.id == room.id).values(values))

    def remove(self, code: str, key: str, pupil: int) -> None:
        """Take a pupil out of the room, whose nickname is not to be seen, say."""
        with self._at_desk(code, key) as (c, room):
            _remove(c, room.id, pupil)
        self._database.wipe()

    def close(self, code: str, key: str, client: str) -> None:
        """End a room, and delete everything of it; ``client`` is the address of who asks."""
        with self._at_desk(code, key) as (c, room):
            _delete_rooms(c, [room.id])
            throttle.drop(c, f"open {throttle.whose(client)}")
            throttle.forget(c, self._clock())
        self._database.wipe()

    def sweep(self) -> None:
        """Delete what is over: rooms at their end, and what was counted to slow somebody down."""
        if not self.exists():
            return
        now = self._clock()
        with self._database.reading() as c:
            ended = c.scalars(select(ROOMS.c.id).where(ROOMS.c.ends <= now)).all()
        with self._database.writing() as c:
            throttle.forget(c, now)
            if ended:
                self._lock(c, set(ended))
                _delete_rooms(c, ended)
        if ended:
            self._database.wipe()

    @contextmanager
    def _at_desk(self, code: str, key: str) -> Iterator[tuple[Connection, AnyRow]]:
        """Give a connection and the room, which nobody else changes meanwhile."""
        if not self.exists():
            raise GoneError(_NO_KEY)
        with self._database.writing() as c:
            yield c, self._with_key(c, code, key, lock=True)

    def _with_key(self, c: Connection, code: str, key: str, *, lock: bool = False) -> AnyRow:
        """Return the room of a code, if this is its key; a wrong one and no room look the same."""
        room = self._open_room(c, ROOMS.c.code == code[:5].upper(), lock=lock)
        right = hmac.compare_digest(_digest(key), "0" * 64 if room is None else room.key)
        if room is None or not right:
            raise GoneError(_NO_KEY)
        return room

    def _open_room(
        self, c: Connection, which: ColumnElement[bool], *, lock: bool = False
    ) -> AnyRow | None:
        query = select(ROOMS).where(which, ROOMS.c.ends > self._clock())
        return c.execute(query.with_for_update() if lock else query).one_or_none()

    def _pupil(self, c: Connection, token: str) -> AnyRow | None:
        query = select(PUPILS.c.id, PUPILS.c.name, PUPILS.c.room, *_OF_ROOM).join(ROOMS)
        here = (PUPILS.c.token == _digest(token), ROOMS.c.ends > self._clock())
        return c.execute(query.where(*here, ~PUPILS.c.away)).one_or_none()

    @staticmethod
    def _lock(c: Connection, rooms: Collection[int]) -> set[int]:
        """Wait until nobody else writes into rooms; return those that are there.

        Whoever writes into several takes them in one order, so that nobody waits in a circle.
        """
        query = select(ROOMS.c.id).where(ROOMS.c.id.in_(rooms)).order_by(ROOMS.c.id)
        return set(c.scalars(query.with_for_update()))


_OF_ROOM: Final = (
    ROOMS.c.code, ROOMS.c.begins, ROOMS.c.paused, ROOMS.c.showing, ROOMS.c.shown,
    ROOMS.c.shown_link, ROOMS.c.shown_name,
)  # fmt: skip


def _shown(room: AnyRow) -> Shown | None:
    if room.shown is None:
        return None
    return Shown(room.showing, room.shown_link, room.shown_name, room.shown)


def _write_marks(c: Connection, pupil: int, step: Step, before: str | None) -> None:
    if before is None:
        c.execute(insert(MARKS).values(pupil=pupil, page=step.page[:40], marks=step.marks))
    elif (marks := merged(before, step.marks)) != before:
        here = (MARKS.c.pupil == pupil, MARKS.c.page == step.page[:40])
        c.execute(update(MARKS).where(*here).values(marks=marks))


def _remove(c: Connection, room: int, pupil: int) -> None:
    """Delete a pupil, and the picture that is shown if it is theirs."""
    here = (PUPILS.c.id == pupil, PUPILS.c.room == room)
    c.execute(delete(MARKS).where(MARKS.c.pupil.in_(select(PUPILS.c.id).where(*here))))
    c.execute(delete(PUPILS).where(*here))
    _hide(c, room, pupil)


def _hide(c: Connection, room: int, pupil: int) -> None:
    """Show the picture of a pupil no more, if it is shown."""
    c.execute(
        update(ROOMS)
        .where(ROOMS.c.id == room, ROOMS.c.shown == pupil)
        .values(shown=None, shown_link="", shown_name="")
    )


def _delete_rooms(c: Connection, rooms: Collection[int]) -> None:
    pupils = select(PUPILS.c.id).where(PUPILS.c.room.in_(rooms))
    c.execute(delete(MARKS).where(MARKS.c.pupil.in_(pupils)))
    c.execute(delete(PUPILS).where(PUPILS.c.room.in_(rooms)))
    c.execute(delete(ROOMS).where(ROOMS.c.id.in_(rooms)))
    for room in rooms:
        throttle.drop(c, _joining(room))


def _joining(room: int) -> str:
    """Return what the names begin with under which joins of a room are counted."""
    return f"room {room} "


def _taken(name: str, *, away: bool) -> RoomError:
    if not away:
        return RoomError(f"Somebody in this room is called {name} already. Take another.")
    return RoomError(
        f"Somebody called {name} has left this room. Take another name, or ask your teacher to "
        "take out that line."
    )


def _no_such_room(code: str) -> RoomError:
    return RoomError(f"There is no room {code}. Compare the five letters with those on the board.")


def _digest(secret: str) -> str:
    # What is digested is long and random, so it needs neither salt nor a slow function.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
