"""Ten digits in sentences and questions, each held to the numbers it is made of."""

import re

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, confusion
from nnviz.chapters.pictures_to_numbers.ten.network import UPDATES, TenConfig, train_ten
from nnviz.chapters.pictures_to_numbers.ten.questions import (
    confusion_questions,
    study_questions,
    unit_questions,
)
from nnviz.chapters.pictures_to_numbers.ten.reading import UnitOff, read_ten, unit_off
from nnviz.chapters.pictures_to_numbers.ten.study import VARIED, TenStudy, TenTrials
from nnviz.chapters.pictures_to_numbers.ten.words import (
    describe_confusion,
    describe_drawing,
    describe_gallery,
    describe_study,
    describe_training,
    describe_unit,
)

EMPTY = (0,) * 64


@pytest.fixture(scope="module")
def run():
    return train_ten(TenConfig(200, 6))


def off(lost):
    n = np.full(10, 80.0)
    before = np.full(10, 0.9)
    return UnitOff(2, before, before - np.array(lost) / n, n)


def test_what_is_said_while_it_learns(run):
    drawing = tuple(range(16)) * 4
    start = describe_training(run, 0, read_ten(run, 0, drawing))
    assert start.startswith("Nothing is learned yet")
    reading = read_ten(run, UPDATES, drawing)
    told = describe_training(run, UPDATES, reading)
    assert f"{run.n_right[-1]} of 1597 others right" in told
    assert f"it says {reading.digit} (" in told
    assert f"then {reading.second} (" in told
    empty = describe_drawing(read_ten(run, UPDATES, EMPTY))
    assert empty.startswith("Nothing is drawn")
    assert "it says" not in empty
    other = train_ten(TenConfig(200, 0, "other"))
    assert "by other people right" in describe_training(other, 9, read_ten(other, 9, drawing))


def test_a_unit_that_is_switched_off_is_told_with_all_that_changes():
    assert describe_unit(off([0, 6, 1, 0, 0, -1, 2, 0, 4, -1])) == (
        "Unit 3 off: 11 pictures fewer are right. 1 loses 6, 8 loses 4, 6 loses 2, others lose 1, "
        "others gain 2."
    )
    assert (
        describe_unit(off([0, 1, *[0] * 8])) == "Unit 3 off: 1 picture fewer is right. 1 loses 1."
    )
    assert describe_unit(off([0] * 10)) == "Unit 3 off: as many pictures are right."
    assert describe_unit(off([0, -2, *[0] * 8])) == (
        "Unit 3 off: 2 pictures more are right. others gain 2."
    )
    # What is told adds up.
    for seed in range(20):
        lost = np.random.default_rng(seed).integers(-3, 9, 10)
        told = describe_unit(off(lost))
        losses = sum(map(int, re.findall(r"loses? (\d+)", told)))
        gains = sum(map(int, re.findall(r"gain (\d+)", told)))
        assert losses - gains == lost.sum()


def test_mistakes_in_words(run):
    found = confusion(run, UPDATES)
    told = describe_confusion(found, run.config)
    assert told.startswith(f"64-6-10, trained to its end: {found.n_wrong} of 1597 held-out")
    times = {int(found.counts[cell]) for cell in found.largest}
    assert len(times) == 1
    for label, said in found.largest[:3]:
        assert f"{label} said to be {said}" in told
    assert f"Most often, {times.pop()} times" in told
    first = found.mistakes()[0]
    gallery = describe_gallery(found.mistakes(), None)
    assert f"picture {first.picture + 1:,} is {first.label}, it says {first.said}" in gallery
    assert describe_gallery(found.cell(3, 3), (3, 3)).endswith("of 3, said to be 3: right.")
    assert describe_gallery((), (0, 1)) == "0 pictures of 0, said to be 1."
    same = np.arange(10)
    right = Confusion(same, same, same, np.ones(10), np.ones(10))
    assert right.largest == ()
    assert describe_confusion(right, run.config) == "All 10 held-out pictures are right."
    assert describe_gallery(right.mistakes(), None) == "There is no mistake to show."


def test_questions_are_judged_by_the_numbers(run):
    assert unit_questions(run, 0, 1) == ()
    asked = [unit_questions(run, UPDATES, unit) for unit in range(6)]
    assert any(asked)
    for unit, questions in enumerate(asked):
        for question in questions:
            lost = unit_off(run, UPDATES, unit).lost
            assert lost[int(question.answer)] == max(lost[int(k)] for k in question.options)
    found = confusion(run, UPDATES)
    (question,) = confusion_questions(run, found)
    right = found.counts.diagonal() / found.counts.sum(axis=1)
    assert right[int(question.answer)] == right.min()
    study = TenStudy(TenConfig())
    assert study_questions(TenTrials.of(study, {})) == ()
    for change, answer in ((-0.04, "Fewer are right"), (0.0, "As many"), (0.02, "More are right")):
        made = TenTrials.of(
            study, {t: 0.9 + change * (t[1] == VARIED["hands"].stop - 1) for t in study.trials()}
        )
        (question,) = study_questions(made)
        assert question.answer == answer
        told = describe_study(made)
        assert "on other people’s: 9" in told or "on other people’s: 8" in told
    assert describe_study(TenTrials.of(study, {})).startswith("0 of 112 trainings")
