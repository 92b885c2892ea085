"""The lesson Prediction, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("prediction")
    learner.step(3)
    learner.goes_on("sum")
    learner.answer("about 1.9")
    learner.step(1)
    learner.goes_on("squeeze")
    learner.answer("about 87")
    learner.press("Flip the coins again", times=2)
    learner.goes_on("coins")
    learner.slide("Threshold", "0.88")
    learner.goes_on("threshold")
    learner.answer("A step makes more wrong answers.")
    learner.answer("With it a small change of a weight shows.")
    learner.goes_on("why_sigmoid")
