"""One neuron on counted words: against the core's gradients, central differences, and leaks."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.bag import words_of
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words, neuron, split_of
from nnviz.chapters.words_to_numbers.sentences import SENTENCES, TARGETS
from nnviz.nn.losses import LOSSES

SHORT = WordsConfig(updates=300, seed=3)


def loss_of(parameters, counts, target):
    return float(
        LOSSES["binary_cross_entropy"].value(
            neuron(parameters).predict(counts[np.newaxis])[:, 0], np.array([target])
        )[0]
    )


@pytest.mark.parametrize("lemmatised", [False, True])
def test_every_update_is_the_rate_times_the_error_times_the_count(lemmatised):
    run = learn_words(replace(SHORT, lemmatised=lemmatised))
    places = {int(row): k for k, row in enumerate(run.split.train)}
    parameters = np.zeros(len(run.bag.words) + 1)
    for step in range(1, run.last_step + 1):
        k = places[run.used_at(step)]
        counts = run.bag.counts[k]
        probability = 1 / (1 + np.exp(-(counts @ parameters[:-1] + parameters[-1])))
        error = probability - run.targets[k]
        parameters = parameters - run.config.learning_rate * error * np.append(counts, 1.0)
        np.testing.assert_allclose(run.parameters[step], parameters, rtol=0, atol=1e-12)


@pytest.mark.parametrize("step", [1, 2, 57, 300])
def test_an_update_goes_down_the_slope_that_central_differences_measure(step):
    run = learn_words(SHORT)
    k = list(run.split.train).index(run.used_at(step))
    before, slopes = run.parameters[step - 1], np.zeros(len(run.bag.words) + 1)
    for i in range(len(before)):
        nudge = np.zeros(len(before))
        nudge[i] = 1e-5
        up, down = (
            loss_of(before + sign * nudge, run.bag.counts[k], run.targets[k]) for sign in (1, -1)
        )
        slopes[i] = (up - down) / 2e-5
    np.testing.assert_allclose(
        run.parameters[step], before - SHORT.learning_rate * slopes, rtol=0, atol=1e-8
    )


def test_nothing_of_the_sentences_held_out_is_looked_at():
    """A leak of their words into the vocabulary, or of their rows into training, fails here."""
    for seed in range(5):
        config = replace(SHORT, seed=seed, lemmatised=False)
        run, split = learn_words(config), split_of(config)
        assert not set(split.train) & set(split.test)
        assert sorted((*split.train, *split.test)) == list(range(len(SENTENCES)))
        own = {word for i in split.train for word in words_of(SENTENCES[i], False)}
        assert set(run.bag.words) == own
        # There is something that could leak.
        assert {word for i in split.test for word in words_of(SENTENCES[i], False)} - own
        assert {run.used_at(step) for step in range(1, 301)} <= set(split.train.tolist())
        # Other words in the sentences held out change nothing of what is learned.
        changed = list(SENTENCES)
        for i in split.test:
            changed[i] = f"Zebra{i} quagga okapi love hate."
        other = learn_words(replace(config, sentences=tuple(changed)))
        assert other.bag.words == run.bag.words
        np.testing.assert_array_equal(other.parameters, run.parameters)


def test_the_split_is_balanced_and_grows_by_adding():
    small, large = (split_of(replace(SHORT, n_train=n)) for n in (10, 60))
    for split, n in ((small, 10), (large, 60)):
        assert len(split.train) == n
        assert len(split.test) == 30
        assert sum(TARGETS[i] for i in split.train) == n // 2
        assert sum(TARGETS[i] for i in split.test) == 15
    assert set(small.train) < set(large.train)
    assert set(small.test) == set(large.test)
    assert set(split_of(replace(SHORT, seed=4)).test) != set(small.test)


def test_only_the_words_of_the_sentence_just_used_learn():
    run = learn_words(SHORT)
    for step in (1, 2, 150, 300):
        words = set(words_of(SENTENCES[run.used_at(step)], True))
        moved = run.parameters[step, :-1] != run.parameters[step - 1, :-1]
        assert {run.bag.words[k] for k in np.flatnonzero(moved)} == words
    assert run.used_at(0) is None


def test_every_epoch_uses_each_sentence_once():
    run = learn_words(SHORT)
    n = len(run.split.train)
    for epoch in range(3):
        used = [run.used_at(step) for step in range(epoch * n + 1, (epoch + 1) * n + 1)]
        assert sorted(used) == sorted(run.split.train.tolist())


def test_accuracy_is_that_of_the_network_of_the_step():
    run = learn_words(SHORT)
    for step in (0, 10, 300):
        for test, rows, targets in (
            (True, run.test_bag, run.test_targets),
            (False, run.bag, run.targets),
        ):
            answers = neuron(run.parameters[step]).predict(rows.counts)[:, 0] >= 0.5
            assert run.accuracy([step], test=test)[0] == np.mean(answers == targets)


def test_it_learns_and_equal_configs_make_equal_runs():
    run = learn_words(WordsConfig())
    assert run.accuracy([run.last_step], test=False)[0] == 1
    assert run.accuracy([run.last_step], test=True)[0] > 0.8
    np.testing.assert_array_equal(run.parameters, learn_words(WordsConfig()).parameters)
    with pytest.raises(ValueError, match="read-only"):
        run.parameters[0, 0] = 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"learning_rate": -0.1}, "learning_rate must"),
        ({"updates": 0}, "updates must"),
        ({"updates": 10**9}, "updates must"),
        ({"seed": 2**32}, "seed must"),
        ({"n_train": 92}, "n_train must"),
        ({"targets": (1, 0)}, "one target for each"),
        ({"targets": (1,) * 120}, "each at least 4 times"),
        ({"targets": (2, *TARGETS[1:])}, "must be 0 or 1"),
    ],
)
def test_what_cannot_be_trained_is_said(changed, message):
    with pytest.raises(ValueError, match=message):
        WordsConfig(**changed)
