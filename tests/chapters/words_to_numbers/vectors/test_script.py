"""Scripts about vectors: run by themselves, with NumPy alone, they print what is on the screen."""

import json
import re

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.script import (
    learning_notebook,
    learning_snippet,
    trials_snippet,
)
from nnviz.chapters.words_to_numbers.trials import FEW, SIZES, WordsStudy, measure
from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.vectors.neighbours import neighbours, word_sum
from nnviz.chapters.words_to_numbers.vectors.placing import PARKED, closest, placed
from nnviz.chapters.words_to_numbers.vectors.script import (
    directions_snippet,
    neighbours_snippet,
    placing_snippet,
)
from tests.clean_process import output


def test_the_training_on_vectors_is_repeated_and_the_sentence_taken_apart(tmp_path):
    run = learn_words(WordsConfig(False, 0.2, seed=5, vectors=True))
    for step, text in ((437, "It isn't \"delightful\", <b>the</b> bird's xyzzy bird 😀"), (0, "")):
        answer = decompose(run, step, text)
        lines = output(learning_snippet(run, step, text), tmp_path)
        by_start = dict(line.rsplit(" ", 1) for line in lines)
        assert float(by_start["sum"]) == pytest.approx(answer.z, abs=1e-10)
        assert float(by_start["probability of a good mood"]) == pytest.approx(
            answer.probability, abs=1e-10
        )
        for term in answer.terms:
            (line,) = [line for line in lines if line.startswith(f"{term.word} ")]
            assert float(line.split()[-1]) == pytest.approx(term.product, abs=1e-10)
            assert ("in no sentence" in line) == (term.word not in run.bag.places)
        cells = json.loads(learning_notebook(run, step, text))["cells"]
        run_in_order = "\n".join(
            "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"
        )
        assert output(run_in_order, tmp_path) == lines


def test_the_accuracies_of_twenty_sentences_are_repeated(tmp_path):
    study = WordsStudy(WordsConfig(updates=400, seed=2), 2, 3)
    *each, _ = output(trials_snippet(study, 2, FEW), tmp_path)
    told = [re.fullmatch(r"seed \d+: (\d+) of (\d+) answered right", line) for line in each]
    assert [int(line[1]) / int(line[2]) for line in told] == [
        pytest.approx(measure(study.config_of((split, FEW, 2)))) for split in range(2)
    ]
    assert SIZES[FEW] == 20


def test_places_directions_and_neighbours_are_repeated(tmp_path):
    numbers = (1, 1, *PARKED[2:4], 4, 5, 4, 6, 9, 9, 10, 2)
    first, second, far = output(placing_snippet(numbers), tmp_path)[0].split()
    pair = closest(placed(numbers))
    assert {first, second} == set(pair[:2])
    assert float(far) == pair[2]
    assert output(placing_snippet(PARKED), tmp_path) == []
    axes, words = (Direction("man", "woman"), Direction("bad", "good")), ("king", "awful")
    told = [line.split() for line in output(directions_snippet(words, axes), tmp_path)]
    assert [line[0] for line in told] == list(words)
    np.testing.assert_allclose(
        [[float(x) for x in line[1:]] for line in told],
        np.column_stack([axis.of(words) for axis in axes]),
        atol=1e-12,
    )
    found = neighbours(word_sum("king - man + woman"), left_out=True, against="bad")
    told = [line.split() for line in output(neighbours_snippet(found), tmp_path)]
    assert [line[0] for line in told] == [*(word for word, _ in found.nearest), "bad"]
    np.testing.assert_allclose(
        [float(line[1]) for line in told],
        [*(value for _, value in found.nearest), found.compared[1]],
        atol=1e-12,
    )
