"""The filter, its map and what a shift leaves, as programs that need NumPy alone."""

from collections.abc import Iterator
from textwrap import indent

from nnviz.chapters.pictures_to_numbers.convolution import network
from nnviz.chapters.pictures_to_numbers.convolution.network import FilterConfig
from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, SIDE, Drawing
from nnviz.chapters.pictures_to_numbers.script import neuron_program
from nnviz.chapters.pictures_to_numbers.two_digits import TWO, NeuronRun
from nnviz.nn.convolution import windows
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.source_code import source_code
from nnviz.text.script import Part, Program, literal
from nnviz.training.export.pieces import stream_code

_TITLE = "A filter slides over a drawing: its nine products, its map, and what a shift leaves."


def filter_program(run: NeuronRun, config: FilterConfig, drawing: Drawing, at: int) -> Program:
    """Return a program that prints what the page shows of a filter and of the 64 weights."""
    return Program(_TITLE, tuple(_parts(run, config, drawing, at)))


def _parts(run: NeuronRun, config: FilterConfig, drawing: Drawing, at: int) -> Iterator[Part]:
    yield from neuron_program(run, run.last_step, drawing).parts
    yield Part(
        "What a filter reads at every place: nine numbers, 0 beyond the edge.",
        source_code(windows, "windows")
        + f"""

def squeezed(z):
    return 1 / (1 + np.exp(-z))


def read(pictures):
    return windows(pictures.reshape(-1, {SIDE}, {SIDE}), {network.REACH})
""",
    )
    yield Part(
        "The network: nine products and a bias added up, 0 for what is negative, the mean of the "
        "map, and one neuron.",
        f"""\
def take_apart(p, n):
    ends = np.cumsum([{network.N_WEIGHTS} * n, n, n])
    filters, biases, weights, bias = np.split(p, ends)
    return filters.reshape(n, {network.N_WEIGHTS}), biases, weights, bias[0]


def forward(p, n, seen):
    filters, biases, weights, bias = take_apart(p, n)
    sums = filters @ seen.reshape({network.N_WEIGHTS}, -1)
    sums = sums.reshape(n, *seen.shape[1:]) + biases[:, None, None, None]
    means = np.maximum(sums, 0).mean(axis=(2, 3))
    return sums, means, weights @ means + bias
""",
    )
    yield Part(
        "Descend: Adam, each update from all pictures that are learned from.",
        f"""\
def descend(p, slope):
    rate, m = {network.RATE}, np.zeros((2, len(p)))
    for t in range(1, {network.UPDATES} + 1):
        g = slope(p)
{indent(OPTIMIZERS[network.OPTIMIZER].numpy, " " * 8)}\
    return p


seen, wanted = read(inks[train]) / {MOST_INK}, (labels[train] == {TWO[1]}).astype(float)
""",
    )
    yield from _drawn(config.by_hand) if config.by_hand else _learned(config)
    row, column = divmod(at, SIDE)
    yield Part(
        f"The window at row {row + 1}, column {column + 1}, the map, and what is said.",
        f"""\
sums, means, z = forward(p, n, read(drawing.astype(float)))
under = read(drawing.astype(float))[:, 0, {row}, {column}].reshape(3, 3)
filter = take_apart(p, n)[0][0].reshape(3, 3)
print("ink x weight:")
print((under * filter).round(3))
print("added up, with the bias:", sums[0, 0, {row}, {column}])
print("map:")
print(np.maximum(sums[0, 0], 0).round(3))
print("mean of the map", means[0, 0])
print("filter squeezed", squeezed(z[0]))
""",
    )
    yield Part(
        "All held-out pictures, where they are and one column further right.",
        f"""\
def moved(pictures):
    grids = np.roll(pictures.reshape(-1, {SIDE}, {SIDE}), 1, axis=2)
    grids[:, :, 0] = 0
    return grids.reshape(len(grids), -1)


signs = np.where(labels[held_out] == {TWO[1]}, 1, -1)
for name, shown in (("straight", inks[held_out]), ("shifted", moved(inks[held_out]))):
    by_weights = (signs * (shown @ np.array(weights) + bias) > 0).mean()
    by_filter = (signs * forward(p, n, read(shown))[2] > 0).mean()
    print(name, "64 weights", by_weights, "filter", by_filter)
""",
    )


def _drawn(cells: tuple[float, ...]) -> Iterator[Part]:
    yield Part(
        "The filter was drawn by hand: only the neuron learns, from the mean of its map.",
        f"""\
n, cells = 1, {literal(list(cells))}
means = forward(np.array(cells + [0.0, 0.0, 0.0]), n, seen)[1][0]
middle, size = means.mean(), means.std() or 1.0
scaled = (means - middle) / size


def slope(p):
    miss = (squeezed(p[0] * scaled + p[1]) - wanted) / len(wanted)
    return np.array([scaled @ miss, miss.sum()])


w, b = descend(np.zeros(2), slope)
p = np.array([*cells, 0.0, w / size / {MOST_INK}, b - w * middle / size])
""",
    )


def _learned(config: FilterConfig) -> Iterator[Part]:
    n, n_own = config.n_filters, network.N_WEIGHTS * config.n_filters
    tries = "".join(
        f"    ({sign!r}, {stream_code(name, config.seed)}),\n"
        for sign, name in network.STREAMS.items()
    )
    yield Part(
        "The filter learns, from two starts; the one with the smaller error is kept. One seeks "
        "what an 8 has, the other what a 3 has.",
        f"""\
n = {n}


def slope(p):
    sums, means, z = forward(p, n, seen)
    miss = (squeezed(z) - wanted) / len(wanted)
    weights = take_apart(p, n)[2]
    by_sums = (weights[:, None] * miss / {SIDE * SIDE})[:, :, None, None] * (sums > 0)
    flat = by_sums.reshape(n, -1)
    by_filters = flat @ seen.reshape({network.N_WEIGHTS}, -1).T
    return np.concatenate([by_filters.ravel(), flat.sum(axis=1), means @ miss, [miss.sum()]])


ended = []
for sign, rng in (
{tries}):
    filters = 0.5 * rng.standard_normal((n, {network.N_WEIGHTS}))
    filters -= filters.mean(axis=1, keepdims=True)
    start = [filters.ravel(), np.zeros(n), sign * (-1.0) ** np.arange(n), [0.0]]
    p = descend(np.concatenate(start), slope)
    z_seen = forward(p, n, seen)[2]
    ended.append((np.mean(np.logaddexp(0, z_seen) - wanted * z_seen), p))
p = min(ended, key=lambda each: each[0])[1]
p[:{n_own}] /= {MOST_INK}
print("filter:")
print(p[:{network.N_WEIGHTS}].reshape(3, 3).round(4))
""",
    )
