"""What a run trains: its inputs, and the hidden layer before the output, if there is one."""

from dataclasses import dataclass
from typing import Final

from nnviz.data.sample import Sample
from nnviz.nn.architecture import ENGINEERED, Architecture
from nnviz.nn.inputs import FEATURES
from nnviz.text.numbers import whole
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan

ADDABLE: Final = ENGINEERED
"""Inputs that can be added to x1 and x2."""

HIDDEN_ACTIVATIONS: Final = ("tanh", "relu", "sigmoid", "linear")
MOST_HIDDEN_UNITS: Final = 8

_STANDARDISED: Final = "standardised"
_NEURON: Final = "neuron"
# What links of the first version said.
_HIDDEN_LAYER: Final = "hidden layer"


@dataclass(frozen=True)
class Model:
    """A sigmoid neuron, with or without a hidden layer before it."""

    features: tuple[str, ...] = ()  # inputs besides x1 and x2, in the order of `ADDABLE`
    units: int = 0  # of the hidden layer, 0 to 8; 0 for no such layer
    activation: str = "tanh"  # of the hidden layer
    # whether every input is moved to mean 0 and scaled to standard deviation 1
    standardise: bool = False

    @classmethod
    def of(cls, plan: Plan) -> "Model":
        """Return the model that a plan with one hidden layer at the most trains."""
        architecture = plan.architecture
        units, activation = architecture.hidden[0] if architecture.hidden else (0, "tanh")
        features = tuple(name for name in ADDABLE if name in architecture.inputs)
        return cls(features, units, activation, architecture.standardise)

    @classmethod
    def parse(cls, text: str) -> "Model":
        """Return the model that `text` names.

        Raises ValueError with the middle of a sentence: "The address says ..., but <reason>."
        """
        if text == _HIDDEN_LAYER:
            return cls((), 4, "tanh", True)
        parts = [] if text == _NEURON else text.split(",")
        features = tuple(name for name in ADDABLE if name in parts)
        layers = [part for part in parts if part not in (*ADDABLE, _STANDARDISED)]
        if len(set(parts)) < len(parts) or len(layers) > 1:
            raise ValueError("a model has each input once, and one hidden layer at the most")
        units, activation = _layer(layers[0]) if layers else (0, "tanh")
        return cls(features, units, activation, _STANDARDISED in parts)

    @property
    def text(self) -> str:
        """A short, stable name: "neuron", or what is added to it, with commas between."""
        parts = list(self.features)
        if self.units:
            parts.append(f"{self.units} {self.activation}")
        if self.standardise:
            parts.append(_STANDARDISED)
        return ",".join(parts) or _NEURON

    @property
    def words(self) -> str:
        """What it is called on the screen."""
        units = f"{self.units} {self.activation} unit{'s' * (self.units > 1)}"
        parts = [units if self.units else "neuron"]
        parts += [f"+ {nice(name)}" for name in self.features]
        return " ".join(parts) + (", standardised" if self.standardise else "")

    def plan(
        self, sample: Sample, learning_rate: float = 0.1, order: str = "tutorial", seed: int = 0
    ) -> Plan:
        """Return the plan by which it learns from a sample as in the tutorial, one row at a time.

        A neuron starts as the tutorial's class does after ``np.random.seed(seed)``.
        """
        return Plan(
            sample,
            Architecture(
                inputs=("x1", "x2", *self.features),
                standardise=self.standardise,
                hidden=((self.units, self.activation),) if self.units else (),
                output="sigmoid",
                loss="squared_error",
                initialisation="glorot" if self.units else "tutorial",
            ),
            Hyperparameters(learning_rate=learning_rate, batch_size=1, order=order),
            test_fraction=0.0,
            seed=seed,
        )


def nice(feature: str) -> str:
    """Return how an input is written on the screen."""
    if feature not in FEATURES:
        return feature
    return FEATURES[feature].words.format(x1="x1", x2="x2").replace(" · ", "·")


def _layer(text: str) -> tuple[int, str]:
    units, _, activation = text.partition(" ")
    try:
        n_units = whole(units, 1, MOST_HIDDEN_UNITS)
    except ValueError:
        raise ValueError(
            f"a model is named by its inputs ({', '.join(ADDABLE)}), by a hidden layer such as "
            f"“4 tanh” with 1 to {MOST_HIDDEN_UNITS} units, and by “{_STANDARDISED}”"
        ) from None
    if activation not in HIDDEN_ACTIVATIONS:
        raise ValueError(f"a hidden layer is one of: {', '.join(HIDDEN_ACTIVATIONS)}")
    return n_units, activation
