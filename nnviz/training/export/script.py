"""A training as a script or a notebook that needs NumPy alone and prints its numbers."""

from collections.abc import Iterator

from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.source_code import import_lines
from nnviz.text.script import Part, program
from nnviz.text.script import notebook as write_notebook
from nnviz.training.export import updates
from nnviz.training.export.one_row import OneRowWriter, is_exact
from nnviz.training.export.segments import ScriptSegment, row_files, segments_to
from nnviz.training.export.writer import Writer
from nnviz.training.timeline import Timeline
from nnviz.training.transfer import keeps_state


def script(timeline: Timeline, step: int, given: Part | None = None) -> str:
    """Return a script that repeats a training up to a step and prints its numbers.

    It prints step, epoch, losses, accuracies and every parameter. Everything that is changed on
    the way is changed in it, at its step. Sums are rounded in another order than in the compiled
    updates, so a chaotic run comes out differently; any other comes out the same to a relative
    error of 1e-9, as the tests hold it to. `sensitivity` tells the two apart. Of plain gradient
    descent with one row at a time it prints parameters that are the same to the last bit.

    Up to `segments.MOST_ROWS_INLINE` rows stand in the script; otherwise it reads the files that
    `segments.row_files` names, which `sample_csv.as_csv` makes. `given` defines them as ``X`` and
    ``y`` instead, where shorter code than a list of numbers does.
    """
    return program(title(segments_to(timeline, step), step), parts(timeline, step, given))


def parts(timeline: Timeline, step: int, given: Part | None = None) -> tuple[Part, ...]:
    """Return the parts of that script in order; see `script`."""
    segments = segments_to(timeline, step)
    writer = OneRowWriter if is_exact(segments) else NumpyWriter
    return tuple(writer(segments, given).parts(step))


def title(segments: tuple[ScriptSegment, ...], step: int) -> str:
    """Return what the script does, as one sentence."""
    shape, rows = "-".join(map(str, segments[0].plan.sizes)), segments[0].plan.batch_size
    if all(len(segment.plan.sizes) == 2 for segment in segments) and is_exact(segments):
        return f"Trains a single neuron with {step} one-row updates."
    if len({segment.plan.sizes for segment in segments}) > 1:
        return f"Trains a network that changes, {shape} at first, with {step} updates."
    if len({segment.plan.batch_size for segment in segments}) > 1:
        return f"Trains a {shape} network with {step} updates."
    return f"Trains a {shape} network with {step} updates of {rows} row{'s' * (rows > 1)} each."


class NumpyWriter(Writer):
    """Writes the updates in NumPy."""

    def __init__(self, segments: tuple[ScriptSegment, ...], given: Part | None = None) -> None:
        super().__init__(segments, given)
        functions = (updates.activation_functions(segment.plan) for segment in segments)
        self.imports = import_lines("".join(code for each in functions for code in each.values()))

    def network(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        """Yield the parts from the initial or transferred parameters to the loop of updates."""
        plan, needs = segment.plan, self.needs
        yield from self.begin(before, segment)
        for name, code in updates.activation_functions(plan).items():
            words = "What a unit makes of its weighted sum z, and the slope of that."
            yield Part(self.once("words of activations", words), self.once(name, code))
        yield Part("", self.once("layers", updates.layers_code(plan)))
        words = "Sends rows through the network, layer by layer."
        yield Part(words, self.once("forward", updates.forward_code(needs)))
        words = (
            "The slopes of the mean loss of some rows. From the last layer to the first, the chain "
            "rule hands them back."
        )
        yield Part(words, self.once("gradient", updates.gradient_code(plan, needs)))
        words = f"What {OPTIMIZERS[plan.hyperparameters.optimizer].title} makes of the slopes."
        yield Part(words, self.once("update", updates.update_function(plan, needs)))
        if before is None or not keeps_state(before.plan, plan):
            yield Part("", updates.memory_code(plan))
        yield from self.rate(segment)
        words = "Every update: the next rows, the slopes of their loss, a little way down."
        if needs.batches and not needs.picked:
            words += " The order of the rows is new in every epoch."
        yield Part(words, self.once("train", updates.train_function(needs)))


def notebook(timeline: Timeline, step: int, given: Part | None = None) -> str:
    """Return the script of `script` as a notebook, nbformat 4.5: JSON, as it stands in a file.

    Its code cells, run in their order, print the very same numbers as the script.
    """
    segments = segments_to(timeline, step)
    what = "A run" if is_exact(segments) else "A deeper network"
    words = (
        f"# {what} in NumPy\n\n{title(segments, step)} Run all cells in their order: "
        "they make the same updates as the page did, and print the same numbers. Then change "
        "something, and run them all again."
    )
    if not given and (files := row_files(segments)):
        words += f" The rows are read from the same folder: {', '.join(files.values())}."
    return write_notebook(words, parts(timeline, step, given))
