"""The lesson's numbers are those of the page's own walk."""

import pytest

from nnviz.chapters.backpropagation import lesson
from nnviz.chapters.backpropagation.address import ADDRESS, FIRST_TAKEN, first_parameters
from nnviz.chapters.backpropagation.figure_paths import paths_picture, paths_sentence
from nnviz.data import tutorial
from nnviz.text.digits import digits
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.walk import WalkStart, walk_updates

ROWS = (tutorial.FIRST_ROW, tutorial.SECOND_ROW)
TARGETS = (tutorial.FIRST_TARGET, tutorial.SECOND_TARGET)


def start(net: str, sizes: tuple[int, ...], activations: tuple[str, ...]) -> WalkStart:
    seed = ADDRESS.parameters["seed"].default
    parameters = first_parameters(net, sizes, activations, seed)
    return WalkStart(ROWS, TARGETS, sizes, activations, parameters)


def test_the_steps_at_which_tasks_begin_are_what_they_say() -> None:
    neuron = walk_updates(start("neuron", (2, 1), ("sigmoid",)), FIRST_TAKEN, every_term=True)
    kinds = [step.kind for step in neuron.steps]
    assert kinds[lesson._ERROR] == "error"
    assert kinds[lesson._ERROR + 1] == "derror_dprediction"
    assert kinds[lesson._BLAMED] == "derror_dweights"
    assert kinds[lesson._UPDATED] == "update_weights"
    assert kinds[lesson._AGAIN] == "again"
    assert neuron.traces[0].error == lesson._update(FIRST_TAKEN[0].learning_rate).error


def test_the_two_paths_of_the_question_are_those_of_the_picture() -> None:
    deep = start("2-2-2-1", (2, 2, 2, 1), ("tanh", "tanh", "sigmoid"))
    walk = walk_updates(deep, FIRST_TAKEN, every_term=False)
    first, second, both = (
        step_values(walk.traces[0], walk.steps[i])[0]
        for i in range(lesson._BOTH_PATHS - 2, lesson._BOTH_PATHS + 1)
    )
    shown = (digits(first), digits(second), digits(both), digits(first * second))
    assert shown == lesson._PATHS
    assert walk.steps[lesson._BOTH_PATHS].kind == "derror_dactivation"
    for known in (False, True):
        trace = walk.traces[0]
        notes = " ".join(
            note.text for note in paths_picture(trace, known=known).figure.layout.annotations
        )
        assert digits(first) in notes
        assert digits(second) in notes
        assert (digits(both) in notes) is known
        assert (digits(both) in paths_sentence(trace, known=known)) is known


def test_the_slope_along_the_weight_is_what_comes_out_when_it_is_tried() -> None:
    trace = lesson._update(FIRST_TAKEN[0].learning_rate)
    risen = lesson._error_with_weight(lesson._NUDGE) - lesson._error_with_weight(0.0)
    assert lesson._error_with_weight(0.0) == pytest.approx(trace.error)
    slope = float(trace.layers[0].derror_dweights[0, 0])
    assert risen / lesson._NUDGE == pytest.approx(slope, rel=0.02)
    state = {"taken": FIRST_TAKEN}
    assert "≈ 0.3914, where 0.1123 is the slope of the sigmoid" in lesson._multiply(state).reason
    assert digits(0.871 * (1 - 0.871), 3) == digits(0.1123, 3)
    assert "0.871 · (1 − 0.871) for the" in lesson._multiplied(state)
    assert "sum 2 times, that the prediction 0.1123 times" in lesson.LESSON.tasks[1].does
    assert "that the error 1.742 times" in lesson.LESSON.tasks[1].does
