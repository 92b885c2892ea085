"""Rooms from opening to closing, in SQLite and PostgreSQL: who sees what, and what stays of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.room import store as store_module
from nnviz.room.problems import GoneError, RoomError
from nnviz.room.step import LONGEST_LINK, Step
from nnviz.room.store import LASTS, MOST_PUPILS, Store
from tests.room.conftest import everything

ROOT = Path(__file__).resolve().parents[2]
BEGINS = "error_curve?task=1"


def step(task=1, marks="-----", page="error_curve"):
    return Step(page, task, marks, f"{page}?task={task}")


def open_room(store):
    return store.open_room(BEGINS, "192.0.2.1")


def join(store, code, name, client="192.0.2.7"):
    return store.join(code, name, client)


def test_a_room_is_opened_joined_watched_and_closed_and_nothing_stays(store):
    assert store.exists() is not str(store._database._given).startswith("sqlite")
    room = open_room(store)
    ana, bo = (join(store, room.code.lower(), name) for name in ("Ana", "Bo"))
    assert (ana.code, ana.name, ana.begins) == (room.code, "Ana", BEGINS)
    assert [p.page for p in store.desk(room.code, room.key).pupils] == ["", ""]
    store.record({ana.token: step(3, "DW---"), bo.token: Step("home", None, "", "./?mode=free")})
    seen = store.desk(room.code, room.key)
    assert [(p.name, p.page, p.task, dict(p.marks)) for p in seen.pupils] == [
        ("Ana", "error_curve", 3, {"error_curve": "DW---"}),
        ("Bo", "home", None, {}),
    ]
    assert seen.left == pytest.approx(LASTS)
    # A pause, and a picture of one for all.
    store.pause(room.code, room.key, paused=True)
    assert store.look(bo.token).paused
    store.pause(room.code, room.key, paused=False)
    assert not store.look(bo.token).paused
    store.show(room.code, room.key, seen.pupils[0].id)
    look = store.look(bo.token)
    assert (look.shown.link, look.shown.name, look.mine) == ("error_curve?task=3", "Ana", False)
    assert store.look(ana.token).mine
    store.show(room.code, room.key, seen.pupils[1].id, named=False)
    assert store.look(ana.token).shown.name == ""
    assert store.look(ana.token).shown.number == look.shown.number + 1
    store.show(room.code, room.key, None)
    assert store.look(ana.token).shown is None
    # One leaves by themselves, one is taken out; a picture goes with whose it is.
    store.show(room.code, room.key, seen.pupils[0].id)
    store.leave(ana.token)
    assert store.look(bo.token).shown is None
    gone = store.desk(room.code, room.key).pupils[0]
    assert (gone.away, gone.page, gone.task) == (True, "", None)
    assert gone.marks == {"error_curve": "DW---"}
    with pytest.raises(RoomError, match="has left"):
        store.show(room.code, room.key, gone.id)
    store.remove(room.code, room.key, gone.id)
    store.remove(room.code, room.key, seen.pupils[1].id)
    for token in (ana.token, bo.token):
        with pytest.raises(GoneError, match="ended, or you are in it no more"):
            store.look(token)
    assert store.desk(room.code, room.key).pupils == ()
    cem = join(store, room.code, "Cem")
    store.record({cem.token: step()})
    store.close(room.code, room.key, "192.0.2.1")
    assert everything(store) == {}
    store.record({cem.token: step()})
    with pytest.raises(GoneError):
        store.desk(room.code, room.key)
    assert everything(store) == {}


def test_who_has_left_keeps_a_line_and_takes_it_up_again_alone(store):
    room = open_room(store)
    ana = join(store, room.code, "Ana")
    store.record({ana.token: step(3, "dRw--")})
    store.leave(ana.token)
    store.record({ana.token: step(4, "ddddd")})  # it was still to be written
    (seen,) = store.desk(room.code, room.key).pupils
    assert (seen.away, seen.marks["error_curve"]) == (True, "dRw--")
    assert "error_curve?task" not in repr(everything(store)["nnviz_pupils_2"])
    for before in ("", "x" * 32):
        with pytest.raises(RoomError, match="Somebody called ana has left this room"):
            store.join(room.code, "ana", "", before)
    bo = store.join(room.code, "Bo", "", ana.token)  # another name is another pupil
    back = store.join(room.code, "ana", "", ana.token)
    with pytest.raises(GoneError):
        store.look(ana.token)
    store.record({back.token: step(4, "---d-")})
    seen = store.desk(room.code, room.key).pupils
    assert [(p.name, p.away) for p in seen] == [("ana", False), ("Bo", False)]
    assert seen[0].marks["error_curve"] == "dRwd-"
    with pytest.raises(RoomError, match="called Bo already"):
        store.join(room.code, "Bo", "", bo.token)  # who is there is not taken over


def test_a_room_goes_on_with_another_link(store):
    room = open_room(store)
    ana = join(store, room.code, "Ana")
    store.begin_with(room.code, room.key, "prediction?task=2")
    assert store.look(ana.token).begins == "prediction?task=2"
    assert join(store, room.code, "Bo").begins == "prediction?task=2"
    with pytest.raises(RoomError, match="begins with a link"):
        store.begin_with(room.code, room.key, "//a.b")
    with pytest.raises(GoneError):
        store.begin_with(room.code, ana.token, "./")


def test_nothing_of_a_room_is_seen_or_done_without_its_key(store):
    room, other = open_room(store), open_room(store)
    ana = join(store, room.code, "Ana")
    store.record({ana.token: step()})
    pupil = store.desk(room.code, room.key).pupils[0].id
    wrong = [
        (room.code, other.key), (other.code, room.key), (room.code, ""), (room.code, ana.token),
        (room.code, room.key[:-1]), ("BBBBB", room.key), ("", ""), ("' OR 1=1 --", room.key),
        (room.code, "é" * 32),
    ]  # fmt: skip
    told = set()
    for code, key in wrong:
        for act in (
            lambda c, k: store.desk(c, k),
            lambda c, k: store.pause(c, k, paused=True),
            lambda c, k: store.show(c, k, pupil),
            lambda c, k: store.remove(c, k, pupil),
            lambda c, k: store.close(c, k, ""),
        ):
            if (code, key) == (other.code, room.key) and other.code == room.code:
                continue
            with pytest.raises(GoneError) as reason:
                act(code, key)
            told.add(str(reason.value))
    assert len(told) == 1  # whether there is such a room is not told either
    # The key of one room does nothing to a pupil of another.
    store.remove(other.code, other.key, pupil)
    with pytest.raises(RoomError, match="has left"):
        store.show(other.code, other.key, pupil)
    seen = store.desk(room.code, room.key)
    assert (len(seen.pupils), seen.paused, seen.shown) == (1, False, None)
    # What is stored opens nothing.
    kept = repr(everything(store))
    for secret in (room.key, other.key, ana.token, "192.0.2"):
        assert secret not in kept
    for token in ("", "x" * 32, ana.token[:-1], room.key, "' OR '1'='1"):
        with pytest.raises(GoneError):
            store.look(token)


def test_who_guesses_codes_is_slowed_down_alone_and_all_together(store, clock):
    room = open_room(store)
    wrong = "BBBBB" if room.code != "BBBBB" else "CCCCC"

    def guess(client, code=wrong):
        with pytest.raises(RoomError) as reason:
            join(store, code, "Eve", client)
        return str(reason.value)

    one = "2001:db8:1:2::1"
    assert all("There is no room" in guess(one) for _ in range(20))
    # The next is not even looked up, so the right one is refused as well; also from a neighbour.
    assert "Try again in 10 seconds" in guess(one, room.code)
    assert "Try again" in guess("2001:db8:1:2:aaaa::9", room.code)
    # Somebody else comes in, and does not use up what is given to all.
    for k in range(30):
        join(store, room.code, f"Pupil {k}", "192.0.2.7")
        clock.now += 1
    assert "There is no room" in guess(one)  # 30 s later there are three more
    assert [guess(one) for _ in range(3)][-1].startswith("Too many")
    store.close(room.code, room.key, "192.0.2.1")
    room = open_room(store)
    for k in range(400):  # from many places
        if guess(f"198.51.{k // 100}.{k % 100}").startswith("Too many"):
            break
    assert 90 <= k <= 130
    assert "Too many" in guess("203.0.113.5", room.code)
    clock.now += 5.1
    join(store, room.code, "Late", "203.0.113.5")
    # What was counted is forgotten in time.
    clock.now += 3600
    store.close(room.code, room.key, "192.0.2.1")
    assert everything(store) == {}


def test_joining_and_opening_are_limited(store, clock, monkeypatch):
    room = open_room(store)
    for k in range(60):
        join(store, room.code, f"Pupil {k}")
    with pytest.raises(RoomError, match="Too many have joined from here at once"):
        join(store, room.code, "Pupil 60")
    with pytest.raises(RoomError, match="Too many join this room"):
        join(store, room.code, "Another", "192.0.2.99")
    clock.now += 300
    with pytest.raises(RoomError, match="called pUPIL 7 already"):
        join(store, room.code, "pUPIL 7")
    monkeypatch.setattr(store_module, "MOST_PUPILS", 62)
    join(store, room.code, "Pupil 61")
    join(store, room.code, "Pupil 62")
    with pytest.raises(RoomError, match="This room is full: it holds"):
        join(store, room.code, "Pupil 63")
    assert MOST_PUPILS == 200
    for _ in range(9):
        open_room(store)
    with pytest.raises(RoomError, match="Too many rooms were opened from here"):
        open_room(store)
    monkeypatch.setattr(store_module, "MOST_ROOMS", 3)
    with pytest.raises(RoomError, match="as many rooms as it can hold"):
        store.open_room(BEGINS, "203.0.113.9")
    for link in (
        "http://a.b/",
        "//a.b",
        "javascript:1",
        "../x",
        "a b",
        "x" * 50,
        "",
        "p?" + "x" * LONGEST_LINK,
    ):
        with pytest.raises(RoomError, match="begins with a link"):
            store.open_room(link, "203.0.113.9")


def test_a_room_ends_after_a_day_and_is_deleted(store, clock):
    room = open_room(store)
    ana = join(store, room.code, "Ana")
    store.record({ana.token: step()})
    clock.now += LASTS - 1
    assert store.look(ana.token).name == "Ana"
    assert store.desk(room.code, room.key).left == 1
    store.sweep()
    assert len(everything(store)) == 3
    clock.now += 1
    with pytest.raises(GoneError):
        store.look(ana.token)
    with pytest.raises(GoneError):
        store.desk(room.code, room.key)
    with pytest.raises(RoomError, match="There is no room"):
        join(store, room.code, "Bo")
    store.record({ana.token: step(5)})
    clock.now += 60
    store.sweep()
    assert everything(store) == {}


def test_names_that_look_like_commands_are_names(store):
    room = open_room(store)
    names = ["'); DROP TABLE x;--", '" OR ""="', "%s {0} :name ?", "\\x00\\", "NULL", "../../etc"]
    tokens = [join(store, room.code, name).token for name in names]
    store.record(dict.fromkeys(tokens, Step("' OR 1=1", 1, "d", "x' OR ''='")))
    seen = store.desk(room.code, room.key)
    assert {p.name for p in seen.pupils} == set(names)
    store.show(room.code, room.key, seen.pupils[0].id)
    assert store.look(tokens[0]).shown.link == "' OR 1=1"  # no link: the page alone is kept


def test_what_was_done_stays_done_when_a_session_begins_anew(store):
    room = open_room(store)
    ana = join(store, room.code, "Ana")

    def marks(now):
        store.record({ana.token: step(1, now)})
        return store.desk(room.code, room.key).pupils[0].marks["error_curve"]

    assert marks("dRw--") == "dRw--"
    assert marks("-----") == "dRw--"
    assert marks("dd---") == "dRw--"
    assert marks("--R-w") == "dRW-w"  # the first answer counts
    assert marks("w----") == "WRW-w"
    assert marks("RRR..") == "WRW.w"  # what has been seen of a task stays
    assert marks("---.-") == "WRW.w"
    assert marks("-----") == "WRW-w"
    assert marks("---..") == "WRW.w"
    assert marks("---") == "---"  # the lesson is another one now


def test_a_restart_changes_nothing(store, url, clock):
    room = open_room(store)
    ana = join(store, room.code, "Ana")
    store.record({ana.token: step(2, "d----")})
    store.show(room.code, room.key, store.desk(room.code, room.key).pupils[0].id)
    before = store.desk(room.code, room.key)
    store.close_connections()
    again = Store(url, clock)
    assert again.desk(room.code, room.key) == before
    assert again.look(ana.token).mine
    again.record({ana.token: step(3, "dd---")})
    assert again.desk(room.code, room.key).pupils[0].task == 3
    again.close_connections()


_PROCESS = """
import sys
from nnviz.room.store import Store
from nnviz.room.step import Step
url, code, who = sys.argv[1:]
store = Store(url)
sys.stdin.readline()
pupils = [store.join(code, f"{who} {k}", f"192.0.2.{who}") for k in range(15)]
for task in range(1, 6):
    marks = "d" * task + "-" * (5 - task)
    for one in pupils:
        store.record({one.token: Step("error_curve", task, marks, f"error_curve?task={task}")})
    step = Step("error_curve", task, marks, f"error_curve?task={task}")
    store.record({one.token: step for one in pupils})
"""


def test_two_processes_write_at_once(url):
    store = Store(url)
    room = open_room(store)
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _PROCESS, url, room.code, str(k)],
            cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for k in (1, 2)
    ]  # fmt: skip
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    seen = store.desk(room.code, room.key)
    assert len(seen.pupils) == 30
    assert all((p.task, p.marks["error_curve"]) == (5, "ddddd") for p in seen.pupils)
    store.close(room.code, room.key, "192.0.2.1")
    assert everything(store) == {}
    store.close_connections()
