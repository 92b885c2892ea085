"""The lesson of the page: what of a learner's own doing fulfils its tasks."""

from nnviz.chapters.pictures_to_numbers.address import ADDRESS
from nnviz.chapters.pictures_to_numbers.drawing import with_ink
from nnviz.chapters.pictures_to_numbers.lesson import LESSON
from nnviz.text.lesson import ANSWER, written
from tests.chapters.test_lessons import start_of


def test_the_square_that_turns_the_answer_counts_after_others_were_tried() -> None:
    (task,) = (task for task in LESSON.tasks if task.name == "one_square")
    start = {**start_of(task, ADDRESS), ANSWER: "row 1, column 1"}
    drawn = task.start["drawing"]
    right, corner = with_ink(drawn, 42, 16), with_ink(drawn, 0, 16)
    assert task.fulfilled({**start, "drawing": right})
    assert not task.fulfilled({**start, "drawing": corner})
    both = {**start, "drawing": with_ink(corner, 42, 16)}
    assert task.fulfilled(both)
    # What is said is of the one square, whatever else was inked.
    assert written(task.understood, both) == written(task.understood, {**start, "drawing": right})


def test_the_drawing_is_in_sight_while_it_is_asked_about() -> None:
    for name in ("one_square", "one_step"):
        (task,) = (task for task in LESSON.tasks if task.name == name)
        assert {"board", "weights"} <= set(task.shows)
