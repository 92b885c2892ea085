"""The lesson Live training: what it says is true for whatever a learner comes with."""

from nnviz.chapters.live_training.address import ADDRESS
from nnviz.chapters.live_training.by_hand import FIRST_LINE
from nnviz.chapters.live_training.lesson import LESSON
from nnviz.text.lesson import ANSWER, written
from nnviz.training.model import Model


def test_the_summary_says_what_a_line_can_reach_and_not_what_this_one_has() -> None:
    start = {name: parameter.default for name, parameter in ADDRESS.parameters.items()}
    for line in (FIRST_LINE, (2.25, 0.0, 4.0, 4.5), ()):
        for units in (0, 1, 3):
            model = Model(units=units, standardise=True)
            state = {**start, ANSWER: "", "drawn": line, "model": model, "step": 0}
            told = written(LESSON.summary, state)
            assert "at most 6 of 8 plants right" in told
            assert "Hidden units draw soft edges" in told  # these have not learnt yet
    done = {**start, ANSWER: "", "model": Model(units=3, standardise=True)}
    assert "3 hidden units draw 3 soft edges" in written(LESSON.summary, {**done, "step": 10_000})
