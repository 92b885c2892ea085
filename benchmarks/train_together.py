"""How long a person waits for an answer while eight others train, all in one server process.

    python -m benchmarks.train_together

Eight threads record runs of a million updates of a hidden layer, over and over, as eight busy
people would. Meanwhile one page is asked for another moment of its run, 60 times. Printed are the
median and the 95th percentile of its answers, with nobody training and with eight.
"""

import statistics
import threading
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from nnviz.data.tutorial import eight_rows
from nnviz.training.model import Model
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

ROOT = Path(__file__).resolve().parents[1]
THREADS = 8
ANSWERS = 60


def train_until(stop, seed, made):
    """Record runs of its own seeds until told to stop."""
    while not stop.is_set():
        plan = Model(units=4).plan(eight_rows(), seed=seed)
        made.append(record(Timeline.of(plan, 1_000_000, record_every=100)).last_step)
        seed += THREADS


def answers(app):
    """Return the seconds that each of some moments took to be shown."""
    times = []
    for i in range(ANSWERS):
        app.session_state["live_training.step"] = 100 * (i + 1)
        begin = time.perf_counter()
        app.run()
        times.append(time.perf_counter() - begin)
        assert not app.exception
    return times


def told(times):
    times = sorted(1000 * t for t in times)
    return f"median {statistics.median(times):.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms"


def main():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/live_training.py")
    app.run()
    answers(app)  # what is kept for everybody is there from now on
    print(f"nobody trains: {told(answers(app))}")
    stop, made = threading.Event(), []
    threads = [
        threading.Thread(target=train_until, args=(stop, seed, made)) for seed in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(1)
    begin = time.perf_counter()
    print(f"{THREADS} threads train: {told(answers(app))}")
    took = time.perf_counter() - begin
    stop.set()
    for thread in threads:
        thread.join()
    print(f"meanwhile they made about {sum(made) / 1e6:.0f} million updates in {took:.1f} s")


if __name__ == "__main__":
    main()
