"""One update cut into steps: which value is computed when, forward, back and in the update.

The order follows the chain rule as a person would write it down. What a step computes stands in
the `Trace`; a step only says whom it concerns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.nn.checks import instance
from nnviz.nn.network import Network

_BACK_THROUGH_NEURON: Final = (
    "dactivation_dpre_activation", "dpre_activation_dbias", "derror_dbias",
    "dpre_activation_dweights", "derror_dweights",
)  # fmt: skip
_KINDS: Final = MappingProxyType(
    {
        "forward": ("take", "term", "bias", "sum", "activation"),
        "error": ("error",),
        "backward": (
            "derror_dprediction", "contribution", "derror_dactivation", "derror_dpre_activation",
            *_BACK_THROUGH_NEURON,
        ),
        "update": ("update_bias", "update_weights"),
        "again": ("again",),
    }
)  # fmt: skip

PHASES: Final = tuple(_KINDS)

PHASE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {kind: phase for phase, kinds in _KINDS.items() for kind in kinds}
)
"""Every kind of step, with the phase of the update that it belongs to."""


@dataclass(frozen=True)
class Step:
    """One step of an update."""

    kind: str  # a key of `PHASE_OF`
    # layer, unit: the unit that it concerns, from 0; 0 where it concerns no single unit
    layer: int = 0
    unit: int = 0
    # of a "term", which input of the unit is multiplied; of a "contribution", which unit of the
    # next layer the derivative comes from
    source: int = 0

    @property
    def phase(self) -> str:
        """The phase of the update, of `PHASES`."""
        return PHASE_OF[self.kind]


def is_neuron(network: Network) -> bool:
    """Return whether the network is one unit alone, such as the tutorial's."""
    return network.sizes[1:] == (1,)


def update_steps(network: Network, *, every_term: bool) -> tuple[Step, ...]:
    """Return the steps of one update, from taking the row to predicting again.

    For a single unit they follow the tutorial: the factors of derror_dbias and their product, then
    those of derror_dweights that are not known yet. ``every_term`` builds a weighted sum up term by
    term instead of in one step. Raises ValueError if the network has more than one output.
    """
    instance(network, "network", Network)
    if network.n_outputs != 1:
        raise ValueError(f"the network must have one output, but has {network.n_outputs}.")
    last = len(network.layers) - 1
    return (
        Step("take"),
        *forward_steps(network, every_term=every_term),
        Step("error", last),
        Step("derror_dprediction", last),
        *(map(Step, _BACK_THROUGH_NEURON) if is_neuron(network) else _back_through_layers(network)),
        *_update(network),
        Step("again", last),
    )


def forward_steps(network: Network, *, every_term: bool) -> Iterator[Step]:
    """Yield the steps from the row to the prediction, unit by unit."""
    for layer in range(len(network.layers)):
        for unit in range(network.sizes[layer + 1]):
            if every_term:
                for source in range(network.sizes[layer]):
                    yield Step("term", layer, unit, source)
                yield Step("bias", layer, unit)
            else:
                yield Step("sum", layer, unit)
            yield Step("activation", layer, unit)


def _back_through_layers(network: Network) -> Iterator[Step]:
    last = len(network.layers) - 1
    for layer in reversed(range(last + 1)):
        for unit in range(network.sizes[layer + 1]):
            if layer < last:
                n_paths = network.sizes[layer + 2]
                for source in range(n_paths if n_paths > 1 else 0):
                    yield Step("contribution", layer, unit, source)
                yield Step("derror_dactivation", layer, unit)
            yield Step("dactivation_dpre_activation", layer, unit)
            yield Step("derror_dpre_activation", layer, unit)
            yield Step("derror_dbias", layer, unit)
            yield Step("derror_dweights", layer, unit)


def _update(network: Network) -> Iterator[Step]:
    for layer in range(len(network.layers)):
        for unit in range(network.sizes[layer + 1]):
            yield Step("update_bias", layer, unit)
            yield Step("update_weights", layer, unit)
