"""How long a newcomer waits for the first page: alone, beside three heavy tabs, and one of twenty.

    python -m benchmarks.visitors

The tabs train 6 layers of 8 units on 50,000 rows of 12 columns for as long as a link can ask, on
five lines. Printed are seconds until the page is whole, and the processor time that the tabs took
until each had its first picture. No browser takes part.
"""

import asyncio
from time import monotonic
from urllib.parse import urlencode

import numpy as np

from benchmarks.memory import Visitor, processor, ready, resident, server
from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.link_text import differences, write_choices, write_lines
from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.data.sample import Sample
from nnviz.data.sample_text import encode


def heavy_link():
    """Return the longest training on the most rows that a link can ask for."""
    rows = np.arange(50_000)
    X = np.stack([rows >> (k + 2) & 1 for k in range(12)], axis=1).astype(float)
    names = tuple(f"x{k}" for k in range(1, 13))
    own = encode(Sample(X, (rows >> 3 & 1).astype(float), names, ("a", "b")))
    assert own is not None
    chosen = Settings(data=OWN, inputs=names, hidden=((8, "tanh"),) * 6, batch=1)
    lines = (Line(), *(Line(0, k, (Change(k, {"rate": 0.1 + k / 100}),)) for k in range(1, 5)))
    given = {
        "lesson": "deeper_networks.1",
        "with": write_choices(differences(Settings(), chosen)),
        "own": own,
        "lines": write_lines(lines),
        "epochs": "10000",
    }
    return urlencode(given)


async def newcomer():
    """Return the seconds until a page is whole for somebody who has just come."""
    async with Visitor() as visitor:
        done, _ = await visitor.see("prediction")
        return done


async def tab(link, drawn):
    """Keep a heavy page open."""
    async with Visitor() as visitor:
        done, _ = await visitor.see("deeper_networks", link, most=240)
        drawn.append(done)
        while True:
            await visitor.socket.recv()


async def main():
    """Print what is waited for."""
    process = server()
    try:
        await ready()
        first = await newcomer()
        alone = [await newcomer() for _ in range(5)]
        print(f"alone: {first:.2f} s the first, then {np.median(alone):.2f} s", flush=True)
        at_once = await asyncio.gather(*(newcomer() for _ in range(20)))
        print(
            f"twenty at once: {np.median(at_once):.2f} s, the last {max(at_once):.2f} s", flush=True
        )
        drawn, before, held = [], processor(process.pid), resident(process.pid)
        link, begin = heavy_link(), monotonic()
        tabs = [asyncio.create_task(tab(link, drawn)) for _ in range(3)]
        await asyncio.sleep(1)
        beside = []
        while len(drawn) < 3 or len(beside) < 8:
            beside.append(await newcomer())
            await asyncio.sleep(0.5)
        used, more = processor(process.pid) - before, resident(process.pid) - held
        print(f"beside them: {np.median(beside):.2f} s, {max(beside):.2f} s at most", flush=True)
        print(f"three tabs: drawn after {drawn[0]:.1f}, {drawn[1]:.1f}, {drawn[2]:.1f} s;", end=" ")
        print(f"{used:.1f} s of processor in {monotonic() - begin:.1f} s, {more:+.0f} MB")
        for task in tabs:
            task.cancel()
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(main())
