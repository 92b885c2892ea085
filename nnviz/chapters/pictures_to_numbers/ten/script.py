"""The training of ten digits as a script or notebook that needs NumPy alone and holds the pictures.

It prints what the page shows: pictures right, the probabilities of a drawing, what is taken for
what, and the accuracy of each digit without a unit.
"""

from collections.abc import Iterator

from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, UPDATES, TenRun
from nnviz.chapters.pictures_to_numbers.ten.words import shape
from nnviz.data.digits import INK, SIDE, digit_part
from nnviz.nn.checks import integer
from nnviz.text.script import Part, notebook, program
from nnviz.training.export.script import parts
from nnviz.training.timeline import Timeline


def ten_script(run: TenRun, step: int, drawing: tuple[int, ...], off: int | None = None) -> str:
    """Return a script that trains up to a step and prints what the page then shows."""
    return program(_title(run, step), _parts(run, step, drawing, off))


def ten_notebook(run: TenRun, step: int, drawing: tuple[int, ...], off: int | None = None) -> str:
    """Return the same as a notebook."""
    return notebook(_title(run, step), _parts(run, step, drawing, off))


def _title(run: TenRun, step: int) -> str:
    return (
        f"Trains a {shape(run.config)} network on {run.config.n_train} handwritten digits with "
        f"{step} updates."
    )


def _parts(run: TenRun, step: int, drawing: tuple[int, ...], off: int | None) -> Iterator[Part]:
    step = integer(step, "step", 0, run.last_step)
    # Without the last two parts, which would print the losses and every parameter.
    yield from parts(Timeline.of(run.plan, UPDATES), step, digit_part())[:-2]
    yield Part(
        "How many of the pictures that were held out are right.",
        """\
def said(inputs):
    return forward(inputs)[1][-1]


y_test = y[test]
right = said(test_inputs).argmax(axis=1) == y_test
print("held out:", right.sum(), "of", len(y_test), "right")
""",
    )
    lines = "\n".join(f"    {list(drawing[k : k + SIDE])}," for k in range(0, len(drawing), SIDE))
    yield Part(
        "The probability of each digit for a drawing.",
        f"""\
drawing = np.array([
{lines}
])
for digit, probability in enumerate(said(drawing.reshape(1, -1) / {INK})[0].tolist()):
    print(digit, "probability", probability)
""",
    )
    yield Part(
        "What is taken for what: a row for each digit, a column for what is said.",
        f"""\
confusion = np.zeros(({KINDS}, {KINDS}), dtype=int)
np.add.at(confusion, (y_test, said(test_inputs).argmax(axis=1)), 1)
print(confusion)
""",
    )
    if off is not None:
        yield Part(
            f"The same without unit {off + 1}, whose output is 0 then: pictures that are right, "
            "digit by digit.",
            f"""\
hidden = forward(test_inputs)[1][1]
hidden[:, {off}] = 0
without = (hidden @ weights[1] + biases[1]).argmax(axis=1) == y_test
for digit in range({KINDS}):
    own = y_test == digit
    print(digit, "with:", right[own].sum(), "without:", without[own].sum(), "of", own.sum())
""",
        )
