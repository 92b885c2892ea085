"""The activations of a script of a deeper network, in NumPy, and their slopes."""

from collections.abc import Mapping
from types import MappingProxyType

from nnviz.nn.activations import LEAK
from nnviz.training.plan import Plan

_SIGMOID = """\
    s = np.exp(-np.abs(z))  # this way round, it cannot overflow
    return np.where(z >= 0, 1.0, s) / (1.0 + s)  # 1 / (1 + exp(-z))
"""
_SIGMOID_SLOPE = """\
    s = np.exp(-np.abs(z))
    return s / (1.0 + s) ** 2  # sigmoid(z) * (1 - sigmoid(z))
"""
_TANH_SLOPE = """\
    s = np.exp(-2.0 * np.abs(z))
    return 4.0 * s / (1.0 + s) ** 2  # 1 - tanh(z) ** 2
"""
_SOFTMAX = """\
    s = np.exp(z - z.max(axis=1, keepdims=True))
    return s / s.sum(axis=1, keepdims=True)
"""

# Value and slope; the slope of a softmax is never needed.
_CODE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sigmoid": (_SIGMOID, _SIGMOID_SLOPE),
        "tanh": ("    return np.tanh(z)\n", _TANH_SLOPE),
        "relu": ("    return np.maximum(z, 0.0)\n", "    return np.where(z > 0, 1.0, 0.0)\n"),
        "leaky_relu": (
            f"    return np.where(z > 0, z, {LEAK} * z)\n",
            f"    return np.where(z > 0, 1.0, {LEAK})\n",
        ),
        "linear": ("    return z\n", "    return np.ones_like(z)\n"),
        "softplus": (
            "    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))  # log(1 + exp(z))\n",
            _SIGMOID,
        ),
        "softmax": (_SOFTMAX, ""),
    }
)


def activation_functions(plan: Plan) -> dict[str, str]:
    """Return the functions that a plan needs, by name: of each activation, and of its slope."""
    # Where the slopes of loss and output cancel, that of the output is not needed.
    sloped = plan.activations[: None if plan.architecture.loss == "squared_error" else -1]
    found = {}
    for name in dict.fromkeys(plan.activations):
        value, slope = _CODE[name]
        found[name] = f"def {name}(z):\n{value}"
        if name in sloped:
            found[f"{name}_slope"] = f"def {name}_slope(z):\n{slope}"
    return found


def layers_code(plan: Plan) -> str:
    """Return which activation each layer has."""
    squared = plan.architecture.loss == "squared_error"
    sloped = plan.activations[: None if squared else -1]
    slopes = ", ".join(f"{name}_slope" for name in sloped)
    return f"functions = [{', '.join(plan.activations)}]\nslopes = [{slopes}]\n"
