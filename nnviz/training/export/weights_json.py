"""The weights of a deeper network as a file: written with every digit, read back with checks.

The file is one JSON object:

- ``format``: "nnviz weights"; ``version``: 1; ``step``: updates made by then.
- ``inputs``: names of the inputs, "x1", "x2" ... for the columns, or made from the first two.
- ``standardise``: whether the inputs are moved and scaled; ``standardiser``: their ``mean`` and
  ``scale``, or null. ``target_scale``: the same of a regression's target, or null.
- ``loss``, ``initialisation``: keys of `architecture.OUTPUTS` and `initializers.INITIALIZERS`.
- ``columns``, ``classes``, ``target``: names; no classes mean a regression.
- ``layers``: from the first to the output, each with ``activation``, ``weights`` (a row for each
  of its inputs, a number in it for each unit) and ``biases`` (a number for each unit).
"""

import json
from itertools import pairwise
from typing import Any, Final

import numpy as np

from nnviz.data.sample import FEWEST_COLUMNS, MOST_CLASSES, MOST_COLUMNS
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import (
    ENGINEERED,
    MOST_DRAWN_UNITS,
    MOST_HIDDEN_LAYERS,
    OUTPUTS,
    Architecture,
    offered_inputs,
)
from nnviz.nn.checks import FloatArray, instance, integer, vector
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.losses import LOSSES
from nnviz.training.export.weights_reader import Reader
from nnviz.training.plan import Plan
from nnviz.training.timeline import MOST_STEPS

FORMAT: Final = "nnviz weights"
VERSION: Final = 1
LARGEST_WEIGHT: Final = 1e6
"""What can be set by hand, and so what a file may hold."""

INPUTS: Final = (*(f"x{k}" for k in range(1, MOST_COLUMNS + 1)), *ENGINEERED)


def to_json(plan: Plan, parameters: FloatArray, step: int) -> str:
    """Return the weights of a network, shape (n_parameters,), and what they belong to, as JSON."""
    instance(plan, "plan", Plan)
    flat = vector(parameters, "parameters", n=plan.n_parameters, largest=LARGEST_WEIGHT)
    architecture, scaler = plan.architecture, plan.standardiser
    mean, scale = plan.target_scale
    scaled_target = architecture.standardise and not plan.sample.classes
    layers = zip(plan.activations, plan.layers(flat), strict=True)
    return _text(
        {
            "format": FORMAT,
            "version": VERSION,
            "step": integer(step, "step", 0, MOST_STEPS),
            "inputs": list(architecture.inputs),
            "standardise": architecture.standardise,
            "standardiser": scaler
            and {"mean": scaler.mean.tolist(), "scale": scaler.scale.tolist()},
            "target_scale": {"mean": mean, "scale": scale} if scaled_target else None,
            "loss": architecture.loss,
            "initialisation": architecture.initialisation,
            "columns": list(plan.sample.columns),
            "classes": list(plan.sample.classes),
            "target": plan.sample.target,
        },
        [
            {"activation": activation, "weights": weights.tolist(), "biases": biases.tolist()}
            for activation, (weights, biases) in layers
        ],
    )


