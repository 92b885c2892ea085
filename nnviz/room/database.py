"""Where rooms are kept: the tables, and transactions which say in a sentence what is wrong.

A SQLite file in the person's own folder, unless ``NNVIZ_ROOMS`` names another file or, as a URL of
SQLAlchemy, another database. It is opened when the first room is.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Double,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    inspect,
    make_url,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from nnviz.room.problems import UnreachableError

VARIABLE: Final = "NNVIZ_ROOMS"
"""The variable of the environment that says where rooms are kept."""

_TABLES: Final = MetaData()

# The number in a name grows when a table changes: no room lives for more than a day.
ROOMS: Final = Table(
    "nnviz_rooms_1",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("code", String(5), unique=True, nullable=False),
    Column("key", String(64), nullable=False),  # the digest of the teacher's
    Column("begins", Text, nullable=False),  # the link that pupils get
    Column("ends", Double, nullable=False),  # seconds since 1970, as all times here
    Column("paused", Boolean, nullable=False),
    Column("showing", Integer, nullable=False),  # how many pictures have been shown
    Column("shown", Integer),  # whose picture it is
    Column("shown_link", Text, nullable=False),
    Column("shown_name", Text, nullable=False),
)
PUPILS: Final = Table(
    "nnviz_pupils_2",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("room", ForeignKey(ROOMS.c.id), nullable=False),
    Column("token", String(64), unique=True, nullable=False),  # the digest of the pupil's
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name, with capitals and small letters the same
    Column("active", Double, nullable=False),
    Column("away", Boolean, nullable=False),  # has left
    Column("page", String(40), nullable=False),
    Column("task", Integer),
    Column("link", Text, nullable=False),
    UniqueConstraint("room", "folded"),
)
MARKS: Final = Table(
    "nnviz_marks_2",
    _TABLES,
    Column("pupil", ForeignKey(PUPILS.c.id), primary_key=True),
    Column("page", String(40), primary_key=True),
    Column("marks", String(20), nullable=False),
)
LIMITS: Final = Table(
    "nnviz_limits_1",
    _TABLES,
    Column("name", String(80), primary_key=True),
    Column("until", Double, nullable=False),
)

_WRITES: Final = "nnviz_writes"
_PATIENCE: Final = 3.0  # seconds in which another process may finish writing
_LOGGED_EVERY: Final = 10.0  # seconds; a class asks often
_READABLE_BY_OWNER: Final = 0o600

_FILE: Final = (
    "The server cannot write the file in which it keeps rooms. Whoever runs the server allows it "
    f"to write there, or names another file in {VARIABLE}."
)
_BUSY: Final = "The server is busy with other rooms. Try again in a moment."
_DAMAGED: Final = (
    "The file in which the server keeps rooms is damaged, or is no database. Whoever runs the "
    f"server deletes it, or names another file in {VARIABLE}."
)
_FULL: Final = "The disk of the server is full, so no room can be kept. Whoever runs it makes room."
_UNKNOWN: Final = (
    "The server knows no such database as it was given for rooms. Whoever runs the server gives "
    f"{VARIABLE} a file, or a URL as postgresql+psycopg://user:password@host/name."
)
_DATABASE: Final = (
    "The server cannot reach the database in which it keeps rooms. Whoever runs the server starts "
    f"the database, or corrects {VARIABLE}."
)
_DRIVER: Final = (
    "The server lacks the Python package for the database of its rooms. For PostgreSQL, whoever "
    "runs the server installs psycopg[binary]."
)


def configured() -> str | URL:
    """Return where rooms are kept, as the environment says it."""
    given = os.environ.get(VARIABLE, "").strip()
    if "://" in given:
        return given
    path = Path(given).expanduser() if given else _own_folder() / "nnviz" / "rooms.sqlite"
    return URL.create("sqlite", database=str(path.absolute()))


def _own_folder() -> Path:
    """Return where programs keep what a person need not see, and what outlives a restart."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


