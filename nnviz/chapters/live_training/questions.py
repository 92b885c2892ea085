"""Questions about the next update of a run."""

from nnviz.chapters.live_training.row_gradients import RowUpdates, row_updates
from nnviz.chapters.live_training.words.gradients import row_told, the
from nnviz.text.digits import digits, told_apart
from nnviz.text.question import Question
from nnviz.training.parameter_names import parameter_names
from nnviz.training.record import Record


def next_update_questions(run: Record, step: int) -> tuple[Question, ...]:
    """Return what can be asked before the update that follows ``step``; none at the end."""
    if step >= run.last_step:
        return ()
    found, plan = row_updates(run, step), run.plan
    old, new = run.parameters_between(step, step + 1)
    row, about = found.row, f"{step} of {run.timeline!r}"
    weight, named = the(parameter_names(plan)[0]), row_told(row, plan)
    before, after = found.before, found.after
    asked = (
        ("own", "this row's own error", before[row], after[row], f"error of row {row + 1}"),
        ("all", "the error of all rows together", before.sum(), after.sum(), "cumulative error"),
        ("w1", weight, old[0], new[0], weight.removeprefix("the ")),
    )
    questions = tuple(
        _change(
            f"The next update uses {named}. What will happen to {what}?",
            float(a), float(b), called, f"{key} {about}",
        )
        for key, what, a, b, called in asked
    )  # fmt: skip
    n_others = plan.sample.n_rows - 1
    return (*questions, _losers(found, named, f"lost {about}")) if n_others else questions


def _losers(found: RowUpdates, named: str, about: str) -> Question:
    """Ask how many of the other rows will pay."""
    n, lost = len(found.before) - 1, len(found.lost)
    asked = f"Of how many of the {n} other rows will the error rise?"
    options: tuple[str, ...] = ("of none", "of up to half", "of more than half")
    answer = options[0 if lost == 0 else 1 if 2 * lost <= n else 2]
    if n == 1:
        asked = "Will the error of the other row rise?"
        options, answer = ("no", "yes"), "yes" if lost else "no"
    most = found.paid_most
    if most is None:
        reason = "The error of no other row rises."
    else:
        old, new = told_apart(float(found.before[most]), float(found.after[most]))
        rows = "1 other row rises" if lost == 1 else f"{lost} other rows rises"
        reason = f"The error of {rows}; that of row {most + 1} most, from {old} to {new}."
    return Question(f"The next update uses {named}. {asked}", options, answer, reason, about)


def _change(prompt: str, before: float, after: float, what: str, about: str) -> Question:
    options = ("it falls", "it stays the same", "it rises")
    answer = options[1 if after == before else 2 if after > before else 0]
    old, new = told_apart(before, after)
    reason = f"The {what} goes from {old} to {new}."
    if after == before:
        reason = f"The {what} is {digits(before)} before and after."
    return Question(prompt, options, answer, reason, about)
