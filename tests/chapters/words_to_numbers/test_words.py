"""Sentences on counted words and on a neuron that learns from them, and their numbers."""

import re

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.trials import WordsStudy, WordsTrials
from nnviz.chapters.words_to_numbers.words import (
    describe_counts,
    describe_step,
    describe_trials,
    named,
    probability,
    shortened,
)

FOUR = ("I watch birds.", "She watches a bird.", "They are watching.", "We watched, and watched.")
RUN = learn_words(WordsConfig(updates=300))


def both(sentences):
    return (bag(sentences, lemmatised) for lemmatised in (False, True))


def test_counts_before_and_after():
    raw, found = both(FOUR)
    assert describe_counts(raw, None) == (
        "4 sentences, 13 different words: 39 of the 52 counts are 0 (75.0%)."
    )
    assert describe_counts(raw, found) == (
        "13 columns become 9: watch, watched, watches and watching are all counted as watch, and "
        "likewise the forms of bird. "
        "Zeros: 39 of 52 (75.0%) before, 23 of 36 (63.9%) after."
    )


def test_one_word_no_word_and_nothing_to_merge():
    raw, found = both(["Hello!"])
    assert describe_counts(raw, None) == (
        "1 sentence, 1 different word: 0 of the 1 counts are 0 (0.0%)."
    )
    assert describe_counts(raw, found).startswith(
        "The dictionary finds no two forms of one word here"
    )
    assert describe_counts(bag(["😀"], lemmatised=False), None).startswith(
        "There is no word here yet"
    )


def test_the_moment_names_the_sentence_its_mood_and_the_answer():
    assert describe_step(RUN, 0, "x").startswith("Nothing is learned yet: all weights are 0")
    used = RUN.used_at(7)
    answer = decompose(RUN, 7, SENTENCES[used])
    told = describe_step(RUN, 7, SENTENCES[used])
    mood = "good mood" if used < 60 else "bad mood"
    assert told.startswith(f"Update 7 learned from “{SENTENCES[used]}” ({mood}).")
    assert f"{answer.probability:.3g} for a good mood" in told
    heaviest = max(answer.terms, key=lambda term: abs(term.product))
    assert f"the heaviest word is “{heaviest.word}”" in told


def test_no_probability_is_one():
    assert [probability(p) for p in (0.9994, 0.9995, 1 - 1e-9)] == [
        "0.999",
        "above 0.999",
        "above 0.999",
    ]
    assert [probability(p) for p in (0.5, 0.50004, 1e-4)] == ["0.5", "0.50004", "0.0001"]


def test_strangers_are_named():
    told = describe_step(RUN, 300, "The zebra and the quagga laugh.")
    assert told.endswith("It does not know zebra and quagga.")
    assert "knows none of these words; the bias alone answers" in describe_step(RUN, 300, "Zebra!")
    for nothing, where in (("😀", " in “😀”"), (" ", "")):
        told = describe_step(RUN, 300, nothing)
        assert f"There is no word{where} to ask about: the bias alone is" in told
        assert "for a good mood" not in told


def test_a_second_sentence_and_one_in_another_order():
    told = describe_step(RUN, 300, "happy", "sad")
    assert told.endswith(f"“sad”: {decompose(RUN, 300, 'sad').probability:.3g}.")
    told = describe_step(RUN, 300, *ORDER_PAIR, same=True)
    assert "the same words in another order: the same counts, the same sum" in told


def test_the_same_sentence_twice_is_in_no_other_order():
    told = describe_step(RUN, 300, "good day", "Good day!", same=True)
    assert "holds the same words: the same counts" in told


def test_what_is_said_of_a_sentence_is_added_up_here():
    """Random sentences and steps: probability and heaviest word, from counts and weights."""
    rng = np.random.default_rng(2)
    for _ in range(40):
        step = int(rng.integers(1, 301))
        words = rng.choice([*RUN.bag.words[::5], "zebra"], int(rng.integers(1, 5))).tolist()
        told = describe_step(RUN, step, " ".join(words))
        weights = dict(zip(RUN.bag.words, RUN.parameters[step].tolist(), strict=False))
        terms = {word: words.count(word) * weights[word] for word in words if word in weights}
        p = 1 / (1 + np.exp(-sum(terms.values()) - RUN.parameters[step, -1]))
        shown = float(re.search(r": ([\d.]+) for a good mood", told)[1])
        assert shown == pytest.approx(p, rel=6e-3)
        assert (shown > 0.5, shown < 0.5) == (p > 0.5, p < 0.5)
        if found := re.search(r"(the heaviest word is|heavier than) “(\w+)”", told):
            sizes = sorted(map(abs, terms.values()))
            assert abs(terms[found[2]]) == sizes[-1]
            assert (found[1] == "heavier than") == (len(sizes) > 1 and sizes[-2] == sizes[-1])
        assert ("does not know zebra" in told) == ("zebra" in words and len(terms) > 0)


def test_lemmas_or_not():
    study = WordsStudy(WordsConfig(), 2)
    made = {trial: 0.6 + 0.2 * trial[2] for trial in study.trials()}
    assert describe_trials(WordsTrials.of(study, made)) == (
        "With 90 sentences to learn from, 80.0% of the held-out ones are answered right with "
        "lemmas and 60.0% without (medians of 2 splits). Lemmas do better in 2, alike in 0, worse "
        "in 0."
    )
    made.popitem()
    assert describe_trials(WordsTrials.of(study, made)) == "19 of 20 trainings are made."


@pytest.mark.parametrize(
    ("words", "text"),
    [(["a"], "a"), (["a", "b"], "a and b"), (list("abcd"), "a, b, c and d"),
     (list("abcdef"), "a, b, c and 3 more")],
)  # fmt: skip
def test_words_as_a_list(words, text):
    assert named(words) == text


def test_a_long_sentence_is_shortened():
    assert shortened("a\nb  c") == "a b c"
    assert len(shortened("x" * 500)) == 70
