"""What a network of ten digits sees: pictures of its weights, a drawing, a unit switched off."""

from dataclasses import dataclass

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.network import (
    KINDS,
    TenRun,
    digit_accuracy,
    probabilities,
)
from nnviz.data.digits import INK
from nnviz.nn.checks import FloatArray, Frozen


def weight_pictures(run: TenRun) -> FloatArray:
    """Return the 64 weights of each hidden unit at every step, shape (n_steps, n_units, 64).

    Without hidden units they are those of the ten outputs.
    """
    weights, _ = run.plan.layers(run.parameters)[0]
    return np.swapaxes(weights, -1, -2)


def votes(run: TenRun, step: int) -> FloatArray:
    """Return what each hidden unit adds to each output when it is 1, shape (n_units, 10)."""
    weights, _ = run.plan.layers(run.parameters[step])[-1]
    return weights


@dataclass(frozen=True, eq=False)
class TenReading(Frozen):
    """What is said of a drawing at a step."""

    drawing: tuple[int, ...]
    hidden: FloatArray  # (n_units,): what each hidden unit puts out; empty without any
    z: FloatArray  # (10,): the sums of the outputs
    probabilities: FloatArray  # (10,)

    @property
    def digit(self) -> int:
        """What it says: the most probable digit, the first of them if there are several."""
        return int(np.argmax(self.probabilities))

    @property
    def second(self) -> int:
        """The digit that is most probable after that."""
        return int(np.argsort(-self.probabilities, kind="stable")[1])


def read_ten(
    run: TenRun, step: int, drawing: tuple[int, ...], off: int | None = None
) -> TenReading:
    """Return what the network says of a drawing at a step, with a hidden unit off if one is given.

    Each layer adds up value times weight and the bias; the hidden ones are squeezed by tanh, the
    last one by softmax, so that the ten outputs add up to 1.
    """
    a = np.array(drawing, dtype=np.float64) / INK
    *hidden, (weights, bias) = run.plan.layers(run.parameters[step])
    for hidden_weights, hidden_bias in hidden:
        a = np.tanh(a @ hidden_weights + hidden_bias)
        if off is not None:
            a[off] = 0.0
    z = a @ weights + bias
    grown = np.exp(z - z.max())
    return TenReading(drawing, a if hidden else np.empty(0), z, grown / grown.sum())


def readings(run: TenRun, drawing: tuple[int, ...], off: int | None = None) -> FloatArray:
    """Return the probability of each digit for a drawing at every step, (n_steps, 10)."""
    inputs = np.array(drawing, dtype=np.float64)[np.newaxis] / INK
    return probabilities(run, run.parameters, inputs, off)[:, 0]


@dataclass(frozen=True, eq=False)
class UnitOff(Frozen):
    """What a hidden unit was for: the accuracy of each digit with it and without it."""

    unit: int  # counted from 0
    before: FloatArray  # (10,)
    after: FloatArray  # (10,)
    n: FloatArray  # (10,): held-out pictures of each digit

    @property
    def lost(self) -> FloatArray:
        """How many pictures of each digit are no longer right; below 0 where more are."""
        return np.rint((self.before - self.after) * self.n)

    @property
    def hurt(self) -> int:
        """The digit that loses most pictures, the first of them if there are several."""
        return int(np.argmax(self.lost))


def unit_off(run: TenRun, step: int, unit: int, after: FloatArray | None = None) -> UnitOff:
    """Switch a hidden unit off, and return what becomes of each digit.

    `after`: the accuracy of each digit without it, shape (10,), where that is known.
    """
    if after is None:
        after = digit_accuracy(run, run.parameters[step : step + 1], unit)[0]
    n = np.bincount(run.labels, minlength=KINDS).astype(np.float64)
    return UnitOff(unit, run.digit_accuracy[step], after, n)


def most_needed(run: TenRun, step: int) -> int:
    """Return the hidden unit without which fewest held-out pictures are right."""
    lost = [unit_off(run, step, unit).lost.sum() for unit in range(run.config.units)]
    return int(np.argmax(lost))
