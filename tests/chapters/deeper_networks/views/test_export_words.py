"""What is said of a training that is taken along, and of weights that are brought back."""

import pytest

from nnviz.chapters.deeper_networks.views.export import repeatable, unmeasured, weights_read
from nnviz.nn.architecture import Architecture
from nnviz.training.sensitivity import Sensitivity


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (0.0, "has not grown by here, so the scripts print the same to nine digits."),
        (3e-12, "grows to 3 × 10⁻¹² of a parameter by here, so the scripts print the same to nine"),
        (3e-7, "so the scripts print the same to four digits."),
        (0.4, "grows to 0.4 of a parameter by here: this training is chaotic."),
        (1.7, "grows as large as the parameters themselves by here: this training is chaotic."),
        (float("inf"), "makes this training leave the range of numbers: this training is chaotic."),
    ],
)
def test_a_change_of_the_last_bit(difference, words):
    assert words in repeatable(Sensitivity(10, difference))


def test_what_it_would_take():
    assert "takes about 2 seconds." in unmeasured(1.9)


def test_what_a_file_holds():
    assert weights_read(Architecture(), 25) == (
        "Read 25 weights and biases of a network with the inputs x1, x2, standardised; 2 hidden "
        "layers (4 × tanh, 2 × tanh); the output is sigmoid, the loss binary cross-entropy."
    )
    plain = Architecture(("x3",), False, (), "linear", "squared_error")
    assert weights_read(plain, 2) == (
        "Read 2 weights and biases of a network with the inputs x3; no hidden layer; the output is "
        "linear, the loss squared error."
    )
