"""Presets: trainings that are worth looking at, each with what there is to do and to see.

The tests train every one of them and hold it to its words.
"""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.deeper_networks.preset import Preset
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters


def _units(activation: str, *layers: int) -> tuple[tuple[int, str], ...]:
    return tuple((n_units, activation) for n_units in layers)


_DEEP: Final = Architecture(hidden=_units("tanh", 8, 8))
_SMALL: Final = Architecture(hidden=_units("tanh", 4, 2))
_NONE: Final = Architecture(hidden=())
_ADAM: Final = Hyperparameters("adam", 0.01)
_QUICK: Final = Hyperparameters("sgd", 0.3)
_SINES: Final = ("x1", "x2", "sin x1", "sin x2")
_NUMBER: Final = ("linear", "squared_error")

PRESETS: Final = MappingProxyType(
    {
        preset.name: preset
        for preset in (
            Preset(
                "circle",
                "Circle",
                "Press Train and watch the background: it is what the network answers there.",
                "Six hidden units bend the border into a ring. Every training row is right, with a "
                "loss below 0.01.",
                "circle", _SMALL, _QUICK, 150, noise=0.0, seed=0,
            ),
            Preset(
                "line",
                "A straight line is enough",
                "Train it, then look at how the two weights of the output turn the border.",
                "Two clouds need no hidden layer: one straight border gets at least 98% of the "
                "training rows right.",
                "gauss", _NONE, _QUICK, 50, noise=0.3,
            ),
            Preset(
                "xor-line",
                "Exclusive or needs a hidden layer",
                "Train it, then try another seed or rate: can it be done? Then add a hidden layer.",
                "Without a hidden layer the border is one straight line. The loss stays near 0.69, "
                "which is what answering one half to everything gives.",
                "xor", _NONE, _QUICK, 100, noise=0.0,
            ),
            Preset(
                "xor",
                "Exclusive or with a hidden layer",
                "Point at each of the four units: which border does each of them draw?",
                "Four units in one hidden layer do what none of them can do alone: the loss falls "
                "below 0.05.",
                "xor", Architecture(hidden=_units("tanh", 4)), _QUICK, 100, noise=0.0,
            ),
            Preset(
                "xor-product",
                "Exclusive or by hand: the product as an input",
                "Look at the one input: where is x1 · x2 positive, and where negative?",
                "With the right input no hidden layer is needed: every row is right, held-out ones "
                "too.",
                "xor", Architecture(inputs=("x1*x2",), hidden=()), _QUICK, 100, noise=0.0,
            ),
            Preset(
                "spiral",
                "Spiral",
                "Be patient: the first 50 epochs look as if nothing would come of it.",
                "Two hidden layers of eight units wind a border between the arms: the loss is "
                "still above 0.4 after 50 epochs, and below 0.05 in the end.",
                "spiral", _DEEP, _ADAM, 500, n_rows=300, test_fraction=0.3,
            ),
            Preset(
                "spiral-sines",
                "Spiral with sines",
                "Take the two sines away again, and see how far the same units get without them.",
                "With sin x1 and sin x2 as inputs one hidden layer is enough: the loss falls below "
                "0.01. Without them it is above 0.2 after the same training.",
                "spiral", Architecture(inputs=_SINES, hidden=_units("tanh", 8)), _ADAM, 500,
                n_rows=300, test_fraction=0.3,
            ),
            Preset(
                "zeros",
                "Zeros never learn",
                "Click any edge: its weight is 0, and so is its derivative. Then begin "
                "with Glorot.",
                "Every unit gives 0 for every row, so no weight ever gets a gradient. All weights "
                "are still exactly 0 in the end; only the output's bias moves.",
                "circle", Architecture(hidden=_units("tanh", 4, 2), initialisation="zeros"),
                _QUICK, 100,
            ),
            Preset(
                "too-fast",
                "Too fast",
                "Divide the learning rate by 10, again and again: when does it begin to learn?",
                "At rate 30 every update jumps over the valley: after no epoch is the loss lower "
                "than it was before training.",
                "circle", _SMALL, Hyperparameters("sgd", 30.0), 100,
            ),
            Preset(
                "explodes",
                "So fast that the numbers run out",
                "Step through the first updates, then divide the learning rate by 10.",
                "Each step is larger than the one before, until the numbers no longer fit into the "
                "computer. The run ends there, within its first epoch.",
                "plane", Architecture(("x1", "x2"), True, _units("relu", 4), *_NUMBER),
                Hyperparameters("sgd", 1.0), 30, n_rows=200,
            ),
            Preset(
                "too-slow",
                "Too slow",
                "Multiply the learning rate by 100 in the middle of the run.",
                "The loss falls a little with every epoch, but at rate 0.001 it is still above 0.6 "
                "after 100 of them.",
                "circle", _SMALL, Hyperparameters("sgd", 0.001), 100,
            ),
            Preset(
                "memorising",
                "Memorising noise",
                "Watch both losses: when does the one of the held-out rows turn round?",
                "The training loss falls below 0.001, and every training row is right. The test "
                "loss is lowest early and more than three times as high in the end.",
                "circle", _DEEP, _ADAM, 1000, n_rows=100, noise=0.7,
            ),
            Preset(
                "l2",
                "L2 tames it",
                "Compare with Memorising noise: same rows, same network, but large weights cost.",
                "The training loss stays above 0.05, and the test loss ends below a third of what "
                "it is without the penalty.",
                "circle", _DEEP,
                Hyperparameters("adam", 0.01, l2=0.01), 1000, n_rows=100, noise=0.7,
            ),
            Preset(
                "early",
                "Stopping in time",
                "Compare with Memorising noise: same rows, same network, but it may stop.",
                "The run ends when the test loss has not become lower for 30 epochs, long before "
                "1,000: with less than half the test loss of going on.",
                "circle", _DEEP,
                Hyperparameters("adam", 0.01, patience=30), 1000, n_rows=100, noise=0.7,
            ),
            Preset(
                "dropout",
                "Units left out at random",
                "Compare with Memorising noise: same rows, same network, with a fifth of the units "
                "missing in every update.",
                "No unit can rely on another one: the test loss ends at about half of what it is "
                "without dropout.",
                "circle", _DEEP,
                Hyperparameters("adam", 0.01, dropout=0.2), 1000, n_rows=100, noise=0.7,
            ),
            Preset(
                "dead",
                "Dead ReLUs",
                "Look at the small maps of the second layer. Then take leaky ReLU instead.",
                "Steps that are too large push all four units of the second layer below zero for "
                "every row. Nothing passes through them any more, and half of the rows stay wrong. "
                "With leaky ReLU the loss falls below 0.05.",
                "circle", Architecture(hidden=_units("relu", 8, 4)),
                Hyperparameters("sgd", 3.0), 60,
            ),
            Preset(
                "vanishing",
                "Vanishing gradients: six sigmoid layers",
                "Click an edge of the first layer and one of the last: compare the derivatives.",
                "On its way back the gradient is multiplied by a slope in every layer, and a "
                "sigmoid has none above a quarter. In the first layer less than a thousandth is "
                "left, and the loss stays near 0.69. One such layer alone gets below 0.1.",
                "circle", Architecture(hidden=_units("sigmoid", 4, 4, 4, 4, 4, 4)), _QUICK, 200,
            ),
            Preset(
                "one-row",
                "One row at a time",
                "Then set the batch to all rows: smoother, but how far does it come in 60 epochs?",
                "Every row pulls its own way, so the loss goes up in four of ten epochs, and "
                "still gets below 0.1. All rows at once make one step an epoch and stay above 0.4.",
                "xor", Architecture(hidden=_units("tanh", 4)), Hyperparameters("sgd", 0.3, 1), 60,
                n_rows=200, noise=0.5,
            ),
            Preset(
                "adam",
                "Adam against SGD",
                "Train it, then again with SGD at the same rate, then with SGD at rate 0.3.",
                "At rate 0.01 Adam gets below 0.2 in 200 epochs, and plain SGD hardly moves. At "
                "rate 0.3 SGD gets there as well: each optimiser has rates of its own.",
                "spiral", _DEEP, _ADAM, 200, n_rows=300, test_fraction=0.3,
            ),
            Preset(
                "classes",
                "Several classes",
                "Click the outputs: each has a map of its own, and the largest one names the "
                "class.",
                "Four outputs share a probability of 1 between them. Every training row is right.",
                "blobs", Architecture(("x1", "x2"), True, _units("tanh", 4), "softmax",
                                      "cross_entropy"),
                Hyperparameters("sgd", 0.1), 100, noise=0.3, n_classes=4,
            ),
            Preset(
                "plane",
                "A plane: a number instead of a class",
                "Look at the two weights: they are the slopes of the plane.",
                "One unit without an activation is a plane. It explains more than 97% of the "
                "variance; the rest is noise.",
                "plane", Architecture(("x1", "x2"), True, (), *_NUMBER),
                Hyperparameters("sgd", 0.03), 60,
                n_rows=200,
            ),
            Preset(
                "bumps",
                "Six bumps: a curved surface",
                "Turn the surface around, then take both hidden layers away.",
                "Two hidden layers of eight units model six bumps and explain more than 95% of "
                "the variance. Without them a plane explains less than 10%.",
                "multi-gauss", Architecture(("x1", "x2"), True, _units("tanh", 8, 8), *_NUMBER),
                _ADAM, 300, n_rows=600, noise=0.0, test_fraction=0.3,
            ),
            Preset(
                "eight-rows",
                "The eight rows",
                "The tutorial's rows: one neuron gets no more than six right. Take the layer away.",
                "Four hidden units get all eight rows right, with a loss below 0.05.",
                "eight rows", Architecture(hidden=_units("tanh", 4)),
                Hyperparameters("sgd", 0.3, 8), 1000,
                test_fraction=0.0,
            ),
        )
    }
)  # fmt: skip
