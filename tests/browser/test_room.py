"""A class of thirty in a room: three in real browsers, the others as sessions without one."""

import asyncio
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from html import unescape

import pytest
import segno
from playwright.sync_api import Locator, Page, expect

from benchmarks import classroom
from nnviz.chapters.error_curve.lesson import LESSON
from tests.browser.app_page import open_page, usability_problems, wait_until_ready
from tests.browser.app_server import AppServer
from tests.browser.gestures import words
from tests.browser.learner import Learner

OTHERS = 28
WITHIN = 3.0
"""Seconds in which a step is in the grid; on a busy machine not each of them is."""


class Others(threading.Thread):
    """Pupils without a browser: they join, open the lesson, and take up to four steps each."""

    def __init__(self, url: str, code: str) -> None:
        super().__init__(daemon=True)
        self.port, self.code = int(url.rpartition(":")[2]), code
        self.failed: list[str] = []
        self.start()

    def run(self) -> None:
        asyncio.run(self._all())

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(k) for k in range(OTHERS)))

    async def _one(self, k: int) -> None:
        try:
            whom = {"code": self.code, "name": f"Pupil {k:02}"}
            joined = await classroom.ask_once(self.port, "join", whom)
            learner = classroom.Learner(self.port)
            await learner.connect()
            await learner.open("error_curve", "task=1")
            await learner.enter(joined["token"])
            for _ in range(4 if k % 2 else 1):  # four are enough for the first task
                await learner.act("STEP", press=True)
            await learner.leave()
        except Exception as reason:
            self.failed.append(repr(reason))


def until_seen(tasks: Locator, what: str) -> float:
    """Return the seconds until a row of the grid says something of its tasks."""
    begin = time.monotonic()
    expect(tasks).to_have_attribute("aria-label", re.compile(what))
    return time.monotonic() - begin


def row_of(teacher: Page, name: str) -> Locator:
    row = teacher.locator(".nv-grid li").filter(has=teacher.get_by_text(name, exact=True))
    return row.locator(".nv-row-tasks")


