"""A class at work on real processes of the app, over websockets: how long everybody waits.

    python -m benchmarks.classroom --learners 30 --think 2
    python -m benchmarks.classroom --learners 50 --processes 2 --pages live_training --seconds 60
    python -m benchmarks.classroom --learners 50 --think 4 --room

The app is started as for a class (`nnviz.serving.classroom`), with more than one process behind
nginx. All learners come within ten seconds, as when a lesson begins, and fetch what an empty
browser would fetch; then each acts after a while of thinking (an exponential distribution) by
drags, steps, sliders and new seeds, and goes on to another page now and then. Then one more floods
the app with the most expensive link there is, then all are on one page, and at last they come anew
beside three heavy pages. With --room they act instead without a room and in one, in turn: each
browser asks every 3 s how the room is, a teacher's desk every second, and printed last is what an
action costs in the room beside what it costs without.

An action counts as answered when its script has ended, the link of the page has become another one,
and something on the screen has changed; whatever else happens is a failure. Printed is one table:
milliseconds until the answer, processors in use by the app (nginx included) and by the learners
played here, milliseconds of the app's processors, resident megabytes, and kilobytes for each
answer. No browser takes part, and no other address is asked.
"""

import argparse
import asyncio
import functools
import hashlib
import json
import os
import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from unittest import mock
from urllib.parse import urlencode

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.link_text import differences, write_choices, write_lines
from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.chart import assets
from nnviz.chart.slider import expanded
from nnviz.data.sample import Sample
from nnviz.data.sample_text import encode
from nnviz.room import database
from nnviz.serving.classroom import Classroom

PATIENCE = 60.0  # seconds after which an action has failed
QUIET = 0.4  # seconds without a message, after which a page is at rest
OPENING = 10.0  # seconds within which all come
MOVES_ON = 0.1  # of all actions are going on to another page
FLOOD = 200  # messages a second of the one who floods
REMEMBERED = 2  # runs of a page for which a browser keeps what it has been sent


@dataclass
class Answer:
    """What came of one action."""

    seconds: float
    n_bytes: int
    page: str = ""


