"""The training of a deeper network as a script that needs NumPy alone and prints its numbers."""

from collections.abc import Iterator

from nnviz.chapters.deeper_networks.export import activations, updates
from nnviz.chapters.deeper_networks.export.segments import Leg, legs_to, remembers
from nnviz.chapters.deeper_networks.export.writer import Writer
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.text.script import Part, program
from nnviz.training.timeline import Timeline


def script(timeline: Timeline, step: int) -> str:
    """Return a script that repeats a training up to a step and prints what is on the screen.

    It prints step, epoch, losses, accuracies and every parameter. Everything that is changed on
    the way is changed in it, at its step. Sums are rounded in another order than in the compiled
    updates, so a chaotic run comes out differently; any other comes out the same to a relative
    error of 1e-9, as the tests hold it to. `deep_twin` tells the two apart.

    Up to `deep_legs.MOST_ROWS_INLINE` rows stand in the script; otherwise it reads the files that
    `deep_legs.row_files` names, which `sample_csv.as_csv` makes.

    Raises
    ------
    TypeError, ValueError
        If `timeline` is no Timeline, or `step` no step of it.
    """
    return program(title(legs_to(timeline, step), step), parts(timeline, step))


def parts(timeline: Timeline, step: int) -> tuple[Part, ...]:
    """Return the parts of that script in order; see `script`."""
    legs = legs_to(timeline, step)
    return tuple(NumpyWriter(legs).parts(step))


def title(legs: tuple[Leg, ...], step: int) -> str:
    """Return what the script does, as one sentence."""
    shape, rows = "-".join(map(str, legs[0].plan.sizes)), legs[0].plan.batch_size
    if len({leg.plan.sizes for leg in legs}) > 1:
        return f"Trains a network that changes, {shape} at first, with {step} updates."
    if len({leg.plan.batch_size for leg in legs}) > 1:
        return f"Trains a {shape} network with {step} updates."
    return f"Trains a {shape} network with {step} updates of {rows} row{'s' * (rows > 1)} each."


class NumpyWriter(Writer):
    """Writes the updates in NumPy."""

    def network(self, before: Leg | None, leg: Leg) -> Iterator[Part]:
        """Yield the parts from the first weights, or those that are carried on, to the loop."""
        plan, needs = leg.plan, self.needs
        yield from self.start(before, leg)
        for name, code in activations.activation_functions(plan).items():
            words = "What a unit makes of its weighted sum z, and the slope of that."
            yield Part(self.once("words of activations", words), self.once(name, code))
        yield Part("", self.once("layers", activations.layers_code(plan)))
        words = "Sends rows through the network, layer by layer."
        yield Part(words, self.once("forward", updates.forward_code(needs)))
        words = (
            "The slopes of the mean loss of some rows. From the last layer to the first, the chain "
            "rule hands them back."
        )
        yield Part(words, self.once("gradient", updates.gradient_code(plan, needs)))
        words = f"What {OPTIMIZERS[plan.hyperparameters.optimizer].title} makes of the slopes."
        yield Part(words, self.once("update", updates.update_function(plan, needs)))
        if before is None or not remembers(before.plan, plan):
            yield Part("", updates.memory_code(plan))
        yield from self.rate(leg)
        words = "Every update: the next rows, the slopes of their loss, a little way down."
        if needs.batches:
            words += " The order of the rows is new in every epoch."
        yield Part(words, self.once("train", updates.train_function(needs)))
