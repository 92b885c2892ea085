"""The record of a training as a table: one line for each checkpoint."""

from collections.abc import Iterator

from nnviz.data.csv.file import table_csv
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
        A line of names, then one for each checkpoint: step, epochs finished, training loss,
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
    right = "accuracy" if history.segments[0].plan.sample.classes else "R squared"
    names = ["training loss", "test loss", f"training {right}", f"test {right}"]
    return table_csv(["step", "epoch", *names], _rows(history))


def _rows(history: Record) -> Iterator[list[float]]:
    for segment in history.segments:
        found = scores(segment.plan, segment.parameters)
        columns = (found.train_loss, found.test_loss, found.train_accuracy, found.test_accuracy)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        for step, line in zip(segment.recorded_steps.tolist(), numbers, strict=True):
            yield [step, segment.updates.epoch_at(step), *line]
