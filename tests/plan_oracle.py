"""PyTorch's training of a plan: what the compiled updates are held to, and samples to do it on."""

from itertools import pairwise

import numpy as np

from nnviz.data.sample import Sample
from nnviz.nn.rng import generator
from nnviz.nn.splitmix import DROPOUT, ORDER, key_of, numbered, shuffled
from nnviz.training.plan import Plan
from tests.nn import tables


def sample_of(n_rows=23, n_classes=2, n_columns=2, seed=0):
    """Rows that cannot be told apart without an error, in which every class is found."""
    rng = generator(seed, "rows", str(n_rows), str(n_classes))
    X = rng.normal(size=(n_rows, n_columns))
    columns = tuple(f"column {k}" for k in range(n_columns))
    if not n_classes:
        return Sample(X, np.sin(X[:, 0]) + rng.normal(0.0, 0.1, n_rows), columns, ())
    y = rng.permutation(np.arange(n_rows) % n_classes).astype(float)
    return Sample(X, y, columns, tuple(f"class {k}" for k in range(n_classes)))


def rows_of(plan: Plan, update: int):
    """Return which training rows an update is made with, by the words of the documentation."""
    n, size = len(plan.train_inputs), plan.hyperparameters.batch_size
    per_epoch = -(-n // size)
    order = shuffled(n, key_of(plan.seed, ORDER, update // per_epoch))
    begin = update % per_epoch * size
    return order[begin : begin + size]


def keep_of(plan: Plan, n_rows: int, update: int):
    """Return what each hidden layer's activations are multiplied by in an update."""
    n_hidden, share = sum(plan.sizes[1:-1]), plan.hyperparameters.dropout
    key = key_of(plan.seed, DROPOUT, update)
    numbers = [numbered(key, k + 1) >> 11 for k in range(n_rows * n_hidden)]
    stays = np.array(numbers).reshape(n_rows, n_hidden) * 2.0**-53 >= share
    ends = np.cumsum([0, *plan.sizes[1:-1]])
    return [stays[:, a:b] / (1.0 - share) for a, b in pairwise(ends)]


class TorchPlan:
    """The network of a plan in PyTorch, with its loss and its optimiser."""

    def __init__(self, torch, plan, parameters):
        self.torch, self.plan, used = torch, plan, 0
        self.weights, self.bias = [], []
        for n_inputs, n_units in pairwise(plan.sizes):
            end = used + n_inputs * n_units
            shape = (n_inputs, n_units)
            self.weights.append(self._parameter(parameters[used:end].reshape(shape)))
            self.bias.append(self._parameter(parameters[end : end + n_units]))
            used = end + n_units
        self.optimizer = self._optimizer(plan.hyperparameters.optimizer)

    def _parameter(self, values):
        return self.torch.tensor(np.array(values), requires_grad=True)

    def _optimizer(self, name):
        optim, rate = self.torch.optim, self.plan.hyperparameters.learning_rate
        each = [*self.weights, *self.bias]
        return {
            "sgd": lambda: optim.SGD(each, rate),
            "momentum": lambda: optim.SGD(each, rate, momentum=0.9),
            "nesterov": lambda: optim.SGD(each, rate, momentum=0.9, nesterov=True),
            "adagrad": lambda: optim.Adagrad(each, rate),
            "rmsprop": lambda: optim.RMSprop(each, rate),
            "adam": lambda: optim.Adam(each, rate),
        }[name]()

    def outputs(self, inputs, keep=None):
        """Return the answers; of a classification by cross-entropy the scores before softmax."""
        a, names = self.torch.tensor(np.array(inputs)), self.plan.activations
        for layer, (weights, bias) in enumerate(zip(self.weights, self.bias, strict=True)):
            a = a @ weights + bias
            if names[layer] != "softmax":
                a = tables.ACTIVATIONS[names[layer]][0](self.torch, a)
            if keep is not None and layer < len(keep):
                a = a * self.torch.tensor(keep[layer])
        return a

    def loss(self, inputs, targets, keep=None):
        """Return the mean over the rows, summed over the outputs, with the penalties."""
        functional, n = self.torch.nn.functional, len(inputs)
        answers, targets = self.outputs(inputs, keep), self.torch.tensor(np.array(targets))
        if self.plan.architecture.loss == "cross_entropy":
            loss = functional.cross_entropy(answers, targets)
        elif self.plan.architecture.loss == "binary_cross_entropy":
            loss = functional.binary_cross_entropy(answers, targets)
        else:
            loss = functional.mse_loss(answers, targets, reduction="sum") / n
        for weights in self.weights:
            loss = loss + self.plan.hyperparameters.l1 * weights.abs().sum()
            loss = loss + self.plan.hyperparameters.l2 / 2 * (weights**2).sum()
        return loss

    def update(self, rows, rate, keep=None):
        """Make one update with some of the training rows."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad()
        self.loss(self.plan.train_inputs[rows], self.plan.train_targets[rows], keep).backward()
        self.optimizer.step()

    def flat(self, of=lambda parameter: parameter):
        """Return the parameters, or something of each, in the order of `Network.parameters`."""
        pairs = zip(self.weights, self.bias, strict=True)
        parts = [of(each).detach().numpy().ravel() for pair in pairs for each in pair]
        return np.concatenate(parts)
