"""One neuron on mean vectors: its inputs, its updates, PyTorch's gradient, words never seen."""

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.figures.learning import NEAR_WORDS, learning_picture
from nnviz.chapters.words_to_numbers.figures.tracks import weight_tracks
from nnviz.chapters.words_to_numbers.figures.trials import trials_picture
from nnviz.chapters.words_to_numbers.learning import WordsConfig, inputs_of, learn_words, neuron
from nnviz.chapters.words_to_numbers.prediction import (
    decompose,
    decompose_over_time,
    nearest_learned,
    never_seen,
)
from nnviz.chapters.words_to_numbers.questions import learning_questions, trials_questions
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.trials import (
    FEW,
    KINDS,
    SIZES,
    WordsStudy,
    WordsTrials,
    measure,
)
from nnviz.chapters.words_to_numbers.vectors.lookup import LITTLE, content, vector_words
from nnviz.chapters.words_to_numbers.words import describe_step, describe_trials, signed
from nnviz.data.vectors import word_vectors

CONFIG = WordsConfig(False, vectors=True)
RUN = learn_words(CONFIG)
NEW = "What a delightful evening!"


def mean(sentence):
    """The mean vector of a sentence, worked out again."""
    words = [w for w in vector_words(sentence) if w in word_vectors().places and w not in LITTLE]
    return sum(word_vectors().of([w])[0] for w in words) / max(len(words), 1) + np.zeros(50)


def test_the_inputs_are_the_mean_of_the_vectors_without_little_words():
    for rows, bag in ((RUN.split.train, RUN.bag), (RUN.split.test, RUN.test_bag)):
        wanted = [mean(SENTENCES[i]) for i in rows]
        np.testing.assert_allclose(inputs_of(bag, CONFIG), wanted, atol=1e-12)
    # By hand: "the", "was" and "not" apart, "The film was not good." has three words that count.
    assert content(vector_words("The film was not good.")) == ("film", "not", "good")


def test_every_update_is_the_rate_times_the_error_times_the_mean(torch):
    inputs = inputs_of(RUN.bag, CONFIG)
    for step in (1, 2, 57, 2_000):
        row = int(RUN.rows_used[step - 1])
        assert RUN.used_at(step) == RUN.split.train[row]
        before = RUN.parameters[step - 1]
        p = torch.tensor(before, dtype=torch.float64, requires_grad=True)
        z = (torch.tensor(inputs[row]) * p[:-1]).sum() + p[-1]
        target = torch.tensor(RUN.targets[row], dtype=torch.float64)
        torch.nn.functional.binary_cross_entropy_with_logits(z, target).backward()
        after = before - CONFIG.learning_rate * p.grad.numpy()
        np.testing.assert_allclose(RUN.parameters[step], after, rtol=0, atol=1e-12)


def test_a_sentence_word_by_word_adds_up_to_what_the_network_predicts():
    for text in (
        NEW,
        "My sisters laughed and the zebra danced.",
        "not bad",
        "xyzzy",
        "",
        "good good",
    ):
        for step in (0, 500, 2_000):
            answer = decompose(RUN, step, text)
            predicted = neuron(RUN.parameters[step]).predict(mean(text)[np.newaxis])[0, 0]
            assert answer.probability == pytest.approx(predicted, abs=1e-12)
            assert answer.z == pytest.approx(sum(t.product for t in answer.terms) + answer.bias)
            over_time = decompose_over_time(RUN, text)
            assert over_time.z[step] == pytest.approx(answer.z, abs=1e-12)
    assert decompose(RUN, 5, "a xyzzy").unknown == ("xyzzy",)
    (term,) = decompose(RUN, 5, "good good").terms
    assert (term.count, term.product) == (2, pytest.approx(term.weight))


