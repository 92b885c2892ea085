"""Trainings with rows held out as scripts that need NumPy alone and repeat the numbers shown."""

from typing import Final

import numpy as np

from nnviz.chapters.generalization.studies import hidden_name
from nnviz.nn.checks import integer, number
from nnviz.nn.losses import LOSSES
from nnviz.nn.optimizers import ADAM_DECAYS, EPSILON
from nnviz.text.script import array, snippet
from nnviz.training.export.pieces import SHUFFLED, stream_code
from nnviz.training.learning_curve import most_epochs
from nnviz.training.plan import Plan
from nnviz.training.study import Study


def runs_script(study: Study, variant: int) -> str:
    """Return a script that makes every run of a variant and prints their errors.

    Raises TypeError or ValueError if there is no such variant, or its plan is another one.
    `study`: its plans are such as `training_script` takes.
    """
    variant = integer(variant, "variant", 0, len(study.variants) - 1)
    plan = study.variants[variant].plan
    name = hidden_name([units for units, _ in plan.architecture.hidden])
    return snippet(
        training_script(plan, study.epochs) + f"\n\nprint({'hidden units: ' + name!r})\n"
        "train_errors, test_errors = [], []\n"
        f"for seed in range({plan.seed}, {plan.seed + study.n_repeats}):\n"
        "    train, test = held_out(seed)\n"
        "    scaled = scaler(train)\n"
        "    *_, layers = training(seed, train, scaled)  # as they are after the last epoch\n"
        "    wrong = (answers(layers, scaled(X)) >= 0.5) != y\n"
        "    train_errors.append(wrong[train].mean())\n"
        "    test_errors.append(wrong[test].mean())\n"
        '    print(f"seed {seed}: {wrong[train].sum()} of {len(train)} training rows wrong, "\n'
        '          f"{wrong[test].sum()} of {len(test)} test rows")\n'
        'print("training error, median:", np.median(train_errors))\n'
        'print("test error, quartiles:", *np.quantile(test_errors, [0.25, 0.5, 0.75]))\n'
    )


def stopping_script(plan: Plan, epochs: int, patience: int) -> str:
    """Return a script that makes one run and prints where it is best, and where it would stop.

    Raises TypeError or ValueError if the plan is another one than `training_script` takes, or a
    number is out of range.
    """
    patience = integer(patience, "patience", 1)
    return snippet(
        training_script(plan, epochs)
        + f"""

def loss(layers, inputs, target):
    W, b = layers[-1]
    z = (forward(layers, inputs)[-2] @ W + b)[:, 0]
    losses = {LOSSES[plan.architecture.loss].numpy}
    return losses.mean()


seed, patience = {plan.seed}, {patience}
train, test = held_out(seed)
scaled = scaler(train)
train_losses, test_losses = [], []
for layers in training(seed, train, scaled):
    train_losses.append(loss(layers, scaled(X[train]), y[train]))
    test_losses.append(loss(layers, scaled(X[test]), y[test]))
lowest = int(np.argmin(test_losses))
print("lowest test loss:", test_losses[lowest], "after epoch", lowest)
best, since, stop = np.inf, 0, "never"
for epoch in range(1, epochs + 1):
    best, since = (test_losses[epoch], 0) if test_losses[epoch] < best else (best, since + 1)
    if since >= patience:
        stop = epoch
        break
print("patience ends at epoch:", stop)
print("at the end: training loss", train_losses[-1], "test loss", test_losses[-1])
"""
    )


def shift_script(
    home: Plan, epochs: int, learned_at: tuple[float, float], by: tuple[float, float]
) -> str:
    """Return a script that trains a network, moves the test rows and prints how many are right.

    Raises TypeError or ValueError if the plan, which is that before the rows moved, is another one
    than `training_script` takes, or a number is out of range. `learned_at`, `by`: the shift at
    which the network is trained, and the present one.
    """
    learned, moved = (
        [number(part, "each part of a shift") for part in shift] for shift in (learned_at, by)
    )
    return snippet(
        training_script(home, epochs) + f"\n\nseed = {home.seed}\n"
        "home = X\n"
        "train, test = held_out(seed)\n"
        f"X = home + {learned}  # where the network learns\n"
        "scaled = scaler(train)\n"
        "*_, layers = training(seed, train, scaled)\n"
        f"world = home[test] + {moved}  # where the world is now\n"
        "right = (answers(layers, scaled(world)) >= 0.5) == y[test]\n"
        'print(right.sum(), "of", len(test), "test rows are right")\n'
    )


