"""The activations of a script of a deeper network, in NumPy, and their slopes."""

from nnviz.nn.losses import LOSSES
from nnviz.training.export.pieces import activation_code, derivative_code
from nnviz.training.plan import Plan


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
    """Return which activation each layer has."""
    slopes = ", ".join(f"{name}_slope" for name in _sloped(plan))
    return f"functions = [{', '.join(plan.activations)}]\nslopes = [{slopes}]\n"


def _sloped(plan: Plan) -> tuple[str, ...]:
    """Return the layers' activations of which the derivative is needed.

    Where the derivatives of loss and output cancel, that of the output is not.
    """
    return plan.activations[: -1 if LOSSES[plan.architecture.loss].link else None]
