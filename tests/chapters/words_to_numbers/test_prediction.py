"""An answer taken apart: its parts add up to what the network says; order does not count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import counted, words_of
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import (
    heaviest,
    n_moved,
    over_time,
    same_bag,
    take_apart,
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
    answer = take_apart(run, step, text)
    row = counted([words_of(text, lemmatised)], run.bag.words).counts
    probability = run.network_at(step).predict(row)[0, 0]
    assert answer.probability == pytest.approx(probability, abs=1e-12)
    total = sum(part.count * part.weight for part in answer.parts) + answer.bias
    assert answer.z == pytest.approx(total, abs=1e-12)
    assert answer.mood == (answer.probability >= 0.5)
    known = set(words_of(text, lemmatised)) & set(run.bag.words)
    assert {part.word for part in answer.parts} == known
    assert not {part.word for part in answer.parts} & set(
        words_of(" ".join(answer.unknown), lemmatised)
    )


def test_a_sentence_by_hand():
    run = RUNS[True]
    answer = take_apart(run, 400, "Watching, watched, zebras: a zebra loves it.")
    assert [(part.word, part.forms, part.count) for part in answer.parts] == [
        ("watch", ("watching", "watched"), 2),
        ("a", ("a",), 1),
        ("love", ("loves",), 1),
        ("it", ("it",), 1),
    ]
    assert answer.unknown == ("zebras", "zebra")
    assert answer.parts[0].weight == run.parameters[400, run.bag.words.index("watch")]


def test_a_sentence_of_strangers_leaves_the_bias_alone():
    answer = take_apart(RUNS[True], 400, "Zebras gallop.")
    assert (answer.parts, answer.unknown) == ((), ("zebras", "gallop"))
    assert answer.z == answer.bias == RUNS[True].parameters[400, -1]
    assert take_apart(RUNS[True], 400, "").unknown == ()


@pytest.mark.parametrize("lemmatised", [False, True])
def test_the_order_of_the_words_is_lost(lemmatised):
    one, other = (take_apart(RUNS[lemmatised], 400, text) for text in (GOOD, BAD))
    assert one.z == pytest.approx(other.z, abs=1e-12)
    assert same_bag(GOOD, BAD, lemmatised)
    assert not same_bag(GOOD, "The film was good.", lemmatised)
    assert same_bag("good good bad", "bad good good", lemmatised)
    assert not same_bag("good good bad", "bad bad good", lemmatised)


def test_over_time_every_step_is_the_answer_of_that_step():
    run = RUNS[True]
    text = "We watched the good, good film about zebras."
    course = over_time(run, text)
    for step in (0, 1, 77, 400):
        answer = take_apart(run, step, text)
        np.testing.assert_allclose(course.products[step], [part.product for part in answer.parts])
        assert course.z[step] == pytest.approx(answer.z, abs=1e-12)
        assert course.probability[step] == pytest.approx(answer.probability, abs=1e-12)
        assert course.bias[step] == answer.bias
    assert over_time(run, "😀").products.shape == (401, 0)


def test_the_heaviest_words_are_those_at_both_ends():
    run = RUNS[True]
    end = run.parameters[-1, :-1]
    columns = heaviest(run, 10)
    assert sorted(end[list(columns[:5])]) == sorted(np.sort(end)[-5:])
    assert sorted(end[list(columns[5:])]) == sorted(np.sort(end)[:5])
    assert (np.diff(end[list(columns)]) <= 0).all()
    everything = heaviest(run, 1_000)
    assert sorted(everything) == list(range(len(end)))


def test_how_many_weights_an_update_has_moved():
    run = RUNS[True]
    columns = range(len(run.bag.words))
    for step in (1, 9):
        assert n_moved(run, step, columns) == len(set(words_of(SENTENCES[run.used_at(step)], True)))
    assert n_moved(run, 0, columns) == 0
