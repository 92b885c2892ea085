"""The worksheet of Generalization: rows held out, when to stop, and a world that moves."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write

_EVERY = 10
"""Epochs between the losses of the table."""


ON_PAPER: Final = MappingProxyType(
    {
        "stop": (
            "When should this training have stopped? Mark the place in the picture, and "
            "read its epoch.",
            "Where the curve of the test rows is lowest.",
        ),
        "move": (
            "Now the world changes: all test rows move together. Mark a place for their "
            "middle where hardly more than half of them will be right.",
            "Where about half of them lie on the ground of the other color.",
        ),
        "retrain": (
            "The world has changed, and the network has not. What would help it?",
            "To train it again, on rows from the world as it is now.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _stopping(draws)), clear(lambda: _counting(draws))


def _stopping(draws: Draws) -> Part:
    n = 8
    low = draws.whole(2, 5)
    train = np.round(0.7 * np.array([0.8, 0.75, 0.7][draws.whole(0, 2)]) ** np.arange(n), 2)
    rise = draws.on_grid(0.02, 0.05, 0.01)
    fall = draws.on_grid(0.05, 0.08, 0.01)
    away = np.arange(n) - low
    noise = np.array([draws.on_grid(0, 0.01, 0.01) for _ in range(n)])
    test = np.round(0.35 + np.where(away < 0, -fall * away, rise * away) + noise, 2)
    lowest = int(test.argmin())
    if (test == test[lowest]).sum() > 1 or len(set(train)) < n or (test <= train).any():
        raise UnclearError("two losses are the same.")
    waits = 2
    stop = next(i for i in range(n) if i - int(test[: i + 1].argmin()) >= waits)
    epochs = [_EVERY * i for i in range(n)]
    gap = float(test[-1] - train[-1])
    better = ("on the test rows", "on the training rows", "on both", "on neither")
    return Part(
        "Another network is trained, and the loss is measured every 10 epochs, on the training "
        "rows and on test rows that it does not learn from.",
        (
            to_write(
                "After which epoch is the test loss lowest?",
                epochs[lowest],
                f"There it is {digits(float(test[lowest]))}.",
            ),
            to_write(
                f"A rule stops the training as soon as {waits} measurements in a row have brought "
                "no new lowest test loss. After which epoch does it stop?",
                epochs[stop],
                f"The lowest so far is that of epoch {epochs[stop - waits]}, "
                f"{digits(float(test[stop - waits]))}; the {waits} after it are not lower.",
            ),
            to_write(
                "How much larger is the test loss than the training loss after epoch "
                f"{epochs[-1]}?",
                gap,
                f"{digits(float(test[-1]))} − {digits(float(train[-1]))} = {digits(gap)}.",
            ),
            Exercise(
                f"From epoch {epochs[lowest]} to epoch {epochs[-1]}, where does the network get "
                "better?",
                better[1],
                f"The training loss goes from {digits(float(train[lowest]))} to "
                f"{digits(float(train[-1]))}, the test loss from {digits(float(test[lowest]))} to "
                f"{digits(float(test[-1]))}. That is called overfitting.",
                draws.some_of(better, len(better)),
            ),
        ),
        (
            ("epoch", *map(str, epochs)),
            ("training loss", *(digits(float(each)) for each in train)),
            ("test loss", *(digits(float(each)) for each in test)),
        ),
    )


def _counting(draws: Draws) -> Part:
    n_rows, percent_out = draws.whole(4, 20) * 20, draws.one_of((10, 20, 25, 30, 40))
    n_test = draws.one_of((20, 25, 40, 50))
    home, moved = draws.whole(n_test * 3 // 4, n_test - 1), draws.whole(n_test // 3, n_test // 2)
    train_right, all_rows = draws.whole(36, 40), 40
    test_right = draws.whole(24, 34)
    gap = 100 * (train_right - test_right) / all_rows
    why = ("the rows have moved, the network has not", "it has been trained too long", "bad luck")
    n_held = n_rows * percent_out / 100
    lines = ("how well it learned those rows by heart", "how it will do with new rows")
    return Part(
        "Counting right answers:",
        (
            to_write(
                f"Of {n_rows} rows {percent_out}% are held out for the test. How many rows are "
                "left to learn from?",
                n_rows - n_held,
                f"{n_rows} − {digits(n_held)} = {digits(n_rows - n_held)}.",
            ),
            to_write(
                f"A network gets {train_right} of {all_rows} training rows right and "
                f"{test_right} of "
                f"{all_rows} test rows. By how many percent points is it better on the training "
                "rows?",
                gap,
                f"{digits(100 * train_right / all_rows)}% − "
                f"{digits(100 * test_right / all_rows)}% = "
                f"{digits(gap)}.",
            ),
            Exercise(
                "Which does the second number, that of the test rows, tell?",
                lines[1],
                "The network has never seen the test rows, as it will not have seen new ones.",
                draws.some_of(lines, len(lines)),
            ),
            to_write(
                f"Of {n_test} test rows {home} were right. Then the world changes: all rows lie "
                f"elsewhere now, and {moved} are right. How many percent are right now?",
                100 * moved / n_test,
                f"{moved} / {n_test} = {digits(moved / n_test)}.",
            ),
            Exercise(
                "Why is the network worse after the world has changed?",
                why[0],
                "Its weights are those that fitted the rows before. Training it again would help.",
                draws.some_of(why, len(why)),
            ),
        ),
    )
