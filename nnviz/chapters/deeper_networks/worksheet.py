"""The worksheet of Deeper networks: parameters, hidden units, epochs and gradients."""

from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.draws import Draws
from nnviz.nn.network import Layer, Network
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write
from nnviz.walkthrough.words.workings import factor

ON_PAPER: Final = MappingProxyType(
    {
        "ring": (
            "One unit draws one soft edge. Draw as few straight lines as possible that "
            "enclose the inner rows. How many hidden units are that?",
            "3: two straight lines enclose nothing.",
        ),
        "rate": (
            "At rate 3 the last four units were thrown to where they answer 0 and learn no "
            "more. Would you try a smaller or a larger rate? Say why.",
            "A smaller one: its steps do not throw the units so far.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return (
        clear(lambda: _size(draws)),
        clear(lambda: _hidden(draws)),
        clear(lambda: _training(draws)),
    )


def _size(draws: Draws) -> Part:
    sizes = (draws.whole(2, 4), draws.whole(3, 8), draws.whole(2, 5), 1)
    layers = tuple(Layer(np.ones((n, m)), np.zeros(m), "tanh") for n, m in pairwise(sizes))
    network = Network(layers)
    n_biases = sum(sizes[1:])
    products = " + ".join(f"{n} × {m}" for n, m in pairwise(sizes))
    n_weights = network.n_parameters - n_biases
    return Part(
        f"A network has {sizes[0]} inputs, hidden layers of {sizes[1]} and {sizes[2]} units, and 1 "
        "output. Every unit is joined to all of the layer before it, and has a bias.",
        (
            to_write("How many biases does it have?", n_biases,
                     f"{sizes[1]} + {sizes[2]} + {sizes[3]} = {n_biases}."),
            to_write("How many weights?", n_weights, f"{products} = {n_weights}."),
        ),
    )  # fmt: skip


def _hidden(draws: Draws) -> Part:
    W, b = ([[draws.whole(-3, 3) for _ in range(2)] for _ in range(n)] for n in (2, 1))
    v, c = [draws.whole(-3, 3) for _ in range(2)], draws.whole(-2, 2)
    x = [draws.whole(1, 3) for _ in range(2)]
    hidden = Layer(np.array(W, dtype=float), np.array(b[0], dtype=float), "relu")
    output = Layer(np.array(v, dtype=float)[:, None], np.array([c], dtype=float), "linear")
    forward = Network((hidden, output)).forward([x])
    z, h = (values[0].tolist() for values in (forward.pre_activations[0], forward.activations[1]))
    out = float(forward.activations[-1][0, 0])
    if 0 in (*W[0], *W[1], *v, c) or min(z) >= 0 or max(z) <= 0 or 0 in z:
        raise UnclearError("one of the two units should be silent.")
    on = int(z[1] > 0)
    words = ("stay the same", "rise", "fall")
    return Part(
        f"A network with two inputs, x1 = {x[0]} and x2 = {x[1]}, and two hidden units. A relu "
        "leaves a sum above 0 as it is and makes 0 of one below 0.",
        (
            *(
                to_write(
                    f"What does hidden unit {j + 1} give?",
                    h[j],
                    f"Its sum is {x[0]} × {factor(W[0][j])} + {x[1]} × {factor(W[1][j])} + "
                    f"{factor(b[0][j])} = {digits(z[j])}"
                    f"{'.' if z[j] > 0 else ', and relu makes 0 of it.'}",
                )
                for j in range(2)
            ),
            to_write(
                f"The output adds {digits(v[0])} × unit 1 + {factor(v[1])} × unit 2 + {factor(c)}. "
                "What does it give?",
                out,
                f"{digits(v[0])} × {digits(h[0])} + {factor(v[1])} × {digits(h[1])} + {factor(c)} "
                f"= {digits(out)}.",
            ),
            Exercise(
                f"The weight from hidden unit {2 - on} to the output grows a little. What will the "
                "output for this row do?",
                words[0],
                f"Unit {2 - on} gives 0 for this row, and anything times 0 is 0.",
                draws.some_of(words, len(words)),
            ),
        ),
        (
            ("", "weight of x1", "weight of x2", "bias"),
            *(
                (f"hidden unit {j + 1}", *map(digits, (W[0][j], W[1][j], b[0][j])))
                for j in range(2)
            ),
        ),
    )


def _training(draws: Draws) -> Part:
    batch = draws.one_of((10, 16, 20, 32))
    n_rows = batch * draws.whole(4, 12) + draws.whole(1, batch - 1)
    n_updates = -(-n_rows // batch)
    n_layers = draws.whole(2, 5)
    most = float(ACTIVATIONS["sigmoid"].derivative(0.0))
    left = most**n_layers
    ways = ("one straight line", "a bent line", "two lines")
    return Part(
        "Training deeper networks:",
        (
            to_write(
                f"{n_rows} training rows are used in batches of {batch}; the last batch of an "
                "epoch "
                "has what is left. How many updates does an epoch have?",
                n_updates,
                f"{n_rows} / {batch} = {digits(n_rows / batch)}, so {n_updates - 1} full batches "
                f"and one with the rest: {n_updates - 1} + 1 = {n_updates}.",
            ),
            to_write(
                f"The slope of a sigmoid is at most {digits(most)}. Going back through {n_layers} "
                "layers of sigmoids, a gradient is multiplied by such a slope at each. By how much "
                "at the most, in all (leaving out the weights)?",
                left,
                f"{' × '.join([digits(most)] * n_layers)} = {digits(left)}.",
                decimals=4,
            ),
            Exercise(
                f"The {n_layers} hidden layers of a network are linear, and so is its output "
                "before "
                "the last sigmoid. What can part its two answers in the plane?",
                ways[0],
                "Linear layers one after the other are one linear layer.",
                draws.some_of(ways, len(ways)),
            ),
        ),
    )
