"""The lesson Live training, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("live_training")
    learner.carry("End 1 of your line", (1.75, -0.75))
    learner.carry("End 2 of your line", (-2, 3.75))
    learner.goes_on("line")
    learner.answer("yes, one could")
    learner.goes_on("another")
    learner.answer("fewer, and it never rests")
    learner.trains()
    learner.goes_on("train")
    learner.answer("they all get smaller")
    learner.press("On by one update", times=3)
    learner.goes_on("jitter")
    learner.press("Add a hidden unit", times=3)
    learner.trains()
    learner.goes_on("hidden")
