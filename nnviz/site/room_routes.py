"""The addresses at which browsers ask for a room: small answers, without a session of Streamlit.

Whatever can be said is said with status 200: a reason why something was not done is a sentence
under ``problem``, and ``gone`` says that there is nothing more to ask for. What asks is JavaScript
of our own pages: bodies are JSON, and secrets are in headers, so no page of somebody else can ask.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from nnviz.room.problems import GoneError, RoomError
from nnviz.site import room
from nnviz.site.address import TASKS
from nnviz.site.course import PAGES, lessons
from nnviz.text.lesson import chosen_tasks

FOLDER: Final = "_room"
"""What the addresses begin with, relative to the app."""

_LONGEST_BODY: Final = 20_000
_KEY: Final = "x-room-key"
_CODE: Final = "x-room-code"

Given = Mapping[str, Any]
Answer = Callable[[Request, Given], object]


def routes(base: str) -> list[Route]:
    """Return the routes, below the address of the app."""
    served: tuple[tuple[str, str, Answer], ...] = (
        ("GET", "pupil", _look),
        ("POST", "join", _join),
        ("POST", "leave", _leave),
        ("POST", "open", _open),
        ("GET", "desk", _desk),
        ("POST", "desk", _act),
    )
    return [
        Route(f"{base}{FOLDER}/{name}", _answering(answer), methods=[method])
        for method, name, answer in served
    ]


def _answering(answer: Answer) -> Callable[[Request], Any]:
    async def respond(request: Request) -> Response:
        given: Given = {}
        if request.method == "POST":
            # Only a script of the same origin may send this without being asked first.
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                return PlainTextResponse("This takes JSON.", 415)
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > _LONGEST_BODY:
                return PlainTextResponse("This is longer than anything asked here.", 413)
            try:
                given = json.loads(await request.body())
            except ValueError:
                given = {}
            if not isinstance(given, dict):
                given = {}
        try:
            said = await run_in_threadpool(answer, request, given)
        except GoneError as reason:
            said = {"problem": str(reason), "gone": True}
        except RoomError as reason:
            said = {"problem": str(reason)}
        return JSONResponse(said, headers={"cache-control": "no-store"})

    return respond


def _text(given: Given, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _client(request: Request) -> str:
    # Behind nginx it is the one that nginx names: the server believes that of this machine alone.
    return request.client.host if request.client else ""


def _look(request: Request, _given: Given) -> object:
    return asdict(room.store().look(request.headers.get(_KEY, "")))


def _join(request: Request, given: Given) -> object:
    code, name, before = (_text(given, each) for each in ("code", "name", "before"))
    return asdict(room.store().join(code, name, _client(request), before))


def _leave(request: Request, _given: Given) -> object:
    room.store().leave(request.headers.get(_KEY, ""))
    return {}


def _open(request: Request, given: Given) -> object:
    opened = room.store().open_room(_begins(given), _client(request))
    room.reporter().start()
    return asdict(opened)


def _begins(given: Given) -> str:
    begins = _text(given, "begins")
    page = room.page_of(begins)
    if page not in PAGES or page == room.PAGE:
        raise RoomError("A room begins with a page of this app, and this link opens none.")
    return begins


def _desk(request: Request, _given: Given) -> object:
    seen = room.store().desk(*_secrets(request))
    return {**asdict(seen), "given": _given_tasks(seen.begins)}


def _given_tasks(begins: str) -> tuple[int, ...] | None:
    """Return the indices of the tasks that a link gives; None if it gives all, or has no lesson."""
    lesson = lessons().get(room.page_of(begins))
    text = dict(parse_qsl(begins.partition("?")[2])).get(TASKS)
    if lesson is None or text is None:
        return None
    try:
        return chosen_tasks(text, len(lesson.tasks))
    except ValueError:  # then the page gives the whole lesson
        return None


def _act(request: Request, given: Given) -> object:
    """Do what a teacher asks for, and return what the room is then."""
    code, key = _secrets(request)
    store, does, pupil = room.store(), given.get("do"), given.get("pupil")
    whom = pupil if isinstance(pupil, int) else None
    if does in ("pause", "go on"):
        store.pause(code, key, paused=does == "pause")
    elif does == "show":
        store.show(code, key, whom, named=given.get("named") is True)
    elif does == "begin":
        store.begin_with(code, key, _begins(given))
    elif does == "remove" and whom is not None:
        store.remove(code, key, whom)
    elif does == "close":
        store.close(code, key, _client(request))
        return {}
    return _desk(request, given)


def _secrets(request: Request) -> tuple[str, str]:
    return request.headers.get(_CODE, ""), request.headers.get(_KEY, "")
