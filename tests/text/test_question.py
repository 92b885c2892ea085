"""A question judges by its own answer and refuses what was not offered."""

from dataclasses import FrozenInstanceError

import pytest

from nnviz.text.question import Question

TEXTS = {"prompt": "Which?", "reason": "Because.", "about": "state 1"}


def question(answer="left", options=("left", "right")):
    return Question(options=options, answer=answer, **TEXTS)


def test_the_verdict():
    assert question().verdict("left") is True
    assert question().verdict("right") is False


def test_a_choice_that_was_not_offered_is_refused():
    with pytest.raises(ValueError, match=r"choice 'up' must be one of \('left', 'right'\)"):
        question().verdict("up")


def test_the_answer_must_be_among_the_options():
    with pytest.raises(ValueError, match="answer 'up' must be one of"):
        question("up")


@pytest.mark.parametrize("options", [("left",), ("left", "left")])
def test_there_must_be_something_to_choose_from(options):
    with pytest.raises(ValueError, match="at least two different options"):
        question(options=options)


def test_a_question_stays_as_it_is():
    with pytest.raises(FrozenInstanceError):
        question().answer = "right"
