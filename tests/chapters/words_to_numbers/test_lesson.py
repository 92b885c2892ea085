"""What the lesson Words to numbers says when a task is done: the numbers of its pictures."""

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.lesson import LESSON
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.trials import KINDS, WordsStudy, WordsTrials, measure
from nnviz.chapters.words_to_numbers.words import describe_trials, signed
from nnviz.text.lesson import written

STATE = {"rate": "0.5", "seed": 0, "step": 2_000, "splits": 3, "ask": "Happy, happy, best friends."}


def said(name):
    (task,) = (task for task in LESSON.tasks if task.name == name)
    return written(task.understood, STATE)


def test_a_word_that_stands_twice_is_said_to_and_nothing_reaches_one():
    happy, *_ = decompose(learn_words(WordsConfig(False)), 2_000, STATE["ask"]).terms
    assert happy.count == 2
    told = said("mood")
    assert f"{signed(happy.product)}, for it stands 2 times: 2 × {signed(happy.weight)}." in told
    assert told.endswith("squeezed: above 0.999.")


def test_a_new_word_and_its_nearest_are_compared_undivided():
    run = learn_words(WordsConfig(False, vectors=True))
    new, near = map(float, run.weights_of(("delightful", "wonderful"), 2_000))
    told = said("new_word")
    assert f"make delightful {signed(new)}, like wonderful ({signed(near)})," in told
    assert abs(new / near - 1) < 0.25


def test_the_end_says_the_numbers_of_the_last_picture():
    study = WordsStudy(WordsConfig(False), 3, len(KINDS))
    picture = describe_trials(
        WordsTrials.of(study, {t: measure(study.config_of(t)) for t in study.trials()})
    )
    vectors, _, counts = picture.partition("From 90: ")[2].split(" (")[0].split(", ")
    told = written(LESSON.summary, STATE)
    assert f"{counts} of those held out" in told
    assert f"{vectors} with vectors: medians of 3 splits" in told
