"""How many samples per second a deeper network learns from, beside scikit-learn and PyTorch.

    python -m benchmarks.deeper_networks

All three make the same updates of the same network: plain gradient descent in float64 on the 250
points of the circle, with the same batches in the same order from the same weights. scikit-learn's
`MLPClassifier.partial_fit` is called for each batch, which is for each update as with PyTorch, and
for each epoch, which spares it most of its checks; PyTorch runs eagerly, with `torch.optim.SGD`,
on one thread. nnviz makes 3,000 updates and records them; the others make a few
epochs, because their speed does not depend on how many. They are timed in turn, in seconds of a
processor, so that a busy machine is unfair to none, and must have the same parameters at the end.
"""

import statistics
import time
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.nn.splitmix import ORDER, key_of, shuffled
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

ROWS = 250
RATE = 0.1
STEPS = 3_000
EPOCHS = 3  # that scikit-learn and PyTorch make in each turn
REPEATS = 7
# Hidden layers, size of a batch, and how many times as fast nnviz has to be.
SHAPES = (
    ((4, 2), 10, 300, 80),
    ((4, 2), 1, 300, 80),
    ((8, 8, 8, 8), 10, 100, 35),
    ((8, 8, 8, 8), 1, 100, 35),
)
OTHERS = ("scikit-learn, by batch", "scikit-learn, by epoch", "PyTorch")


def seconds(function):
    """Return how long a processor worked on it: what else the machine does is left out."""
    begin = time.process_time()
    result = function()
    return time.process_time() - begin, result


def plan_of(hidden, batch_size, seed):
    return Plan(
        make("circle", ROWS, 0.0, 0),
        Architecture(hidden=tuple((units, "tanh") for units in hidden)),
        Hyperparameters(learning_rate=RATE, batch_size=batch_size),
        test_fraction=0.0,
        seed=seed,
    )


def orders(plan, epochs):
    """Return the rows of each epoch, in the order in which nnviz uses them."""
    return [shuffled(ROWS, key_of(plan.seed, ORDER, epoch)) for epoch in range(epochs)]


def start_of(plan):
    """Return weights and bias of each layer before the first update."""
    return [(w[0], b[0]) for w, b in plan.layers(plan.start[np.newaxis])]


def flat(layers):
    return np.concatenate([np.ravel(part) for layer in layers for part in layer])


def sklearn_of(plan):
    """Return scikit-learn's network, with the plan's weights."""
    network = MLPClassifier(
        [units for units, _ in plan.architecture.hidden],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=plan.batch_size,
        learning_rate_init=RATE,
        momentum=0.0,
        shuffle=False,  # the rows are given in their order
    )
    network.partial_fit(plan.train_inputs, plan.train_targets[:, 0], classes=[0.0, 1.0])
    for layer, (weights, bias) in enumerate(start_of(plan)):
        network.coefs_[layer][...] = weights
        network.intercepts_[layer][...] = bias
    return network


def train_sklearn(network, epochs, rows_of_a_call):
    for inputs, targets in epochs:
        for begin in range(0, ROWS, rows_of_a_call):
            rows = slice(begin, begin + rows_of_a_call)
            network.partial_fit(inputs[rows], targets[rows])
    return flat(zip(network.coefs_, network.intercepts_, strict=True))


def torch_of(plan):
    """Return PyTorch's network, with the plan's weights; the sigmoid is in the loss."""
    layers = []
    for weights, bias in start_of(plan):
        linear = torch.nn.Linear(*weights.shape, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(weights.T.copy()))
            linear.bias.copy_(torch.tensor(bias.copy()))
        layers += [linear, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def train_torch(network, epochs, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), RATE)
    loss = torch.nn.BCEWithLogitsLoss()
    for inputs, targets in epochs:
        for rows, wanted in zip(inputs.split(batch_size), targets.split(batch_size), strict=True):
            optimizer.zero_grad()
            loss(network(rows), wanted).backward()
            optimizer.step()
    linear = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    return flat((layer.weight.detach().T, layer.bias.detach()) for layer in linear)


def times_of(hidden, batch_size):
    """Return the seconds per sample of each library in each turn."""
    times = {name: [] for name in ("nnviz", *OTHERS)}
    for seed in range(REPEATS):
        plan = plan_of(hidden, batch_size, seed)
        inputs, targets = plan.train_inputs, plan.train_targets
        epochs = [(inputs[rows], targets[rows]) for rows in orders(plan, EPOCHS)]
        answers = [(rows, wanted[:, 0]) for rows, wanted in epochs]
        tensors = [tuple(map(torch.tensor, epoch)) for epoch in epochs]
        fresh = replace(plan)  # nothing of it has been worked out yet
        taken, history = seconds(lambda fresh=fresh: record(Timeline.of(fresh, STEPS)))
        times["nnviz"].append(taken / (ROWS * STEPS / plan.updates_per_epoch))
        ours = history.parameters_at(EPOCHS * plan.updates_per_epoch)
        trainings = (
            partial(train_sklearn, sklearn_of(plan), answers, batch_size),
            partial(train_sklearn, sklearn_of(plan), answers, ROWS),
            partial(train_torch, torch_of(plan), tensors, batch_size),
        )
        for name, training in zip(OTHERS, trainings, strict=True):
            taken, theirs = seconds(training)
            times[name].append(taken / (ROWS * EPOCHS))
            difference = np.abs(ours - theirs).max()
            # Rounding differs by 1e-16, which hundreds of updates of four layers make more of.
            assert difference < 1e-4, f"the parameters of {name} differ by {difference}"
    return times


def main():
    torch.set_num_threads(1)
    record(Timeline.of(plan_of((1,), 10, 0), 1))  # compiles
    for hidden, batch_size, as_sklearn, as_torch in SHAPES:
        times = times_of(hidden, batch_size)
        middle = {name: statistics.median(taken) for name, taken in times.items()}
        print(f"{'-'.join(map(str, (2, *hidden, 1)))}, batches of {batch_size}")
        wanted = (None, as_sklearn, as_sklearn, as_torch)
        for (name, taken), times_as_fast in zip(middle.items(), wanted, strict=True):
            print(f"  {name:22} {1e9 * taken:9,.0f} ns a sample", end="")
            if times_as_fast:
                ratio = taken / middle["nnviz"]
                print(f"; nnviz is {ratio:,.0f} times as fast (wanted: {times_as_fast})", end="")
            print()


if __name__ == "__main__":
    main()
