"""Questions to answer before the results of each experiment are shown."""

import numpy as np

from nnviz.chapters.generalization.distribution_shift import DistributionShift
from nnviz.chapters.generalization.early_stop import EarlyStop
from nnviz.chapters.generalization.words import size_named
from nnviz.text.digits import counted, digits, listed, percent, told_apart
from nnviz.text.question import Question
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results


def capacity_questions(measured: Results) -> tuple[Question, ...]:
    """Return the questions about growing networks.

    Raises ValueError if a run has not been made. `measured`: results of a study by capacity,
    with every run made.
    """
    if not measured.complete:
        raise ValueError("measured must hold every run of the study before it is asked about.")
    return (_largest(measured), *_best_size(measured))


def stopping_questions(learning: Learning, stop: EarlyStop, name: str) -> tuple[Question, ...]:
    """Return the questions about the losses of one run, and where it would have been stopped.

    `name`: that of its variant in the study by penalty.
    """
    options = (
        "in the first tenth", "later in the first half", "in the second half", "at the very end"
    )  # fmt: skip
    fraction = stop.lowest.epoch / max(1, learning.epochs)
    answer = options[sum((fraction > 0.1, fraction > 0.5, fraction == 1.0))]
    about = f"{name} {learning.plan!r} {learning.epochs}"
    kept, low, end = told_apart(
        stop.kept.test_loss, stop.lowest.test_loss, stop.end.test_loss, at_least=3
    )
    where = Question(
        f"This network learns for {learning.epochs} epochs ({name}). Where is its loss on the test "
        "rows at its lowest?",
        options,
        answer,
        f"It is lowest after epoch {stop.lowest.epoch}: {low}. At the end it is {end}, while the "
        f"training loss has come to {digits(stop.end.train_loss, 3)}.",
        f"where lowest {about}",
    )
    verdicts = ("yes, a lower test loss", "no, it would not")
    gain = Question(
        f"Stopped by a patience of {stop.patience} epochs, and taken back to its lowest test loss: "
        "would the network do better on the test rows than at the end?",
        verdicts,
        verdicts[0 if stop.kept.test_loss < stop.end.test_loss else 1],
        f"Kept from epoch {stop.kept.epoch} its test loss would be {kept}; at the end it is {end}.",
        f"stopped {stop.patience} {about}",
    )
    return where, gain


def shift_question(shift: DistributionShift, step: tuple[float, float]) -> Question:
    """Ask what becomes of the accuracy when the test rows move to another shift.

    `step`: the shift that is asked about.
    """
    options = ("more will be right", "as many will be right", "fewer will be right")
    now, then = shift.n_correct(), shift.n_correct(step)
    change = int(np.sign(then - now))
    place = listed(step, 3)
    return Question(
        f"Now {now} of {shift.n_rows} test rows are right. The world moves to ({place}) from home, "
        "and the network does not learn. What then?",
        options,
        options[1 - change],
        f"Then {then} of {shift.n_rows} test rows are right.",
        f"shift {shift.by} {step} {shift.plan!r}",
    )


def _largest(measured: Results) -> Question:
    right, made = measured.n_all_right()[-1], measured.study.n_repeats
    train, test = measured.band("train_error").median, measured.band("test_error").median
    # Fractions of rows: what rounding leaves of them decides nothing.
    gap = round(float(test[-1] - train[-1]), 9)
    options = (
        "2 rows in 100 at most, or fewer than of those",
        "more than 2, up to 10 rows in 100",
        "more than 10 rows in 100",
    )
    answer = options[(gap > 0.02) + (gap > 0.1)]
    wrong, wrong_test = percent(float(train[-1]), float(test[-1]), decimals=1)
    return Question(
        f"The largest network, {size_named(measured.study.names[-1])}, has learned its rows. How "
        "many more test rows than training rows does it get wrong?",
        options,
        answer,
        f"Medians of {counted(made, 'run')}: {wrong} of the training rows wrong, {wrong_test} of "
        f"the test rows. In {counted(right, 'run')} of {made} every training row is right.",
        f"largest {measured.study!r}",
    )


def _best_size(measured: Results) -> tuple[Question, ...]:
    test = measured.band("test_error").median
    shown = [0, 2, 4, len(test) - 1]
    lowest = min(float(test[i]) for i in shown)
    best = [i for i in shown if float(test[i]) == lowest]
    if len(best) > 1:
        return ()
    names = tuple(size_named(measured.study.names[i]) for i in shown)
    told = percent(*(float(test[i]) for i in shown), decimals=1)
    medians = ", ".join(f"{name}: {text}" for name, text in zip(names, told, strict=True))
    return (
        Question(
            "Which of these networks gets the fewest test rows wrong, by the median of its runs?",
            names,
            size_named(measured.study.names[best[0]]),
            f"The medians: {medians}.",
            f"best size {measured.study!r}",
        ),
    )
