"""How long 300 runs of the tutorial's training take, beside the tutorial's own loop.

    python benchmarks/compare_seeds.py

Every run makes 10,000 one-row updates on the eight rows, from a seed of its own, and notes the
cumulative error every 100. The loop makes a few of them and its time is scaled up; both are timed
in turn, so that a busy moment of the machine meets both.
"""

import statistics
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.record_neuron import seconds, train_as_in_the_tutorial
from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from nnviz.data.tutorial import eight_rows
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline

SEEDS = 300
LOOPED = 3  # seeds that the loop makes in each turn
REPEATS = 7
RATE = 0.1


def loop(data, seeds, iterations):
    """Return the last noted error of the tutorial's loop for each seed."""
    errors = []
    for seed in seeds:
        np.random.seed(seed)
        *_, noted = train_as_in_the_tutorial(data.X, data.y, RATE, iterations)
        errors.append(noted[-1])
    return errors


def main():
    data = eight_rows()
    base = Timeline.of(Model().plan(data), 10_000, record_every=100)
    sweep = Sweep(base, (RATE,), 0, SEEDS)
    error_curves(base, RATE, range(1))  # compiles
    times = {"tutorial": [], "nnviz": []}
    for turn in range(REPEATS):
        seeds = range(turn * LOOPED, (turn + 1) * LOOPED)
        taken, errors = seconds(lambda seeds=seeds: loop(data, seeds, base.steps))
        times["tutorial"].append(taken * SEEDS / LOOPED)
        taken, curves = seconds(lambda: error_curves(base, RATE, sweep.seeds))
        times["nnviz"].append(taken)
        result = SweepResult(sweep, curves[np.newaxis])
        difference = np.abs(result.errors[0, seeds.start : seeds.stop] - errors).max()
        assert difference < 1e-9, f"the errors differ by {difference}"
    for name, taken in times.items():
        low, middle = min(taken), statistics.median(taken)
        print(f"{name:9} {low:8.3f} s at best {middle:8.3f} s as a rule, for {SEEDS} runs")
    for name, pick in (("at best", min), ("as a rule", statistics.median)):
        ratio = pick(times["tutorial"]) / pick(times["nnviz"])
        print(f"nnviz is {ratio:.0f} times as fast {name}")
    print(
        f"worse than always 0.5 after update {sweep.judged_step:,}: {result.n_worse[0]} of "
        f"{SEEDS}, median {result.summary(0)[2]:.4f}"
    )


if __name__ == "__main__":
    main()
