"""What becomes of the parameters in a script where the network is changed: `plan_carry` as code."""

from nnviz.chapters.deeper_networks.export.start import NAMED
from nnviz.training.plan import Plan
from nnviz.training.timeline import Stage

CARRY = """\
def carry(old, new, layers):
    for k in [k for i in layers for k in (2 * i, 2 * i + 1)]:
        rows, columns = min(len(old[k]), len(new[k])), min(old[k].shape[-1], new[k].shape[-1])
        if new[k].ndim == 2:
            new[k][:rows, :columns] = old[k][:rows, :columns]
            new[k][rows:, :columns] = 0.0
        else:
            new[k][:columns] = old[k][:columns]
    return new
"""
CARRY_WORDS = (
    "Where the network is changed, what was there is kept, and a new unit is not listened to yet: "
    "the weights behind it are 0."
)


def carry_code(old: Plan, new: Plan) -> str:
    """Return the lines that make the new parameters of the old ones; the sizes are set already.

    ``mean`` and ``scale`` are those of the inputs that are standardised, before or after; so are
    ``y_mean`` and ``y_scale`` of the targets.
    """
    n_old, n_new = len(old.sizes) - 2, len(new.sizes) - 2
    layers = list(range(n_new + 1)) if n_old == n_new else list(range(min(n_old, n_new)))
    code = "old, parameters = parameters, start()\n"
    if 0 in layers:
        code += _first_layer(old, new)
    if layers:
        code += f"parameters = carry(old, parameters, {layers})\n"
    if n_new in layers:
        code += _last_layer(old, new)
    return code + NAMED


def by_hand_code(stage: Stage) -> str:
    """Return the lines that set parameters by hand."""
    return "".join(f"{place(stage.plan, k)} = {value!r}\n" for k, value in stage.by_hand)


def place(plan: Plan, index: int) -> str:
    """Return what a parameter is called in a script."""
    for layer, (n_inputs, n_units) in enumerate(zip(plan.sizes, plan.sizes[1:], strict=False)):
        if index < n_inputs * n_units:
            row, column = divmod(index, n_units)
            return f"weights[{layer}][{row}, {column}]"
        index -= n_inputs * n_units
        if index < n_units:
            return f"biases[{layer}][{index}]"
        index -= n_units
    raise ValueError("there is no such parameter.")


def _first_layer(old: Plan, new: Plan) -> str:
    """Return the lines for inputs that come, go, or are standardised from now on or no longer."""
    names, before = new.architecture.inputs, old.architecture.inputs
    was, becomes = old.architecture.standardise, new.architecture.standardise
    if names == before and was == becomes:
        return ""
    here = [k for k, name in enumerate(names) if name in before]
    there = [before.index(names[k]) for k in here]
    code = "# W: the weights of the inputs that stay.\n"
    code += f"W, old[0] = old[0][{there}], np.zeros(({len(names)}, len(old[1])))\n"
    if becomes and not was:
        code += f"old[1] = old[1] + mean[{here}] @ W\nW = W * scale[{here}][:, None]\n"
    elif was and not becomes:
        code += f"W = W / scale[{there}][:, None]\nold[1] = old[1] - mean[{there}] @ W\n"
    return f"{code}old[0][{here}] = W\n"


def _last_layer(old: Plan, new: Plan) -> str:
    """Return the lines for a number to be told that has another scale now."""
    was, becomes = old.architecture.standardise, new.architecture.standardise
    linear = old.architecture.output == new.architecture.output == "linear"
    if old.sample.classes or new.sample.classes or not linear or was == becomes:
        return ""
    if becomes:
        changed = ("parameters[-2] / y_scale", "(parameters[-1] - y_mean) / y_scale")
    else:
        changed = ("parameters[-2] * y_scale", "parameters[-1] * y_scale + y_mean")
    return f"parameters[-2:] = {changed[0]}, {changed[1]}\n"
