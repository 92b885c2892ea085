"""The parts of a script of a timeline, segment by segment: of a later one only what has changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from nnviz.nn.losses import LOSSES
from nnviz.text.script import Part
from nnviz.training.export import rows, start, updates
from nnviz.training.export.segments import ScriptSegment, row_files
from nnviz.training.export.updates import Needs
from nnviz.training.plan import Plan
from nnviz.training.transfer import same_parameters

_SCORES = """\
def scores(z, prediction, target, y):
    losses = {losses}
{right}    return float(losses.sum(axis=1).mean()), float(right)
"""

_R_SQUARED = """\
    errors = np.sum(({predicted} - y) ** 2)
    around = np.sum((y - y.mean()) ** 2)
    right = 1 - errors / around if around else 1.0 - (errors > 0)
"""

_PARAMETERS = """\
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""


class Writer(ABC):
    """Writes the parts that the scripts in NumPy and in PyTorch have in common."""

    imports = "import numpy as np\n"
    # The line that makes z and prediction, the output before and after its activation, of inputs.
    prediction = "z, prediction = (values[-1] for values in forward(inputs))"
    counts_updates = True
    end = ""

    def __init__(self, segments: tuple[ScriptSegment, ...], given: Part | None = None) -> None:
        self.segments = segments
        self.needs = Needs.of(segments)
        self._given = given
        self._files = {} if given else row_files(segments)
        self._written: dict[str, str] = {}

    @abstractmethod
    def network(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        """Yield how the network of a segment begins, and how it is updated."""

    def parts(self, step: int) -> Iterator[Part]:
        """Yield all parts; the last one prints the numbers at `step`."""
        csv = "import csv\n\n" if self._files else ""
        yield Part("", f"{csv}{self.imports}")
        before = None
        for segment in self.segments:
            parts = [*self._choices(segment), *self._data(before, segment)]
            parts += self.network(before, segment)
            if segment.first < segment.last:
                parts.append(Part("", f"train({segment.first}, {segment.last})\n"))
            yield from _with_step(segment.first, [part for part in parts if part.code])
            before = segment
        plan = self.segments[-1].plan
        scores = _SCORES.format(losses=LOSSES[plan.loss].numpy, right=_right(plan))
        yield Part("Loss and accuracy of some predictions.", scores)
        yield self._report(step)

    def _report(self, step: int) -> Part:
        """Return the part that prints all numbers of a step of the last segment."""
        plan, epoch = self.segments[-1].plan, self.segments[-1].updates.epoch_at(step)
        what, name = "R squared", "R squared"
        if plan.sample.classes:
            what, name = "how many rows are told right", "accuracy"
        rows, parts = "training rows", [("training", "train", "y")]
        if self.needs.held_out:
            parts = [("training", "train", "y[~test]")]
        if len(plan.split.test):
            rows = "training and test rows"
            parts.append(("test", "test", "y[test]"))
        code = f'{self.end}print("step:", {step})\nprint("epoch:", {epoch!r})\n'
        for title, inputs, y in parts:
            line = self.prediction.replace("(inputs", f"({inputs}_inputs")
            code += (
                f"{line}\n"
                f"{title}_loss, right = scores(z, prediction, {inputs}_targets, {y})\n"
                f'print("{title} loss:", {title}_loss)\n'
                f'print("{title} {name}:", right)\n'
            )
        code += _PARAMETERS
        if self.needs.picked:
            code += 'print("cumulative error:", training_loss * len(train_inputs))\n'
        words = f"What has been learned: the mean loss of {rows}, {what}, and every parameter."
        return Part(words, code)

    def once(self, name: str, code: str) -> str:
        """Return code, or nothing if the script contains it already under that name."""
        if self._written.get(name) == code:
            return ""
        self._written[name] = code
        return code

    def begin(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        """Yield ``parameters``: the initial or the transferred ones, and those set by hand."""
        plan = segment.plan
        draw = self.once("start", start.start_function(plan))
        if before is None:
            draw += f"\n\nparameters = start()\n{start.NAMED}"
            yield Part(start.start_words(plan), draw)
        elif not same_parameters(before.plan, plan):
            yield Part("", draw)
            yield Part(start.CARRY_WORDS, self.once("carry", start.CARRY))
            yield Part("", start.carry_code(before.plan, plan))
        elif draw:
            del self._written["start"]  # nothing is drawn here; maybe later
        yield self.by_hand(before, segment)
        if self.needs.picked:
            n_drawn = self.segments[0].plan.sizes[0] + 1
            picks = start.picks_code(plan, n_drawn, self.segments[-1].last)
            if self.once("picks", f"{picks}{len(plan.split.train)}"):
                yield Part("The row that each update sees.", picks)
        if self.needs.dropout or (self.needs.batches and not self.needs.picked):
            words = start.numbers_words(dropout=self.needs.dropout)
            numbers = start.numbers_code(dropout=self.needs.dropout)
            yield Part(words, self.once("numbers", numbers))

    def by_hand(self, before: ScriptSegment | None, segment: ScriptSegment) -> Part:
        """Return the lines that set parameters by hand."""
        words = "Set by hand: weights[layer][from, to] and biases[layer][unit]."
        return Part(words, start.by_hand_code(segment.stage))

    def rate(self, segment: ScriptSegment) -> Iterator[Part]:
        """Yield the learning rate of an epoch, and the steps from which epochs are counted."""
        if self.needs.schedule:
            words = "The learning rate of an epoch, counted from 0."
            yield Part(words, self.once("rate", updates.rate_function(segment.plan)))
        if not self.needs.several:
            return
        names = ["order_begin"]
        names += ["optimizer_begin"] * (self.needs.adam and self.counts_updates)
        names += ["epochs_before"] * self.needs.schedule
        words = "The steps from which epochs are counted." * (segment is self.segments[0])
        yield Part(words, self._assigned({n: getattr(segment.updates, n) for n in names}))

    def _choices(self, segment: ScriptSegment) -> Iterator[Part]:
        words = "The choices of this run." * (segment is self.segments[0])
        yield Part(words, self._assigned(_settings(segment.plan, self.needs)))

    def _assigned(self, values: dict[str, Any]) -> str:
        """Return the lines that give names their values, of those that are new or changed."""
        return "".join(self.once(name, f"{name} = {value!r}\n") for name, value in values.items())

    def _data(self, before: ScriptSegment | None, segment: ScriptSegment) -> Iterator[Part]:
        new, old = segment.plan, None if before is None else before.plan
        new_rows = old is None or old.sample != new.sample
        split = new_rows or old is None or _split_of(old) != _split_of(new)
        if new_rows and self._given is not None:
            yield self._given
        elif new_rows:
            code = rows.rows_code(new, self._files.get(new.sample))
            yield Part(rows.rows_words(new), code)
        held_out = self.needs.held_out
        if split and held_out:
            yield Part(rows.held_out_words(new), self.once("held out", rows.held_out_code(new)))
            yield Part("", rows.split_code(new))
        function = self.once("inputs", rows.inputs_function(new))
        standardise = self.once("standardise", str(new.architecture.standardise))
        if split or function or standardise:
            gap = "\n\n" if function else ""
            code = f"{function}{gap}{rows.inputs_code(new, held_out=held_out)}"
            yield Part(rows.inputs_words(new), code)
        targets = rows.targets_code(new, held_out=held_out)
        if self.once("targets", targets) or split:
            yield Part("What the outputs should be.", targets)


def _right(plan: Plan) -> str:
    if not plan.sample.classes:
        scaled = plan.architecture.standardise
        predicted = "prediction[:, 0] * y_scale + y_mean" if scaled else "prediction[:, 0]"
        return _R_SQUARED.format(predicted=predicted)
    if plan.n_outputs > 1:
        return "    right = np.mean(np.argmax(prediction, axis=1) == y)\n"
    middle = sum(plan.target_levels) / 2.0
    return f"    right = np.mean((prediction[:, 0] >= {middle}) == y)\n"


def _split_of(plan: Plan) -> tuple[float | str, ...]:
    return plan.seed, plan.test_fraction, plan.n_train, plan.split_by


def _settings(plan: Plan, needs: Needs) -> dict[str, object]:
    """Return the hyperparameters that are numbers, by their names in the script."""
    found: dict[str, object] = {"seed": plan.seed, "sizes": list(plan.sizes)}
    if needs.held_out:
        name = "n_train" if plan.n_train else "test_fraction"
        found[name] = getattr(plan, name)
    if needs.batches and not needs.picked:
        found["batch_size"] = plan.batch_size
    penalties = [name for name in ("l1", "l2", "dropout") if getattr(needs, name)]
    chosen = plan.hyperparameters
    return found | {name: getattr(chosen, name) for name in ("learning_rate", *penalties)}


def _with_step(first: int, parts: list[Part]) -> list[Part]:
    """Say where a later segment begins."""
    if first == 0 or not parts:
        return parts
    words = f"From step {first} on this is changed. {parts[0].words}".strip()
    return [Part(words, parts[0].code), *parts[1:]]
