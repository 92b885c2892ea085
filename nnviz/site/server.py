"""The app as a server: what it has ready before the first page, what it serves, what it refuses.

``streamlit run app.py`` finds the `App` in ``app.py`` and serves it with the `options` of here.
"""

import asyncio
import ctypes
import gc
import gzip
import ipaddress
import mimetypes
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit import runtime

from nnviz.chart import assets
from nnviz.site import room, room_routes
from nnviz.site.course import PAGES

MESSAGES: Final = 15.0
"""So many messages of one page are taken in a second; what comes faster waits."""

BURST: Final = 150.0
"""So many may come at once, as in a long drag, each step of which waits for its answer."""

FILES: Final = 3
"""Files of one session that are kept; the oldest makes room."""

GIVEN_BACK: Final = 20.0
"""Seconds after which memory that is free again is given back to the system."""

_HEAPS, _APART = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of glibc
_LARGE: Final = 2**17
"""Bytes from which on an array has memory of its own, which is given back at once."""

_LATER_NEEDED: Final = (
    "PIL.Image",
    "narwhals",
    "pandas.io.formats.style",
    "plotly.graph_objects",
    "plotly.io",
    "plotly.tools",
    "pyarrow.pandas_compat",
    "scipy.optimize",
    "simplemma",
    "streamlit.material_icon_names",
)
"""What pages, Streamlit and Plotly import only when they need it."""


def options() -> dict[str, Any]:
    """Return the arguments of the `App`, besides its script."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    beneath = f"/{base}/" if base else "/"
    return {
        "lifespan": _ready,
        "routes": [*_routes(beneath), *room_routes.routes(beneath)],
        "middleware": [Middleware(Guard)],
    }


@asynccontextmanager
async def _ready(_app: object) -> AsyncIterator[None]:
    """Import everything before the first page is served, and open a browser where there is one.

    A module that two visitors import in the same moment may be met half made by one of them.
    """
    import_all()
    # What has been imported stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    if not st.get_option("server.headless"):
        opening = threading.Timer(0.3, webbrowser.open, (_own_url(),))
        opening.daemon = True
        opening.start()
    giving_back = asyncio.create_task(_give_back())
    if room.store().exists():  # from before a restart: they go on, or end in time
        room.reporter().start()
    yield
    giving_back.cancel()
    await asyncio.to_thread(room.reporter().flush)


async def _give_back() -> None:
    """Give memory that is free back to the system now and then; glibc does not by itself.

    Every thread of a page would get a heap of its own, and each would keep its holes: large arrays
    stay out of them, where glibc would let larger and larger ones in.
    """
    libc: Any = ctypes.CDLL(None) if sys.platform == "linux" else None
    if not hasattr(libc, "malloc_trim"):
        return
    libc.mallopt(_HEAPS, 2)
    libc.mallopt(_APART, _LARGE)
    while True:
        await asyncio.sleep(GIVEN_BACK)
        await asyncio.to_thread(libc.malloc_trim, 0)


def import_all() -> None:
    """Import whatever any page needs, now or later."""
    for name in (*(f"nnviz.chapters.{page}.page" for page in PAGES), *_LATER_NEEDED):
        import_module(name)


def _own_url() -> str:
    port, base = st.get_option("server.port"), st.get_option("server.baseUrlPath")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    address = str(st.get_option("server.address"))
    host = "localhost" if address in ("0.0.0.0", "::", "None") else address
    return f"{scheme}://{host}:{port}/{str(base).strip('/')}"


def _routes(base: str) -> list[Route]:
    """Return a route for each file that the browser gets from us."""
    return [_route(f"{base}{path}", content) for path, content in assets.files().items()]


def _route(path: str, content: bytes) -> Route:
    kind, packed = mimetypes.guess_type(path)[0] or "text/plain", gzip.compress(content, mtime=0)
    # The name changes with the content, so nobody needs to ask again.
    kept = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}

    async def serve(request: Request) -> Response:
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers={**kept, "content-encoding": "gzip"}, media_type=kind)
        return Response(content, headers=kept, media_type=kind)

    return Route(path, serve)


class Guard:
    """Refuse what does not come from a page of ours, and let nobody crowd out the others.

    Parameters
    ----------
    app : callable
        The ASGI application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        path = str(scope["path"])
        host = headers.get(b"host", "")
        if not known_host(host, allowed_names()):
            await _refuse(scope, receive, send, 421, _UNKNOWN_HOST.format(host=host[:100]))
        elif path.rstrip("/").endswith("/_stcore/metrics"):
            await _refuse(scope, receive, send, 404, "Nothing is measured here.")
        elif scope["type"] == "websocket":
            # Who has gone while messages of theirs were waiting needs no answer.
            with suppress(WebSocketDisconnected):
                await self._app(scope, paced(receive), send)
        else:
            if scope["method"] == "PUT" and "/_stcore/upload_file/" in path:
                _forget_older_files(path.split("/_stcore/upload_file/")[1].split("/")[0])
            await self._app(scope, receive, send)


_UNKNOWN_HOST: Final = (
    "This app does not know that it is called {host}. If it is, start it with the option"
    " --server.allowedHosts and that name."
)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await PlainTextResponse(sentence, status)(scope, receive, send)


def known_host(host: str, names: Sequence[str]) -> bool:
    """Return whether a page of ours can have asked under this name.

    A page of somebody else that lets its own name point here would be asked for under that name.
    Numbers are no names: nobody else can own them.

    Parameters
    ----------
    host : str
        As it stands in the request, with or without a port.
    names : sequence of str
        The names that are known; one that begins with ``*.`` stands for all that end so.
    """
    name = host.rpartition("]")[0].lstrip("[") or host.partition(":")[0]
    name = name.lower().rstrip(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        pass
    else:
        return True
    return any(name.endswith(each[1:]) if each[:2] == "*." else name == each for each in names)


@cache
def allowed_names() -> tuple[str, ...]:
    """Return the names of this machine, and those that its owner has allowed."""
    own = socket.gethostname().lower()
    allowed = [*st.get_option("server.allowedHosts"), st.get_option("browser.serverAddress")]
    names = (str(name).strip().lower().rstrip(".") for name in allowed if name)
    return ("localhost", "*.localhost", own, f"{own.partition('.')[0]}.local", *names)


def paced(receive: Receive, rate: float = MESSAGES, burst: float = BURST) -> Receive:
    """Return ``receive`` so that messages come no faster than a page needs them.

    What comes faster waits in its own connection, and nobody else waits for it.
    """
    left, before = burst, time.monotonic()

    async def slowly() -> Message:
        nonlocal left, before
        message: MutableMapping[str, Any] = await receive()
        now = time.monotonic()
        left, before = min(burst, left + (now - before) * rate) - 1, now
        if left < 0 and message["type"] == "websocket.receive":
            await asyncio.sleep(-left / rate)
        return message

    return slowly


def _forget_older_files(session: str) -> None:
    """Make room for another file of a session."""
    uploads: Any = runtime.get_instance().uploaded_file_mgr
    files = list(uploads.file_storage.get(session, {}))
    for file in files[: max(0, len(files) + 1 - FILES)]:
        uploads.remove_file(session, file)
