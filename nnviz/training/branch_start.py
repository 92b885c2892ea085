"""Where a run begins that goes on from another one."""

from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import integer, vector

MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Begin:
    """Where a run begins that goes on from a step of another one: a branch.

    Attributes
    ----------
    step : int
        Its first step; what came before is the other run's.
    parameters : tuple of float
        At that step, in the order of `Network.parameters`; dimensionless.
    n_inputs : int
        Inputs that the first of all these runs began with. They decide how many numbers the stream
        of random rows has given before update 1, so a branch sees the rows that its trunk sees.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    step: int
    parameters: tuple[float, ...]
    n_inputs: int = 2

    def __post_init__(self) -> None:
        parameters = vector(self.parameters, "parameters of begin", largest=np.inf)
        object.__setattr__(self, "parameters", tuple(parameters.tolist()))
        object.__setattr__(self, "step", integer(self.step, "step of begin", 0, MOST_STEPS))
        object.__setattr__(self, "n_inputs", integer(self.n_inputs, "n_inputs of begin", 1, 100))
