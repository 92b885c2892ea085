"""Where rooms are kept, and what is said when they cannot be: a sentence, and no traceback."""

import logging
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from nnviz.room import database
from nnviz.room.problems import GoneError, RoomError, UnreachableError
from nnviz.room.step import Step
from nnviz.room.store import Store

BEGINS = "home?task=1"


def opened(place):
    """Return what happens when somebody opens a room there."""
    store = Store(place if "://" in str(place) else f"sqlite:///{place}")
    try:
        store.open_room(BEGINS, "")
    except UnreachableError as reason:
        return str(reason)
    finally:
        store.close_connections()
    return "open"


def test_the_environment_says_where_rooms_are(monkeypatch, tmp_path):
    monkeypatch.setenv("NNVIZ_ROOMS", " postgresql+psycopg://a:b@c/d ")
    assert database.configured() == "postgresql+psycopg://a:b@c/d"
    monkeypatch.setenv("NNVIZ_ROOMS", str(tmp_path / "a b?#%.db"))
    assert database.configured().database == str(tmp_path / "a b?#%.db")
    assert Store(database.configured()).exists() is False
    monkeypatch.delenv("NNVIZ_ROOMS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    own = Path(database.configured().database)
    assert own.is_relative_to(tmp_path)
    assert own.name == "rooms.sqlite"
    assert not [*tmp_path.iterdir()]


def test_no_file_is_made_before_the_first_room_and_others_cannot_read_it(tmp_path):
    file = tmp_path / "new" / "folder" / "rooms.sqlite"
    store = Store(f"sqlite:///{file}")
    for ask in (
        lambda: store.look("x"),
        lambda: store.desk("KMPTX", "x"),
        lambda: store.join("KMPTX", "Ana", ""),
        lambda: store.close("KMPTX", "x", ""),
    ):
        with pytest.raises(RoomError):
            ask()
    store.leave("x")
    store.sweep()
    store.record({"x": Step("home", 1, "-", "./")})
    assert not [*tmp_path.iterdir()]
    store.open_room(BEGINS, "")
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    store.close_connections()


def test_what_is_deleted_is_in_no_file_any_more(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    room = store.open_room(BEGINS, "")
    tokens = [store.join(room.code, name, "").token for name in ("Xanthippe", "Kunigunde")]
    link = "error_curve?x=0.123456"
    store.record(dict.fromkeys(tokens, Step("error_curve", 1, "-", link)))

    def found(*words):
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        return [word for word in words if word.encode() in kept]

    assert found("Xanthippe", "Kunigunde", link) == ["Xanthippe", "Kunigunde", link]
    store.record({tokens[0]: Step("error_curve", 1, "-", "error_curve?x=0.987654")})
    store.leave(tokens[0])
    assert found("Xanthippe", "0.987654") == ["Xanthippe"]
    store.remove(room.code, room.key, store.desk(room.code, room.key).pupils[1].id)
    assert found("Xanthippe", "xanthippe") == []
    store.close(room.code, room.key, "")
    assert found("Kunigunde", "kunigunde", link, room.code) == []
    store.close_connections()


def test_a_place_that_cannot_be_used_is_told(tmp_path, caplog, monkeypatch):
    caplog.set_level(logging.ERROR, "nnviz")
    (tmp_path / "file").write_text("")
    (tmp_path / "text").write_text("This is no database. " * 400)
    (tmp_path / "folder").mkdir()
    monkeypatch.setitem(sys.modules, "MySQLdb", None)
    for place, what in {
        tmp_path / "file" / "rooms.sqlite": "cannot write the file",
        tmp_path / "folder": "cannot write the file",
        tmp_path / "text": "is damaged, or is no database",
        "nothing://here": "knows no such database",
        "://": "knows no such database",
        "mysql://a:b@127.0.0.1:1/c": "lacks the Python package",
        f"postgresql+psycopg://a@/b?host={tmp_path}": "cannot reach the database",
    }.items():
        said = opened(place)
        assert what in said, (place, said)
        assert "NNVIZ_ROOMS" in said or "psycopg" in said  # what would be right
        assert str(tmp_path) not in said  # pupils read it
    assert len(caplog.records) == 7
    assert not any(record.exc_info for record in caplog.records)
    if os.name != "nt" and os.geteuid() != 0:
        (tmp_path / "folder").chmod(0o500)
        assert "cannot write" in opened(tmp_path / "folder" / "rooms.sqlite")


def test_a_file_that_is_locked_is_told_and_works_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    file = tmp_path / "rooms.sqlite"
    store = Store(f"sqlite:///{file}")
    room = store.open_room(BEGINS, "")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnreachableError, match="busy with other rooms"):
        store.join(room.code, "Ana", "")
    assert store.desk(room.code, room.key).pupils == ()  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    assert store.join(room.code, "Ana", "").name == "Ana"
    store.close_connections()


def test_a_file_that_is_gone_ends_its_rooms_and_takes_new_ones(tmp_path):
    file = tmp_path / "rooms.sqlite"
    store, other = (Store(f"sqlite:///{file}") for _ in range(2))
    room = store.open_room(BEGINS, "")
    ana = other.join(room.code, "Ana", "")
    file.unlink()
    for each in (store, other):
        with pytest.raises(GoneError):
            each.look(ana.token)
    again = store.open_room(BEGINS, "")
    assert other.join(again.code, "Bo", "").name == "Bo"  # both use the new file
    assert [p.name for p in store.desk(again.code, again.key).pupils] == ["Bo"]
    for each in (store, other):
        each.close_connections()


def test_a_database_that_cannot_be_reached_any_more_is_told(server):
    store = Store(server)
    room = store.open_room(BEGINS, "")
    store._database.close()
    store._database._given = f"{server}/gone"
    with pytest.raises(UnreachableError, match="cannot reach the database"):
        store.desk(room.code, room.key)
    store._database._given = server
    assert store.desk(room.code, room.key).pupils == ()
    store.close_connections()