class Learner:
    """Somebody at a page, as Streamlit's browser side is, but for the drawing.

    Parameters
    ----------
    port : int
        Where the app answers.
    """

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.page = ""
        self.query = None  # the link of what is on the screen
        self.widgets = {}  # by key or label: kind, id, fragment, message
        self.states = {}  # what a browser sends along of all that was ever moved
        self.seen = {}  # by place on the page: digest of what is there
        self.kept = {}  # by hash of a message: the run in which it came last
        self.runs = 0
        self.drags = 0
        self.n_bytes = 0

    async def fetch(self, path):
        """Return the body of a file as it travels, packed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n"
        head += (f"Cookie: {cookies}\r\n" if cookies else "") + "Connection: close\r\n\r\n"
        writer.write(head.encode())
        told, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        lines = told.decode("latin-1").split("\r\n")
        if lines[0].split()[1] != "200":
            raise RuntimeError(f"{path}: {lines[0]}")
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self.cookies.update([value.partition(";")[0].split("=", 1)])
        self.n_bytes += len(body)
        return body

    async def come(self, page, query="mode=free"):
        """Come with an empty browser; return when the page is whole."""
        begin, self.n_bytes = monotonic(), 0
        named = re.findall(rb'(?:src|href)="\./(static/[^"]+)"', await self.fetch(f"/{page}"))
        for path in named:
            await self.fetch(f"/{path.decode()}")
        await self.connect()
        files = asyncio.gather(*(self.fetch(f"/{path}") for path in assets.files()))
        answer = await self.open(page, query)
        await files
        return Answer(monotonic() - begin, self.n_bytes + answer.n_bytes, page)

    async def connect(self):
        """Begin a session."""
        for path in ("/_stcore/health", "/_stcore/host-config"):
            await self.fetch(path)
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            },
            max_size=None,
            compression=None,
            proxy=None,
            open_timeout=PATIENCE,
        )

    async def leave(self):
        """End the session."""
        await self.socket.close()

    async def open(self, page, query="mode=free"):
        """Open a page by a link; return when it is whole."""
        self.page, self.query, self.widgets, self.states, self.seen = page, None, {}, {}, {}
        asked = self._ask(query)
        asked.rerun_script.page_name = page
        return await self._answered(asked, "opening it")

    async def rest(self):
        """Take whatever a page adds by itself until it is at rest; return the bytes of it."""
        n_bytes = 0
        while True:
            try:
                n_bytes += len(await asyncio.wait_for(self.socket.recv(), QUIET))
            except TimeoutError:
                return n_bytes

    async def act(self, name, *, press=False, number=None, state=None):
        """Press a button, enter a number, or report the state of a component."""
        element, fragment = self.widgets[name]
        moved = WidgetState(id=element.id)
        if press:
            moved.trigger_value = True
        elif number is not None:
            moved.double_value = number
        else:
            moved.json_value = json.dumps(state)
        asked = self._ask(self.query)
        asked.rerun_script.page_script_hash = self.script
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.widgets.extend([*self.states.values(), moved])
        if not press:
            self.states[element.id] = moved
        return await self._answered(asked, name)

    def _ask(self, query):
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.cached_message_hashes.extend(
            each for each, run in self.kept.items() if self.runs - run <= REMEMBERED
        )
        return asked

    async def enter(self, token):
        """Let the page know of a room, as a browser does that keeps its token; "" leaves it."""
        await self._tell("progress", json_value=json.dumps({"room": {"token": token}}))

    async def unfold(self, name):
        """Open what stands behind a button."""
        await self._tell(name, bool_value=True)

    async def _tell(self, name, **value):
        """Report the state of something that does not change the link, and see what comes of it."""
        element, fragment = self.widgets[name]
        self.states[element.id] = WidgetState(id=element.id, **value)
        asked = self._ask(self.query)
        asked.rerun_script.page_script_hash = self.script
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.widgets.extend(self.states.values())
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while True:
                packed = await self.socket.recv()
                message = ForwardMsg.FromString(packed)
                self._take(message, packed)
                if message.WhichOneof("type") == "script_finished":
                    self.runs += 1
                    return

    async def _answered(self, asked, what):
        """Send a message; return when something has changed, the link too, and the script ended."""
        begin, before, n_bytes, changed = monotonic(), self.query, 0, False
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE) as limit:
            while True:
                try:
                    packed = await self.socket.recv()
                except asyncio.CancelledError:
                    if limit.expired():
                        raise TimeoutError(f"{self.page}, {what}: {self.query}") from None
                    raise
                n_bytes += len(packed)
                message = ForwardMsg.FromString(packed)
                changed |= self._take(message, packed)
                if message.WhichOneof("type") == "script_finished":
                    self.runs += 1
                    # What the page before adds by itself may still be on its way.
                    here = f"lesson={self.page}." in (self.query or "")
                    if changed and here and self.query != before:
                        return Answer(monotonic() - begin, n_bytes, self.page)

    def _take(self, message, packed):
        """Put a message on the screen; return whether it changes anything there."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.script = message.new_session.page_script_hash
        if kind == "delta" and message.metadata.cacheable:
            self.kept[message.hash] = self.runs
        if kind == "ref_hash":
            if message.ref_hash not in self.kept:
                raise RuntimeError("sent what only a browser can have kept that had it before")
            self.kept[message.ref_hash] = self.runs
        if kind not in ("delta", "ref_hash"):
            return False
        digest = message.ref_hash or message.hash or hashlib.sha1(packed).hexdigest()
        place = tuple(message.metadata.delta_path)
        if kind == "delta":
            self._read(message.delta)
        changed = self.seen.get(place) != digest
        self.seen[place] = digest
        return changed

    def _read(self, delta):
        if delta.WhichOneof("type") == "add_block":
            kind, element = "popover", delta.add_block.popover
        else:
            kind = delta.new_element.WhichOneof("type")
            element = getattr(delta.new_element, kind)
        if kind == "exception":
            raise RuntimeError(element.message)
        if not getattr(element, "id", ""):
            return
        key, fragment = element.id.split("-", 2)[-1], delta.fragment_id
        label = getattr(element, "label", "")
        self.widgets.update(dict.fromkeys((key, label), (element, fragment)))
        if key == "address":
            self.query = json.loads(element.json)["query"]


class RoomLine:
    """The connection on which a browser asks for a room, kept as browsers keep it.

    Parameters
    ----------
    port : int
        Where the app answers.
    secrets : dict
        The headers that say who asks.
    """

    def __init__(self, port, **secrets):
        self._port, self._secrets, self._reader = port, secrets, None

    async def ask(self, name, body=None):
        """Return what is answered."""
        if self._reader is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        raw = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{'GET' if body is None else 'POST'} /_room/{name} HTTP/1.1",
            f"Host: 127.0.0.1:{self._port}",
            "Content-Type: application/json",
            f"Content-Length: {len(raw)}",
            *(f"x-room-{kind}: {secret}" for kind, secret in self._secrets.items()),
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + raw)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if " 200 " not in head.partition("\r\n")[0]:
            raise RuntimeError(head)
        told = await self._reader.readexactly(int(re.findall(r"content-length: (\d+)", head)[0]))
        answer = json.loads(told)
        if "problem" in answer:
            raise RuntimeError(answer["problem"])
        return answer

    async def every(self, name, seconds):
        """Ask again and again, as a browser does."""
        await asyncio.sleep(seconds * random.random())
        while True:
            self.seen = await self.ask(name)
            await asyncio.sleep(seconds * random.uniform(0.9, 1.1))

    async def close(self):
        """End the connection."""
        if self._reader is not None:
            self._writer.close()
            await self._writer.wait_closed()


