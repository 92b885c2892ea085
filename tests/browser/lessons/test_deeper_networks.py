"""The lesson Deeper networks, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("deeper_networks")
    learner.answer("a ring")  # which it is not
    learner.trains()
    learner.goes_on("edge")
    learner.press("Add a unit to hidden layer 1")
    learner.trains()
    learner.press("Add a unit to hidden layer 1")
    learner.trains()
    learner.goes_on("ring")
    learner.answer("it opens on one side")
    learner.press("Switch off unit 2 of layer 1")
    learner.goes_on("off")
    learner.answer("they come back")  # which they do not
    learner.trains()
    learner.goes_on("dead")
    learner.slide("Learning rate", "0.3")
    learner.trains()
    learner.goes_on("rate")
