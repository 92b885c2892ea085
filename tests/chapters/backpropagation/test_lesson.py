"""The lesson's numbers are those of the page's own walk."""

from nnviz.chapters.backpropagation import lesson
from nnviz.chapters.backpropagation.address import ADDRESS, FIRST_TAKEN, first_parameters
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
    assert kinds[lesson._FACTORS] == "dpre_activation_dbias"
    assert kinds[lesson._BLAMED] == "derror_dbias"
    assert kinds[lesson._UPDATED] == "update_weights"
    assert kinds[lesson._AGAIN] == "again"
    assert neuron.traces[0].error == lesson._update(FIRST_TAKEN[0].learning_rate).error


def test_the_two_paths_of_the_question_are_those_of_the_picture() -> None:
    deep = start("2-2-2-1", (2, 2, 2, 1), ("tanh", "tanh", "sigmoid"))
    walk = walk_updates(deep, FIRST_TAKEN, every_term=False)
    first, second, both = (
        step_values(walk.traces[0], walk.steps[i])[0]
        for i in (lesson._ONE_PATH - 1, lesson._ONE_PATH, lesson._BOTH_PATHS)
    )
    shown = (digits(first), digits(second), digits(both), digits(first * second))
    assert shown[1:] == lesson._PATHS[1:]
    assert digits(first, 2) == lesson._PATHS[0]
    assert walk.steps[lesson._BOTH_PATHS].kind == "derror_dactivation"
