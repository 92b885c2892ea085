"""What browsers ask for a room: who is let in, what is told, and what no other site can ask."""

import asyncio
import json

import pytest
from starlette.applications import Starlette

from nnviz.room.store import Store
from nnviz.site import room, room_routes


@pytest.fixture
def store(tmp_path, monkeypatch):
    store = Store(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    monkeypatch.setattr(room, "store", lambda: store)
    yield store
    store.close_connections()


@pytest.fixture
def ask(store):
    """Return ``ask(name, body, **headers)``, which gives status and answer."""
    app = Starlette(routes=room_routes.routes("/"))

    def asked(name, body=None, client="192.0.2.5", method=None, **headers):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"content-type": "application/json", "content-length": str(len(raw))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = []
        scope = {
            "type": "http",
            "method": method or ("GET" if body is None else "POST"),
            "path": f"/_room/{name}",
            "query_string": b"",
            "client": (client, 1),
            "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        }

        async def receive():
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        text = b"".join(message.get("body", b"") for message in sent)
        try:
            return sent[0]["status"], json.loads(text)
        except ValueError:
            return sent[0]["status"], text.decode()

    return asked


def test_a_room_from_opening_to_closing(ask):
    status, own = ask("open", {"begins": "./?task=1"})
    assert (status, set(own)) == (200, {"code", "key"})
    secrets = {"x_room_code": own["code"], "x_room_key": own["key"]}
    _, joined = ask("join", {"code": own["code"], "name": " Ana "})
    assert (joined["name"], joined["begins"]) == ("Ana", "./?task=1")
    token = {"x_room_key": joined["token"]}
    assert ask("pupil", **token)[1]["paused"] is False
    assert ask("desk", {"do": "pause"}, **secrets)[1]["paused"] is True
    assert ask("pupil", **token)[1]["paused"] is True
    assert ask("desk", {"do": "go on"}, **secrets)[1]["paused"] is False
    (pupil,) = ask("desk", **secrets)[1]["pupils"]
    told = ask("desk", {"do": "show", "pupil": pupil["id"]}, **secrets)[1]
    assert told == {"problem": "This pupil has not opened a page yet."}
    ask("leave", {}, **token)
    assert ask("desk", **secrets)[1]["pupils"][0]["away"] is True
    _, again = ask("join", {"code": own["code"], "name": "Ana", "before": joined["token"]})
    (pupil,) = ask("desk", **secrets)[1]["pupils"]
    assert pupil["away"] is False
    # The class goes on with another link, which gives some tasks alone.
    for begins, given in (
        ("error_curve?tasks=1-3,5", [0, 1, 2, 4]), ("error_curve?task=1", None),
        ("error_curve?tasks=9", None), ("glossary?tasks=1", None),
    ):  # fmt: skip
        seen = ask("desk", {"do": "begin", "begins": begins}, **secrets)[1]
        assert (seen["begins"], seen["given"]) == (begins, given)
    assert (
        "opens none" in ask("desk", {"do": "begin", "begins": "nowhere"}, **secrets)[1]["problem"]
    )
    assert ask("desk", {"do": "remove", "pupil": pupil["id"]}, **secrets)[1]["pupils"] == []
    assert ask("desk", {"do": "close"}, **secrets) == (200, {})
    for gone in (ask("desk", **secrets), ask("pupil", x_room_key=again["token"])):
        assert gone[1]["gone"] is True


def test_what_is_wrong_is_told_in_a_sentence(ask):
    for name, body, what in (
        ("join", {"code": "KMPTX", "name": "Ana"}, "There is no room KMPTX"),
        ("join", {"code": "abc", "name": "Ana"}, "five letters"),
        ("join", {"code": "KMPTX", "name": " "}, "at least one letter"),
        ("join", {"code": 5, "name": ["x"]}, "five letters"),
        ("join", [], "five letters"),
        ("join", b"{", "five letters"),
        ("join", b"\xff", "five letters"),
        ("open", {"begins": "room?code=KMPTX"}, "link opens none"),
        ("open", {"begins": "nowhere"}, "link opens none"),
        ("open", {"begins": "//a.b/"}, "link opens none"),
        ("open", {"begins": "error_curve?x=\u0000"}, "begins with a link"),
        ("desk", {"do": "close"}, "not the link of its teacher"),
        ("leave", {}, None),
    ):
        status, told = ask(name, body)
        assert status == 200
        assert (what in told["problem"]) if what else told == {}, (name, body, told)


def test_no_page_of_somebody_else_can_ask_or_fill_the_memory(ask):
    assert ask("open", {"begins": "./"}, content_type="text/plain")[0] == 415
    assert ask("open", b"begins=./", content_type="application/x-www-form-urlencoded")[0] == 415
    assert ask("open", {"begins": "x" * 30_000})[0] == 413
    assert ask("open", {"begins": "./"}, content_length="-1")[0] == 413
    assert ask("open", method="GET")[0] == 405
    assert ask("leave", method="GET")[0] == 405


def test_guesses_of_one_device_are_counted_together(ask):
    own = ask("open", {"begins": "./"})[1]
    wrong = "BBBBB" if own["code"] != "BBBBB" else "CCCCC"
    said = [ask("join", {"code": wrong, "name": "Eve"})[1]["problem"] for _ in range(21)]
    assert said[-1].startswith("Too many codes")
    assert "Try again" in ask("join", {"code": own["code"], "name": "Eve"})[1]["problem"]
    assert ask("join", {"code": own["code"], "name": "Ana"}, client="192.0.2.6")[1]["token"]


def test_a_database_out_of_reach_is_a_sentence(ask, store, tmp_path, monkeypatch):
    broken = Store(f"postgresql+psycopg://a@/b?host={tmp_path}")
    monkeypatch.setattr(room, "store", lambda: broken)
    for asked in (
        ask("open", {"begins": "./"}), ask("join", {"code": "KMPTX", "name": "Ana"}),
        ask("pupil"), ask("desk"), ask("leave", {}), ask("desk", {"do": "close"}),
    ):  # fmt: skip
        status, told = asked
        assert (status, "gone" in told) == (200, False)
        assert "cannot reach the database" in told["problem"]
    broken.close_connections()
