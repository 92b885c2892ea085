"""What is said of rows that leave too little to learn from."""

import numpy as np

from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.chapters.deeper_networks.views.data import split_words
from nnviz.data.sample import Sample


def words(y, test, classes=("a", "b", "c")):
    X = np.arange(2.0 * len(y)).reshape(-1, 2)
    return split_words(Settings(data=OWN, test=test).plan(Sample(X, y, classes=classes)))


def test_too_few_training_rows_and_a_class_without_one_are_told():
    assert words([0, 1, 0, 1], 0.8, ("a", "b")) == [
        "There are few rows: 2 are learned from, 2 are held out."
    ]
    assert words([0, 1] * 6, 0.85, ("a", "b")) == [
        "Only 2 of 12 rows are learned from: hold out fewer."
    ]
    assert words([0, 1] * 50, 0.5) == ["No training row is of class c: it cannot be learned."]
    assert words([0, 1, 2] * 30, 0.5) == []
