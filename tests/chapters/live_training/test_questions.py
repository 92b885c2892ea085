"""The questions about the next update, answered a second time by making that update."""

import re

import numpy as np
import pytest

from nnviz.chapters.live_training.questions import next_update_questions
from nnviz.nn.trace import trace_update
from tests.reading import read
from tests.runs import run_of

MODELS = [
    {},
    {"features": ("sin x1",)},
    {"hidden": ((4, "tanh"),), "standardise": True},
    {"learning_rate": 0.1, "rate_changes": ((100, 0.5),)},
]


def train(**choices):
    return run_of(**{"steps": 1_000, **choices})


def errors(network, plan):
    return np.square(network.predict(plan.train_inputs)[:, 0] - plan.sample.y)


def way(before, after):
    return ("it falls", "it stays the same", "it rises")[1 + (after > before) - (after < before)]


def from_to(reason):
    """Return the two numbers of a reason, which may be the same."""
    same = re.search(r" is (\S+) before and after\.$", reason)
    numbers = 2 * same.groups() if same else re.search(r" from (.+) to (.+)\.$", reason).groups()
    return [float(read(number)) for number in numbers]


@pytest.mark.parametrize("choices", MODELS, ids=repr)
@pytest.mark.parametrize("step", [0, 1, 99, 100, 555, 999])
def test_the_answers_are_what_one_update_does(choices, step):
    run = train(**choices)
    plan, row = run.plan, int(run.picks(step, step + 1)[0])
    # The update is made again by the trace, which does not know of runs.
    before = run.network_at(step)
    trace = trace_update(
        before,
        plan.train_inputs[row],
        plan.sample.y[row],
        learning_rate=run.learning_rate_at(step),
    )
    old, new = errors(before, plan), errors(trace.updated, plan)
    truth = [
        (old[row], new[row]),
        (old.sum(), new.sum()),
        (before.parameters()[0], trace.updated.parameters()[0]),
    ]
    *questions, losers = next_update_questions(run, step)
    lost = int(sum(new[i] > old[i] for i in range(8) if i != row))
    options = ("of none", "of up to half", "of more than half")
    assert losers.answer == options[int(lost > 0) + int(lost > 3)]
    if lost:
        most = max((i for i in range(8) if i != row), key=lambda i: new[i] - old[i])
        told = re.match(
            r"The error of (\d) other rows? rises; that of row (\d) most,", losers.reason
        )
        assert (int(told[1]), int(told[2])) == (lost, most + 1)
        assert from_to(losers.reason) == pytest.approx((old[most], new[most]), rel=1e-3)
    assert [question.answer for question in questions] == [way(*pair) for pair in truth]
    for question, pair in zip(questions, truth, strict=True):
        assert from_to(question.reason) == pytest.approx(pair, rel=1e-3)
        assert (len(set(from_to(question.reason))) == 1) == (pair[0] == pair[1])
        x1, x2 = plan.sample.X[row]
        assert question.prompt.startswith(
            f"The next update uses row {row + 1}, [{x1:g}, {x2:g}] → {int(plan.sample.y[row])}."
        )


def test_the_weight_is_called_what_the_picture_calls_it():
    for choices, name in (({}, "weight of x1"), ({"hidden": ((2, "tanh"),)}, "weight x1 → unit 1")):
        question = next_update_questions(train(**choices), 0)[2]
        assert question.prompt.endswith(f"What will happen to the {name}?")
        assert question.reason.startswith(f"The {name} goes from")


def test_a_weight_on_an_input_of_zero_stays_the_same():
    # Standardised, x1 of row 4 is the mean, and that row is the second to be used.
    run = train(hidden=((4, "tanh"),), standardise=True)
    assert run.plan.train_inputs[run.picks(1, 2)[0], 0] == 0
    assert next_update_questions(run, 1)[2].answer == "it stays the same"


def test_the_answers_are_not_always_the_same():
    run = train(learning_rate=1.0)
    answers = {
        (i, question.answer)
        for step in range(60)
        for i, question in enumerate(next_update_questions(run, step))
    }
    # A row's own error falls, all others may pay for it.
    assert {(1, "it falls"), (1, "it rises"), (2, "it falls"), (2, "it rises")} <= answers
    assert (0, "it rises") not in answers


def test_what_does_not_change_is_not_said_to():
    *questions, losers = next_update_questions(train(learning_rate=0.0), 5)
    assert (losers.answer, losers.reason) == ("of none", "The error of no other row rises.")
    for question in questions:
        assert question.answer == "it stays the same"
        assert re.search(r" is (\S+) before and after\.$", question.reason)


def test_a_small_change_is_told_with_enough_digits():
    run = train(learning_rate=1e-12)
    question = next_update_questions(run, 3)[2]
    assert question.answer != "it stays the same"
    old, new = from_to(question.reason)
    assert old != new
    assert (old < new) == (question.answer == "it rises")


@pytest.mark.parametrize("steps", [1, 50])
def test_there_is_no_question_at_the_end(steps):
    run = train(steps=steps)
    assert next_update_questions(run, steps - 1)
    assert next_update_questions(run, steps) == ()
    assert next_update_questions(run, steps + 1) == ()


def test_there_is_no_question_where_a_run_diverged():
    run = train(output="linear", learning_rate=1.0)
    assert run.diverged_at == run.last_step + 1
    assert next_update_questions(run, run.last_step) == ()
    assert len(next_update_questions(run, run.last_step - 1)) == 4


def test_each_state_has_its_own_questions():
    about = {
        question.about
        for run in (train(), train(seed=1), train(learning_rate=0.2), train(hidden=((2, "relu"),)))
        for step in (0, 1, 2)
        for question in next_update_questions(run, step)
    }
    assert len(about) == 4 * 3 * 4
    again = [question.about for question in next_update_questions(train(), 0)]
    assert set(again) <= about


def test_with_two_rows_the_other_one_is_asked_about_and_with_one_none():
    rows, targets = ((1.0, 0.0), (1.0, 0.5)), (1, 0)
    one = run_of(rows=rows[:1], targets=targets[:1], steps=5)
    assert len(next_update_questions(one, 0)) == 3
    run = run_of(rows=rows, targets=targets, steps=40)
    answers = set()
    for step in range(40):
        question = next_update_questions(run, step)[3]
        assert question.prompt.endswith("Will the error of the other row rise?")
        other = 1 - run.picks(step, step + 1)[0]
        before, after = run.row_errors_between(step, step + 1)[:, other]
        assert question.answer == ("yes" if after > before else "no")
        answers.add(question.answer)
    assert answers == {"yes"}
    same = run_of(rows=rows, targets=(1, 1), steps=5)
    assert next_update_questions(same, 0)[3].answer == "no"


def test_a_branch_is_asked_about_from_where_it_begins():
    whole = train()
    begin = (400, whole.parameters_at(400).tolist())
    branch = train(begin=begin)
    for step in (400, 999):
        asked, asked_before = (next_update_questions(run, step) for run in (branch, whole))
        assert [q.reason for q in asked] == [q.reason for q in asked_before]