def test_a_word_never_seen_weighs_what_its_vector_shares_with_those_learned():
    assert not any("delightful" in sentence for sentence in SENTENCES)
    assert never_seen(RUN, NEW) == "delightful"
    assert never_seen(RUN, "We danced.") == ""
    # All that training did to the weights was to add vectors of its sentences: so a word weighs the
    # sum of its cosines to the learned words, each times what training has put into that word.
    put_in = np.zeros(len(RUN.bag.words))
    for step in range(1, RUN.last_step + 1):
        row = int(RUN.rows_used[step - 1])
        z = inputs_of(RUN.bag, CONFIG)[row] @ RUN.parameters[step - 1, :-1]
        error = 1 / (1 + np.exp(-z - RUN.parameters[step - 1, -1])) - RUN.targets[row]
        counts = RUN.bag.counts[row]
        put_in -= CONFIG.learning_rate * error * counts / counts.sum()
    cosines = word_vectors().of(RUN.bag.words) @ word_vectors().of(["delightful"])[0]
    weight = RUN.weights_of(["delightful"], RUN.last_step)[0]
    assert weight == pytest.approx(cosines @ put_in, abs=1e-9)
    near = [RUN.bag.words[k] for k, _ in nearest_learned(RUN, "delightful", 2)]
    assert near == ["wonderful", "beautiful"]
    told = describe_step(RUN, 2_000, NEW)
    assert "No sentence held “delightful”" in told
    # What is said of both, and drawn of both, is one kind of number: divided by nothing.
    assert f"It weighs {signed(weight)}, its nearest learned words: wonderful +" in told
    assert f"“delightful” ({signed(weight)} / 2 words)" in told
    assert told.count("Little words are left out: what and a.") == 1
    assert "left out, and no other is here; the bias" in describe_step(RUN, 2_000, "the and a of")
    assert "it knows none of the others; the bias" in describe_step(RUN, 2_000, "the xyzzy")
    assert decompose(RUN, 2_000, NEW).probability > 0.85


def test_the_picture_shows_the_learned_words_nearest_to_a_new_one():
    figure = learning_picture(RUN, NEW, near="delightful").figure
    assert any("nearest to delightful" in a.text for a in figure.layout.annotations)
    assert figure.layout.yaxis.ticktext[0] == "<b>delightful</b> 1"
    assert figure.layout.yaxis.ticktext[1].startswith("wonderful 0.7")
    assert figure.layout.xaxis2.title.text == "count × weight / 2 words"
    bars = weight_tracks(RUN, near="delightful").tracks[:2]
    columns = [k for k, _ in nearest_learned(RUN, "delightful", NEAR_WORDS)]
    np.testing.assert_allclose(
        bars[0].values + bars[1].values,
        np.column_stack([RUN.weights_of(["delightful"]), RUN.word_weights[:, columns]]),
        atol=1e-12,
    )
    learning_picture(RUN, "We danced.").figure  # noqa: B018 - Plotly checks it


def test_accuracy_against_the_number_of_sentences_is_what_was_measured():
    study = WordsStudy(WordsConfig(False), 20, len(KINDS))
    wanted = [trial for trial in study.trials() if SIZES[trial[1]] in (20, 90)]
    made = WordsTrials.of(study, {trial: measure(study.config_of(trial)) for trial in wanted})
    few, many = 100 * made.values[:, [FEW, -1]].mean(axis=0)
    # Measured elsewhere, on other splits: counts 55 and 73, lemmas 61 and 91, vectors 87 and 94.
    # A mean of 20 splits is known to about 2 points (lemmas from 20 sentences: 65 on 100 splits).
    np.testing.assert_allclose(few[[0, 2]], [55, 87], atol=3)
    np.testing.assert_allclose(many, [73, 91, 94], atol=2)
    assert few[2] - few[1] > 15
    assert few[1] - few[0] > 5


def test_what_is_said_and_asked_of_the_three_curves():
    study = WordsStudy(WordsConfig(False), 2, len(KINDS))
    full = WordsTrials.of(study, {t: 0.5 + 0.1 * t[2] for t in study.trials()})
    assert describe_trials(full) == (
        "From 20 sentences vectors get 70.0% of the held-out ones right, lemmas 60.0%, words as "
        "they stand 50.0%. From 90: 70.0%, 60.0%, 50.0% (medians of 2 splits)."
    )
    assert [q.answer for q in trials_questions(full)] == ["vectors", "vectors"]
    alike = WordsTrials.of(study, dict.fromkeys(study.trials(), 0.5))
    assert [q.answer for q in trials_questions(alike)] == ["several alike"] * 2
    drawn = trials_picture(full).figure
    assert [t.name for t in drawn.data if t.name] == ["guessing", *KINDS]
    assert [t.name for t in trials_picture(full, secret=True).figure.data] == ["guessing"]


def test_the_questions_and_what_cannot_be():
    mood, order = learning_questions(RUN, 300)
    assert mood.answer in mood.options
    assert "A mean keeps no order" in order.reason
    first, second = (decompose(RUN, 300, t).z for t in ("Good, not bad.", "Bad, not good."))
    assert first == pytest.approx(second)
    with pytest.raises(ValueError, match="stay as they stand"):
        WordsConfig(True, vectors=True)
    with pytest.raises(ValueError, match="n_kinds"):
        WordsStudy(WordsConfig(), 2, 4)
