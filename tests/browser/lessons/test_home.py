"""The lesson Home, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("home")
    learner.press("Throw")
    learner.press("Correct, throw", times=2)
    learner.goes_on("throw")
    learner.slide("Fraction of the miss", "1")
    learner.press("Correct, throw")
    learner.goes_on("one_correction")
    learner.answer("They get better.")
    learner.press("Correct, throw", times=6)
    learner.goes_on("too_much")
    learner.answer("closer to 0")
    learner.step(6)
    learner.goes_on("network")
    learner.answer("making no mistakes")
    learner.answer("using each miss to correct")
    learner.goes_on("alike")
