"""The updates of a script in NumPy: activations, gradient, optimiser, loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

from nnviz.nn.losses import LOSSES
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES
from nnviz.training.export.pieces import activation_code, derivative_code
from nnviz.training.export.segments import ScriptSegment
from nnviz.training.plan import Plan

_FORWARD = """\
def forward(inputs{keep}):
    zs, activations = [], [inputs]
    for i in range(len(weights)):
        zs.append(activations[-1] @ weights[i] + biases[i])
        activations.append(functions[i](zs[-1]))
"""
_FORWARD_KEEP = """\
        if i < len(keep):
            activations[-1] = activations[-1] * keep[i]
"""


@dataclass(frozen=True)
class Needs:
    """What at least one segment of a script needs; the rest is left out."""

    # whether there are several segments, so that orders and optimisers may begin later
    several: bool
    held_out: bool  # whether rows are held out for the test
    # whether an epoch has several updates, or units are left out of some: the order counts
    batches: bool
    picked: bool  # whether updates take one row at a time, in an order that is known from step 0 on
    dropout: bool
    l1: bool
    l2: bool
    schedule: bool
    adam: bool

    @classmethod
    def of(cls, segments: Sequence[ScriptSegment]) -> "Needs":
        """Return the needs of the segments."""
        plans = [segment.plan for segment in segments]
        used = [plan.hyperparameters for plan in plans]
        picked = {each.order != "epochs" for each in used}
        if len(picked) > 1:
            raise ValueError(
                "a script takes one row at a time all the way, or batches all the way."
            )
        dropout = any(plan.hyperparameters.dropout and plan.architecture.hidden for plan in plans)
        return cls(
            several=len(segments) > 1,
            held_out=any(plan.holds_out for plan in plans),
            batches=dropout or any(plan.updates_per_epoch > 1 for plan in plans),
            picked=picked == {True},
            dropout=dropout,
            l1=any(each.l1 > 0 for each in used),
            l2=any(each.l2 > 0 for each in used),
            schedule=any(each.schedule != "constant" for each in used),
            adam=any(OPTIMIZERS[each.optimizer].counts_updates for each in used),
        )


def forward_code(needs: Needs) -> str:
    """Return the code of the forward pass."""
    code = _FORWARD.format(keep=", keep=()" if needs.dropout else "")
    return f"{code}{_FORWARD_KEEP if needs.dropout else ''}    return zs, activations\n"


def gradient_code(plan: Plan, needs: Needs) -> str:
    """Return the code of the gradient of the mean loss, penalties included."""
    loss = LOSSES[plan.architecture.loss]
    error = f"({loss.numpy_derivative}) / len(inputs)"
    error += "  # the slopes of loss and output cancel" if loss.link else " * slopes[-1](zs[-1])"
    keep = ", keep" if needs.dropout else ""
    l1 = " + l1 * np.sign(weights[i])" if needs.l1 else ""
    l2 = " + l2 * weights[i]" if needs.l2 else ""
    lines = [
        f"def gradient(inputs, target{keep}):",
        f"    zs, activations = forward(inputs{keep})",
        "    prediction = activations[-1]",
        f"    derror_dz = {error}",
        "    gradients = []",
        "    for i in reversed(range(len(weights))):",
        f"        slope_of_weights = activations[i].T @ derror_dz{l1}{l2}",
        "        gradients = [slope_of_weights, derror_dz.sum(axis=0), *gradients]",
        "        if i > 0:",
        "            derror_dz = derror_dz @ weights[i].T * slopes[i - 1](zs[i - 1])",
        *(["            derror_dz = derror_dz * keep[i - 1]"] if needs.dropout else []),
        "    return gradients",
    ]
    return "\n".join(lines) + "\n"


def update_function(plan: Plan, needs: Needs) -> str:
    """Return the code of the optimiser's update."""
    optimizer = OPTIMIZERS[plan.hyperparameters.optimizer]
    loop = "p, g in zip(parameters, gradients)"
    if optimizer.n_states:
        loop = "p, g, m in zip(parameters, gradients, memory)"
    head = f"def update(gradients, rate{', t' if needs.adam else ''}):\n    for {loop}:\n"
    return head + indent(optimizer.numpy, " " * 8)


def memory_code(plan: Plan) -> str:
    """Return the code of the initial optimizer state."""
    n_states = OPTIMIZERS[plan.hyperparameters.optimizer].n_states
    if not n_states:
        return ""
    return f"memory = [np.zeros(({n_states}, *p.shape)) for p in parameters]\n"


def rate_function(plan: Plan) -> str:
    """Return the code of the learning rate of an epoch."""
    hyperparameters = plan.hyperparameters
    rate = SCHEDULES[hyperparameters.schedule].numpy.format(n=hyperparameters.schedule_epochs)
    return f"def rate_at(epoch):\n    return {rate}\n"


def train_function(needs: Needs, update: Sequence[str] | None = None) -> str:
    """Return the code of the loop over the updates.

    `update`: the lines of one update, with ``{rate}`` for the learning rate and ``{keep}`` for
    what dropout hands on; those of NumPy by default.
    """
    begin = " - order_begin" if needs.several else ""
    rows = "train_inputs, train_targets"
    lines = ["def train(first, last):"]
    if needs.picked:
        rows = "train_inputs[batch], train_targets[batch]"
        lines += ["    for step in range(first, last):", "        batch = picks[step : step + 1]"]
        epoch = f"        epoch = (step{begin}) // len(train_inputs)"
        lines += [epoch] * needs.schedule
    elif needs.batches:
        rows = "train_inputs[batch], train_targets[batch]"
        lines += [
            "    per_epoch = -(-len(train_inputs) // batch_size)  # rounded up",
            "    for step in range(first, last):",
            f"        epoch, place = divmod(step{begin}, per_epoch)",
            "        if place == 0 or step == first:",
            "            order = shuffled(len(train_inputs), epoch)",
            "        batch = order[place * batch_size : (place + 1) * batch_size]",
        ]
    else:
        lines.append("    for step in range(first, last):")
        lines += [f"        epoch = step{begin}"] * needs.schedule
    epoch = "epochs_before + epoch" if needs.several else "epoch"
    rate = "rate" if needs.schedule else "learning_rate"
    lines += [f"        rate = rate_at({epoch})"] * needs.schedule
    t = "step - optimizer_begin + 1" if needs.several else "step + 1"
    keep = ", kept(step, len(batch))" if needs.dropout else ""
    update = update or ("gradients = gradient({rows}{keep})", "update(gradients, {rate}{t})")
    lines += [
        f"        {line.format(rows=rows, keep=keep, rate=rate, t=f', {t}' if needs.adam else '')}"
        for line in update
    ]
    return "\n".join(lines) + "\n"


def activation_functions(plan: Plan) -> dict[str, str]:
    """Return the functions that a plan needs, by name: of each activation, and of its slope."""
    sloped = _sloped(plan)
    found = {}
    for name in dict.fromkeys(plan.activations):
        found[name] = activation_code(name)
        if name in sloped:
            found[f"{name}_slope"] = derivative_code(name, f"{name}_slope")
    return found


def layers_code(plan: Plan) -> str:
    """Return the code that lists the activation of each layer."""
    slopes = ", ".join(f"{name}_slope" for name in _sloped(plan))
    return f"functions = [{', '.join(plan.activations)}]\nslopes = [{slopes}]\n"


def _sloped(plan: Plan) -> tuple[str, ...]:
    """Return the layers' activations of which the derivative is needed.

    Where the derivatives of loss and output cancel, that of the output is not.
    """
    return plan.activations[: -1 if LOSSES[plan.architecture.loss].link else None]
