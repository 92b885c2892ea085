"""The same training over many splits, with and without lemmas."""

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words, neuron, split_of
from nnviz.chapters.words_to_numbers.trials import (
    MOST_SPLITS,
    SIZES,
    WordsStudy,
    WordsTrials,
    measure,
)

STUDY = WordsStudy(WordsConfig(seed=7), 3)


def test_every_trial_comes_once_and_pairs_share_their_sentences():
    order = list(STUDY.trials())
    assert len(order) == len(set(order)) == 3 * len(SIZES) * 2
    for without, with_lemmas in zip(order[::2], order[1::2], strict=True):
        one, other = STUDY.config_of(without), STUDY.config_of(with_lemmas)
        assert (one.lemmatised, other.lemmatised) == (False, True)
        np.testing.assert_array_equal(split_of(one).train, split_of(other).train)
        np.testing.assert_array_equal(split_of(one).test, split_of(other).test)
        assert len(split_of(one).train) == SIZES[without[1]]
    assert len({STUDY.config_of((s, 0, 0)).seed for s in range(3)}) == 3


def test_a_trial_is_the_accuracy_of_that_training_at_its_end():
    config = STUDY.config_of((1, 2, 1))
    run = learn_words(config)
    answers = neuron(run.parameters[-1]).predict(run.test_bag.counts)[:, 0] >= 0.5
    assert measure(config) == np.mean(answers == run.test_targets)


def test_bands_and_pairs_of_what_has_been_made():
    made = {(s, len(SIZES) - 1, k): v for s, k, v in [
        (0, 0, 0.5), (0, 1, 0.9), (1, 0, 0.7), (1, 1, 0.7), (2, 0, 0.8), (2, 1, 0.6)]}  # fmt: skip
    come = WordsTrials.of(STUDY, made)
    assert come.n_done == 6
    for kind, quartiles in ((0, [0.6, 0.7, 0.75]), (1, [0.65, 0.7, 0.8])):
        band = come.of_kind(kind)
        np.testing.assert_allclose([band.low[-1], band.median[-1], band.high[-1]], quartiles)
        assert np.isnan([band.low[0], band.median[0], band.high[0]]).all()
    assert come.n_better() == (1, 1, 1)
    assert len(come.pairs(0)) == 0
    del made[2, len(SIZES) - 1, 1]
    assert WordsTrials.of(STUDY, made).n_better() == (1, 1, 0)


def test_with_the_shipped_sentences_lemmas_help():
    study = WordsStudy(WordsConfig(), 6)
    made = {trial: measure(study.config_of(trial)) for trial in study.trials() if trial[1] == 2}
    come = WordsTrials.of(study, made)
    assert come.of_kind(1).median[2] > come.of_kind(0).median[2] + 0.05


@pytest.mark.parametrize("n", [0, MOST_SPLITS + 1])
def test_too_few_and_too_many_splits_are_refused(n):
    with pytest.raises(ValueError, match="n_splits must"):
        WordsStudy(WordsConfig(), n)
