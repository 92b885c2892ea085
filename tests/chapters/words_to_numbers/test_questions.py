"""What is asked about words: one right answer, from the numbers."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words, neuron
from nnviz.chapters.words_to_numbers.prediction import decompose, same_bag
from nnviz.chapters.words_to_numbers.questions import (
    ORDER_PAIR,
    counting_questions,
    learning_questions,
    trials_questions,
)
from nnviz.chapters.words_to_numbers.sentences import MOODS, SENTENCES
from nnviz.chapters.words_to_numbers.trials import SIZES, WordsStudy, WordsTrials

RUN = learn_words(WordsConfig(updates=200))


@given(st.lists(st.sampled_from(SENTENCES) | st.just("Hello!"), min_size=1, max_size=8))
def test_how_many_columns_are_left(sentences):
    raw, found = (bag(sentences, lemmatised) for lemmatised in (False, True))
    columns, zeros = counting_questions(raw, found)
    assert columns.answer == str(len(found.words))
    assert len(columns.options) >= 2
    assert columns.prompt.startswith(f"There are {len(raw.words)} different words")
    change = found.zero_fraction - raw.zero_fraction
    assert zeros.answer == (
        "a smaller share" if change < 0 else "a larger share" if change > 0 else "the same share"
    )


def test_before_anything_is_learned_no_mood_is_asked_about():
    (order,) = learning_questions(RUN, 0)
    assert order.answer == "both the same"


@pytest.mark.parametrize("gap", [0.0196, 0.02, 0.0204, -0.0196, -0.02])
def test_what_is_printed_supports_the_answer(gap):
    study = WordsStudy(WordsConfig(), 1)
    made = {trial: 0.9 + gap * trial[2] for trial in study.trials()}
    for question in trials_questions(WordsTrials.of(study, made)):
        known, plain, apart = (
            Decimal(text) for text in re.findall(r"([\d.]+)%", question.reason)[:3]
        )
        assert ("less than" in question.answer) == (apart < 2) == (abs(gap) < 0.02)
        assert (known > plain) == (gap > 0)
        assert ("stranger" in question.reason) == (gap > 0)


@pytest.mark.parametrize("step", [1, 40, 200])
def test_a_sentence_held_out_and_the_order(step):
    mood, order = learning_questions(RUN, step)
    (asked,) = [i for i in RUN.split.test if f"“{SENTENCES[i]}”" in mood.prompt]
    probability = neuron(RUN.parameters[step]).predict(
        RUN.test_bag.counts[[list(RUN.split.test).index(asked)]]
    )[0, 0]
    assert mood.answer == MOODS[int(probability >= 0.5)]
    assert decompose(RUN, step, ORDER_PAIR[0]).z == pytest.approx(
        decompose(RUN, step, ORDER_PAIR[1]).z, abs=1e-12
    )
    assert same_bag(*ORDER_PAIR, lemmatised=False)
    assert order.answer == "both the same"


@pytest.mark.parametrize(
    ("gap", "answer"),
    [(0.2, "lemmas"), (-0.2, "words as they stand"), (0.01, "less than 2% apart")],
)
def test_which_do_better(gap, answer):
    study = WordsStudy(WordsConfig(), 2)
    made = {trial: 0.6 + gap * trial[2] for trial in study.trials()}
    questions = trials_questions(WordsTrials.of(study, made))
    assert [question.answer for question in questions] == [answer, answer]
    assert questions[0].prompt.startswith(f"{SIZES[2]} sentences")
    made.popitem()
    with pytest.raises(ValueError, match="every trial"):
        trials_questions(WordsTrials.of(study, made))
