"""The lesson Error curve, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("error_curve")
    learner.press("STEP", times=4)
    learner.goes_on("step")
    learner.answer("away, farther each time")
    learner.press("STEP", times=4)
    learner.goes_on("back_and_forth")
    learner.slide("Learning rate", "0.5")
    learner.press("STEP")
    learner.goes_on("one_step")
    learner.answer("hardly move")
    learner.press("STEP", times=4)
    learner.goes_on("shoulder")
    learner.answer("Squares are easier to store.")
    learner.answer("Too high and too low count alike, and big misses count most.")
    learner.goes_on("why_square")
