"""What is said about repeating a run elsewhere."""

from math import inf

import pytest

from nnviz.chapters.live_training.words.export import moments_kept, repeatable
from nnviz.training.sensitivity import Sensitivity


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        (
            2.2e-16,
            "A change in the last bit has not grown by here, so PyTorch prints the same to nine "
            "digits.",
        ),
        (
            3.1e-15,
            "A change in the last bit grows to 3 × 10⁻¹⁵ of a parameter by here, so PyTorch prints "
            "the same to nine digits.",
        ),
        (
            2e-8,
            "A change in the last bit grows to 2 × 10⁻⁸ of a parameter by here, so PyTorch prints "
            "the same to five digits.",
        ),
        (
            0.41,
            "A change in the last bit grows to 0.4 of a parameter by here: at this rate the run is "
            "chaotic, so only arithmetic in the very same order repeats it. The NumPy script and "
            "the notebook do; PyTorch cannot.",
        ),
        (
            inf,
            "A change in the last bit makes this run leave the range of numbers: at this rate the "
            "run is chaotic, so only arithmetic in the very same order repeats it. The NumPy "
            "script and the notebook do; PyTorch cannot.",
        ),
    ],
)
def test_the_sentence(difference, sentence):
    assert repeatable(Sensitivity(2500, difference)) == sentence


def test_the_moments():
    assert moments_kept(1001, 1) == "all 1,001 moments of the run"
    assert moments_kept(782, 128) == "782 moments, one every 128 updates and the last"