async def ask_once(port, name, body=None, **secrets):
    """Ask for a room on a connection of its own."""
    line = RoomLine(port, **secrets)
    try:
        return await line.ask(name, body)
    finally:
        await line.close()


async def drag(learner):
    """Drag an arrow a little; every step of a drag is answered before the next."""
    learner.drags += 1
    x, y = (round(random.uniform(-2, 2), 2) for _ in range(2))
    moved = {"name": "weights_1", "x": x, "y": y, "done": True, "sequence": learner.drags}
    return await learner.act("similarity", state={"drag": moved})


def slide(name):
    """Return the action of moving a slider."""

    async def act(learner):
        learner.drags += 1
        offered = json.loads(learner.widgets[name][0].json)
        values = expanded(offered["values"])
        value = random.choice([each for each in values if each != offered["value"]])
        moved = {"value": value, "done": True, "sequence": learner.drags}
        return await learner.act(name, state={"slide": moved})

    return act


def press(name):
    """Return the action of pressing a button."""
    return lambda learner: learner.act(name, press=True)


def seed(name, behind=None):
    """Return the action of choosing another seed, which may stand behind a button."""

    async def act(learner):
        if behind and name not in learner.widgets:
            await learner.unfold(behind)
        entered = learner.states.get(learner.widgets[name][0].id, WidgetState()).double_value
        others = set(range(5, 5_000)) - {entered}  # the same again would change nothing
        return await learner.act(name, number=float(random.choice(sorted(others))))

    return act


ACTIONS: dict[str, list[Callable]] = {
    "vector_similarity": [drag],
    "error_curve": [press("STEP"), slide("error_curve.slider")],
    "backpropagation": [press("Next row"), slide("backpropagation_rate")],
    "live_training": [seed("run_seed_of.1"), slide("run_rate")],
    "deeper_networks": [seed("deeper_seed.1", behind="deeper_training"), slide("deeper_rate")],
}


@dataclass
class Row:
    """One line of the table: what was answered in a time, and what it took."""

    name: str
    answers: list[Answer] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    took: float = 0.0  # seconds
    app: float = 0.0  # seconds of processor time
    own: float = 0.0
    resident: float = 0.0

    async def add(self, action):
        """Wait for an action and take down what came of it."""
        try:
            self.answers.append(await action)
        except Exception as reason:
            self.failed.append(f"{type(reason).__name__} {reason}")

    def print(self):
        """Print it, and below it what came of each page."""
        each = 1000 * self.app / max(1, len(self.answers))
        print(
            f"{self.name:34} {self._waits(self.answers)} {len(self.failed):6}"
            f" {self.app / self.took:5.2f} {self.own / self.took:5.2f} {each:7.0f}"
            f" {self.resident:5.0f}",
            flush=True,
        )
        pages = sorted({answer.page for answer in self.answers})
        for page in pages if len(pages) > 1 else ():
            here = [answer for answer in self.answers if answer.page == page]
            print(f"  {page:32} {self._waits(here)}", flush=True)
        for reason in sorted(set(self.failed))[:3]:
            print(f"    {self.failed.count(reason)} x {reason[:300]}")

    @staticmethod
    def _waits(answers):
        ms = np.array([answer.seconds for answer in answers] or [np.nan]) * 1000
        kb = np.mean([answer.n_bytes for answer in answers] or [np.nan]) / 1000
        marks = " ".join(f"{each:6.0f}" for each in (*np.percentile(ms, (50, 95, 99)), ms.max()))
        return f"{len(answers):6} {marks} {kb:6.0f}"


HEAD = (
    f"{'':34} {'answ.':>6} {'p50':>6} {'p95':>6} {'p99':>6} {'max':>6} {'kB':>6} {'failed':>6}"
    f" {'app':>5} {'here':>5} {'ms each':>7} {'MB':>5}"
)


