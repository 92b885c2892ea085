"""The lesson Backpropagation, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("backpropagation")
    learner.answer("it falls")
    learner.step(1)
    learner.goes_on("blame")
    learner.answer("0.3914")
    learner.step(5)
    learner.goes_on("multiply")
    learner.answer("0.1177")
    learner.goes_on("add")
    learner.answer("it falls too")
    learner.step(1)
    learner.goes_on("others")
    learner.slide("Learning rate", "2")
    learner.goes_on("update")
