"""Does it know me? One neuron learns five drawings of a sign, and judges others by a threshold.

Each of the five is judged by a neuron that has learned from the other four: what has been learned
from is always known. Strangers are handwritten digits of other people; the neuron learns from some
of them what is not the sign, and judges all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers import drawing
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, MOST_INK, N_PIXELS, Drawing
from nnviz.chapters.pictures_to_numbers.two_digits import IntArray, neuron_plan
from nnviz.data.digits import PIXEL_NAMES, digits
from nnviz.data.sample import Sample
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED, generator
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

N_OWN: Final = 5
"""Drawings of the sign."""

N_LEARNED: Final = 100
"""Strangers that the neuron learns from. Together the drawings of the sign count as much."""

UPDATES: Final = 200
RATE: Final = 0.05
STREAM: Final = "strangers"


@dataclass(frozen=True)
class SignConfig:
    """Everything that a judgement depends on: equal configs make equal judgements."""

    drawings: tuple[Drawing, ...]  # five drawings of one sign
    seed: int = 0  # which strangers are learned from

    def __post_init__(self) -> None:
        if len(self.drawings) != N_OWN:
            raise ValueError(f"a sign has {N_OWN} drawings, not {len(self.drawings)}.")
        for each in self.drawings:
            drawing.drawing(each)
        integer(self.seed, "seed", 0, LARGEST_SEED)

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn yet, so that there is no sign to be known."""
        return set(self.drawings) == {EMPTY}


def read_sign(text: str) -> tuple[Drawing, ...]:
    """Return the five drawings that a text of a link stands for, with dots between them.

    Raises ValueError with the middle of a sentence: "The address says ..., but <reason>."
    """
    parts = text.split(".")
    if len(parts) != N_OWN:
        there = "1 drawing" if len(parts) == 1 else f"{len(parts)} drawings"
        raise ValueError(f"a sign has {N_OWN} drawings with dots between them, this has {there}")
    return tuple(map(drawing.read, parts))


def sign_text(drawings: Sequence[Drawing]) -> str:
    """Return the text of the five drawings in a link."""
    return ".".join(map(drawing.text_of, drawings))


def fours() -> tuple[Drawing, ...]:
    """Return the first five 4s of the data: a sign for those who have not drawn one yet."""
    found = np.flatnonzero(digits().labels == 4)[:N_OWN]
    return tuple(tuple(picture) for picture in digits().pictures[found].tolist())


@lru_cache(maxsize=8)
def order(seed: int) -> IntArray:
    """Return where all pictures stand in the file, in an order by chance; read-only."""
    found = generator(seed, STREAM).permutation(len(digits().labels))
    found.flags.writeable = False
    return found


def strangers(config: SignConfig) -> IntArray:
    """Return where the strangers stand in the file: all pictures that are not among the five.

    The first `N_LEARNED` of them are learned from.
    """
    own = np.array(config.drawings)
    found = order(config.seed)
    same = (digits().pictures[found][:, np.newaxis] == own).all(axis=2).any(axis=1)
    rest: IntArray = found[~same]
    return rest


def plan_of(own: Sequence[Drawing], others: IntArray, seed: int) -> Plan:
    """Return the plan of one neuron that learns the own drawings against strangers.

    The drawings are repeated until they are as many as the strangers: it would learn to say no to
    everything otherwise.
    """
    repeated = np.resize(np.array(own, dtype=np.float64), (len(others), N_PIXELS))
    inks = np.concatenate([repeated, digits().pictures[others]]) / MOST_INK
    known = np.repeat([1.0, 0.0], len(others))
    sample = Sample(inks, known, PIXEL_NAMES, ("a stranger", "me"), "sign")
    how = Hyperparameters("adam", RATE, batch_size=2 * len(others))
    return neuron_plan(sample, "binary_cross_entropy", how, seed)


def learn(own: Sequence[Drawing], others: IntArray, seed: int) -> FloatArray:
    """Return the weights of the 64 squares and the bias, shape (65,), after all updates."""
    made = record(Timeline.of(plan_of(own, others, seed), UPDATES))
    return made.parameters_at(UPDATES)


def probability(parameters: FloatArray, drawings: npt.ArrayLike) -> FloatArray:
    """Return how sure a neuron is of each of some drawings that it is the sign."""
    inks = np.asarray(drawings, dtype=np.float64) / MOST_INK
    return sigmoid(inks @ parameters[:-1] + parameters[-1])


@dataclass(frozen=True, eq=False)
class Judgement(Frozen):
    """A neuron that knows a sign, and what it says of the sign and of strangers."""

    config: SignConfig
    parameters: FloatArray  # (65,): of the neuron that has learned from all five
    own: FloatArray  # (5,): each drawing, judged by the neuron of the other four
    which: IntArray  # (n_strangers,): where those not learned from stand in the file
    strange: FloatArray  # (n_strangers,)

    def false_accepts(self, threshold: float) -> int:
        """Return how many strangers are taken for the owner."""
        return int((self.strange >= threshold).sum())

    def false_rejects(self, threshold: float) -> int:
        """Return how many of the five drawings are taken for a stranger's."""
        return int((self.own < threshold).sum())

    @property
    def nearest(self) -> IntArray:
        """Places in `which` of the strangers, those that come nearest to the sign first."""
        return np.argsort(-self.strange, kind="stable")


def judge(config: SignConfig) -> Judgement:
    """Learn a sign, and judge its drawings and all strangers."""
    others = strangers(config)
    learned, rest = others[:N_LEARNED], others[N_LEARNED:]
    own = []
    for k, left_out in enumerate(config.drawings):
        four = config.drawings[:k] + config.drawings[k + 1 :]
        own.append(probability(learn(four, learned, config.seed), [left_out])[0])
    parameters = learn(config.drawings, learned, config.seed)
    strange = probability(parameters, digits().pictures[rest])
    return Judgement(config, parameters, np.array(own), rest, strange)
