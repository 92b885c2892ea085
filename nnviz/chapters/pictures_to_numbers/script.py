"""What the page computes, as scripts and notebooks that hold their pictures and need NumPy."""

from collections.abc import Iterator

from nnviz.chapters.pictures_to_numbers.drawing import SIDE, Drawing
from nnviz.chapters.pictures_to_numbers.two_digits import RATE, STREAM, TWO, NeuronRun
from nnviz.data.digits import digit_part
from nnviz.nn.checks import integer
from nnviz.text.script import Part, notebook, program
from nnviz.training.export.pieces import SHUFFLED, stream_code


def neuron_script(run: NeuronRun, step: int, drawing: Drawing) -> str:
    """Return a script that trains up to a step and prints what is then said of a drawing."""
    return program(_title(run, step), neuron_parts(run, step, drawing))


def neuron_notebook(run: NeuronRun, step: int, drawing: Drawing) -> str:
    """Return the same as a notebook."""
    return notebook(_title(run, step), neuron_parts(run, step, drawing))


def _title(run: NeuronRun, step: int) -> str:
    return (
        f"Trains one neuron to tell 3 from 8, with {step} updates from {len(run.train)} pictures."
    )


def neuron_parts(run: NeuronRun, step: int, drawing: Drawing) -> tuple[Part, ...]:
    """Return the parts of that script in order."""
    step = integer(step, "step", 0, run.last_step)
    return tuple(_parts(run, step, drawing))


def _parts(run: NeuronRun, step: int, drawing: Drawing) -> Iterator[Part]:
    n, seed = len(run.train), run.config.seed
    yield Part("", "import numpy as np\n")
    yield digit_part(TWO)
    yield Part(
        f"Threes and eights in an order by chance: the first {n} are learned from, all others held "
        "out. The target of an 8 is 1.",
        f"both = np.flatnonzero(np.isin(labels, {list(TWO)}))\n"
        f"rng = {stream_code(STREAM, seed)}\n"
        "both = rng.permutation(both)\n"
        f"train, held_out = both[:{n}], both[{n}:]\n"
        "inks = pictures.astype(float)\n"
        f"targets = (labels == {TWO[1]}).astype(float)\n",
    )
    yield Part("The order in which the pictures come in an epoch.", SHUFFLED)
    yield Part(
        "One neuron: each ink times its weight, added up, squeezed. Every update is made from one "
        "picture.",
        f"""\
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


weights, bias = np.zeros({SIDE * SIDE}), 0.0
for update in range({step}):
    epoch, place = divmod(update, len(train))
    if place == 0:
        order = shuffled(len(train), {seed}, epoch)
    row = train[order[place]]
    prediction = sigmoid(inks[row] @ weights + bias)
    slope = 2 * (prediction - targets[row]) * prediction * (1 - prediction)
    weights -= {RATE} * slope * inks[row]
    bias -= {RATE} * slope
""",
    )
    lines = "\n".join(f"    {list(drawing[k : k + SIDE])}," for k in range(0, len(drawing), SIDE))
    yield Part(
        "What it says of a drawing.",
        f"""\
drawing = np.array([
{lines}
])
products = drawing.ravel() * weights
z = products.sum() + bias
print("ink x weight:")
print(products.reshape({SIDE}, {SIDE}).round(3))
print("bias", bias)
print("sum", z)
print("squeezed", sigmoid(z))
right = np.where(targets[held_out] == 1, 1, -1) * (inks[held_out] @ weights + bias) > 0
print("held out:", right.sum(), "of", len(held_out), "right")
""",
    )
