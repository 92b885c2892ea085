"""The parameters of the page's address, and what a person does with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from nnviz.chapters.deeper_networks.items import Unit, outgoing
from nnviz.chapters.deeper_networks.lines import (
    Line,
    Lines,
    settings_at,
    with_branch,
    with_change,
    with_line,
    without_change,
    without_line,
)
from nnviz.chapters.deeper_networks.link_text import (
    differences,
    read_choices,
    read_lines,
    read_weights,
    write_choices,
    write_lines,
    write_weights,
)
from nnviz.chapters.deeper_networks.presets import Preset
from nnviz.chapters.deeper_networks.settings import FROM_THE_START, OWN, Settings, choices_of
from nnviz.data import sample_text
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture, offered_inputs
from nnviz.nn.checks import FloatArray
from nnviz.site import lesson
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Numbers, Parameter, Switch, Whole
from nnviz.site.player import Player
from nnviz.text.numbers import whole
from nnviz.training.branch_letters import LETTERS, begun_already
from nnviz.training.plan import Plan
from nnviz.training.timeline import MOST_STEPS

EPOCHS: Final = (
    "30", "50", "60", "100", "150", "200", "300", "400", "500", "1000", "3000", "10000",
)  # fmt: skip
ACTS: Final = ("here", "start")
TOOLS: Final = ("ask", "add", "move", "remove")
PARTS: Final = ("numbers", "why", "solid", "code", "predict", "export", "tutorial")

BASE: Final = Settings()
_FILE: Final = "file"


def deeper_parameters() -> list[Parameter]:
    """Return all parameters of the page."""
    return [
        Custom("with", BASE, _read_settings, _write_settings),
        Custom("own", None, _read_sample, _write_sample),
        Custom("weights", (), read_weights, write_weights),
        Custom("lines", (Line(),), lambda text: read_lines(text, BASE), write_lines),
        Choice("line", LETTERS[0], tuple(LETTERS)),
        Choice("epochs", "400", EPOCHS),
        Whole("step", 0, 0, MOST_STEPS),
        Choice("acts", ACTS[0], ACTS),
        Choice("tool", TOOLS[0], TOOLS),
        Whole("adds", 1, 0, 4),
        Custom("picked", "", _read_item, str),
        Numbers("probe", (), -1e12, 1e12, count=2),
        Switch("log"),
        Whole("turn", 0, 0, 350),
        Choice("part", PARTS[0], PARTS),
    ]


def _read_settings(text: str) -> Settings:
    return BASE.with_choices(read_choices(text, BASE))


def _write_settings(settings: Settings) -> str:
    return write_choices(differences(BASE, settings))


def _read_sample(text: str) -> Sample | None:
    if text == _FILE:
        raise ValueError(
            "these rows were too many for a link: choose Data, Own rows, and load the file again"
        )
    return sample_text.decode(text) if text else None


def _write_sample(sample: Sample | None) -> str:
    if sample is None:
        return ""
    return sample_text.encode(sample) or _FILE


def _read_item(text: str) -> Any:
    """Return the name of a unit (``u.1.2``), an edge (``e.1.0.2``) or a bias (``b.1.2``)."""
    kind, *numbers = text.split(".")
    try:
        if text and len(numbers) != {"u": 2, "b": 2, "e": 3}.get(kind):
            raise ValueError
        return ".".join([kind, *(str(whole(each, 0, 999)) for each in numbers)])
    except ValueError:
        raise ValueError("it names a unit such as u.1.2, a bias b.1.2 or an edge e.1.0.2") from None


_NOTE: Final = "deeper_note"
_OF_WEIGHTS: Final = frozenset(
    {"seed", "init", "data", "classes", "inputs", "hidden", "loss", "output", "standardise"}
)
"""Choices after which weights from a file are no longer what the run begins with."""


class Chosen:
    """The choices of the page, read and changed: its address has the `deeper_parameters`."""

    def __init__(self, address: Address, player: Player) -> None:
        self._address, self._player = address, player

    @property
    def base(self) -> Settings:
        """The settings that the first line begins with."""
        settings: Settings = self._address["with"]
        return settings

    @property
    def own(self) -> Sample | None:
        """Own rows, if there are any."""
        sample: Sample | None = self._address["own"]
        return sample

    @property
    def epochs(self) -> str:
        """The length of the run, one of `EPOCHS`."""
        epochs: str = self._address["epochs"]
        return epochs

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights that the run begins with, if they were read from a file."""
        weights: tuple[float, ...] = self._address["weights"]
        return weights

    @property
    def lines(self) -> Lines:
        """The run and its branches."""
        lines: Lines = self._address["lines"]
        return lines

    @property
    def number(self) -> int:
        """The number of the line that is followed."""
        return min(LETTERS.index(self._address["line"]), len(self.lines) - 1)

    @property
    def letter(self) -> str:
        """The letter of the line that is followed."""
        return LETTERS[self.number]

    @property
    def settings(self) -> Settings:
        """The settings at the step on the screen."""
        return settings_at(self.base, self.lines, self.number, self._address["step"])

    @property
    def acts_from(self) -> int:
        """The step from which on a change counts."""
        line = self.lines[self.number]
        return line.at if self._address["acts"] == "start" else max(line.at, self._address["step"])

    def take(self, choices: Mapping[str, Any], *, from_the_start: bool = False) -> None:
        """Change settings from the step on the screen, or from the start, as is chosen."""
        try:
            self.base.with_choices(choices)
        except (TypeError, ValueError) as reason:
            self.tell(str(reason))
            return
        self._player.catch_up()
        if lesson.shown() is not None:
            self._player.go(0)  # the run that follows is to be seen from its beginning
        always = from_the_start or any(name in FROM_THE_START for name in choices)
        if always or (self.acts_from == 0 and self.number == 0):
            # Later changes of the same settings are dropped, on the lines that this one comes from
            # as well.
            ancestors = {self.number}
            while 0 not in ancestors:
                ancestors.add(self.lines[min(ancestors)].parent)
            lines = tuple(
                line.without(choices) if k in ancestors else line
                for k, line in enumerate(self.lines)
            )
            self._address.set("with", self.base.with_choices(choices))
            self._address.set("lines", lines)
            if not _OF_WEIGHTS.isdisjoint(choices):
                self._address.set("weights", ())
            return
        self._change(choices=choices)

    def set_by_hand(self, index: int, value: float) -> None:
        """Set a parameter at the step on the screen."""
        self._change(by_hand={index: value}, step=self._before_the_end())

    def _before_the_end(self) -> int:
        """Return the step on the screen.

        After the last one nothing counts any more: from there the player goes one back.
        """
        step = self._player.catch_up()
        end = int(self.epochs) * self.base.plan(self.own).updates_per_epoch
        last = min(MOST_STEPS, end) - 1
        if step > last:
            self._player.go(last)
        return min(step, last)

    def switch(self, plan: Plan, unit: Unit, *, on: bool) -> None:
        """Set what leads on from a unit to 0 at the step on the screen, or take that back."""
        weights = outgoing(plan, unit)
        if not on:
            self._change(by_hand=dict.fromkeys(weights, 0.0), step=self._before_the_end())
            return
        self._replace_line(self.lines[self.number].without(by_hand=weights))

    def _change(self, *, step: int | None = None, **changes: Any) -> None:
        first = self.acts_from if step is None else step
        try:
            self._address.set("lines", with_change(self.lines, self.number, first, **changes))
        except ValueError as reason:
            self.tell(str(reason))

    def take_back(self, step: int) -> None:
        """Undo what the followed line changes at a step."""
        self._address.set("lines", without_change(self.lines, self.number, step))

    def branch(self) -> None:
        """Add a branch that leaves the followed line at the step on the screen."""
        at, line = self._player.catch_up(), self.lines[self.number]
        if self.number and line.at == at and not line.changes:
            self.tell(begun_already(self.number))
            return
        try:
            lines = with_branch(self.lines, self.number, at)
        except ValueError as reason:
            self.tell(str(reason))
            return
        self._address.set("lines", lines)
        self._address.set("line", LETTERS[len(lines) - 1])

    def delete(self, number: int) -> None:
        """Delete a branch, with those that leave it."""
        lines, followed = without_line(self.lines, number)
        self._address.set("lines", lines)
        self._address.set("line", LETTERS[followed])

    def name(self, text: str) -> None:
        """Name the branch that is followed."""
        self._replace_line(replace(self.lines[self.number], name=" ".join(text.split())))

    def _replace_line(self, line: Line) -> None:
        self._address.set("lines", with_line(self.lines, self.number, line))

    def use_rows(self, sample: Sample, note: str = "") -> None:
        """Train on own rows, from the start."""
        self._address.set("own", sample)
        columns = offered_inputs(sample.X.shape[1])[: sample.X.shape[1]]
        self._restart(self.base.with_choices({"data": OWN, "inputs": columns}))
        if note:
            self.tell(note)

    def use_points(self, sample: Sample) -> None:
        """Train on rows that were changed by hand; everything else stays."""
        self._address.set("own", sample)
        self._address.set("with", self.base.with_choices({"data": OWN}))
        self._address.set("lines", tuple(line.without({"data"}) for line in self.lines))

    def use_weights(self, architecture: Architecture, parameters: FloatArray) -> None:
        """Begin again with the network and the weights of a file."""
        self._restart(self.base.with_choices(choices_of(architecture)))
        self._address.set("weights", tuple(parameters.tolist()))
        self.tell("The run begins with the weights of the file.")

    def use_preset(self, preset: Preset) -> None:
        """Take over all settings of a preset."""
        self._address.set("own", None)
        self._address.set("epochs", length_of(preset))
        self._address.set("acts", "here")
        self._restart(preset.settings)

    def _restart(self, settings: Settings) -> None:
        self._address.set("with", settings)
        self._address.set("weights", ())
        self._address.set("lines", (Line(),))
        self._address.set("line", LETTERS[0])
        self._address.set("picked", "")
        self._address.set("probe", ())
        self._player.go(0)

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the next run of the page; a callback cannot show it itself."""
        st.session_state[_NOTE] = sentence

    def note(self) -> str | None:
        """Return the sentence that was kept, and forget it."""
        sentence: str | None = st.session_state.pop(_NOTE, None)
        return sentence


def length_of(preset: Preset) -> str:
    """Return the length of a preset on the page: the smallest choice that is not too short."""
    return next((text for text in EPOCHS if int(text) >= preset.epochs), EPOCHS[-1])


ADDRESS: Final = Address("deeper_networks", deeper_parameters())
PLAYER: Final = Player(ADDRESS, "deeper_networks_chart")
