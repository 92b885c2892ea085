"""Questions about the next update of a run."""

from nnviz.questions.question import Question
from nnviz.sentences.digits import digits, told_apart
from nnviz.training import Run


def next_update_questions(run: Run, step: int) -> tuple[Question, ...]:
    """Return what can be asked before the update that follows ``step``; none at the end."""
    if step >= run.last_step:
        return ()
    row = int(run.picks(step, step + 1)[0])
    before, after = run.row_errors_between(step, step + 1)
    old, new = run.parameters_between(step, step + 1)
    config = run.config
    x1, x2 = config.rows[row]
    about = f"{step} of {config!r}"
    weight = "weight x1 → unit 1" if config.hidden else "weight w1"
    named = f"row {row + 1}, [{x1:g}, {x2:g}] → {config.targets[row]}"
    return (
        _change(
            f"The next update uses {named}. What will happen to this row's own error?",
            float(before[row]),
            float(after[row]),
            f"error of row {row + 1}",
            f"own {about}",
        ),
        _change(
            f"The next update uses {named}. What will happen to the error of all rows together?",
            float(before.sum()),
            float(after.sum()),
            "cumulative error",
            f"all {about}",
        ),
        _change(
            f"The next update uses {named}. What will happen to {weight}?",
            float(old[0]),
            float(new[0]),
            weight,
            f"w1 {about}",
        ),
    )


def _change(prompt: str, before: float, after: float, what: str, about: str) -> Question:
    options = ("it falls", "it stays the same", "it rises")
    answer = options[1 if after == before else 2 if after > before else 0]
    old, new = told_apart(before, after)
    reason = (
        f"The {what} goes from {old} to {new}."
        if after != before
        else f"The {what} is {digits(before)} before and after."
    )
    return Question(prompt, options, answer, reason, about)
