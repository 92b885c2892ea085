"""How long a recorded run takes, beside the tutorial's own loop in plain NumPy.

    python benchmarks/record_neuron.py

Both make 10,000 one-row updates of the neuron on the eight rows and note the cumulative error
every 100. They are timed in turn, so that a busy moment of the machine meets both.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nnviz.data.tutorial import eight_rows
from nnviz.training.model import Model
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

ITERATIONS = 10_000
REPEATS = 7


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def train_as_in_the_tutorial(rows, targets, learning_rate, iterations):
    """The tutorial's class, its steps in its order, without the calls between its methods."""
    weights = np.array([np.random.randn(), np.random.randn()])
    bias = np.random.randn()
    cumulative_errors = []
    for iteration in range(iterations):
        row = np.random.randint(len(rows))
        input_vector, target = rows[row], targets[row]

        layer_1 = np.dot(input_vector, weights) + bias
        prediction = sigmoid(layer_1)
        derror_dprediction = 2 * (prediction - target)
        dprediction_dlayer1 = sigmoid(layer_1) * (1 - sigmoid(layer_1))
        dlayer1_dbias = 1
        dlayer1_dweights = (0 * weights) + (1 * input_vector)
        derror_dbias = derror_dprediction * dprediction_dlayer1 * dlayer1_dbias
        derror_dweights = derror_dprediction * dprediction_dlayer1 * dlayer1_dweights

        bias = bias - derror_dbias * learning_rate
        weights = weights - derror_dweights * learning_rate

        if iteration % 100 == 0:
            cumulative_error = 0.0
            for i in range(len(rows)):
                answer = sigmoid(np.dot(rows[i], weights) + bias)
                cumulative_error = cumulative_error + np.square(answer - targets[i])
            cumulative_errors.append(cumulative_error)
    return weights, bias, cumulative_errors


def seconds(function):
    begin = time.perf_counter()
    result = function()
    return time.perf_counter() - begin, result


def main():
    data = eight_rows()
    timeline = Timeline.of(Model().plan(data), ITERATIONS, record_every=100)
    times = {"tutorial": [], "nnviz": []}
    for _ in range(REPEATS):
        np.random.seed(timeline.plan.seed)
        taken, (weights, bias, _) = seconds(
            lambda: train_as_in_the_tutorial(data.X, data.y, 0.1, ITERATIONS)
        )
        times["tutorial"].append(taken)
        taken, run = seconds(lambda: record(timeline))
        times["nnviz"].append(taken)
    for name, taken in times.items():
        low, middle = (1000 * value for value in (min(taken), statistics.median(taken)))
        print(f"{name:9} {low:8.2f} ms at best {middle:8.2f} ms as a rule")
    for name, pick in (("at best", min), ("as a rule", statistics.median)):
        ratio = pick(times["nnviz"]) / pick(times["tutorial"])
        print(f"nnviz takes {ratio:.3f} of the time {name} ({1 / ratio:.0f} times as fast)")
    difference = np.abs(run.parameters[-1] - [*weights, bias]).max()
    print(f"largest difference between the parameters at the end: {difference:.1e}")


if __name__ == "__main__":
    main()