def tables_of(server: AppServer) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(server.home / "nnviz" / "rooms.sqlite")) as rooms:
        names = [
            name for (name,) in rooms.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {name: rooms.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def wait_for_link(teacher: Page, server: AppServer, name: str, part: str) -> None:
    """Wait until the room knows that a pupil's picture has a link which holds this text."""
    for _ in range(300):
        with closing(sqlite3.connect(server.home / "nnviz" / "rooms.sqlite")) as rooms:
            asked = "SELECT link FROM nnviz_pupils_2 WHERE name = ?"
            if part in rooms.execute(asked, (name,)).fetchone()[0]:
                return
        teacher.wait_for_timeout(100)  # pages go on meanwhile
    raise AssertionError(f"the picture of {name} never comes to {part}")


@pytest.fixture
def rooms(other_server: AppServer, monkeypatch: pytest.MonkeyPatch) -> AppServer:
    monkeypatch.setattr(classroom, "PATIENCE", 60.0)
    return other_server


def test_a_class_of_thirty_is_in_a_room(new_page: Callable[..., Page], rooms: AppServer) -> None:
    assert not (rooms.home / "nnviz").exists()
    teacher, laptop, phone = new_page(), new_page(), new_page(390, 844, has_touch=True)

    # A room is opened, and joined by the text of its QR code.
    teacher.goto(f"{rooms.url}/room")
    teacher.get_by_label("Pupils begin with").select_option("Error curve")
    teacher.get_by_role("button", name="Open a room", exact=True).click()
    code = teacher.locator(".nv-invite-code").inner_text()
    image = teacher.get_by_role("img", name="QR code of")
    link = unescape(image.get_attribute("alt") or "").removeprefix("QR code of ")
    assert image.get_attribute("src") == segno.make(link, error="m", micro=False).svg_data_uri(
        scale=4, border=3, dark="#000", light="#fff"
    )
    assert link == f"{rooms.url}/room?code={code}"
    assert not usability_problems(teacher)
    others = Others(rooms.url, code)
    for page, name in ((laptop, "Zoë <b>"), (phone, "李雷")):
        page.goto(link)
        page.get_by_label("Your nickname").fill(name)
        if page is phone:
            assert not usability_problems(page)
        page.get_by_role("button", name="Join", exact=True).click()
        page.wait_for_url("**/error_curve?**")
        expect(page.locator(".nv-room-line")).to_contain_text(f"Room {code}")
        wait_until_ready(page)
    took = [until_seen(row_of(teacher, "Zoë"), "^task 1 open; task 2 not begun")]

    # A lesson is done, and every task of it is in the grid at once.
    learner = Learner(laptop, "mouse", LESSON)
    learner.press("STEP", times=4)
    mine = row_of(teacher, "Zoë")
    took.append(until_seen(mine, "^task 1 done, open"))
    learner.goes_on("step")
    learner.answer("to the bottom")
    took.append(until_seen(mine, "task 2 first answer wrong, open"))
    assert sorted(took)[1] < WITHIN, took
    learner.press("STEP", times=4)
    learner.goes_on("back_and_forth")
    learner.slide("Learning rate", "0.5")
    learner.press("STEP")
    learner.goes_on("one_step")
    learner.answer("hardly move")
    learner.press("STEP", times=4)
    learner.goes_on("shoulder")
    learner.answer("Too high and too low count alike, and big misses count most.")
    learner.goes_on("why_square")
    done = "task 1 done; task 2 done, first answer wrong; task 3 done; task 4 done, first answer "
    done += "right; task 5 done, first answer right"
    expect(mine).to_have_attribute("aria-label", done)
    others.join(60)
    assert not others.failed, others.failed
    expect(teacher.locator(".nv-grid li")).to_have_count(30)
    expect(teacher.locator(".nv-sums li").first).to_have_text(f"Task 1: {1 + OTHERS // 2}")
    assert not usability_problems(teacher)

    # One pupil's picture is shown to all; what they had is there again afterwards.
    phone.get_by_role("button", name="STEP").tap()
    expect(words(phone)).to_contain_text("Step 1:")
    sentence, own = words(phone).inner_text(), words(laptop).inner_text()
    assert sentence != own
    expect(row_of(teacher, "李雷")).to_be_visible()
    wait_for_link(teacher, rooms, "李雷", "rates=0.1")  # which is in no cell of the grid
    teacher.get_by_role("button", name="Show the picture of 李雷 to all").click()
    for page in (laptop, teacher):
        stage = page.get_by_role("dialog")
        expect(stage).to_contain_text("李雷")
        expect(stage.locator("iframe").content_frame.locator(".nv-words").first).to_have_text(
            sentence
        )
    expect(phone.locator(".nv-room-line")).to_contain_text("your picture is shown to all")
    assert not usability_problems(laptop, turn=False)
    # It is to be looked at, and the teacher's buttons stay above it.
    frame = laptop.locator("iframe").content_frame
    expect(frame.locator(".nv-task-does")).to_be_visible()
    for gone in (".nv-bar", ".nv-player", ".stButton", "[data-testid=stSidebar]"):
        expect(frame.locator(f"{gone} >> visible=true")).to_have_count(0)
    frame.locator(".nv-plot").first.click(force=True)
    laptop.keyboard.press("ArrowRight")
    laptop.keyboard.press("ArrowRight")
    expect(frame.locator(".nv-words").first).to_have_text(sentence)
    teacher.get_by_role("button", name="Pause all").click()
    teacher.get_by_role("button", name="Go on").click()
    teacher.get_by_role("button", name="Back to the class").click()
    teacher.get_by_role("button", name="Stop showing").click()
    expect(laptop.get_by_role("dialog")).to_have_count(0)
    expect(words(laptop)).to_have_text(own)

    # A pause, and no names on the projector.
    teacher.get_by_role("button", name="Pause all").click()
    for page in (laptop, phone):
        expect(page.get_by_role("dialog", name="Paused by your teacher")).to_be_visible()
    laptop.keyboard.press("Escape")
    laptop.keyboard.press("Escape")
    expect(laptop.get_by_role("dialog")).to_be_visible()
    assert not usability_problems(phone, turn=False)
    teacher.get_by_role("button", name="Hide names").click()
    assert "Zoë" not in teacher.content()
    teacher.get_by_role("button", name="Show names").click()
    teacher.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("dialog")).to_have_count(0)

    # The server starts again: all are still there, and what they do is seen.
    rooms.restart()
    for k in range(2, 5):
        wait_until_ready(phone)
        phone.get_by_role("button", name="STEP").tap()
        expect(words(phone)).to_contain_text(f"Step {k}:")
    expect(row_of(teacher, "李雷")).to_have_attribute("aria-label", re.compile("^task 1 done"))
    expect(teacher.locator(".nv-grid li")).to_have_count(30)

    # The room is closed, and nothing stays.
    assert tables_of(rooms)["nnviz_pupils_2"] == 30
    teacher.get_by_role("button", name="Close the room").click()
    teacher.get_by_role("button", name="Close it, and delete everything?").click()
    expect(teacher.get_by_label("Code of the room")).to_be_visible()
    for page in (laptop, phone):
        expect(page.locator(".nv-room-line")).to_contain_text("This room has ended")
    assert set(tables_of(rooms).values()) == {0}
    assert laptop.evaluate("() => localStorage.getItem('nnviz.room')") is None
    assert teacher.evaluate("() => localStorage.getItem('nnviz.desk')") is None


def test_two_pupils_share_a_phone_and_a_desk_moves_to_another_device(
    new_page: Callable[..., Page], server: AppServer
) -> None:
    teacher, phone = new_page(), new_page(390, 844, has_touch=True)
    begin = "error_curve%3Flesson%3Derror_curve.1%26task%3D1%26prompt%3DGo"
    open_room(teacher, f"/room?begin={begin}")
    code = teacher.locator(".nv-invite-code").inner_text()
    assert "key" not in teacher.url
    phone.goto("/room")
    phone.get_by_label("Code of the room").fill("aeiou")
    phone.get_by_label("Your nickname").fill("Ana")
    join = phone.get_by_role("button", name="Join", exact=True)
    join.tap()
    expect(phone.get_by_role("alert")).to_contain_text("five letters")
    phone.get_by_label("Code of the room").fill(code)
    phone.get_by_label("Your nickname").fill("")
    join.tap()
    expect(phone.get_by_role("alert")).to_contain_text("A nickname needs at least one letter")
    phone.get_by_label("Your nickname").fill("Ana" * 20)
    join.tap()
    expect(phone.get_by_role("alert")).to_contain_text("at most 24 characters, and this one has 60")
    phone.get_by_label("Your nickname").fill("Ana")
    phone.get_by_label("Code of the room").fill(code.lower())
    join.tap()
    phone.wait_for_url("**/error_curve?**")
    expect(phone.get_by_text("Go", exact=True)).to_be_visible()
    wait_until_ready(phone)
    for k in range(1, 5):
        phone.get_by_role("button", name="STEP").tap()
        expect(words(phone)).to_contain_text(f"Step {k}:")
        wait_until_ready(phone)
    expect(phone.locator(".nv-task-done")).to_be_visible()
    expect(row_of(teacher, "Ana")).to_have_attribute("aria-label", re.compile("^task 1 done"))
    # A reload keeps the pupil; leaving begins anew for the next one.
    phone.reload()
    line = phone.locator(".nv-room-line")
    expect(line).to_contain_text("Ana")
    wait_until_ready(phone)
    line.get_by_role("button", name="Leave").tap()
    boxes = [button.bounding_box() for button in line.get_by_role("button").all()]
    assert all(box and box["height"] >= 40 for box in boxes), boxes
    line.get_by_role("button", name="Leave, and begin anew for the next pupil").tap()
    expect(line).to_be_empty()
    expect(phone.locator(".nv-task-done")).to_have_count(0)
    left = teacher.locator(".nv-grid li.nv-left")
    expect(left.locator(".nv-row-where")).to_have_text("left")
    expect(row_of(teacher, "Ana")).to_have_attribute("aria-label", re.compile("^task 1 done"))
    phone.goto(f"/room?code={code}")
    phone.get_by_label("Your nickname").fill("Bo")
    join.tap()
    phone.wait_for_url("**/error_curve?**")
    expect(row_of(teacher, "Bo")).to_have_attribute(
        "aria-label", re.compile("^task 1 open; task 2 not")
    )
    # The link to the desk holds the key where no server sees it, and the address forgets it.
    teacher.get_by_text("This desk on another device").click()
    link = teacher.get_by_label("Link to this desk").input_value()
    other = new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    # It does not replace the desk of another room that is open there.
    open_room(other, "/room")
    its_own = other.locator(".nv-invite-code").inner_text()
    other.goto(link)
    expect(other.get_by_text(f"Room {its_own} is still open")).to_be_visible()
    other.get_by_role("button", name=f"Go to the desk of room {its_own}").click()
    expect(other.locator(".nv-invite-code")).to_have_text(its_own)
    other.goto("/room")
    other.goto(link)
    other.get_by_role("button", name=f"Leave it open, and go to the desk of room {code}").click()
    expect(row_of(other, "Bo")).to_be_visible()
    key = link.partition("#key=")[2]
    assert len(key) == 32
    assert not [url for url in asked if key in url]
    other.wait_for_function("() => !location.hash")
    # A pupil is taken out.
    remove = other.get_by_role("button", name="Remove Bo from the room")
    remove.click()
    remove.click()
    expect(line).to_contain_text("This room has ended, or you are in it no more.")
    other.get_by_role("button", name="Close the room").click()
    other.get_by_role("button", name="Close it, and delete everything?").click()
    expect(teacher.get_by_text("This room has ended, or this is not the link")).to_be_visible()


def test_who_comes_next_begins_anew_and_an_old_room_does_not_swallow_a_link(
    new_page: Callable[..., Page], server: AppServer
) -> None:
    teacher, phone = new_page(), new_page(390, 844, has_touch=True)
    open_room(teacher, "/room?begin=./%3Ftask%3D1")
    code = teacher.locator(".nv-invite-code").inner_text()
    # A task is done on the phone by somebody who is in no room.
    open_page(phone, "/error_curve?task=1")
    for k in range(1, 5):
        phone.get_by_role("button", name="STEP").tap()
        expect(words(phone)).to_contain_text(f"Step {k}:")
    expect(phone.locator(".nv-task-done")).to_be_visible()
    # The teacher comes with another link, and is asked.
    begin = "error_curve%3Flesson%3Derror_curve.1%26task%3D1%26tasks%3D1,3,5"
    teacher.goto(f"/room?begin={begin}")
    expect(teacher.get_by_role("heading", name=f"Room {code} is still open")).to_be_visible()
    assert not usability_problems(teacher)
    teacher.get_by_role("button", name="Send its pupils to this link").click()
    expect(teacher.locator(".nv-sums li")).to_have_count(3)

    def join(name: str, mine: str) -> None:
        phone.goto(f"/room?code={code}")
        phone.get_by_label("Your nickname").fill(name)
        expect(phone.get_by_label(mine)).to_be_checked()
        phone.get_by_role("button", name="Join", exact=True).tap()
        phone.wait_for_url("**/error_curve?**")
        wait_until_ready(phone)

    join("Ben", "Begin anew")
    nothing = (
        "^task 1 open; task 2 \\(3 of the lesson\\) not begun; task 3 \\(5 of the lesson\\) not"
    )
    expect(row_of(teacher, "Ben")).to_have_attribute("aria-label", re.compile(nothing))
    for k in range(1, 5):
        phone.get_by_role("button", name="STEP").tap()
        expect(words(phone)).to_contain_text(f"Step {k}:")
    expect(row_of(teacher, "Ben")).to_have_attribute("aria-label", re.compile("^task 1 done"))
    # Another room on the same phone is not swallowed either; who leaves can come back.
    phone.goto("/room?code=BBBBB")
    expect(phone.get_by_role("button", name=f"Stay in room {code}")).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^Leave"))).to_have_count(1)
    phone.get_by_role("button", name="Leave it, and join room BBBBB").tap()
    assert not usability_problems(phone)
    phone.get_by_role("button", name="Leave", exact=True).tap()
    expect(phone.get_by_label("Your nickname")).to_be_visible()
    expect(teacher.locator(".nv-grid li.nv-left")).to_have_count(1)
    join("Ben", "They are mine: keep them")
    expect(teacher.locator(".nv-grid li.nv-left")).to_have_count(0)
    expect(row_of(teacher, "Ben")).to_have_attribute("aria-label", re.compile("^task 1 done"))
    # The class goes along with the next link.
    teacher.goto("/room?begin=prediction%3Ftask%3D1")
    teacher.get_by_role("button", name="Send its pupils to this link").click()
    phone.wait_for_url("**/prediction?**")
    teacher.get_by_role("button", name="Close the room").click()
    teacher.get_by_role("button", name="Close it, and delete everything?").click()


def open_room(teacher: Page, path: str) -> None:
    teacher.goto(path)
    teacher.get_by_role("button", name="Open a room", exact=True).click()
    expect(teacher.get_by_role("img", name="QR code of")).to_be_visible()


def test_a_database_out_of_reach_is_told_and_a_lesson_goes_on(
    new_page: Callable[..., Page], rooms: AppServer
) -> None:
    teacher, pupil = new_page(), new_page()
    open_room(teacher, f"{rooms.url}/room")
    code = teacher.locator(".nv-invite-code").inner_text()
    pupil.goto(f"{rooms.url}/room?code={code}")
    pupil.get_by_label("Your nickname").fill("Ana")
    pupil.get_by_role("button", name="Join", exact=True).click()
    expect(pupil.locator(".nv-room-line")).to_contain_text("Ana")
    file = rooms.home / "nnviz" / "rooms.sqlite"
    file.rename(file.with_name("away"))
    file.mkdir()  # nothing can be opened there, whoever tries
    problem = "The server cannot write the file in which it keeps rooms."
    expect(teacher.locator(".nv-room-problem")).to_contain_text(problem)
    open_page(pupil, f"{rooms.url}/error_curve?task=1")
    pupil.get_by_role("button", name="STEP").click()
    wait_until_ready(pupil)
    other = new_page()
    other.goto(f"{rooms.url}/room?code={code}")
    other.get_by_label("Your nickname").fill("Bo")
    other.get_by_role("button", name="Join", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text(problem)
    assert "Traceback" not in rooms.log()
    file.rmdir()
    file.with_name("away").rename(file)
    expect(teacher.locator(".nv-room-problem")).to_be_empty()
    expect(row_of(teacher, "Ana")).to_be_visible()
    teacher.get_by_role("button", name="Close the room").click()
    teacher.get_by_role("button", name="Close it, and delete everything?").click()
    expect(teacher.get_by_label("Code of the room")).to_be_visible()
