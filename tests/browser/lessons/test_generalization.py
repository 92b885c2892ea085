"""The lesson Generalization, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("generalization")
    learner.answer("the training error")
    learner.trains()
    learner.goes_on("which")
    learner.scrub(33)
    learner.goes_on("stop")
    learner.answer("none")
    learner.goes_on("size")
    learner.carry("The middle of the test rows", (4, 4))
    learner.goes_on("move")
    learner.press("Retrain")
    learner.goes_on("retrain")
