"""A script of the page that needs NumPy alone: two vectors compared with the input vector."""

from collections.abc import Sequence

from nnviz.text.script import array, snippet


def similarity_snippet(
    input_vector: Sequence[float], weights_1: Sequence[float], weights_2: Sequence[float]
) -> str:
    """Return a script that prints dot product, cosine and angle of both weight vectors."""
    return snippet(f"""\
import numpy as np

input_vector = {array(input_vector)}
for name, weights in {{
    "weights_1": {array(weights_1)},
    "weights_2": {array(weights_2)},
}}.items():
    dot_product = np.dot(input_vector, weights)
    lengths = np.linalg.norm(input_vector) * np.linalg.norm(weights)
    print(name, "dot product:", dot_product)
    if lengths > 0:
        print(name, "cosine:", np.clip(dot_product / lengths, -1, 1))
        # Unlike the arc cosine, this keeps all digits of a small angle.
        across = input_vector[0] * weights[1] - input_vector[1] * weights[0]
        print(name, "angle:", np.degrees(np.arctan2(abs(across), dot_product)))
""")
