"""Write the texts in the boxes of the graph after each step of an update."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, in_powers
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.figures.plan import DERIVATIVES, GraphPlan
from nnviz.walkthrough.figures.tracks import NAME, SLOPE, VALUE
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.values import ValueNames, step_values
from nnviz.walkthrough.words.workings import several

_ROOM = 9  # letters of a number in a box
_LETTER = 0.6  # width of a letter, of its size

_OWN_BOXES: Final = MappingProxyType(
    {
        "derror_dprediction": "derror_dprediction", "dactivation_dpre_activation": "local",
        "dpre_activation_dbias": "by_bias", "derror_dbias": "derror_dbias",
        "dpre_activation_dweights": "by_weights", "derror_dweights": "derror_dweights",
    }
)  # fmt: skip
"""The boxes of the derivatives of a single unit; in a network they stand beside the values."""


@dataclass
class BoardTexts:
    """The texts of the boxes during an update; `after` writes one step after the other."""

    trace: Trace
    plan: GraphPlan  # which boxes there are
    naming: Naming = CODE  # how they are called
    # texts, exact: what stands in each box, and what is shown of it on hover, by key
    texts: dict[str, str] = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = ValueNames.of(self.trace, self.naming)
        self.values: dict[str, tuple[str, str]] = {}
        self.slopes: dict[str, tuple[str, str]] = {}
        self.labels = _labels(self.trace, self.names)
        for layer, at in enumerate(self.trace.layers):
            for unit, bias in enumerate(at.bias.tolist()):
                self._value(f"bias.{layer}.{unit}", bias)
                for i, weight in enumerate(at.weights[:, unit].tolist()):
                    self._value(f"weight.{layer}.{i}.{unit}", weight)
        for key in self.plan.boxes:
            self._write(key)

    def after(self, step: Step) -> None:
        """Write what a step computes into its boxes."""
        values = step_values(self.trace, step)
        layer, unit = step.layer, step.unit
        at = f"{layer}.{unit}"
        match step.kind:
            case "take":
                for i, value in enumerate(values):
                    self._value(f"input.{i}", value)
                self._value("target", float(self.trace.target[0]))
            case "term":
                self._value(f"z.{at}", values[1], more=" …")
            case "bias" | "sum":
                self._value(f"z.{at}", values[0])
            case "activation":
                self._value(f"a.{at}", values[0])
            case "error":
                self._value("error", values[0])
            case kind if kind in _OWN_BOXES and self.names.neuron:
                self._slope(_OWN_BOXES[kind], values)
            case "derror_dprediction" | "derror_dactivation":
                self._slope(f"a.{at}", values)
            case "contribution":
                so_far = sum(
                    step_values(self.trace, Step("contribution", layer, unit, k))[0]
                    for k in range(step.source + 1)
                )
                self._slope(f"a.{at}", (so_far,), more=" …")
            case "dactivation_dpre_activation":
                self._slope(f"act.{at}", values)
            case "derror_dpre_activation":
                self._slope(f"z.{at}", values)
            case "derror_dbias":
                self._slope(f"bias.{at}", values)
            case "derror_dweights":
                for i, value in enumerate(values):
                    self._slope(f"weight.{layer}.{i}.{unit}", (value,))
            case "update_bias":
                self._update(f"bias.{at}", values[0])
            case "update_weights":
                for i, value in enumerate(values):
                    self._update(f"weight.{layer}.{i}.{unit}", value)
            case "again":
                self._again()

    def _again(self) -> None:
        """Write the values of the same row after the update, so that none is taken for the other.

        The derivatives were taken before it: of a single unit old and new stand side by side, and
        in a network the derivatives leave the boxes whose values are new.
        """
        forward = self.trace.updated.forward(self.trace.input_vector[None])
        for layer, z in enumerate(forward.pre_activations):
            for unit in range(z.shape[1]):
                for kind in ("z", "a", "act"):
                    self.slopes.pop(f"{kind}.{layer}.{unit}", None)
                self._update(f"z.{layer}.{unit}", float(z[0, unit]))
                self._update(f"a.{layer}.{unit}", float(forward.activations[layer + 1][0, unit]))
                self._write(f"act.{layer}.{unit}")
        self._update("error", self.trace.error_after)

    def _value(self, key: str, value: float, more: str = "") -> None:
        self.values[key] = (self._shown(key, value, beside=True) + more, repr(float(value)))
        self._write(key)

    def _update(self, key: str, value: float) -> None:
        before, exact_before = self.values[key]
        after, exact = self._shown(key, value, beside=True), repr(value)
        # Of a single unit there is room for both.
        text = f"{before} →\n{VALUE}{after}" if self.names.neuron else after
        self.values[key] = (text, f"{exact_before} → {exact}")
        self._write(key)

    def _slope(self, key: str, values: tuple[float, ...], more: str = "") -> None:
        text = several(values) if self.names.neuron else self._shown(key, values[0])
        self.slopes[key] = (text + more, several(values, exact=True))
        self._write(key)

    def _shown(self, key: str, value: float, *, beside: bool = False) -> str:
        """Return as many digits as have room; ``beside`` a short name if the box has one."""
        hexagon = key.startswith("act")
        room, most = _ROOM, self.plan.digits - hexagon
        if key in self.plan.boxes and not self.names.neuron:
            letters = self.plan.boxes[key].width / (_LETTER * self.plan.size)
            # A short name takes two letters; a hexagon's number is small and may reach its edges.
            less = 2 if beside and len(self.labels[key]) == 1 else -1 if hexagon else 0
            room = min(room, int(letters) - less)
        for significant in range(most, 0, -1):
            text = digits(value, significant).replace(" × ", "×")
            if len(text) <= room:
                return text
        return in_powers(value).replace(" × ", "×") if 0 < abs(value) < 1 else text

    def _write(self, key: str) -> None:
        if key not in self.plan.boxes:
            return
        kind = key.partition(".")[0]
        value, exact = self.values.get(key, ("?", ""))
        slope, exact_slope = self.slopes.get(key, ("", ""))
        label = self.labels[key]
        if kind in ("sum", "act", "loss", "decide", "unit", *DERIVATIVES):
            lines = [f"{NAME}{part}" for part in label.split("\n")]
            if kind in DERIVATIVES:
                slope = slope or "?"
        elif kind == "weight" and (self.plan.digits < 4 or not label):
            lines = [f"{VALUE}{value}"]
        elif len(label) == 1:
            # A unit's short names leave room for the number beside them.
            lines = [f"{NAME}{label}\t{VALUE}{value}"]
        else:
            lines = [f"{NAME}{label}", f"{VALUE}{value}"]
        if slope:
            lines.append(f"{SLOPE}{slope}")
        self.texts[key] = "\n".join(lines)
        told = [exact and f"now {exact}", exact_slope and f"derivative {exact_slope}"]
        self.exact[key] = "\n".join(filter(None, told))


def _labels(trace: Trace, names: ValueNames) -> dict[str, str]:
    """Return the label of each box, which stands there besides its number."""
    labels = {
        "target": "target",
        "error": "error",
        "loss": LOSSES[trace.loss].label,
        "derror_dprediction": _in_two_lines(names.gradient("prediction")),
        "local": _in_two_lines(names.local(0, 0)),
        "by_bias": _in_two_lines(names.by_bias(0, 0)),
        "derror_dbias": _in_two_lines(names.gradient(names.bias(0, 0))),
        "by_weights": _in_two_lines(names.by_weights(0, 0)),
        "derror_dweights": _in_two_lines(names.gradient(names.weights(0, 0))),
        "decide": "threshold",
        "answer": "answer",
    }
    for i in range(len(trace.input_vector)):
        # The boxes of a network are narrow: "water" of "glasses of water".
        labels[f"input.{i}"] = names.input(i) if names.neuron else names.input(i).split(" of ")[-1]
    for layer, at in enumerate(trace.layers):
        for unit in range(len(at.bias)):
            place = f"{layer}.{unit}"
            labels |= {
                f"bias.{place}": names.bias(layer, unit) if names.neuron else "b",
                f"sum.{place}": "multiply\nand add" if names.neuron else "∑",
                f"z.{place}": names.pre_activation(layer, unit) if names.neuron else "z",
                f"act.{place}": at.activation if names.neuron else ACTIVATIONS[at.activation].sign,
                # In a block of several units the block's name says whose a this is.
                f"a.{place}": "a" if layer < names.last else "prediction",
                f"unit.{place}": names.unit(layer, unit) if names.plain else f"{layer + 1}[{unit}]",
            }
            for i in range(len(at.inputs)):
                # Where it stands says whose weight it is; in plain words there is no room for that.
                short = names.plain and not names.neuron
                labels[f"weight.{layer}.{i}.{unit}"] = "" if short else names.weight(layer, i, unit)
    return labels


def _in_two_lines(name: str) -> str:
    """Return the plain name of a derivative in two lines: "slope along", and what it is along."""
    first, _, rest = name.rpartition(" ")
    return f"{first}\n{rest}" if first else rest
