"""The training of ten digits as a script or notebook that needs NumPy alone and holds the pictures.

It prints what the page shows: pictures right, the probabilities of a drawing, what is taken for
what, and the accuracy of each digit without a unit.
"""

from collections.abc import Iterator

from nnviz.chapters.pictures_to_numbers.drawing import Drawing
from nnviz.chapters.pictures_to_numbers.script import drawing_code
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, UPDATES, TenRun
from nnviz.chapters.pictures_to_numbers.ten.words import shape
from nnviz.data.digits import INK, digit_part
from nnviz.nn.checks import integer
from nnviz.text.script import Part, Program
from nnviz.training.export.script import parts
from nnviz.training.timeline import Timeline


def ten_program(run: TenRun, step: int, drawing: Drawing, off: int | None = None) -> Program:
    """Return a program that trains up to a step and prints what the page then shows."""
    title = (
        f"Trains a {shape(run.config)} network on {run.config.n_train} handwritten digits with "
        f"{step} updates."
    )
    step = integer(step, "step", 0, run.last_step)
    return Program(title, tuple(_parts(run, step, drawing, off)))


def _parts(run: TenRun, step: int, drawing: Drawing, off: int | None) -> Iterator[Part]:
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
    yield Part(
        "The probability of each digit for a drawing.",
        f"""\
drawing = {drawing_code(drawing)}
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
    yield Part(
        "The mistakes, those that it is surest of first: where the picture stands in the file, "
        "what it shows, what is said, and with which probability.",
        """\
found, places = said(test_inputs), np.flatnonzero(test) + 1
chance, wrong = found.max(axis=1), np.flatnonzero(~right)
for row in wrong[np.argsort(-chance[wrong], kind="stable")].tolist():
    what = found[row].argmax()
    print("picture", places[row], "is", y_test[row], "said", what, chance[row])
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