def resident(pid):
    """Return the megabytes of a process that are in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ValueError(pid)


def processor(pid):
    """Return the seconds of processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pids_of(room):
    """Return the processes of a class, and those that nginx has started."""
    own = [process.pid for process in room.running.values()]
    below = [Path(f"/proc/{pid}/task/{pid}/children").read_text().split() for pid in own]
    return [*own, *(int(pid) for pids in below for pid in pids)]


class Lesson:
    """The class, and what it is measured by."""

    def __init__(self, room, learners, think, seconds):
        self.room, self.think, self.seconds = room, think, seconds
        self.learners = [Learner(room.port) for _ in range(learners)]

    async def measure(self, name, doing):
        """Print what came of doing something: a row that it fills."""
        row, pids = Row(name), pids_of(self.room)
        app, own, begin = sum(map(processor, pids)), process_time(), monotonic()
        await doing(row)
        row.took = monotonic() - begin
        row.app, row.own = sum(map(processor, pids)) - app, process_time() - own
        row.resident = sum(map(resident, pids))
        row.print()
        return row

    async def warm(self, pages):
        """Let a teacher look at pages in every process before the class comes."""
        for port in self.room.ports:
            teacher = Learner(port)
            await teacher.connect()
            for page in pages:
                await teacher.open(page)
            await teacher.leave()

    async def come(self, row, pages):
        """All come within some seconds."""

        async def one(i, learner):
            await asyncio.sleep(OPENING * random.random())
            await row.add(learner.come(pages[i % len(pages)]))

        await asyncio.gather(*(one(*each) for each in enumerate(self.learners)))

    async def act(self, row, pages):
        """All act for some seconds, each after thinking."""
        end = monotonic() + self.seconds

        async def one(i, learner):
            await asyncio.sleep(self.think * random.random())
            while monotonic() < end:
                if len(pages) > 1 and random.random() < MOVES_ON:
                    action = learner.open(random.choice([p for p in pages if p != learner.page]))
                else:
                    action = random.choice(ACTIONS[learner.page])(learner)
                failed = len(row.failed)
                await row.add(action)
                if len(row.failed) > failed:  # a browser would be reloaded
                    await row.add(learner.come(pages[i % len(pages)]))
                # Whoever would act only after the end is not waited for: a row has no idle tail.
                thinks = random.expovariate(1 / self.think)
                await asyncio.sleep(min(thinks, max(0.0, end - monotonic())))

        await asyncio.gather(*(one(*each) for each in enumerate(self.learners)))

    async def in_a_room(self, name, doing):
        """Measure the same in a room: all are in it, and a teacher watches."""
        port = self.room.port
        own = await ask_once(port, "open", {"begins": "./"})
        self.desk = RoomLine(port, **own)
        lines = [self.desk]
        for k, learner in enumerate(self.learners):
            name_of = {"code": own["code"], "name": f"Pupil {k}"}
            joined = await ask_once(port, "join", name_of)
            await learner.enter(joined["token"])
            lines.append(RoomLine(port, key=joined["token"]))
        asking = [self.desk.every("desk", 1), *(line.every("pupil", 3) for line in lines[1:])]
        row = await self.measure(name, self.beside(doing, asking))
        for learner in self.learners:
            await learner.enter("")
        await ask_once(port, "desk", {"do": "close"}, **own)
        for line in lines:
            await line.close()
        return row

    def beside(self, doing, others):
        """Return the same, done while others keep the app busy."""

        async def together(row):
            busy = [asyncio.create_task(each) for each in others]
            await asyncio.sleep(1)
            await doing(row)
            for each in busy:
                each.cancel()
            for reason in await asyncio.gather(*busy, return_exceptions=True):
                if not isinstance(reason, asyncio.CancelledError):
                    row.failed.append(f"who kept it busy: {reason!r}")

        return together


async def flood(port):
    """Ask for expensive links again and again, and take whatever comes."""
    learner = Learner(port)
    await learner.connect()

    async def take():
        while True:
            await learner.socket.recv()

    taking = asyncio.create_task(take())
    try:
        for n in range(10_000_000):
            asked = BackMsg()
            asked.rerun_script.query_string = heavy_link(1 + n % 50)
            asked.rerun_script.page_name = "deeper_networks"
            await learner.socket.send(asked.SerializeToString())
            await asyncio.sleep(1 / FLOOD)
    finally:
        taking.cancel()
        await learner.leave()


async def heavy_page(port):
    """Keep a page open that trains for as long as a link can ask."""
    learner = Learner(port)
    await learner.connect()
    try:
        await learner.open("deeper_networks", heavy_link())
        while True:
            await learner.socket.recv()
    finally:
        await learner.leave()


