"""One step of an update worked out: its formula in names, and again with this moment's numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.nn.trace import Trace
from nnviz.walkthrough.step_values import step_values
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.words import workings_backward as backward
from nnviz.walkthrough.words import workings_forward as forward
from nnviz.walkthrough.words.numbers import Parts, several


@dataclass(frozen=True)
class Working:
    """How one value is computed.

    Attributes
    ----------
    name : str
        What is computed.
    formula : str
        From what, in names; empty where it is given and not computed.
    numbers : str
        The same with numbers, to four significant digits; empty where there is nothing to add.
    result : str
        What comes out, to four significant digits.
    exact : str
        The same in full.
    values : tuple of float
        The same as numbers.
    """

    name: str
    formula: str
    numbers: str
    result: str
    exact: str
    values: tuple[float, ...]


def working(trace: Trace, step: Step) -> Working:
    """Return how a step of an update is computed.

    Parameters
    ----------
    trace : Trace
        Of a network with one output.
    step : Step
        One of its steps.
    """
    values = step_values(trace, step)
    name, formula, numbers = _WORKINGS[step.kind](trace, step, ValueNames.of(trace.network))
    if step.kind in ("term", "again"):
        values = values[1:]
    return Working(name, formula, numbers, several(values), several(values, exact=True), values)


_WORKINGS: Final[Mapping[str, Callable[[Trace, Step, ValueNames], Parts]]] = MappingProxyType(
    {
        "take": forward.take,
        "term": forward.term,
        "bias": forward.bias,
        "sum": forward.weighted_sum,
        "activation": forward.activation,
        "error": forward.error,
        "derror_dprediction": backward.derror_dprediction,
        "contribution": backward.contribution,
        "derror_dactivation": backward.derror_dactivation,
        "dactivation_dpre_activation": backward.local_derivative,
        "derror_dpre_activation": backward.derror_dsum,
        "dpre_activation_dbias": backward.dsum_dbias,
        "derror_dbias": backward.derror_dbias,
        "dpre_activation_dweights": backward.dsum_dweights,
        "derror_dweights": backward.derror_dweights,
        "update_bias": forward.update_bias,
        "update_weights": forward.update_weights,
        "again": forward.again,
    }
)
