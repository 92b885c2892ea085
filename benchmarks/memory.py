"""What the server holds after 200 changes by one visitor, and after 60 visitors that came and went.

    python -m benchmarks.memory [page] [changes] [visitors]

A server of its own is started and asked as a browser would ask, without one: each change opens a
page with another model, another seed or another rate. Printed are megabytes that are resident.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.classroom import Learner, resident
from nnviz.serving.classroom import Classroom

CHANGES = {
    "live_training": lambda n: f"lesson=live_training.1&model={1 + n % 8}+tanh&seed={n}",
    "deeper_networks": lambda n: f"lesson=deeper_networks.1&seed={n}",
}


async def see(visitor, page, query="mode=free"):
    """Open a page, wait until it is at rest, and return the bytes that came."""
    return (await visitor.open(page, query)).n_bytes + await visitor.rest()


async def change(room, page, changes, visitors):
    """Print what is held."""
    (process,) = room.running.values()
    print(f"{resident(process.pid):6.0f} MB before the first page", flush=True)
    visitor = Learner(room.port)
    await visitor.connect()
    for n in range(changes):
        await see(visitor, "vector_similarity")
        sent = await see(visitor, page, CHANGES[page](n))
        if n in (0, 9, 19, 39) or (n + 1) % 40 == 0:
            held = resident(process.pid)
            print(f"{held:6.0f} MB after {n + 1} changes, {sent / 1024:.0f} KB sent", flush=True)
    await visitor.leave()
    for n in range(visitors):
        visitor = Learner(room.port)
        await visitor.connect()
        await see(visitor, page, CHANGES[page](n % 3))
        await visitor.leave()
        if (n + 1) % 20 == 0:
            print(f"{resident(process.pid):6.0f} MB after {n + 1} visitors", flush=True)


def main(page="live_training", changes="200", visitors="60"):
    """Start the app, print what is held, and end it."""
    with (
        tempfile.TemporaryDirectory(prefix="nnviz-") as folder,
        Classroom(Path(folder), "127.0.0.1", 0, listen="127.0.0.1") as room,
    ):
        asyncio.run(change(room, page, int(changes), int(visitors)))


if __name__ == "__main__":
    main(*sys.argv[1:])