def heavy_link(seed=0):
    """Return the longest training on the most rows that a link can ask for."""
    chosen = Settings(data=OWN, inputs=_NAMES, hidden=((8, "tanh"),) * 6, batch=1, seed=seed)
    lines = (Line(), *(Line(0, k, (Change(k, {"rate": 0.1 + k / 100}),)) for k in range(1, 5)))
    given = {
        "lesson": "deeper_networks.1",
        "with": write_choices(differences(Settings(), chosen)),
        "own": _many_rows(),
        "lines": write_lines(lines),
        "epochs": "10000",
    }
    return urlencode(given)


_NAMES = tuple(f"x{k}" for k in range(1, 13))


@functools.cache
def _many_rows():
    rows = np.arange(50_000)
    X = np.stack([rows >> (k + 2) & 1 for k in range(12)], axis=1).astype(float)
    own = encode(Sample(X, (rows >> 3 & 1).astype(float), _NAMES, ("a", "b")))
    assert own is not None
    return own


async def measure_room(room, *, learners, think, seconds, pages):
    """Print what a room costs; return the rows and how many times as dear an action is in it."""
    lesson = Lesson(room, learners, think, seconds)
    await lesson.warm(pages)
    print(HEAD, flush=True)

    def act(row):
        return lesson.act(row, pages)

    rows = [await lesson.measure("opening", lambda row: lesson.come(row, pages))]
    for k in range(5):  # in turn, since a shared machine is not as quick at all times
        if k % 2:
            rows.append(await lesson.in_a_room("in a room", act))
        else:
            rows.append(await lesson.measure("without a room", act))
    for learner in lesson.learners:
        await learner.leave()
    each = [row.app / max(1, len(row.answers)) for row in rows[1:]]
    ratio = float(np.mean(each[1::2]) / np.mean(each[::2]))
    seen = lesson.desk.seen["pupils"]
    print(f"In a room an action costs {ratio:.3f} of what it costs without.", flush=True)
    print(f"The desk saw {sum(p['page'] != '' for p in seen)} of {len(seen)} at work.", flush=True)
    return rows, ratio


async def measure(room, *, learners, think, seconds, pages, then=None, busy=True):
    """Print the table, and return its rows."""
    lesson = Lesson(room, learners, think, seconds)
    await lesson.warm({*pages, *([then] if then else []), *(["deeper_networks"] if busy else [])})
    several = "several pages" if len(pages) > 1 else pages[0]

    def come(row):
        return lesson.come(row, pages)

    def act(row):
        return lesson.act(row, pages)

    print(HEAD, flush=True)
    rows = [await lesson.measure("opening", come), await lesson.measure(several, act)]
    if busy:
        flooded = lesson.beside(act, [flood(room.port)])
        rows.append(await lesson.measure(f"{several}, one floods", flooded))
    if then:
        for learner in lesson.learners:
            await learner.open(then)
        pages = [then]
        rows.append(await lesson.measure(f"all on {then}", act))
    for learner in lesson.learners:
        await learner.leave()
    if busy:
        crowded = lesson.beside(come, [heavy_page(room.port) for _ in range(3)])
        rows.append(await lesson.measure("opening beside 3 heavy pages", crowded))
        for learner in lesson.learners:
            await learner.leave()
    return rows


def main():
    """Start the app, print the table, and end it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--think", type=float, default=2.0, help="seconds between actions")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each row of the table")
    parser.add_argument("--processes", type=int, default=1, help="of the app")
    parser.add_argument("--pages", nargs="+", default=[*ACTIONS], choices=[*ACTIONS])
    parser.add_argument("--then", default="live_training", choices=[*ACTIONS], help="all go there")
    parser.add_argument("--room", action="store_true", help="what a room costs, and nothing else")
    given = parser.parse_args()
    random.seed(1)
    load = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True) as rooms,
        mock.patch.dict(os.environ, {database.VARIABLE: f"{rooms}/rooms.sqlite"}),
        Classroom(Path(folder), "127.0.0.1", 0, given.processes, "127.0.0.1") as room,
    ):
        print(
            f"{given.learners} learners who think {given.think:g} s, {given.processes} x app,"
            f" {os.cpu_count()} processors, load {load:.1f} before"
        )
        asked = {name: getattr(given, name) for name in ("learners", "think", "seconds", "pages")}
        if given.room:
            asyncio.run(measure_room(room, **asked))
        else:
            asyncio.run(measure(room, **asked, then=given.then))


if __name__ == "__main__":
    main()
