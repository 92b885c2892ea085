"""Rooms in SQLite and in PostgreSQL: every test that takes ``url`` or ``store`` runs with both."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from nnviz.room import database
from nnviz.room.store import Store
from tests.room import postgres


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    folder = postgres.programs()
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail(postgres.MISSING)
        pytest.skip(postgres.MISSING)
    with postgres.running(folder) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where no room is yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    found: str = request.getfixturevalue("server")
    engine = create_engine(found)
    database._TABLES.drop_all(engine)
    engine.dispose()
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    store = Store(url, clock)
    yield store
    store.close_connections()


def everything(store: Store) -> dict[str, list[object]]:
    """Return all rows of all tables that have any."""
    with store._database.reading() as c:
        rows = {t.name: [*c.execute(select(t))] for t in database._TABLES.sorted_tables}
    return {name: found for name, found in rows.items() if found}
