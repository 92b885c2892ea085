"""What the page computes, as programs that hold their pictures and need NumPy."""

from collections.abc import Iterator

from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, SIDE, Drawing
from nnviz.chapters.pictures_to_numbers.two_digits import RATE, STREAM, TWO, NeuronRun
from nnviz.data.digits import digit_part
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import integer
from nnviz.nn.source_code import source_code
from nnviz.text.script import Part, Program, lines
from nnviz.training.export.pieces import SHUFFLED, stream_code


def neuron_program(run: NeuronRun, step: int, drawing: Drawing) -> Program:
    """Return a program that trains up to a step and prints what is then said of a drawing."""
    title = (
        f"Trains one neuron to tell 3 from 8, with {step} updates from {len(run.train)} pictures."
    )
    return Program(title, tuple(_parts(run, integer(step, "step", 0, run.last_step), drawing)))


def _parts(run: NeuronRun, step: int, drawing: Drawing) -> Iterator[Part]:
    n, seed = len(run.train), run.config.seed
    yield Part("", "from math import exp\n\nimport numpy as np\n")
    yield digit_part(TWO)
    yield Part(
        f"Threes and eights in an order by chance: the first {n} are learned from, all others held "
        "out. The target of an 8 is 1.",
        f"both = np.flatnonzero(np.isin(labels, {list(TWO)}))\n"
        f"rng = {stream_code(STREAM, seed)}\n"
        "both = rng.permutation(both)\n"
        f"train, held_out = both[:{n}], both[{n}:]\n"
        "inks = pictures.astype(float)\n"
        f"targets = (labels == {TWO[1]}).astype(float).tolist()\n",
    )
    yield Part("The order in which the pictures come in an epoch.", SHUFFLED)
    words = "What the neuron makes of its sum z, and the slope of that."
    yield Part(words, source_code(ACTIVATIONS["sigmoid"].scalar, "sigmoid_and_slope"))
    yield Part(
        "One neuron: each ink times its weight, added up from the first square to the last, and "
        "the bias. Every update is made from one picture.",
        f"""\
def weighted_sum(x, weights, bias):
    z = 0.0
    for ink, weight in zip(x, weights):
        z = z + weight * ink
    return z + bias


weights, bias = [0.0] * {N_PIXELS}, 0.0
for update in range({step}):
    epoch, place = divmod(update, len(train))
    if place == 0:
        order = shuffled(len(train), {seed}, epoch)
    row = train[order[place]]
    x = inks[row].tolist()
    prediction, slope = sigmoid_and_slope(weighted_sum(x, weights, bias))
    change = {RATE} * (2 * (prediction - targets[row]) * slope)
    weights = [weight - change * ink for weight, ink in zip(weights, x)]
    bias = bias - change
""",
    )
    yield Part(
        "What it says of a drawing.",
        f"""\
drawing = {drawing_code(drawing)}
products = drawing.ravel() * weights
z = weighted_sum(drawing.ravel().tolist(), weights, bias)
print("ink x weight:")
print(products.reshape({SIDE}, {SIDE}).round(3))
print("bias", float(bias))
print("sum", float(z))
print("squeezed", float(sigmoid_and_slope(z)[0]))
right = np.where(labels[held_out] == 8, 1, -1) * (inks[held_out] @ weights + bias) > 0
print("held out:", right.sum(), "of", len(held_out), "right")
""",
    )


def drawing_code(drawing: Drawing) -> str:
    """Return the expression of a drawing as an array of 8 x 8 inks."""
    return f"np.array({lines(list(drawing[k : k + SIDE]) for k in range(0, N_PIXELS, SIDE))})"
