"""What the most expensive links of every page cost until there is a first picture.

    python -m benchmarks.first_pictures [word]

A page of the app is opened by a link that asks for the most that it accepts: the longest training,
the most rows, lines, seeds or repeats. Printed are seconds of processor time of the app until the
chart is sent (what it does in the background by then included), or the page is whole; then those
until it is whole or ten seconds are over. The page has been drawn once before, by another link. Of
all links those with ``word`` are opened.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.classroom import Learner, heavy_link, processor
from nnviz.serving.classroom import Classroom

MOST = 10.0  # seconds to a whole page; a first picture is waited for
PATIENCE = 90.0
APART = 3.0  # seconds after which the background has left what nobody asks for


def link(page, what, **asked):
    """Return a page, what is asked of it, and the query of its link."""
    return page, what, urlencode({"mode": "free", **asked})


ROWS = ";".join(f"{k * 37 % 50 / 10},{k * 17 % 50 / 10},{k % 2}" for k in range(40))
RUN = {"lesson": "live_training.1", "updates": "1000000", "step": "900000"}
LINES = "0:2500,rate:0.5;1:5000,rate:0.4;2:8000,rate:0.3;3:9000,rate:0.2"
OF_EACH_OTHER = "0:2500,seed:1;1:5000,seed:2;2:800000,seed:3;3:900000,rate:0.2"
ALL_INPUTS = "x1*x2,x1^2,x2^2,sin x1,sin x2,8 tanh"
REPEATS = {"data": "spiral", "rows": "400", "repeats": "20", "epochs": "800", "hidden": "8-8-8"}
OWN = {"lesson": "backpropagation.1", "net": "own", "features": "x1,x2,x1*x2,x1^2"}
TAKEN = ";".join(f"{k + 1}:0.1" for k in range(40))
LINKS = (
    link("rules_or_learning", "216 games, all repeats", view="learn", games="216", step="600"),
    link("rules_or_learning", "a hard puzzle", view="solve", rules="boxes", kind="hard"),
    link("words_to_numbers", "40 splits", view="splits", splits="40", lemmas="1"),
    link("words_to_numbers", "every update", view="learn", lemmas="1", step="2000"),
    link("linear_regression", "20,000 updates", view="descent", updates="20000", rate="0.00005"),
    link(
        "error_curve", "a walk of 200", view="weight", along="bias", bias_rates="0.1," * 199 + "1"
    ),
    link("backpropagation", "40 rows", **OWN, hidden="4,4,4", rows=ROWS, taken=TAKEN, at="9000"),
    link("live_training", "a million updates", **RUN, model="8 tanh", branches=LINES, line="E"),
    link(
        "live_training",
        "branches of branches",
        **RUN,
        model=ALL_INPUTS,
        branches=OF_EACH_OTHER,
        line="E",
    ),
    link("live_training", "error surface", **RUN, model="8 tanh", seed="7", part="surface"),
    link("compare_runs", "20 rates, 50 seeds", rates="20", seeds="300", model="8 tanh"),
    link("compare_runs", "300 seeds", low="0.1", high="0.1", rates="1", seeds="300"),
    link("generalization", "capacity", **REPEATS),
    link("generalization", "stopping", **REPEATS, experiment="stopping", patience="200"),
    link("generalization", "shift", **REPEATS, experiment="shift", moved="1,1"),
    ("deeper_networks", "50,000 rows, five lines", heavy_link()),
)


async def first_picture(port, pid, page, query):
    """Return the seconds of processor time until the chart, and until the page is whole."""
    learner = Learner(port)
    await learner.connect()
    await learner.open(page)
    await learner.rest()
    await learner.leave()
    learner = Learner(port)
    await learner.connect()
    learner.page, learner.query = page, None
    asked = learner._ask(query)
    asked.rerun_script.page_name = page
    begin, used, drawn = monotonic(), processor(pid), None
    await learner.socket.send(asked.SerializeToString())
    try:
        async with asyncio.timeout(PATIENCE):
            while drawn is None or monotonic() - begin < MOST:
                packed = await learner.socket.recv()
                message = ForwardMsg.FromString(packed)
                learner._take(message, packed)
                if drawn is None and any(key.endswith("_chart") for key in learner.widgets):
                    drawn = processor(pid) - used
                if message.WhichOneof("type") == "script_finished":
                    break
    except TimeoutError:
        pass
    whole, seconds = processor(pid) - used, monotonic() - begin
    await learner.leave()
    await asyncio.sleep(APART)
    return drawn, whole, seconds


async def measure(port, pid, word):
    """Print a line for each link."""
    for page, what, query in LINKS:
        if word in f"{page} {what}":
            drawn, whole, seconds = await first_picture(port, pid, page, query)
            print(
                f"{page:18} {what:24} {whole if drawn is None else drawn:5.2f} s, "
                f"{whole:5.2f} s in {seconds:4.1f} s",
                flush=True,
            )


def main(word=""):
    """Start the app, print the table, and end it."""
    with (
        tempfile.TemporaryDirectory(prefix="nnviz-") as folder,
        Classroom(Path(folder), "127.0.0.1", 0, listen="127.0.0.1") as room,
    ):
        (process,) = room.running.values()
        asyncio.run(measure(room.port, process.pid, word))


if __name__ == "__main__":
    main(*sys.argv[1:2])
