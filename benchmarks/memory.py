"""What the server holds after 200 changes by one visitor, and after 60 visitors that came and went.

    python -m benchmarks.memory [page] [changes] [visitors]

A server of its own is started and asked as a browser would ask, without one: each change opens a
page with another model, another seed or another rate. Printed are megabytes that are resident.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PORT = 8688
QUIET = 0.4  # seconds without a message, after which a page is at rest
OPTIONS = (
    "--server.port",
    str(PORT),
    "--server.headless",
    "true",
    "--server.fileWatcherType",
    "none",
)
CHANGES = {
    "live_training": lambda n: f"lesson=live_training.1&model={1 + n % 8}+tanh&seed={n}",
    "deeper_networks": lambda n: f"lesson=deeper_networks.1&seed={n}",
}


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


class Visitor:
    """A session without a browser."""

    async def __aenter__(self):
        """Connect."""
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{PORT}/_stcore/stream", subprotocols=["streamlit"], max_size=None
        )
        return self

    async def __aexit__(self, *_):
        """Leave."""
        await self.socket.close()

    async def see(self, page, query="", most=15.0):
        """Open a page and wait until it is at rest; return the seconds to its end and what came."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        begin, done, bytes_ = time.monotonic(), None, 0
        await self.socket.send(asked.SerializeToString())
        while time.monotonic() - begin < most:
            try:
                message = await asyncio.wait_for(self.socket.recv(), QUIET if done else most)
            except TimeoutError:
                break
            bytes_ += len(message)
            told = ForwardMsg()
            told.ParseFromString(message)
            kind = told.WhichOneof("type")
            if kind == "script_finished":
                done = done or time.monotonic() - begin
            elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(told.delta.new_element.exception.message)
        return done, bytes_


def server():
    """Return a server that has just been started."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *OPTIONS]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


async def ready():
    """Wait for the server."""
    for _ in range(300):
        try:
            async with Visitor():
                return
        except OSError:
            await asyncio.sleep(0.3)
    raise RuntimeError("the server does not answer")


async def main(page="live_training", changes="200", visitors="60"):
    """Print what is held."""
    process = server()
    try:
        await ready()
        print(f"{resident(process.pid):6.0f} MB before the first page", flush=True)
        async with Visitor() as visitor:
            for n in range(int(changes)):
                await visitor.see("vector_similarity")
                _, sent = await visitor.see(page, CHANGES[page](n))
                if n in (0, 9, 19, 39) or (n + 1) % 40 == 0:
                    held = resident(process.pid)
                    print(
                        f"{held:6.0f} MB after {n + 1} changes, {sent / 1024:.0f} KB sent",
                        flush=True,
                    )
        for n in range(int(visitors)):
            async with Visitor() as visitor:
                await visitor.see(page, CHANGES[page](n % 3))
            if (n + 1) % 20 == 0:
                print(f"{resident(process.pid):6.0f} MB after {n + 1} visitors", flush=True)
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
