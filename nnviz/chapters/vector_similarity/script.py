"""The numbers on the screen as a script that needs NumPy alone."""

from collections.abc import Sequence


def similarity_snippet(
    input_vector: Sequence[float], weights_1: Sequence[float], weights_2: Sequence[float]
) -> str:
    """Return a script that prints dot product, cosine and angle of both weight vectors."""
    return f"""\
import numpy as np

input_vector = np.array({_list(input_vector)})
for name, weights in {{
    "weights_1": np.array({_list(weights_1)}),
    "weights_2": np.array({_list(weights_2)}),
}}.items():
    dot_product = np.dot(input_vector, weights)
    lengths = np.linalg.norm(input_vector) * np.linalg.norm(weights)
    print(name, "dot product:", dot_product)
    if lengths > 0:
        print(name, "cosine:", np.clip(dot_product / lengths, -1, 1))
        # Unlike the arc cosine, this keeps all digits of a small angle.
        across = input_vector[0] * weights[1] - input_vector[1] * weights[0]
        print(name, "angle:", np.degrees(np.arctan2(abs(across), dot_product)))
"""


def _list(values: Sequence[float]) -> str:
    return repr([float(value) for value in values])
