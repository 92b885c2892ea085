"""Presets: trainings that are worth looking at, each with what there is to do and to see.

The tests train every one of them and hold it to its words.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.training.plan import Plan
from nnviz.training.timeline import Timeline


@dataclass(frozen=True)
class Preset:
    """A training that shows one thing."""

    name: str  # key in `PRESETS`; it stands in links, so it never changes
    epochs: int  # length of the training
    title: str  # name on the screen
    invitation: str  # what to do with it
    see: str  # what there is to see, true of this very training
    settings: Settings

    def plan(self) -> Plan:
        """Return the plan of the training."""
        return self.settings.plan()

    def timeline(self) -> Timeline:
        """Return the training of `epochs` epochs."""
        plan = self.plan()
        return Timeline.of(plan, self.epochs * plan.updates_per_epoch)


_ADAM: Final = MappingProxyType({"optimizer": "adam", "rate": 0.01})
_REGRESSION: Final = MappingProxyType({"loss": "squared_error", "output": "linear"})
_CLASSES: Final = MappingProxyType({"loss": "cross_entropy", "output": "softmax"})


def _preset(
    name: str, epochs: int, title: str, invitation: str, see: str, **choices: Any
) -> Preset:
    usual = {"noise": 0.1, "classes": 2, "loss": "binary_cross_entropy", "output": "sigmoid"}
    chosen = {**usual, "seed": 1, **choices}
    settings = Settings(**{"draw": chosen["seed"], **chosen})
    return Preset(name, epochs, title, invitation, see, settings)


def _units(activation: str, *layers: int) -> tuple[tuple[int, str], ...]:
    return tuple((n_units, activation) for n_units in layers)


PRESETS: Final = MappingProxyType(
    {
        preset.name: preset
        for preset in (
            _preset(
                "circle", 150,
                "Circle",
                "Press Train and watch the background: it is what the network answers there.",
                "Six hidden units bend the border into a ring. Every training row is right, with a "
                "loss below 0.01.",
                data="circle", noise=0.0, seed=0,
            ),
            _preset(
                "line", 50,
                "A straight line is enough",
                "Train it, then look at how the two weights of the output turn the border.",
                "Two clouds need no hidden layer: one straight border gets at least 98% of the "
                "training rows right.",
                data="gauss", hidden=(), noise=0.3,
            ),
            _preset(
                "xor-line", 100,
                "Exclusive or needs a hidden layer",
                "Train it, then try another seed or rate: can it be done? Then add a hidden layer.",
                "Without a hidden layer the border is one straight line. The loss stays near 0.69, "
                "which is what answering one half to everything gives.",
                data="xor", hidden=(), noise=0.0,
            ),
            _preset(
                "xor", 100,
                "Exclusive or with a hidden layer",
                "Point at each of the four units: which border does each of them draw?",
                "Four units in one hidden layer do what none of them can do alone: the loss falls "
                "below 0.05.",
                data="xor", hidden=_units("tanh", 4), noise=0.0,
            ),
            _preset(
                "xor-product", 100,
                "Exclusive or by hand: the product as an input",
                "Look at the one input: where is x1 · x2 positive, and where negative?",
                "With the right input no hidden layer is needed: every row is right, held-out ones "
                "too.",
                data="xor", inputs=("x1*x2",), hidden=(), noise=0.0,
            ),
            _preset(
                "spiral", 500,
                "Spiral",
                "Be patient: the first 50 epochs look as if nothing would come of it.",
                "Two hidden layers of eight units wind a border between the arms: the loss is "
                "still above 0.4 after 50 epochs, and below 0.05 in the end.",
                data="spiral", **_ADAM, hidden=_units("tanh", 8, 8), rows=300, test=0.3,
            ),
            _preset(
                "spiral-sines", 500,
                "Spiral with sines",
                "Take the two sines away again, and see how far the same units get without them.",
                "With sin x1 and sin x2 as inputs one hidden layer is enough: the loss falls below "
                "0.01. Without them it is above 0.2 after the same training.",
                data="spiral", **_ADAM, inputs=("x1", "x2", "sin x1", "sin x2"),
                hidden=_units("tanh", 8), rows=300, test=0.3,
            ),
            _preset(
                "zeros", 100,
                "Zeros never learn",
                "Click any edge: its weight is 0, and so is its derivative. Then begin "
                "with Glorot.",
                "Every unit gives 0 for every row, so no weight ever gets a gradient. All weights "
                "are still exactly 0 in the end; only the output's bias moves.",
                data="circle", init="zeros",
            ),
            _preset(
                "too-fast", 100,
                "Too fast",
                "Divide the learning rate by 10, again and again: when does it begin to learn?",
                "At rate 30 every update jumps over the valley: after no epoch is the loss lower "
                "than it was before training.",
                data="circle", rate=30.0,
            ),
            _preset(
                "explodes", 30,
                "So fast that the numbers run out",
                "Step through the first updates, then divide the learning rate by 10.",
                "The steps get longer than a 1 with 70 zeros, until the numbers no longer fit into "
                "the computer. The run ends there, within its first epoch.",
                data="plane", **_REGRESSION, hidden=_units("relu", 4), rate=1.0, rows=200,
            ),
            _preset(
                "too-slow", 100,
                "Too slow",
                "Multiply the learning rate by 100 in the middle of the run.",
                "The loss falls a little with every epoch, but at rate 0.001 it is still above 0.6 "
                "after 100 of them.",
                data="circle", rate=0.001,
            ),
            _preset(
                "memorising", 1000,
                "Memorising noise",
                "Watch both losses: when does the one of the held-out rows turn round?",
                "The training loss falls below 0.001, and every training row is right. The test "
                "loss is lowest early and more than three times as high in the end.",
                data="circle", **_ADAM, hidden=_units("tanh", 8, 8), rows=100, noise=0.7,
            ),
            _preset(
                "l2", 1000,
                "L2 tames it",
                "Compare with Memorising noise: same rows, same network, but large weights cost.",
                "The training loss stays above 0.05, and the test loss ends below a third of what "
                "it is without the penalty.",
                data="circle", **_ADAM, hidden=_units("tanh", 8, 8), rows=100, noise=0.7, l2=0.01,
            ),
            _preset(
                "early", 1000,
                "Stopping in time",
                "Compare with Memorising noise: same rows, same network, but it may stop.",
                "The run ends when the test loss has not become lower for 30 epochs, long before "
                "1,000: with less than half the test loss of going on.",
                data="circle", **_ADAM, hidden=_units("tanh", 8, 8), rows=100, noise=0.7,
                patience=30,
            ),
            _preset(
                "dropout", 1000,
                "Units left out at random",
                "Compare with Memorising noise: same rows, same network, with a fifth of the units "
                "missing in every update.",
                "No unit can rely on another one: the test loss ends at about half of what it is "
                "without dropout.",
                data="circle", **_ADAM, hidden=_units("tanh", 8, 8), rows=100, noise=0.7,
                dropout=0.2,
            ),
            _preset(
                "dead", 60,
                "Dead ReLUs",
                "Look at the small maps of the second layer. Then take leaky ReLU instead.",
                "Steps that are too large push all four units of the second layer below zero for "
                "every row. Nothing passes through them any more, and half of the rows stay wrong. "
                "With leaky ReLU the loss falls below 0.05.",
                data="circle", hidden=_units("relu", 8, 4), rate=3.0,
            ),
            _preset(
                "vanishing", 200,
                "Vanishing gradients: six sigmoid layers",
                "Click an edge of the first layer and one of the last: compare the derivatives.",
                "On its way back the gradient is multiplied by a slope in every layer, and a "
                "sigmoid has none above a quarter. After every epoch less than a hundredth is left "
                "in the first layer, and the loss stays near 0.69. One such layer alone gets below "
                "0.1.",
                data="circle", hidden=_units("sigmoid", 4, 4, 4, 4, 4, 4),
            ),
            _preset(
                "one-row", 60,
                "One row at a time",
                "Then set the batch to all rows: smoother, but how far does it come in 60 epochs?",
                "Every row pulls its own way, so the loss goes up in four of ten epochs, and "
                "still gets below 0.1. All rows at once make one step an epoch and stay above 0.4.",
                data="xor", hidden=_units("tanh", 4), batch=1, rows=200, noise=0.5,
            ),
            _preset(
                "adam", 200,
                "Adam against SGD",
                "Train it, then again with SGD at the same rate, then with SGD at rate 0.3.",
                "At rate 0.01 Adam gets below 0.2 in 200 epochs, and plain SGD hardly moves. At "
                "rate 0.3 SGD gets there as well: each optimiser has rates of its own.",
                data="spiral", **_ADAM, hidden=_units("tanh", 8, 8), rows=300, test=0.3,
            ),
            _preset(
                "classes", 100,
                "Several classes",
                "Click the outputs: each has a map of its own, and the largest one names the "
                "class.",
                "Four outputs share a probability of 1 between them. Every training row is right.",
                data="blobs", **_CLASSES, hidden=_units("tanh", 4), rate=0.1, noise=0.3,
                classes=4,
            ),
            _preset(
                "plane", 60,
                "A plane: a number instead of a class",
                "Look at the two weights: the slopes of the plane, where inputs and target are "
                "counted in standard deviations.",
                "One unit without an activation is a plane. It explains more than 97% of the "
                "variance; the rest is noise.",
                data="plane", **_REGRESSION, hidden=(), rate=0.03, rows=200,
            ),
            _preset(
                "bumps", 300,
                "Six bumps: a curved surface",
                "Turn the surface around, then take both hidden layers away.",
                "Two hidden layers of eight units model six bumps and explain more than 95% of "
                "the variance. Without them a plane explains less than 10%.",
                data="multi-gauss", **_REGRESSION, **_ADAM, hidden=_units("tanh", 8, 8), rows=600,
                noise=0.0, test=0.3,
            ),
            _preset(
                "eight-rows", 1000,
                "The eight rows",
                "The tutorial's rows: one neuron gets no more than six right. Take the layer away.",
                "Four hidden units get all eight rows right, with a loss below 0.05.",
                data="eight rows", hidden=_units("tanh", 4), batch=8, test=0.0,
            ),
        )
    }
)  # fmt: skip
