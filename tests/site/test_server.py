"""What the server has ready before the first page, what it serves, and what it refuses."""

import asyncio
import gzip
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from starlette.websockets import WebSocketDisconnected

from nnviz.chart import assets
from nnviz.site import server
from nnviz.site.course import COURSE


def ask(app, path="/", host="127.0.0.1:8501", method="GET", kind="http", **headers):
    """Return the messages with which an ASGI application answers."""
    sent = []
    given = {"host": host, **headers}
    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


async def behind(scope, receive, send):
    await send({"type": "behind", "path": scope["path"]})


def reached(sent):
    return sent[0]["type"] == "behind"


def test_all_that_pages_need_is_imported_before_the_first_one_is_served():
    code = (
        "import sys; from nnviz.site.server import import_all; import_all();"
        "print(*(name for name, module in sys.modules.items() if module))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {f"nnviz.chapters.{page}.page" for page in COURSE} <= loaded
    assert {"pandas", "pyarrow.pandas_compat", "plotly.io", "simplemma", "PIL.Image"} <= loaded


def test_files_are_served_whole_from_memory_packed_for_whoever_can_unpack():
    (route,) = [each for each in server._routes("/") if each.path.endswith("/chart.js")]
    content = (assets.APP / "static" / "nnviz" / "chart.js").read_bytes()
    for accepted, unpack in (("gzip, br", gzip.decompress), ("identity", bytes)):
        start, body = ask(route.handle, route.path, **{"accept-encoding": accepted})
        told = {name.decode(): value.decode() for name, value in start["headers"]}
        assert start["status"] == 200
        assert "javascript" in told["content-type"]
        assert "immutable" in told["cache-control"]
        assert unpack(body["body"]) == content
    assert route.path == f"/{assets.modules()}/chart.js"
    assert {each.path for each in server._routes("/a/")} == {
        f"/a/{path}" for path in assets.files()
    }


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost:8501", True),
        ("LOCALHOST.", True),
        ("nnviz.localhost", True),
        ("127.0.0.1:8501", True),
        ("192.168.7.20", True),  # the machine of a teacher in a class
        ("[::1]:8501", True),
        ("class.school.example:8501", True),
        ("a.lab.example", True),
        ("evil.example", False),
        ("evil.example:8501", False),
        ("127.0.0.1.evil.example", False),
        ("lab.example.evil.example", False),
        ("localhost@evil.example", False),
        ("", False),
    ],
)
def test_it_answers_under_its_own_names_only(host, known):
    names = ("localhost", "*.localhost", "class.school.example", "*.lab.example")
    assert server.known_host(host, names) is known


def test_under_a_name_that_is_not_its_own_it_says_what_to_do():
    guard = server.Guard(behind)
    assert reached(ask(guard))
    start, body = ask(guard, host="evil.example")
    assert start["status"] == 421
    assert b"evil.example" in body["body"]
    assert b"--server.allowedHosts" in body["body"]
    (closed,) = ask(guard, "/_stcore/stream", host="evil.example", kind="websocket")
    assert closed["type"] == "websocket.close"
    assert reached(ask(guard, "/_stcore/stream", kind="websocket"))


def test_who_has_gone_while_their_messages_waited_is_not_answered():
    async def answers(scope, receive, send):
        raise WebSocketDisconnected("gone")

    assert ask(server.Guard(answers), "/_stcore/stream", kind="websocket") == []
    with pytest.raises(WebSocketDisconnected):  # nothing else is kept quiet
        ask(server.Guard(answers), "/_stcore/health")


def test_how_busy_it_is_is_told_to_nobody():
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "/base/_stcore/metrics"):
        assert ask(server.Guard(behind), path)[0]["status"] == 404
    assert reached(ask(server.Guard(behind), "/_stcore/health"))


def test_of_one_session_a_few_files_are_kept(monkeypatch):
    kept = {"me": {"a": 1, "b": 2, "c": 3}, "other": {"d": 4}}
    uploads = SimpleNamespace(file_storage=kept, remove_file=lambda s, f: kept[s].pop(f))
    running = SimpleNamespace(get_instance=lambda: SimpleNamespace(uploaded_file_mgr=uploads))
    monkeypatch.setattr(server, "runtime", running)
    assert reached(ask(server.Guard(behind), "/_stcore/upload_file/me/e", method="PUT"))
    assert kept == {"me": {"b": 2, "c": 3}, "other": {"d": 4}}
    assert reached(ask(server.Guard(behind), "/_stcore/upload_file/new/e", method="PUT"))


def test_messages_that_come_too_fast_wait():
    async def receive():
        return {"type": "websocket.receive"}

    async def take(n):
        slowly = server.paced(receive, rate=200, burst=10)
        start = time.monotonic()
        for _ in range(n):
            await slowly()
        return time.monotonic() - start

    assert asyncio.run(take(10)) < 0.05
    assert asyncio.run(take(50)) > 0.15


def test_the_matrices_of_one_person_do_not_take_every_processor():
    """OpenBLAS reads the variable as NumPy is imported: nothing may import it before."""
    code = """import os, sys, streamlit.web.bootstrap
before = "numpy" in sys.modules
import nnviz.site
print(before, "numpy" in sys.modules, os.environ["OPENBLAS_NUM_THREADS"])"""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert told.stdout.split() == ["False", "False", "1"]