def training_script(plan: Plan, epochs: int) -> str:
    """Return the NumPy code that trains a network by a plan.

    Raises TypeError or ValueError if the plan is of another kind, or the epochs are out of
    range. `plan`: two classes, inputs x1 and x2 standardised, tanh units, Glorot's initial
    weights, Adam at a constant rate without L1 and dropout.
    """
    epochs = integer(epochs, "epochs", 1, most_epochs(plan))
    _refuse_others(plan)
    hyperparameters = plan.hyperparameters
    return _TEMPLATE.format(
        rows=array(np.column_stack([plan.sample.X, plan.sample.y])),
        sizes=list(plan.sizes),
        epochs=epochs,
        rate=hyperparameters.learning_rate,
        batch=hyperparameters.batch_size,
        l2=hyperparameters.l2,
        share=plan.test_fraction,
        split_stream=stream_code("split"),
        weights_stream=stream_code("weights"),
        shuffled=SHUFFLED,
        decays=ADAM_DECAYS,
        epsilon=EPSILON,
    )


def _refuse_others(plan: Plan) -> None:
    architecture, hyperparameters = plan.architecture, plan.hyperparameters
    suits = (
        plan.sample.n_classes == 2
        and plan.sample.X.shape[1] == 2
        and architecture.inputs == ("x1", "x2")
        and architecture.standardise
        and architecture.loss == "binary_cross_entropy"
        and architecture.initialisation == "glorot"
        and all(name == "tanh" for _, name in architecture.hidden)
        and hyperparameters.optimizer == "adam"
        and hyperparameters.schedule == "constant"
        and hyperparameters.l1 == hyperparameters.dropout == 0
    )
    if not suits:
        raise ValueError(
            "the script is for two classes on the plane, standardised, tanh units and Adam without "
            "L1, dropout or schedule."
        )


_TEMPLATE: Final = """import numpy as np

rows = {rows}  # x1, x2, class
X, y = rows[:, :2], rows[:, 2]
sizes = {sizes}
epochs, learning_rate, batch_size, l2 = {epochs}, {rate}, {batch}, {l2}


def held_out(seed):  # from each class a share
    rng = {split_stream}
    order = rng.permutation(len(X))
    test = np.zeros(len(X), dtype=bool)
    for k in (0, 1):
        group = order[y[order] == k]
        n = int({share} * len(group) + (k + 0.5) / 2)
        test[group[: max(0, min(n, len(group) - 1))]] = True
    return np.flatnonzero(~test), np.flatnonzero(test)


def scaler(train):
    mean, scale = X[train].mean(axis=0), X[train].std(axis=0)
    return lambda points: (points - mean) / scale


{shuffled}

def forward(layers, inputs):
    values = [inputs]
    for i, (W, b) in enumerate(layers):
        z = values[-1] @ W + b
        values.append(np.tanh(z) if i < len(layers) - 1 else 1 / (1 + np.exp(-z)))
    return values


def answers(layers, inputs):
    return forward(layers, inputs)[-1][:, 0]


def training(seed, train, scaled):  # gives the layers before and after every epoch
    rng = {weights_stream}
    layers = []
    for n, m in zip(sizes, sizes[1:]):
        reach = np.sqrt(6 / (n + m))
        layers.append((rng.uniform(-reach, reach, size=n * m).reshape(n, m), np.zeros(m)))
    inputs, targets = scaled(X[train]), y[train][:, None]
    memory = [[np.zeros_like(part) for part in layer for _ in range(2)] for layer in layers]
    t = 0
    yield layers
    for epoch in range(epochs):
        order = shuffled(len(train), seed, epoch)
        for begin in range(0, len(order), batch_size):
            batch, t = order[begin : begin + batch_size], t + 1
            values = forward(layers, inputs[batch])
            delta = (values[-1] - targets[batch]) / len(batch)
            for i in reversed(range(len(layers))):
                W, b = layers[i]
                gradients = values[i].T @ delta + l2 * W, delta.sum(axis=0)
                if i > 0:
                    delta = (delta @ W.T) * (1 - values[i] ** 2)
                new = []
                for k, (part, g) in enumerate(zip((W, b), gradients)):  # Adam
                    m, v = memory[i][2 * k : 2 * k + 2]
                    m = {decays[0]} * m + (1 - {decays[0]}) * g
                    v = {decays[1]} * v + (1 - {decays[1]}) * g * g
                    memory[i][2 * k : 2 * k + 2] = m, v
                    width = np.sqrt(v) / np.sqrt(1 - {decays[1]}**t) + {epsilon}
                    new.append(part - learning_rate / (1 - {decays[0]}**t) * m / width)
                layers = [*layers[:i], tuple(new), *layers[i + 1 :]]
        yield layers
"""
