"""Where a run begins that goes on from another one."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from nnviz.nn.checks import Check, Checked, integer, numbers

MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Begin(Checked):
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

    step: Annotated[int, Check(integer, "step of begin", low=0, high=MOST_STEPS)]
    parameters: Annotated[tuple[float, ...], Check(numbers, "parameters of begin", largest=np.inf)]
    n_inputs: Annotated[int, Check(integer, "n_inputs of begin", low=1, high=100)] = 2
