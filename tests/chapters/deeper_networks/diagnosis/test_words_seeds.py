"""What is said of luck."""

import math

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.seeds import SeedComparison
from nnviz.chapters.deeper_networks.diagnosis.words import luck_sentence
from nnviz.chapters.deeper_networks.presets import PRESETS

CIRCLE, PLANE = PRESETS["circle"].plan(), PRESETS["plane"].plan()


def said(loss, *losses, plan=CIRCLE, n=2_000):
    return luck_sentence(plan, SeedComparison(n, loss, np.array(losses, dtype=float)))


def test_lucky_unlucky_and_neither():
    assert said(0.5, 0.1, 0.2, 0.3, 0.9) == (
        "3 of 4 others end lower after 2,000 updates: this one is unlucky. Its training loss is "
        "0.5, and half of the others have 0.25 or less."
    )
    assert "0 of 4 others end lower after 2,000 updates: this one is lucky." in said(
        0.05, 0.1, 0.2, 0.3, 0.9
    )
    assert "2 of 4 others end lower after 1 update: this one is neither lucky nor unlucky." in said(
        0.25, 0.1, 0.2, 0.3, 0.9, n=1
    )
    assert said(0.2, 0.1) == (
        "1 of 1 other ends lower after 2,000 updates: this one is unlucky. Its training loss is "
        "0.2."
    )


def test_alike():
    assert said(0.69, 0.69, 0.693) == (
        "Luck hardly matters here: after 2,000 updates the training loss is about 0.69 with this "
        "random start and with 2 others."
    )


def test_breaking_off():
    assert said(math.inf, math.inf, 0.3).startswith(
        "This random start breaks off, and so do 1 of 2 others: within 2,000 updates"
    )
    assert "half of the others have 0.3 or less" in said(0.1, 0.3, math.inf, 0.2)
    assert said(0.1, math.inf, math.inf).endswith("is 0.1, and 2 of the others break off.")


def test_regression_speaks_of_the_target():
    scale = PLANE.target_scale[1]
    words = said(0.04, 0.01, 0.02, 0.03, 0.09, plan=PLANE)
    assert f"Its training error in target is {0.2 * scale:.3g}, " in words


def test_nothing_known_yet():
    assert said(0.1) == "No other random start has been tried yet."


@pytest.mark.parametrize("n_others", [1, 3, 20])
def test_counts_are_those_of_the_losses(n_others):
    losses = np.linspace(0.1, 1.0, n_others)
    words = said(0.55, *losses)
    assert words.startswith(f"{(losses < 0.55).sum()} of {n_others} other")