def from_json(text: str | bytes) -> tuple[Architecture, FloatArray]:
    """Return the network that a file holds, and its parameters in the order of `Network`.

    The standardiser in the file is checked and then left aside: a plan measures its own rows.
    """
    file = Reader.of(text)
    if file.names and "format" not in file.names:
        raise ValueError(
            'This is no file of weights from here: it has no "format". A right one begins with '
            f'"format": "{FORMAT}".'
        )
    file.text("format", (FORMAT,))
    version = file.whole("version", 1, 10**9)
    if version != VERSION:
        raise ValueError(
            f"The file has version {version}, but only version {VERSION} can be read here."
        )
    file.whole("step", 0, MOST_STEPS)
    inputs = file.texts("inputs", 1, len(INPUTS), INPUTS)
    loss = file.text("loss", OUTPUTS)
    initialisation = file.text("initialisation", INITIALIZERS)
    standardise = file.yes_or_no("standardise")
    kind = LOSSES[loss]
    most = int(min(kind.most_classes, MOST_CLASSES))
    classes = file.texts("classes", int(kind.fewest_classes), most)
    file.texts("columns", FEWEST_COLUMNS, MOST_COLUMNS)
    file.text("target")
    _check_scales(file, len(inputs), standardise)
    *layers, output = file.parts("layers", 1, MOST_HIDDEN_LAYERS + 1)
    hidden = tuple(
        (layer.length("biases", MOST_DRAWN_UNITS), layer.text("activation", ACTIVATIONS))
        for layer in layers
    )
    sizes = (len(inputs), *(n_units for n_units, _ in hidden), kind.n_outputs(len(classes)))
    parts: list[FloatArray] = []
    for layer, (n_before, n_units) in zip([*layers, output], pairwise(sizes), strict=True):
        biases = layer.numbers("biases", n_units, LARGEST_WEIGHT)
        parts += [layer.table("weights", n_before, n_units, LARGEST_WEIGHT).ravel(), biases]
    architecture = Architecture(
        inputs, standardise, hidden, output.text("activation", OUTPUTS[loss]), loss, initialisation
    )
    return architecture, np.concatenate(parts)


def misfit(plan: Plan, architecture: Architecture, parameters: FloatArray | None = None) -> str:
    """Return why weights cannot be used with the rows of a plan, in a sentence; "" if they can.

    The plan's own architecture does not count. Without `parameters`, shape (n_parameters,), nothing
    is said of how many outputs there are.
    """
    known = offered_inputs(plan.sample.X.shape[1])
    for name in architecture.inputs:
        if name not in known:
            n_columns = plan.sample.X.shape[1]
            return f"These weights need the input {name}, but the rows have {n_columns} columns."
    n_classes, loss = plan.sample.n_classes, architecture.loss
    if not LOSSES[loss].suits(n_classes):
        if LOSSES[loss].most_classes == 2:
            task = f"of {n_classes} classes" if n_classes else "for a number to be told"
            return f"These weights tell two classes apart, but the rows are {task}."
        return "These weights tell classes apart, but the rows have a number to be told."
    if parameters is None:
        return ""
    n_outputs = LOSSES[loss].n_outputs(n_classes)
    sizes = (len(architecture.inputs), *(n for n, _ in architecture.hidden), n_outputs)
    if sum((before + 1) * n for before, n in pairwise(sizes)) != len(parameters):
        return (
            "The output of these weights has another number of units than these rows need, "
            f"which is {n_outputs}."
        )
    return ""


def fits(plan: Plan, architecture: Architecture, parameters: FloatArray | None = None) -> bool:
    """Return whether weights can be used with the rows of a plan; see `misfit`."""
    return not misfit(plan, architecture, parameters)


def _check_scales(file: Reader, n_inputs: int, standardise: bool) -> None:
    scaler = file.part("standardiser", wanted=standardise)
    if scaler is not None:
        scaler.numbers("mean", n_inputs)
        scaler.numbers("scale", n_inputs, positive=True)
    target = file.part("target_scale")
    if target is not None:
        target.number("mean")
        target.number("scale", positive=True)


def _text(head: dict[str, object], layers: list[dict[str, Any]]) -> str:
    """Return JSON with a line for each row of numbers, for people to read."""
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    blocks = []
    for layer in layers:
        rows = ",\n".join(f"        {json.dumps(row)}" for row in layer["weights"])
        blocks.append(
            f'    {{\n      "activation": {json.dumps(layer["activation"])},\n'
            f'      "weights": [\n{rows}\n      ],\n'
            f'      "biases": {json.dumps(layer["biases"])}\n    }}'
        )
    lines.append('  "layers": [\n' + ",\n".join(blocks) + "\n  ]")
    return "{\n" + ",\n".join(lines) + "\n}\n"
