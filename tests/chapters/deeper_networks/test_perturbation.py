"""Whether scripts agree with a training is foretold by a perturbed one, and holds when run."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.perturbation import perturbed_parameters, seconds, sensitivity
from nnviz.training.export.script import script
from nnviz.training.record import record
from tests.clean_process import output
from tests.deep_timelines import TIMELINES, once
from tests.training.export.test_script import numbers_of

CALM = ("optimiser adam", "dropout", "regression", "other layers", "by hand", "penalties")
ZEROS = {"hidden": ((5, "sigmoid"),), "initialisation": "zeros"}
WILD = {
    "a large rate": once(2000, learning_rate=3.0, batch_size=5),
    "momentum": once(2000, optimizer="momentum", learning_rate=1.0, batch_size=5),
    "rmsprop": once(2000, optimizer="rmsprop", learning_rate=0.3, batch_size=5),
    "equal units": once(
        6000, optimizer="adam", learning_rate=0.02, batch_size=5, architecture=ZEROS
    ),
}


def difference(timeline, step, folder):
    """Return how far the parameters that a script prints are from those of the record."""
    numbers = numbers_of(output(script(timeline, step), folder))
    layers = [np.ravel(value) for name, value in numbers.items() if name.startswith("layer")]
    theirs, ours = np.concatenate(layers), record(timeline).parameters_at(step)
    sizes = np.maximum(np.abs(theirs), np.abs(ours))
    return np.max(np.abs(theirs - ours) / np.where(sizes > 0, sizes, 1.0))


@pytest.mark.parametrize("name", [*CALM, *WILD])
def test_as_many_digits_agree_as_is_said(name, tmp_path):
    timeline = {**TIMELINES, **WILD}[name]
    history = record(timeline)
    found = sensitivity(history, history.last_step)
    assert found.digits_kept == 9 if name in CALM else found.chaotic
    if name in WILD:
        # It is not called chaotic for nothing.
        assert difference(timeline, history.last_step, tmp_path) > 1e-6
    else:
        assert difference(timeline, history.last_step, tmp_path) < 1e-9


@pytest.mark.parametrize("name", ["optimiser adam", "other layers", "other rows", "by hand"])
def test_the_perturbed_training_makes_the_same_updates(name, monkeypatch):
    # Were it not moved, it would be the training itself, to the last bit.
    monkeypatch.setattr(
        "nnviz.chapters.deeper_networks.perturbation._perturbed", lambda theirs, ours: theirs
    )
    history = record(TIMELINES[name])
    for step in (0, 1, 59, 60, 61, 120, 177, history.last_step):
        expected = history.parameters_at(step).tolist()
        assert perturbed_parameters(history, step).tolist() == expected


def test_it_starts_one_last_bit_away_and_leaves_zeros_alone():
    history = record(once())
    ours, theirs = history.parameters_at(0), perturbed_parameters(history, 0)
    moved = np.abs(theirs - ours)
    assert (moved == np.where(ours == 0, 0.0, moved)).all()
    assert (moved[ours != 0] > 0).all()
    assert (moved <= np.spacing(np.abs(ours))).all()
    assert sensitivity(history, 0).difference < 2.3e-16


def test_a_twin_that_has_met_the_training_is_moved_again():
    # All parameters are set by hand, whatever they have been.
    from dataclasses import replace

    from nnviz.training.timeline import Timeline

    stages = TIMELINES["by hand"].stages
    values = tuple((k, 0.1 * (k + 1)) for k in range(25))
    history = record(Timeline((stages[0], replace(stages[1], by_hand=values)), 100))
    assert (perturbed_parameters(history, 60) != history.parameters_at(60)).all()


def test_what_it_takes_grows_with_the_updates():
    history = record(once(2000, batch_size=5))
    assert 0 == seconds(history, 0) < seconds(history, 1000) < seconds(history, 2000) < 0.1


def test_only_a_history_has_a_twin():
    with pytest.raises(TypeError, match="Record"):
        sensitivity(once(), 3)
    with pytest.raises(ValueError, match="step must be"):
        sensitivity(record(once()), 201)
