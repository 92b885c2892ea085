"""Five drawings of a sign against strangers, as a program that needs NumPy alone."""

from collections.abc import Iterator
from textwrap import indent

from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, SIDE, Drawing
from nnviz.chapters.pictures_to_numbers.sign import judge
from nnviz.chapters.pictures_to_numbers.sign.judge import SignConfig
from nnviz.data import digits as data
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.text.script import Part, Program, lines
from nnviz.training.export.pieces import stream_code

_TITLE = "One neuron learns five drawings of a sign, and a threshold decides who gets in."


def sign_program(config: SignConfig, threshold: float, tried: Drawing) -> Program:
    """Return a program that learns a sign and prints who gets in."""
    return Program(_TITLE, tuple(_parts(config, threshold, tried)))


def _parts(config: SignConfig, threshold: float, tried: Drawing) -> Iterator[Part]:
    yield Part("", "import base64\nimport io\n\nimport numpy as np\n")
    yield Part("The strangers: handwritten digits of other people.", data.code())
    yield Part(
        "The sign, and the drawing that tries: 64 inks each, row by row.",
        f"own = np.array({lines(list(config.drawings))})\n"
        f"tried = np.array({lines(tried[k : k + SIDE] for k in range(0, len(tried), SIDE))})\n",
    )
    yield Part(
        f"Strangers in an order by chance, without those that are drawn like the sign. The first "
        f"{judge.N_LEARNED} are learned from.",
        f"""\
order = {stream_code(judge.STREAM, config.seed)}.permutation(len(labels))
same = (pictures[order][:, None] == own).all(axis=2).any(axis=1)
order = order[~same]
learned, rest = pictures[order[:{judge.N_LEARNED}]], pictures[order[{judge.N_LEARNED}:]]
""",
    )
    yield Part(
        "One neuron. The drawings of the sign are repeated until they are as many as the "
        "strangers.",
        f"""\
def squeezed(z):
    return 1 / (1 + np.exp(-z))


def learn(sign):
    known = np.resize(sign, learned.shape)
    X = np.column_stack([np.concatenate([known, learned]) / {MOST_INK}, np.ones(2 * len(learned))])
    target = np.repeat([1.0, 0.0], len(learned))
    rate, p, m = {judge.RATE}, np.zeros(X.shape[1]), np.zeros((2, X.shape[1]))
    for t in range(1, {judge.UPDATES} + 1):
        g = X.T @ (squeezed(X @ p) - target) / len(X)
{indent(OPTIMIZERS["adam"].numpy, " " * 8)}\
    return p


def probability(p, drawings):
    return squeezed(drawings.reshape(-1, {SIDE * SIDE}) / {MOST_INK} @ p[:-1] + p[-1])
""",
    )
    yield Part(
        "Each drawing is judged by a neuron that has learned from the other four.",
        f"""\
threshold = {threshold!r}
mine = np.array([
    probability(learn(np.delete(own, k, axis=0)), own[k])[0] for k in range(len(own))
])
p = learn(own)
print("own drawings:", mine)
print("false rejects:", (mine < threshold).sum())
print("false accepts:", (probability(p, rest) >= threshold).sum(), "of", len(rest))
print("the drawing that tries:", probability(p, tried)[0])
""",
    )
