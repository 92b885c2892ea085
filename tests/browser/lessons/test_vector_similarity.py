"""The lesson Vector similarity, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("vector_similarity")
    learner.answer("4")
    learner.goes_on("multiply")
    learner.drag("Tip of the input", (-250, 0), "Shift+ArrowLeft", times=3)
    learner.goes_on("below_zero")
    learner.answer("it doubles")
    learner.press("Double candidate 1")
    learner.goes_on("double")
    learner.press("Double candidate 1")
    learner.goes_on("misled")
    learner.answer("It measures the angle between them.")
    learner.answer("It multiplies them number by number, and adds up.")
    learner.goes_on("neuron")
