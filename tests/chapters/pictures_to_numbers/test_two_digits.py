"""The neuron that tells 3 from 8: which pictures it learns from, every update, how good it gets."""

from math import exp

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.two_digits import (
    MOST_PICTURES,
    RATE,
    REPEATS,
    SIZES,
    UPDATES,
    NeuronConfig,
    PictureStudy,
    PictureTrials,
    accuracy,
    examples,
    is_eight,
    measure,
    order,
    train_neuron,
)
from nnviz.data.digits import digits
from nnviz.nn.activations import ACTIVATIONS


def test_no_picture_is_learned_from_and_held_out_and_examples_never_are() -> None:
    both = {*np.flatnonzero(np.isin(digits().labels, (3, 8))).tolist()}
    for seed in (0, 1, 2**32 - 1):
        small, large = (train_neuron(NeuronConfig(n, seed)) for n in (20, 200))
        for run in (small, large):
            train, held_out = {*run.train.tolist()}, {*run.held_out.tolist()}
            assert len(train) == run.config.n_train
            assert not train & held_out
            assert train | held_out == both
            assert {*run.used.tolist()} <= train
        assert {*small.train.tolist()} < {*large.train.tolist()}
        learned = {tuple(digits().pictures[k].tolist()) for k in order(seed)[:MOST_PICTURES]}
        for digit in (3, 8):
            found = examples(seed, digit)
            assert len(found) > 40
            assert not learned & {*found}


def test_every_update_is_that_of_the_tutorial_with_64_inputs() -> None:
    run = train_neuron(NeuronConfig(20, 4))
    weights, bias = [0.0] * 64, 0.0
    for step, picture in enumerate(run.used.tolist()):
        assert run.parameters[step].tolist() == [*weights, bias], step  # to the last bit
        x = digits().pictures[picture].astype(float).tolist()
        z = sum(w * ink for w, ink in zip(weights, x, strict=True)) + bias
        p, slope = ACTIVATIONS["sigmoid"].scalar(z)
        assert p == pytest.approx(1 / (1 + exp(-z)))
        change = RATE * (2 * (p - float(digits().labels[picture] == 8)) * slope)
        weights = [w - change * ink for w, ink in zip(weights, x, strict=True)]
        bias -= change
    assert len(run.used) == UPDATES == run.last_step
    epochs = run.used.reshape(-1, 20)
    assert all({*epoch} == {*run.train} for epoch in epochs), "each picture once in every epoch"
    assert len({tuple(epoch) for epoch in epochs.tolist()}) > 90


def test_accuracy_counts_right_answers_and_a_sum_of_0_is_none() -> None:
    run = train_neuron(NeuronConfig(60, 0))
    assert run.held_out_accuracy[0] == 0.0
    for step in (1, 700, UPDATES):
        weights, bias = run.parameters[step, :-1], run.parameters[step, -1]
        right = [
            (float(digits().pictures[k] @ weights) + bias > 0) == (digits().labels[k] == 8)
            for k in run.held_out.tolist()
        ]
        assert run.held_out_accuracy[step] == pytest.approx(np.mean(right))
    assert measure(run.config) == run.held_out_accuracy[-1]
    assert run.train_accuracy[-1] == accuracy(run.parameters[-1:], run.train)[0] == 1.0


def test_few_pictures_are_enough_and_more_are_better() -> None:
    # Measured with another program: 93.9 %, 97.6 % and 99.2 % from 20, 60 and 200 pictures.
    study = PictureStudy(0)
    trials = [trial for trial in study.trials() if SIZES[trial[1]] in (20, 60, 200)]
    made = PictureTrials.of(study, {trial: measure(study.config_of(trial)) for trial in trials})
    assert made.n_done == 3 * REPEATS < made.n_trials
    means = dict(zip(SIZES, made.mean(), strict=True))
    for n, measured in ((20, 0.939), (60, 0.976), (200, 0.992)):
        assert abs(means[n] - measured) <= 0.01, n
    assert np.isnan(means[40])
    known = np.isfinite(made.mean())
    assert (made.band().low[known] <= made.band().high[known]).all()


def test_the_weights_become_the_picture_of_8_minus_3() -> None:
    eight = is_eight(order(0)) == 1
    pictures = digits().pictures[order(0)].astype(float)
    difference = pictures[eight].mean(axis=0) - pictures[~eight].mean(axis=0)
    for n in (20, 60, 200):
        for seed in range(4):
            weights = train_neuron(NeuronConfig(n, seed)).parameters[-1, :-1]
            assert np.corrcoef(weights, difference)[0, 1] > 0.6
            clear = np.argsort(-np.abs(difference))[:5]
            assert (np.sign(weights[clear]) == np.sign(difference[clear])).all()
            never = (pictures == 0).all(axis=0)
            assert never.any()
            assert (weights[never] == 0).all()


def test_wrong_configs_are_refused() -> None:
    for wrong in ({"n_train": 1}, {"n_train": 201}, {"seed": -1}, {"n_train": 2.5}):
        with pytest.raises((TypeError, ValueError)):
            NeuronConfig(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="seed"):
        PictureStudy(2**32 - 1)
