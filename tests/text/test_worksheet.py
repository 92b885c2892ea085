"""Exercises that hold what they need, and the code by which a sheet and its key are matched."""

import pytest

from nnviz.text.question import Question
from nnviz.text.worksheet import (
    Exercise,
    Part,
    UnclearError,
    Worksheet,
    asked,
    clear,
    to_write,
)


@pytest.mark.parametrize(
    ("value", "decimals", "answer", "told"),
    [
        (2.0, 2, "2", ""),
        (-0.30000000000000004, 2, "−0.3", ""),
        (2 / 3, 2, "0.67", "(Round to 2 decimals.)"),
        (-2 / 3, 1, "−0.7", "(Round to 1 decimal.)"),
        (44.4, 0, "44", "(Round to a whole number.)"),
        (12345.0, 0, "12,345", ""),
    ],
)
def test_a_number_to_write_is_rounded_as_its_exercise_says(value, decimals, answer, told):
    found = to_write("How much?", value, "so", decimals=decimals)
    assert (found.answer, found.prompt) == (answer, f"How much? {told}".strip())
    assert not found.options


def test_between_two_roundings_other_numbers_are_drawn():
    with pytest.raises(UnclearError):
        to_write("How much?", 0.125, "so")
    values = iter((0.125, 0.375, 0.25))
    assert clear(lambda: to_write("How much?", next(values), "so")).answer == "0.25"
    with pytest.raises(RuntimeError, match="no clear exercise"):
        clear(lambda: to_write("How much?", 0.125, "so"))


def test_an_answer_does_not_stand_in_its_own_exercise():
    with pytest.raises(UnclearError):
        Exercise("What is 2 + 3 − 5 + 5?", "5", "so")
    assert Exercise("What is 2.5 + 2.5?", "5", "so").answer == "5"
    with pytest.raises(ValueError, match="must be one of"):
        Exercise("Which?", "c", "so", ("a", "b"))


def test_a_question_of_a_page_becomes_an_exercise():
    for prompt, shown in (("Which?", "Which?"), ("It will be", "It will be\u00a0…")):
        found = asked(Question(prompt, ("a", "b"), "b", "so", "about"))
        assert found == Exercise(shown, "b", "so", ("a", "b"))


def test_the_code_changes_with_whatever_stands_on_the_sheet():
    def sheet(number=1, page="home", answer="b", given="Given.", table=()):
        exercise = Exercise("Which?", answer, "so", ("a", "b"))
        return Worksheet(page, number, (Part(given, (exercise,), table),))

    codes = [
        each.code
        for each in (
            sheet(), sheet(2), sheet(page="prediction"), sheet(answer="a"), sheet(given="Else."),
            sheet(table=(("1",),)),
        )
    ]  # fmt: skip
    assert len(set(codes)) == len(codes)
    assert sheet().code == codes[0]
    assert all(len(code) == 5 and not set(code) & set("IO01") for code in codes)
