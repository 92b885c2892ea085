"""Learn in four steps, round after round: take the input, predict, compare, adjust."""

from dataclasses import dataclass
from typing import Final

import numpy.typing as npt

from nnviz.nn.checks import integer
from nnviz.nn.network import Network
from nnviz.nn.trace import Trace, trace_update

STEPS: Final = ("input", "predict", "compare", "adjust")
"""The steps of a round, in their order."""

MOST_STEPS: Final = 400
"""The most steps that can be taken: 100 rounds."""


@dataclass(frozen=True, eq=False)
class Progress:
    """The state of learning after some of the four steps."""

    n_steps: int  # steps made so far, over all rounds
    first: Trace  # the update of the first round, from which all others follow
    trace: Trace  # the update of this round, with the values that are still to come
    # the update of the next adjustment: this round's, or the next round's once this is made
    following: Trace
    errors: tuple[float, ...]  # the error of each round, as far as it has come to comparing

    @property
    def step(self) -> str | None:
        """The step that was made last, of `STEPS`; None before the first."""
        return STEPS[(self.n_steps - 1) % 4] if self.n_steps else None

    @property
    def round(self) -> int:
        """The round of that step, counted from 1."""
        return max(self.n_steps - 1, 0) // 4 + 1

    @property
    def next_adjustment(self) -> int:
        """The round of the next adjustment."""
        return self.n_steps // 4 + 1

    def made(self, step: str) -> bool:
        """Return whether this round has come to a step of `STEPS`."""
        return self.step is not None and STEPS.index(step) <= STEPS.index(self.step)


def walk(
    network: Network,
    input_vector: npt.ArrayLike,
    target: npt.ArrayLike,
    n_steps: int,
    *,
    learning_rate: float = 1.0,
) -> Progress:
    """Take the four steps with one row and return the state after `n_steps`, as `walked` does."""
    return walked(network, input_vector, target, n_steps, learning_rate=learning_rate)[-1]


def walked(
    network: Network,
    input_vector: npt.ArrayLike,
    target: npt.ArrayLike,
    n_steps: int,
    *,
    learning_rate: float = 1.0,
) -> tuple[Progress, ...]:
    """Take the four steps with one row, round after round; return the states after 0 to `n_steps`.

    The first round starts from `network`. The input has the shape (n_inputs,), the target
    (n_outputs,); an adjustment is a step down the gradient of the squared error. Raises ValueError
    if it would leave the range of float64.
    """
    n_steps = integer(n_steps, "n_steps", 0, MOST_STEPS)

    def update(before: Network) -> Trace:
        return trace_update(before, input_vector, target, learning_rate=learning_rate)

    traces = [update(network)]
    for _ in range(n_steps // 4):
        traces.append(update(traces[-1].updated))
    errors = tuple(trace.error for trace in traces)
    return tuple(
        Progress(
            n_steps=n,
            first=traces[0],
            trace=traces[max(n - 1, 0) // 4],
            following=traces[n // 4],
            # Comparing is the third step of four.
            errors=errors[: (n + 1) // 4],
        )
        for n in range(n_steps + 1)
    )
