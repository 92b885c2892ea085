"""The random cases of an outside judge: what pages say, computed anew with PyTorch.

Nothing in this folder imports nnviz. A page is opened by its address, what stands on it is read as
a person reads it, and a second program of a few lines, which shares no code with the first, says
what should stand there. The seed is new in each run of the tests and stands in their first lines;
``make outside SEED=7 CASES=100`` makes the cases of that seed, and more of them.
"""

import os
import random
from typing import Final

CASES: Final = range(int(os.environ.get("OUTSIDE_CASES", "3")))
"""The numbers of the cases of each kind."""


def numbers_of(kind: str, case: int) -> random.Random:
    """Return the random numbers of a case; one seed makes the same cases."""
    return random.Random(f"{os.environ['OUTSIDE_SEED']} {kind} {case}")
