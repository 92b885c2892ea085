"""What is chosen on the line that is followed, and how a choice is taken in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from nnviz.chapters.deeper_networks.lines import (
    Change,
    DeepLine,
    Lines,
    settings_at,
    with_branch,
    with_change,
    without_change,
    without_line,
)
from nnviz.chapters.deeper_networks.parameters import EPOCHS
from nnviz.chapters.deeper_networks.preset import Preset
from nnviz.chapters.deeper_networks.settings import FROM_THE_START, OWN, Settings
from nnviz.chapters.deeper_networks.settings_change import fields_of_architecture, settings_of
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import FloatArray
from nnviz.site.address import Address
from nnviz.training.words_branches import LETTERS

_NOTE: Final = "deeper_note"
_OF_WEIGHTS: Final = frozenset(
    {"seed", "init", "data", "classes", "inputs", "hidden", "loss", "output", "standardise"}
)
"""Choices after which weights from a file are no longer what the run begins with."""


class Chosen:
    """The choices of the page, read and changed.

    Parameters
    ----------
    address : Address
        With the parameters of `deeper_parameters`.
    here : callable
        Takes over where the player stands, and returns the step.
    go : callable
        Sends the player to a step.
    """

    def __init__(
        self, address: Address, here: Callable[[], int], go: Callable[[int], None]
    ) -> None:
        self._address, self._here, self._go = address, here, go

    @property
    def base(self) -> Settings:
        """How the first line begins."""
        settings: Settings = self._address["with"]
        return settings

    @property
    def own(self) -> Sample | None:
        """The person's own rows."""
        sample: Sample | None = self._address["own"]
        return sample

    @property
    def epochs(self) -> str:
        """How long the run is, as it can be chosen."""
        epochs: str = self._address["epochs"]
        return epochs

    @property
    def weights(self) -> tuple[float, ...]:
        """With which the run begins, if they were brought in from a file."""
        weights: tuple[float, ...] = self._address["weights"]
        return weights

    @property
    def lines(self) -> Lines:
        """The run and its branches."""
        lines: Lines = self._address["lines"]
        return lines

    @property
    def number(self) -> int:
        """Of the line that is followed."""
        return min(LETTERS.index(self._address["line"]), len(self.lines) - 1)

    @property
    def letter(self) -> str:
        """Of the line that is followed."""
        return LETTERS[self.number]

    @property
    def settings(self) -> Settings:
        """What is chosen at the step that is seen."""
        return settings_at(self.base, self.lines, self.number, self._address["step"])

    @property
    def acts_from(self) -> int:
        """The step from which a change would count."""
        line = self.lines[self.number]
        return line.at if self._address["acts"] == "start" else max(line.at, self._address["step"])

    def setter(self, field: str) -> Callable[[Any], None]:
        """Return what takes in another value of a field of `Settings`."""
        return lambda value: self.take({field: value})

    def take(self, choices: Mapping[str, Any], *, from_the_start: bool = False) -> None:
        """Change something: from here on, or from the start, as the person has chosen."""
        try:
            self.base.with_choices(choices)
        except (TypeError, ValueError) as reason:
            self.tell(str(reason))
            return
        self._here()
        always = from_the_start or any(name in FROM_THE_START for name in choices)
        if always or (self.acts_from == 0 and self.number == 0):
            # What has been changed on the way gives way to what is to hold from the start, on the
            # lines that this one comes from as well.
            way = {self.number}
            while 0 not in way:
                way.add(self.lines[min(way)].parent)
            lines = tuple(
                replace(line, changes=_without_fields(line, choices)) if k in way else line
                for k, line in enumerate(self.lines)
            )
            self._address.set("with", self.base.with_choices(choices))
            self._address.set("lines", lines)
            if not _OF_WEIGHTS.isdisjoint(choices):
                self._address.set("weights", ())
            return
        self._change(choices=choices)

    def set_by_hand(self, index: int, value: float) -> None:
        """Set a parameter at the step that is seen."""
        step = self._here()
        self._change(by_hand={index: value}, step=step)

    def _change(self, *, step: int | None = None, **changes: Any) -> None:
        begin = self.acts_from if step is None else step
        try:
            self._address.set("lines", with_change(self.lines, self.number, begin, **changes))
        except ValueError as reason:
            self.tell(str(reason))

    def take_back(self, step: int) -> None:
        """Undo what the followed line changes at a step."""
        self._address.set("lines", without_change(self.lines, self.number, step))

    def branch(self) -> None:
        """Leave the followed line at the step that is seen."""
        try:
            lines = with_branch(self.lines, self.number, self._here())
        except ValueError as reason:
            self.tell(str(reason))
            return
        self._address.set("lines", lines)
        self._address.set("line", LETTERS[len(lines) - 1])

    def delete(self, number: int) -> None:
        """Delete a branch, and those that leave it."""
        lines, followed = without_line(self.lines, number)
        self._address.set("lines", lines)
        self._address.set("line", LETTERS[followed])

    def name(self, text: str) -> None:
        """Name the branch that is followed."""
        lines, number = self.lines, self.number
        clean = " ".join(text.split())
        self._address.set(
            "lines",
            (*lines[:number], replace(lines[number], name=clean), *lines[number + 1 :]),
        )

    def use_rows(self, sample: Sample, note: str = "") -> None:
        """Train on the person's own rows, from the start."""
        self._address.set("own", sample)
        self._restart(self.base.with_choices({"data": OWN}))
        if note:
            self.tell(note)

    def use_points(self, sample: Sample) -> None:
        """Go on with rows that were changed by hand; everything else stays."""
        self._address.set("own", sample)
        self._address.set("with", self.base.with_choices({"data": OWN}))
        lines = tuple(
            replace(line, changes=_without_fields(line, {"data": OWN})) for line in self.lines
        )
        self._address.set("lines", lines)

    def use_weights(self, architecture: Architecture, parameters: FloatArray) -> None:
        """Begin anew with a network that was brought in from a file."""
        fields = fields_of_architecture(architecture)
        self._restart(self.base.with_choices(fields))
        self._address.set("weights", tuple(parameters.tolist()))
        self.tell("The run begins with the weights of the file.")

    def use_preset(self, preset: Preset) -> None:
        """Take over everything that a preset chooses."""
        self._address.set("own", None)
        self._address.set("epochs", length_of(preset))
        self._address.set("acts", "here")
        self._restart(settings_of(preset))

    def _restart(self, settings: Settings) -> None:
        self._address.set("with", settings)
        self._address.set("weights", ())
        self._address.set("lines", (DeepLine(),))
        self._address.set("line", LETTERS[0])
        self._address.set("picked", "")
        self._address.set("probe", ())
        self._go(0)

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the next picture; a callback cannot show it itself."""
        st.session_state[_NOTE] = sentence

    def told(self) -> str | None:
        """Return the sentence that was kept, once."""
        sentence: str | None = st.session_state.pop(_NOTE, None)
        return sentence


def length_of(preset: Preset) -> str:
    """Return how long a preset is trained on the page: of what can be chosen, the nearest."""
    return min(EPOCHS, key=lambda text: _distance(text, preset.epochs))


def _distance(text: str, epochs: int) -> float:
    """Return how far a length is from the epochs asked for; one that is too short is far."""
    length = int(text)
    return float(length - epochs) if length >= epochs else 1e6 + epochs - length


def _without_fields(line: DeepLine, choices: Mapping[str, Any]) -> tuple[Change, ...]:
    changes = tuple(
        Change(
            change.step,
            {name: value for name, value in change.choices.items() if name not in choices},
            change.by_hand,
        )
        for change in line.changes
    )
    return tuple(change for change in changes if not change.empty)
