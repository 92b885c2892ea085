"""The lesson Words to numbers, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("words_to_numbers")
    learner.write("My sentences", "My dog sees my bird.")
    learner.goes_on("count")
    learner.answer("7")
    learner.switch("Lemmas")
    learner.goes_on("columns")
    learner.trains()
    learner.write("Ask about a sentence", "We danced and laughed.")
    learner.goes_on("mood")
    learner.answer("the first")
    learner.trains()
    learner.goes_on("order")
    learner.answer("Its bias alone answers.")
    learner.goes_on("strangers")
    for word in ("snake", "cow", "lion"):
        learner.drag(f"The word {word}", (0, -200), "Shift+ArrowUp", times=1)
    learner.goes_on("place")
    learner.answer("a good mood")
    learner.trains()
    learner.goes_on("new_word")
    learner.answer("counted lemmas")
    learner.goes_on("few")
