"""Writes a timeline as the parts of a script, leg by leg: of a later leg only what has changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from nnviz.chapters.deeper_networks.export import report as deep_report
from nnviz.chapters.deeper_networks.export import rows as deep_rows
from nnviz.chapters.deeper_networks.export import start as deep_start
from nnviz.chapters.deeper_networks.export import transfer, updates
from nnviz.chapters.deeper_networks.export.segments import Leg, row_files
from nnviz.chapters.deeper_networks.export.updates import Needs
from nnviz.text.script import Part
from nnviz.training.plan import Plan
from nnviz.training.plan_transfer import same_parameters


class Writer(ABC):
    """What the scripts in NumPy and in PyTorch have in common.

    Parameters
    ----------
    legs : tuple of Leg
    """

    imports = "import numpy as np\n"
    answers = deep_report.NUMPY_ANSWERS
    counts_updates = True
    end = ""

    def __init__(self, legs: tuple[Leg, ...]) -> None:
        self.legs = legs
        self.needs = Needs.of(legs)
        self._files = row_files(legs)
        self._written: dict[str, str] = {}

    @abstractmethod
    def network(self, before: Leg | None, leg: Leg) -> Iterator[Part]:
        """Yield what becomes of the network at the beginning of a leg, and how it is updated."""

    def parts(self, step: int) -> Iterator[Part]:
        """Yield all parts; the last one prints what is there at `step`."""
        csv = "import csv\n\n" if self._files else ""
        yield Part("", f"{csv}{self.imports}")
        before = None
        for leg in self.legs:
            parts = [*self._choices(leg), *self._data(before, leg), *self.network(before, leg)]
            if leg.first < leg.last:
                parts.append(Part("", f"train({leg.first}, {leg.last})\n"))
            yield from _told(leg.first, [part for part in parts if part.code])
            before = leg
        plan = self.legs[-1].plan
        yield Part("Loss and accuracy of some answers.", deep_report.scores_function(plan))
        words = deep_report.report_words(plan)
        report = deep_report.report_code(self.legs[-1], step, self.answers)
        yield Part(words, f"{self.end}{report}")

    def once(self, name: str, code: str) -> str:
        """Return the code of this name, or nothing where it stands in the script already."""
        if self._written.get(name) == code:
            return ""
        self._written[name] = code
        return code

    def start(self, before: Leg | None, leg: Leg) -> Iterator[Part]:
        """Yield ``parameters``: the first ones, or those that are carried on and set by hand."""
        plan = leg.plan
        draw = self.once("start", deep_start.start_function(plan))
        if before is None:
            draw += f"\n\nparameters = start()\n{deep_start.NAMED}"
            yield Part(deep_start.start_words(plan), draw)
        elif not same_parameters(before.plan, plan):
            yield Part("", draw)
            yield Part(transfer.CARRY_WORDS, self.once("carry", transfer.CARRY))
            yield Part("", transfer.carry_code(before.plan, plan))
        elif draw:
            del self._written["start"]  # nothing is drawn here; maybe later
        yield self.by_hand(before, leg)
        if self.needs.batches:
            words = deep_start.numbers_words(dropout=self.needs.dropout)
            numbers = deep_start.numbers_code(dropout=self.needs.dropout)
            yield Part(words, self.once("numbers", numbers))

    def by_hand(self, before: Leg | None, leg: Leg) -> Part:
        """Return the lines that set parameters by hand."""
        words = "Set by hand: weights[layer][from, to] and biases[layer][unit]."
        return Part(words, transfer.by_hand_code(leg.stage))

    def rate(self, leg: Leg) -> Iterator[Part]:
        """Yield the learning rate of an epoch, and from where epochs and updates are counted."""
        if self.needs.schedule:
            words = "The learning rate of an epoch, counted from 0."
            yield Part(words, self.once("rate", updates.rate_function(leg.plan)))
        if not self.needs.several:
            return
        begins = [("order_begin", leg.order_begin)]
        begins += [("optimizer_begin", leg.optimizer_begin)] * (
            self.needs.adam and self.counts_updates
        )
        lines = [self.once(name, f"{name} = {value}\n") for name, value in begins]
        if self.needs.schedule:
            lines.append(self.once("epochs", f"epochs_before = {leg.epochs_before!r}\n"))
        words = "" if leg is not self.legs[0] else "The steps from which epochs are counted."
        yield Part(words, "".join(lines))

    def _choices(self, leg: Leg) -> Iterator[Part]:
        words = "The choices of this run." if leg is self.legs[0] else ""
        lines = [
            self.once(name, f"{name} = {value!r}\n")
            for name, value in _settings(leg.plan, self.needs).items()
        ]
        yield Part(words, "".join(lines))

    def _data(self, before: Leg | None, leg: Leg) -> Iterator[Part]:
        new, old = leg.plan, None if before is None else before.plan
        rows = old is None or old.sample != new.sample
        split = (
            rows or old is None or (old.seed, old.test_fraction) != (new.seed, new.test_fraction)
        )
        if rows:
            code = deep_rows.rows_code(new, self._files.get(new.sample))
            yield Part(deep_rows.rows_words(new), code)
        if split:
            if new.test_fraction:
                words = "Which rows are held out for the test: each class gives its share."
                yield Part(words, self.once("held out", deep_rows.held_out_code()))
            yield Part("", deep_rows.split_code(new))
        function = self.once("inputs", deep_rows.inputs_function(new))
        standardise = self.once("standardise", str(new.architecture.standardise))
        if split or function or standardise:
            gap = "\n\n" if function else ""
            code = f"{function}{gap}{deep_rows.inputs_code(new)}"
            yield Part(deep_rows.inputs_words(new), code)
        if self.once("targets", deep_rows.targets_code(new)) or split:
            yield Part("What the outputs should be.", deep_rows.targets_code(new))


def _settings(plan: Plan, needs: Needs) -> dict[str, object]:
    """Return the choices that are plain numbers, by their names in the script."""
    hyperparameters = plan.hyperparameters
    found: dict[str, object] = {
        "seed": plan.seed,
        "test_fraction": plan.test_fraction,
        "sizes": list(plan.sizes),
    }
    if needs.batches:
        found["batch_size"] = plan.batch_size
    found["learning_rate"] = hyperparameters.learning_rate
    penalties = {
        "l1": hyperparameters.l1,
        "l2": hyperparameters.l2,
        "dropout": hyperparameters.dropout,
    }
    return found | {name: value for name, value in penalties.items() if getattr(needs, name)}


def _told(first: int, parts: list[Part]) -> list[Part]:
    """Say where a later leg begins."""
    if first == 0 or not parts:
        return parts
    words = f"From step {first} on this is changed. {parts[0].words}".strip()
    return [Part(words, parts[0].code), *parts[1:]]
