"""What the lesson of Deeper networks says is so."""

from nnviz.chapters.deeper_networks.address import ADDRESS
from nnviz.chapters.deeper_networks.lesson import LESSON
from nnviz.chapters.deeper_networks.lines import Line, with_change
from nnviz.text.lesson import ANSWER, written

TASKS = {task.name: task for task in LESSON.tasks}


def state(name, **choices):
    """Return the state of a task with other choices."""
    defaults = {each.name: each.default for each in ADDRESS.parameters.values()}
    return {**defaults, **TASKS[name].start, ANSWER: "", **choices}


def end(name, **choices):
    """Return it at the end of the run."""
    found = state(name, **choices)
    steps = int(found["epochs"]) * found["with"].plan().updates_per_epoch
    return {**found, "step": steps}


def with_units(name, *units):
    return state(name)["with"].with_choices({"hidden": tuple((n, "tanh") for n in units)})


def test_three_to_six_units_make_a_ring_and_fewer_or_more_are_not_asked_for():
    for n, done in ((1, False), (2, False), (3, True), (4, True), (6, True), (7, False)):
        assert TASKS["ring"].fulfilled(end("ring", **{"with": with_units("ring", n)})) == done, n
        assert not TASKS["ring"].fulfilled(state("ring", **{"with": with_units("ring", n)}))
    said = written(TASKS["ring"].understood, end("ring", **{"with": with_units("ring", 4)}))
    assert said.startswith("4 units are 4 soft edges.")


def test_whichever_unit_is_off_one_side_is_open():
    whole = state("off")
    assert not TASKS["off"].fulfilled({**whole, ANSWER: "it stays closed"})
    for unit in range(3):
        # Behind 2 x 3 weights and 3 biases: one weight of each unit to the output.
        lines = with_change((Line(),), 0, whole["step"] - 1, by_hand={9 + unit: 0.0})
        found = {**whole, "lines": lines, "step": whole["step"] - 1, ANSWER: "it stays closed"}
        assert TASKS["off"].fulfilled(found)
        said = written(TASKS["off"].understood, found)
        assert f"Without unit {unit + 1} only " in said
        right = int(said.split("only ")[1].split(" of ")[0])
        assert 150 <= right <= 220, said


def test_at_rate_3_all_four_units_die_and_at_a_smaller_one_every_row_becomes_right():
    asked = TASKS["dead"].asks(state("dead"))
    assert asked.answer == "they stay at 0"
    assert "4 of 4 answer 0 to every row" in asked.reason
    settings = state("rate")["with"]
    for rate, done in ((10.0, False), (3.0, False), (0.3, True), (0.05, True), (0.001, False)):
        found = end("rate", **{"with": settings.with_choices({"rate": rate})})
        assert TASKS["rate"].fulfilled(found) == done, rate
        assert not TASKS["rate"].fulfilled({**found, "step": 0})
