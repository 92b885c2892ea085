"""The vectors that the tutorial works with, as its pages start from them.

Source: Real Python, "Python AI: How to Build a Neural Network & Make Predictions" (2021).
"""

from typing import Final

INPUT_VECTOR: Final = (1.72, 1.23)
WEIGHTS_1: Final = (1.26, 0.0)
WEIGHTS_2: Final = (2.17, 0.32)
"""Three arrows to compare by dot product."""

FIRST_WEIGHTS: Final = (1.45, -0.66)
FIRST_BIAS: Final = 0.0
"""The neuron that makes the first predictions; its weights are not those of the arrows."""

FIRST_ROW: Final = (1.66, 1.56)
FIRST_TARGET: Final = 1.0
SECOND_ROW: Final = (2.0, 1.5)
SECOND_TARGET: Final = 0.0
"""The row it gets right, and the row it gets wrong."""
