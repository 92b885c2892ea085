"""How a network is trained: what is allowed, and a sentence for what is not."""

import pytest

from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES
from nnviz.training.hyperparameters import Hyperparameters


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_choice_is_allowed(optimizer, schedule):
    hyperparameters = Hyperparameters(optimizer=optimizer, schedule=schedule)
    assert (hyperparameters.optimizer, hyperparameters.schedule) == (optimizer, schedule)


def test_equal_recipes_are_equal_whatever_kind_of_number_they_are_given():
    assert Hyperparameters(learning_rate=1, l1=0, batch_size=5) == Hyperparameters(
        learning_rate=1.0, l1=0.0, batch_size=5
    )
    assert hash(Hyperparameters(l2=1)) == hash(Hyperparameters(l2=1.0))
    assert Hyperparameters(l2=1) != Hyperparameters(l1=1)


@pytest.mark.parametrize(
    ("name", "lowest", "highest", "outside"),
    [
        ("learning_rate", 0.0, 100.0, (-0.1, 100.1, float("nan"))),
        ("batch_size", 1, 50_000, (0, 50_001, 1.5)),
        ("l1", 0.0, 10.0, (-0.1, 10.1)),
        ("l2", 0.0, 10.0, (-0.1, 10.1)),
        ("dropout", 0.0, 0.9, (-0.1, 0.91, 1.0)),
        ("schedule_epochs", 1, 100_000, (0, 100_001)),
        ("patience", 0, 100_000, (-1, 100_001)),
    ],
)
def test_the_limits(name, lowest, highest, outside):
    for value in (lowest, highest):
        assert getattr(Hyperparameters(**{name: value}), name) == value
    for value in (*outside, "much", None):
        with pytest.raises((TypeError, ValueError), match=name):
            Hyperparameters(**{name: value})


@pytest.mark.parametrize("name", ["optimizer", "schedule"])
def test_what_is_unknown_is_refused(name):
    with pytest.raises(ValueError, match=name):
        Hyperparameters(**{name: "magic"})
