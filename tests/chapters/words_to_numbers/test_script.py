"""Scripts of the page: run by themselves, they print what is on the screen."""

import re

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.script import (
    counting_snippet,
    learning_snippet,
    trials_snippet,
)
from nnviz.chapters.words_to_numbers.trials import WordsStudy, WordsTrials, measure
from tests.clean_process import output

STRANGE = ('It’s "me" & <b>you</b> \\ 😀', "हिन्दी में e\u0301te\u0301 'x' don't", "I watched it.")


@pytest.mark.parametrize("lemmatised", [False, True])
def test_counting_gives_the_same_columns_and_zeros(tmp_path, lemmatised):
    lines = output(counting_snippet(STRANGE, lemmatised), tmp_path)
    found = bag(STRANGE, lemmatised)
    assert lines[0] == str(list(found.words))
    assert lines[-1] == f"{found.zeros} of {found.counts.size} counts are 0"


@pytest.mark.parametrize(("lemmatised", "step"), [(True, 437), (False, 90), (True, 0)])
def test_the_training_is_repeated_and_the_sentence_taken_apart(tmp_path, lemmatised, step):
    run = learn_words(WordsConfig(lemmatised, 0.2, seed=5))
    text = "My friends watched, and a zebra \"laughs\": 'ha' watching."
    answer = decompose(run, step, text)
    lines = output(learning_snippet(run, step, text), tmp_path)
    by_start = dict(line.rsplit(" ", 1) for line in lines)
    assert float(by_start["sum"]) == pytest.approx(answer.z, abs=1e-10)
    assert float(by_start["probability of a good mood"]) == pytest.approx(
        answer.probability, abs=1e-10
    )
    for term in answer.terms:
        (line,) = [line for line in lines if line.startswith(f"{term.word} {term.count:.0f} * ")]
        assert float(line.split()[-1]) == pytest.approx(term.product, abs=1e-10)
    assert sum(line.endswith("is not known") for line in lines) >= 1


def test_the_accuracies_of_all_splits_are_repeated(tmp_path):
    study = WordsStudy(WordsConfig(updates=400, seed=2), 2)
    made = {trial: measure(study.config_of(trial)) for trial in study.trials() if trial[1] == 4}
    come = WordsTrials.of(study, made)
    for lemmatised in (0, 1):
        *each, last = output(trials_snippet(study, bool(lemmatised)), tmp_path)
        told = [re.fullmatch(r"seed \d+: (\d+) of (\d+) answered right", line) for line in each]
        assert [int(line[1]) / int(line[2]) for line in told] == [
            pytest.approx(value) for value in come.values[:, -1, int(lemmatised)]
        ]
        quartiles = [float(x) for x in last.split("[")[1].strip("]").split()]
        band = come.of_kind(int(lemmatised))
        expected = [band.low[-1], band.median[-1], band.high[-1]]
        np.testing.assert_allclose(quartiles, expected, rtol=1e-6)
