"""The lesson Compare runs, played to its end."""

from tests.browser.learner import Learner


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("compare_runs")
    learner.answer("18 to 20")  # so one would think
    learner.press("Run 20 seeds")
    learner.goes_on("lucky")
    learner.answer("exactly the same")
    learner.goes_on("again")
    learner.choose("Seed that stands out", "10")
    learner.goes_on("spread")
    learner.slide("Learning rate", "0.01")
    learner.goes_on("rate")
    learner.answer("“We picked the best seed.”")
    learner.answer("“8 of 20 runs succeed; the median error is 2.07.”")
    learner.goes_on("report")
