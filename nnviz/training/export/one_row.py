"""The script of a training that takes one row at a time: which rows, and the exact arithmetic.

At large learning rates such a run is chaotic: a difference in the last bit soon shows in every
digit. So the script computes as `kernels.loops` does. Nothing is summed by ``@``, which may take
the terms in another order, and activations are the functions of Python's `math` that the kernel
compiles, for NumPy's may differ in the last bit.
"""

from collections.abc import Iterator

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.source_code import math_names, source_code
from nnviz.text.script import Part
from nnviz.training.export.segments import ScriptSegment
from nnviz.training.export.updates import Needs
from nnviz.training.export.writer import Writer
from nnviz.training.plan import Plan

_FORWARD = """\
def forward(x):
    zs, activations, slopes = [], [x], []
    for W, b, function in zip(weights, biases, functions):
        z = np.zeros(len(b))
        for i in range(len(W)):  # activations[-1] @ W, from left to right
            z = z + W[i] * activations[-1][i]
        zs.append(z + b)
        pairs = np.array([function(value) for value in zs[-1].tolist()])
        activations.append(pairs[:, 0])
        slopes.append(pairs[:, 1])
    return zs, activations, slopes


def predict(inputs):
    rows = [forward(x) for x in inputs]
    return np.array([zs[-1] for zs, _, _ in rows]), np.array([a[-1] for _, a, _ in rows])
"""

_NEURON = """\
def weighted_sum(x, w, b):
    layer_1 = 0.0
    for i in range(len(w)):
        layer_1 = layer_1 + w[i] * x[i]
    return layer_1 + b


def predict(inputs):
    w, b = weights[0][:, 0].tolist(), float(biases[0][0])
    z = [weighted_sum(x, w, b) for x in inputs.tolist()]
    return np.array(z)[:, None], np.array([{function}(value)[:1] for value in z])
"""

_NEURON_TRAIN = """\
def train(first, last):
    w, b = weights[0][:, 0].tolist(), float(biases[0][0])
    for row in picks[first:last]:
        x, target = train_inputs[row].tolist(), float(train_targets[row, 0])
        layer_1 = weighted_sum(x, w, b)
        prediction, slope = {function}(layer_1)
        derror_dlayer1 = {derror}
        change = learning_rate * derror_dlayer1
        w = [w[i] - change * x[i] for i in range(len(w))]
        b = b - change
    weights[0][:, 0], biases[0][0] = w, b
"""

_UPDATE = """\
def update(x, target, rate):
    zs, activations, slopes = forward(x)
    z, prediction = zs[-1], activations[-1]
    derror_dz = {derror}
    for i in reversed(range(len(weights))):
        W, change = weights[i], rate * derror_dz
        if i > 0:
            derror_da = np.zeros(len(W))
            for j in range(len(derror_dz)):  # W @ derror_dz, from left to right
                derror_da = derror_da + W[:, j] * derror_dz[j]
            derror_dz = derror_da * slopes[i - 1]
        W -= np.outer(activations[i], change)
        biases[i] -= change
"""

_UPDATE_WORDS = "An update works out the slope of one row's error and goes a little way down it."

_TRAIN = """\
def train(first, last):
    for row in picks[first:last]:
        update(train_inputs[row], train_targets[row], learning_rate)
"""


def is_exact(segments: tuple[ScriptSegment, ...]) -> bool:
    """Return whether every segment is plain gradient descent, one row at a time."""
    needs = Needs.of(segments)
    if not needs.picked or needs.dropout or needs.l1 or needs.l2 or needs.schedule:
        return False
    return all(segment.plan.hyperparameters.optimizer == "sgd" for segment in segments)


class OneRowWriter(Writer):
    """Writes one-row updates in NumPy and Python's `math`, exact to the last bit.

    `segments`: as `is_exact` accepts them.
    """

    prediction = "z, prediction = predict(inputs)"

    def __init__(self, segments: tuple[ScriptSegment, ...], given: Part | None = None) -> None:
        super().__init__(segments, given)
        codes = "".join(code for segment in segments for code in _functions(segment.plan).values())
        names = ", ".join(math_names(codes))
        self.imports = (f"from math import {names}\n\n" if names else "") + self.imports

    def network(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        """Yield the parts from the initial or transferred parameters to the loop of updates."""
        plan = segment.plan
        yield from self.begin(before, segment)
        for name, code in _functions(plan).items():
            words = "What a unit makes of its weighted sum z, and the slope of that."
            yield Part(self.once("words of activations", words), self.once(name, code))
        if len(plan.sizes) == 2:
            yield from self._neuron(plan)
            return
        functions = f"functions = [{', '.join(map(_called, plan.activations))}]\n"
        yield Part("", self.once("layers", functions))
        words = "Sends a row through the network, layer by layer."
        yield Part(words, self.once("forward", _FORWARD))
        words = (
            f"{_UPDATE_WORDS} From "
            "the last layer to the first, the chain rule hands the slope back."
        )
        yield Part(words, self.once("update", _UPDATE.format(derror=_derror(plan, "slopes[-1]"))))
        yield Part("", self.once("train", _TRAIN))

    def _neuron(self, plan: Plan) -> Iterator[Part]:
        """Yield the updates of a single neuron, number by number and in the tutorial's names."""
        function = _called(plan.activations[0])
        words = (
            "Each weight times its input, added up, and the bias; and what it makes of many rows."
        )
        yield Part(words, self.once("forward", _NEURON.format(function=function)))
        train = _NEURON_TRAIN.format(function=function, derror=_derror(plan, "slope"))
        yield Part(_UPDATE_WORDS, self.once("train", train))


def _functions(plan: Plan) -> dict[str, str]:
    names = dict.fromkeys(plan.activations)
    return {name: source_code(ACTIVATIONS[name].scalar, _called(name)) for name in names}


def _called(activation: str) -> str:
    return f"{activation}_and_slope"


def _derror(plan: Plan, slope: str) -> str:
    loss = LOSSES[plan.architecture.loss]
    if loss.link:
        return f"{loss.numpy_derivative}  # the slopes of loss and {loss.link} cancel"
    return f"{loss.numpy_derivative} * {slope}"
