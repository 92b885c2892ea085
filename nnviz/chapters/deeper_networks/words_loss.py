"""What a loss is called and how large it is; of a regression, the error in the target's unit."""

import math

from nnviz.text.digits import digits
from nnviz.training.plan import Plan


def loss_name(plan: Plan, rows: str = "training") -> str:
    """Return "training loss", or "training error in price" where a price is to be told.

    Parameters
    ----------
    plan : Plan
    rows : str
        "training" or "test".
    """
    if plan.sample.classes:
        return f"{rows} loss"
    return f"{rows} error in {plan.sample.target}"


def loss_value(plan: Plan, loss: float) -> float:
    """Return a loss as it is; of a regression the root mean square error, in the target's unit."""
    return loss if plan.sample.classes else math.sqrt(loss) * plan.target_scale[1]


def loss_told(plan: Plan, loss: float, significant: int = 4) -> str:
    """Return the same with a few digits."""
    if math.isinf(loss):
        return "a number too large for the computer"
    return digits(loss_value(plan, loss), significant)
