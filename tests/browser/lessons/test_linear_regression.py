"""The lesson Linear regression, played to its end."""

from tests.browser.learner import Learner

WEIGHT = "weight, thousand € per m²:"


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("linear_regression")
    learner.slide(WEIGHT, "2.5")
    learner.goes_on("squares")
    learner.answer("fall all the way")
    learner.slide(WEIGHT, "5.5")
    learner.goes_on("valley")
    learner.slide("bias, thousand €:", "0")
    learner.slide(WEIGHT, "3")
    learner.goes_on("by_hand")
    learner.answer("at an error of 0")
    learner.press("Train")
    learner.goes_on("descent")
