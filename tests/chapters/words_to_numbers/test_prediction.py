"""An answer taken apart: its parts add up to what the network says; order does not count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import counted, words_of
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words, neuron
from nnviz.chapters.words_to_numbers.prediction import (
    decompose,
    decompose_over_time,
    largest_weights,
    same_bag,
)
from nnviz.chapters.words_to_numbers.sentences import SENTENCES

RUNS = {
    lemmatised: learn_words(WordsConfig(lemmatised, updates=400)) for lemmatised in (False, True)
}
GOOD = "The film was not bad, it was good."
BAD = "The film was not good, it was bad."
any_text = st.text(max_size=80) | st.sampled_from(SENTENCES)


@given(any_text, st.booleans(), st.sampled_from([0, 1, 250, 400]))
def test_the_parts_add_up_to_what_the_network_says(text, lemmatised, step):
    run = RUNS[lemmatised]
    answer = decompose(run, step, text)
    row = counted([words_of(text, lemmatised)], run.bag.words).counts
    probability = neuron(run.parameters[step]).predict(row)[0, 0]
    assert answer.probability == pytest.approx(probability, abs=1e-12)
    total = sum(term.count * term.weight for term in answer.terms) + answer.bias
    assert answer.z == pytest.approx(total, abs=1e-12)
    assert answer.mood == (answer.probability >= 0.5)
    known = set(words_of(text, lemmatised)) & set(run.bag.words)
    assert {term.word for term in answer.terms} == known
    assert not {term.word for term in answer.terms} & set(
        words_of(" ".join(answer.unknown), lemmatised)
    )


def test_a_sentence_by_hand():
    run = RUNS[True]
    answer = decompose(run, 400, "Watching, watched, zebras: a zebra loves it.")
    assert [(term.word, term.forms, term.count) for term in answer.terms] == [
        ("watch", ("watching", "watched"), 2),
        ("a", ("a",), 1),
        ("love", ("loves",), 1),
        ("it", ("it",), 1),
    ]
    assert answer.unknown == ("zebras", "zebra")
    assert answer.terms[0].weight == run.parameters[400, run.bag.words.index("watch")]


def test_a_sentence_of_strangers_leaves_the_bias_alone():
    answer = decompose(RUNS[True], 400, "Zebras gallop.")
    assert (answer.terms, answer.unknown) == ((), ("zebras", "gallop"))
    assert answer.z == answer.bias == RUNS[True].parameters[400, -1]
    assert decompose(RUNS[True], 400, "").unknown == ()


@pytest.mark.parametrize("lemmatised", [False, True])
def test_the_order_of_the_words_is_lost(lemmatised):
    one, other = (decompose(RUNS[lemmatised], 400, text) for text in (GOOD, BAD))
    assert one.z == pytest.approx(other.z, abs=1e-12)
    assert same_bag(GOOD, BAD, lemmatised)
    assert not same_bag(GOOD, "The film was good.", lemmatised)
    assert same_bag("good good bad", "bad good good", lemmatised)
    assert not same_bag("good good bad", "bad bad good", lemmatised)


def test_over_time_every_step_is_the_answer_of_that_step():
    run = RUNS[True]
    text = "We watched the good, good film about zebras."
    course = decompose_over_time(run, text)
    for step in (0, 1, 77, 400):
        answer = decompose(run, step, text)
        np.testing.assert_allclose(course.products[step], [term.product for term in answer.terms])
        assert course.z[step] == pytest.approx(answer.z, abs=1e-12)
        assert course.probability[step] == pytest.approx(answer.probability, abs=1e-12)
        assert course.bias[step] == answer.bias
    assert decompose_over_time(run, "😀").products.shape == (401, 0)


def test_the_heaviest_words_are_those_at_both_ends():
    run = RUNS[True]
    end = run.parameters[-1, :-1]
    columns = largest_weights(run, 10)
    assert sorted(end[list(columns[:5])]) == sorted(np.sort(end)[-5:])
    assert sorted(end[list(columns[5:])]) == sorted(np.sort(end)[:5])
    assert (np.diff(end[list(columns)]) <= 0).all()
    everything = largest_weights(run, 1_000)
    assert sorted(everything) == list(range(len(end)))