class Database:
    """The tables, in a file or elsewhere.

    Parameters
    ----------
    url : str or URL
        Of SQLAlchemy.
    """

    def __init__(self, url: str | URL) -> None:
        self._given = url
        self._file: Path | None = None
        self._engine: Engine | None = None
        self._opened: tuple[int, int] | None = None  # which file it is
        self._opening = threading.Lock()
        self._logged = -_LOGGED_EVERY
        try:
            url = make_url(url)
        except ArgumentError:
            return  # it is told when a room is opened
        if url.get_backend_name() == "sqlite" and url.database:
            self._file = Path(url.database)

    def exists(self) -> bool:
        """Return whether there may be a room: without its file there is none."""
        return self._file is None or self._file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection, and turn what goes wrong into a sentence."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection; what is done with it is done as a whole, or not at all."""
        with self._transaction(writes=True) as connection:
            yield connection

    def wipe(self) -> None:
        """Let nothing of what was deleted stay in the file, nor in the log beside it."""
        if self._file is None or self._engine is None:
            return
        with self._told():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def close(self) -> None:
        """Close all connections; the next transaction opens them anew."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        with self._told(), self._ready().connect() as plain:
            connection = plain.execution_options(**{_WRITES: writes})
            with connection.begin():
                yield connection

    def _ready(self) -> Engine:
        """Return the engine; a file that somebody has deleted is made anew."""
        engine = self._engine
        if engine is not None and self._opened == self._which():
            return engine
        with self._opening:
            if self._engine is None or self._opened != self._which():
                if self._engine is not None:
                    self._engine.dispose()
                self._engine = None
                engine = self._made()
                _create_tables(engine)
                self._engine, self._opened = engine, self._which()
            return self._engine

    def _which(self) -> tuple[int, int] | None:
        """Return what tells this file from another one of the same name."""
        if self._file is None:
            return None
        try:
            known = self._file.stat()
        except OSError:
            return None
        return known.st_dev, known.st_ino

    def _made(self) -> Engine:
        if self._file is None:
            postgres = make_url(self._given).get_backend_name() == "postgresql"
            return create_engine(
                self._given,
                connect_args={"connect_timeout": round(_PATIENCE)} if postgres else {},
                pool_pre_ping=True,
                pool_timeout=_PATIENCE,
                max_overflow=20,
            )
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._file.exists():
            for beside in ("-wal", "-shm"):  # of a file that was deleted: it must not come back
                Path(f"{self._file}{beside}").unlink(missing_ok=True)
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, _READABLE_BY_OWNER))
        engine = create_engine(
            self._given,
            connect_args={"timeout": _PATIENCE, "check_same_thread": False},
            pool_timeout=_PATIENCE,
            max_overflow=20,
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError, ImportError) as reason:
            now = time.monotonic()
            if now - self._logged >= _LOGGED_EVERY:
                self._logged = now
                said = str(reason).partition("\n")[0]
                logging.getLogger("nnviz").error("Rooms cannot be kept: %s", said)
            raise UnreachableError(self._sentence(reason)) from None

    def _sentence(self, reason: Exception) -> str:
        if isinstance(reason, ArgumentError | NoSuchModuleError):
            return _UNKNOWN
        if isinstance(reason, ImportError):
            return _DRIVER
        if self._file is None:
            return _DATABASE
        said = str(reason).lower()
        for words, sentence in (
            (("locked", "busy", "timeout"), _BUSY),
            (("malformed", "not a database", "has no column", "no such column"), _DAMAGED),
            (("is full", "no space"), _FULL),
        ):
            if any(word in said for word in words):
                return sentence
        return _FILE


def _create_tables(engine: Engine) -> None:
    for again in (True, False):
        try:
            with engine.connect().execution_options(**{_WRITES: True}) as c, c.begin():
                _TABLES.create_all(c)
        except SQLAlchemyError:
            # Another process may have made them in the same moment.
            if again and inspect(engine).has_table(LIMITS.name):
                continue
            engine.dispose()
            raise
        return


def _prepare(connection: Any, _record: object) -> None:
    """Make a connection to SQLite begin transactions as it is told, and keep nothing deleted."""
    connection.isolation_level = None
    cursor = connection.cursor()
    # A log beside the file lets others read while one writes.
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Whoever will write says so at once: two that read first could each wait for the other.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
