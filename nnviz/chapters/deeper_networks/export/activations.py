"""The activations of a script of a deeper network, in NumPy, and their slopes."""

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES, softmax
from nnviz.nn.source_code import source_code
from nnviz.training.plan import Plan


def activation_functions(plan: Plan) -> dict[str, str]:
    """Return the functions that a plan needs, by name: of each activation, and of its slope."""
    sloped = _sloped(plan)
    found = {}
    for name in dict.fromkeys(plan.activations):
        if name == "softmax":
            found[name] = source_code(softmax, name)
            continue
        found[name] = source_code(ACTIVATIONS[name].array_value, name)
        if name in sloped:
            slope = f"{name}_slope"
            found[slope] = source_code(ACTIVATIONS[name].array_derivative, slope)
    return found


def layers_code(plan: Plan) -> str:
    """Return which activation each layer has."""
    slopes = ", ".join(f"{name}_slope" for name in _sloped(plan))
    return f"functions = [{', '.join(plan.activations)}]\nslopes = [{slopes}]\n"


def _sloped(plan: Plan) -> tuple[str, ...]:
    """Return the layers' activations of which the derivative is needed.

    Where the derivatives of loss and output cancel, that of the output is not.
    """
    return plan.activations[: -1 if LOSSES[plan.architecture.loss].link else None]
