"""A class behind nginx: two processes, links that others can open, and a process that is killed."""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.classroom import ask_once
from nnviz.chart import assets
from nnviz.serving.classroom import Classroom
from nnviz.serving.nginx import COOKIE, program
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import query_of, wait_for_address, words

PUPILS = "192.0.2.77"
"""An address that others would know; nobody asks for it."""
LESSON = "/error_curve?task=1"
_STEP = re.compile("^STEP")


@pytest.fixture(scope="module")
def room() -> Iterator[tuple[Classroom, str]]:
    """Return a class of two processes, and where it answers this machine alone."""
    if program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")
    # If root starts it, nginx reads as somebody else, who must not look into pytest's folders.
    with (
        tempfile.TemporaryDirectory(prefix="nnviz-") as folder,
        tempfile.TemporaryDirectory(prefix="nnviz-") as rooms,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setenv("NNVIZ_ROOMS", f"{rooms}/rooms.sqlite")
        with Classroom(Path(folder), PUPILS, port=0, processes=2, listen="127.0.0.1") as room:
            yield room, f"http://127.0.0.1:{room.port}"


def process_of(page: Page, room: Classroom) -> int:
    """Return the port of the process that a person stays with."""
    (cookie,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    ports = {sha256(f"127.0.0.1:{port}".encode()).hexdigest()[:8]: port for port in room.ports}
    return ports[cookie["value"]]


def test_a_process_killed_in_the_middle_of_a_lesson_costs_its_learners_seconds(
    new_page: Callable[..., Page], room: tuple[Classroom, str]
) -> None:
    classroom, url = room
    learners = [new_page(permissions=["clipboard-read", "clipboard-write"]), new_page()]
    for page in learners:
        open_page(page, url + LESSON)
        page.get_by_role("button", name=_STEP).click()
        wait_for_address(page, "rates=")
    by_nginx = learners[0].request.get(f"{url}/{assets.plotly_js()}").headers
    assert by_nginx["content-encoding"] == "gzip"
    assert "etag" in by_nginx  # the app itself gives none
    assert "immutable" in by_nginx["cache-control"]
    # Two who come one after the other are in two processes.
    killed, other = (process_of(page, classroom) for page in learners)
    assert {killed, other} == set(classroom.ports)
    before = [(words(page).inner_text(), query_of(page)) for page in learners]
    classroom.running[str(killed)].kill()
    begin = time.monotonic()
    expect(learners[0].get_by_test_id("stApp")).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )
    wait_until_ready(learners[0])
    assert time.monotonic() - begin < 20  # 2 where nothing else runs
    assert process_of(learners[0], classroom) == other
    for page, (text, query) in zip(learners, before, strict=True):
        expect(words(page)).to_have_text(text)
        assert query_of(page) == query
        page.get_by_role("button", name=_STEP).click()
        wait_for_address(page, f"{query['rates']},")
    # What has ended is started again; whoever has moved stays where the session is.
    assert classroom.revive() == [str(killed)]
    classroom.wait_until_ready()
    page = learners[0]
    open_page(page, f"{url}/error_curve?x=1.5")
    assert process_of(page, classroom) == other
    # Who sits at the server copies a link that others can open.
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url.replace("127.0.0.1", PUPILS)
    assert "x=1.5" in copied


def test_all_processes_share_their_rooms(room: tuple[Classroom, str]) -> None:
    classroom, _ = room

    async def asked() -> tuple[object, object]:
        first, second = classroom.ports
        own = await ask_once(first, "open", {"begins": "./"})
        await ask_once(second, "join", {"code": own["code"], "name": "Ana"})
        (pupil,) = (await ask_once(classroom.port, "desk", **own))["pupils"]  # by nginx
        return pupil["name"], await ask_once(second, "desk", {"do": "close"}, **own)

    # In a thread of its own: a browser that an earlier test used has a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, asked()).result() == ("Ana", {})
