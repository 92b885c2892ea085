"""The record of a deeper network's training as a table: one line for each recorded moment."""

import csv
from io import StringIO

from nnviz.nn.checks import instance
from nnviz.training.record import Record
from nnviz.training.scores import scores


def record_csv(history: Record) -> str:
    """Return losses and accuracies of a training as comma-separated values.

    Parameters
    ----------
    history : Record

    Returns
    -------
    str
        A line of names, then one for each recorded moment: step, epochs finished, training loss,
        test loss, training accuracy, test accuracy; of a regression R squared instead. Where there
        are no test rows, or the numbers are beyond float64, the cell is empty. A step at which
        something was changed has two lines: what was there before, and what is there then. A
        number has as many digits as it takes to read the same float64 back.

    Raises
    ------
    TypeError
        If `history` is no Record.
    """
    instance(history, "history", Record)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    right = "accuracy" if history.segments[0].plan.sample.classes else "R squared"
    names = ["training loss", "test loss", f"training {right}", f"test {right}"]
    writer.writerow(["step", "epoch", *names])
    for stretch in history.segments:
        found = scores(stretch.plan, stretch.parameters)
        columns = (found.train_loss, found.test_loss, found.train_accuracy, found.test_accuracy)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        for step, line in zip(stretch.recorded_steps.tolist(), numbers, strict=True):
            # csv writes a float by its repr, the shortest text that stands for no other float64.
            cells = [value if abs(value) < float("inf") else "" for value in line]
            writer.writerow([step, stretch.updates.epoch_at(step), *cells])
    return text.getvalue()
