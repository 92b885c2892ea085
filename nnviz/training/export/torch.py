"""The training of a deeper network as a PyTorch script: the same numbers, PyTorch's slopes."""

from collections.abc import Iterator

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.text.script import Part, program
from nnviz.training.export.script import title
from nnviz.training.export.segments import ScriptSegment, segments_to
from nnviz.training.export.start import NAMED, place
from nnviz.training.export.updates import Needs, train_function
from nnviz.training.export.writer import Writer
from nnviz.training.plan import Plan
from nnviz.training.timeline import Timeline
from nnviz.training.transfer import keeps_state, same_parameters

_TENSORS = """\
def to_torch():
    linear = [torch.nn.Linear(*W.shape, dtype=torch.float64) for W in weights]
    with torch.no_grad():
        for layer, W, b in zip(linear, weights, biases):
            layer.weight.copy_(torch.tensor(W.T))  # PyTorch keeps a row for each unit
            layer.bias.copy_(torch.tensor(b))
    return linear


def to_numpy():
    parameters = []
    for layer in linear:
        parameters += [layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()]
    return parameters
"""

_KEEP = """\
class Keep(torch.nn.Module):
    factors = None

    def forward(self, a):
        return a if self.factors is None else a * self.factors
"""

_NETWORK = """\
functions = [{functions}]
network = torch.nn.Sequential(*[part for pair in zip(linear, functions) for part in pair])
"""

_KEEP_NETWORK = """\
functions = [{functions}]
keeps = [Keep() for _ in functions]
triples = zip(linear, functions, keeps)
network = torch.nn.Sequential(*[part for triple in triples for part in triple])
"""

_UPDATE = ("update({rows}, {rate}{keep})",)

_PREDICT = """\
def predict(inputs):
    with torch.no_grad():
        z = network(torch.tensor(inputs))
        return z.numpy(), {end}.numpy()
"""


def torch_script(timeline: Timeline, step: int) -> str:
    """Return a PyTorch script that repeats a training and prints its numbers.

    It starts from the same parameters, sees the same rows, leaves out the same units and computes
    in float64, but gradients and optimizer are PyTorch's. See `script.script`.
    """
    segments = segments_to(timeline, step)
    head = f"{title(segments, step)[:-1]}; slopes by PyTorch."
    return program(head, tuple(TorchWriter(segments).parts(step)))


class TorchWriter(Writer):
    """Writes the updates in PyTorch."""

    # Arrays of this size are only held up by threads that wait for each other.
    imports = "import numpy as np\nimport torch\n\ntorch.set_num_threads(1)\n"
    prediction = "z, prediction = predict(inputs)"
    counts_updates = False
    end = f"parameters = to_numpy()\n{NAMED}"

    def network(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        """Yield the parts from the initial or transferred parameters to the loop of updates."""
        plan, needs = segment.plan, self.needs
        new = before is None or not same_parameters(before.plan, plan)
        if before is not None and new:
            yield Part("", "parameters = to_numpy()\n")
        yield from self.begin(before, segment)
        words = "The same numbers for PyTorch, which notes down what becomes of them, and back."
        yield Part(words, self.once("tensors", _TENSORS))
        if needs.dropout:
            words = "Leaves out some units: their values are multiplied by 0, those of others grow."
            yield Part(words, self.once("keep", _KEEP))
        network = _network(plan, needs)
        changed = self.once("network", network)
        yield Part("", f"linear = to_torch()\n{network}" if new else changed)
        if before is None or not keeps_state(before.plan, plan):
            optimizer = OPTIMIZERS[plan.hyperparameters.optimizer]
            yield Part("", f"optimizer = torch.optim.{optimizer.torch}\n")
        words = "One update: the mean loss of some rows, its slopes by PyTorch, a step down them."
        yield Part(words, self.once("update", _update_function(plan, needs)))
        yield from self.rate(segment)
        words = "Every update is made with the next rows."
        if needs.batches and not needs.picked:
            words += " Their order is new in every epoch."
        yield Part(words, self.once("train", train_function(needs, _UPDATE)))
        words = "What the network predicts, as NumPy has it."
        end = {"": "z", "softmax": "torch.softmax(z, dim=1)"}.get(
            link := LOSSES[plan.architecture.loss].link, f"torch.{link}(z)"
        )
        yield Part(words, self.once("predict", _PREDICT.format(end=end)))

    def by_hand(self, before: ScriptSegment | None, segment: ScriptSegment) -> Part:
        """Return the code that sets parameters by hand and keeps the optimizer state."""
        if before is None or not same_parameters(before.plan, segment.plan):
            return super().by_hand(before, segment)
        lines = []
        for index, value in segment.stage.by_hand:
            name, layer, *where = place(segment.plan, index).rstrip("]").replace("]", "").split("[")
            here = where[0].split(", ")[::-1]
            kind = "weight" if name == "weights" else "bias"
            lines.append(f"    linear[{layer}].{kind}[{', '.join(here)}] = {value!r}\n")
        code = f"with torch.no_grad():\n{''.join(lines)}" if lines else ""
        return Part("Set by hand: weight[to, from] and bias[unit].", code)


def _network(plan: Plan, needs: Needs) -> str:
    linked = bool(LOSSES[plan.architecture.loss].link)
    names = [ACTIVATIONS[name].torch for name in plan.activations[: -1 if linked else None]]
    if linked:  # cross-entropy takes z, so its derivative is p - t at any distance
        names.append("torch.nn.Identity()")
    template = _KEEP_NETWORK if needs.dropout else _NETWORK
    text = template.format(functions=", ".join(names))
    if len(text.splitlines()[0]) > 100:
        listed = "".join(f"    {name},\n" for name in names)
        text = template.format(functions=f"\n{listed}")
    return text


def _update_function(plan: Plan, needs: Needs) -> str:
    keep = ", keep" if needs.dropout else ""
    lines = [
        f"def update(inputs, targets, rate{keep}):",
        "    inputs, targets = torch.tensor(inputs), torch.tensor(targets)",
    ]
    if needs.dropout:
        lines += [
            "    for layer, factors in zip(keeps, keep):",
            "        layer.factors = torch.tensor(factors)",
        ]
    loss = LOSSES[plan.architecture.loss].torch
    lines.append(f"    loss = {loss.format(output='network(inputs)', target='targets')}")
    if needs.l1:
        lines.append("    loss = loss + l1 * sum(layer.weight.abs().sum() for layer in linear)")
    if needs.l2:
        lines.append("    loss = loss + l2 / 2 * sum((layer.weight**2).sum() for layer in linear)")
    lines += [
        "    for group in optimizer.param_groups:",
        '        group["lr"] = rate',
        "    optimizer.zero_grad()",
        "    loss.backward()",
        "    optimizer.step()",
    ]
    if needs.dropout:
        lines += ["    for layer in keeps:", "        layer.factors = None"]
    return "\n".join(lines) + "\n"
