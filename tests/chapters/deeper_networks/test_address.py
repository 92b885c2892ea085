"""What is chosen on a line, and where a choice is taken in."""

import pytest

from nnviz.chapters.deeper_networks.address import EPOCHS, Chosen, deeper_parameters, length_of
from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.settings import Settings


class FakeAddress(dict):
    """Holds the choices as an address does, without a session."""

    def __init__(self, **given):
        super().__init__({each.name: each.default for each in deeper_parameters()})
        self.update(given)

    def set(self, name, value):
        self[name] = value


class FakePlayer:
    """Stands where the address says."""

    def __init__(self, address):
        self._address = address

    def catch_up(self):
        return self._address["step"]

    def go(self, step):
        self._address["step"] = step


def chosen(**given):
    address = FakeAddress(**given)
    return address, Chosen(address, FakePlayer(address))


def test_at_a_step_a_choice_counts_from_there():
    address, choices = chosen(step=70)
    choices.take({"rate": 0.01})
    assert address["with"] == Settings()
    assert address["lines"] == (Line(changes=(Change(70, {"rate": 0.01}),)),)
    assert choices.settings.rate == 0.01
    address["step"] = 69
    assert choices.settings.rate == 0.3


@pytest.mark.parametrize("given", [{"step": 0}, {"step": 70, "acts": "start"}])
def test_from_the_start_a_choice_takes_the_place_of_later_ones(given):
    later = Line(changes=(Change(50, {"rate": 1.0, "batch": 1}), Change(60, {"rate": 2.0})))
    address, choices = chosen(lines=(later,), **given)
    choices.take({"rate": 0.01})
    assert address["with"] == Settings(rate=0.01)
    assert address["lines"] == (Line(changes=(Change(50, {"batch": 1}),)),)


@pytest.mark.parametrize("acts", ["here", "start"])
def test_a_choice_for_a_branch_leaves_its_run_alone(acts):
    lines = (Line(), Line(0, 0))
    address, choices = chosen(lines=lines, line="B", acts=acts)
    choices.take({"rate": 0.01})
    assert address["with"] == Settings()
    assert address["lines"] == (Line(), Line(0, 0, (Change(0, {"rate": 0.01}),)))


def test_the_seed_counts_from_the_start_wherever_one_is():
    address, choices = chosen(step=70)
    choices.take({"seed": 4})
    assert address["with"] == Settings(seed=4)
    assert address["lines"] == (Line(),)


def test_a_line_that_is_no_more_gives_way_to_the_last():
    _, choices = chosen(line="E", lines=(Line(), Line(0, 5)))
    assert (choices.number, choices.letter) == (1, "B")


def test_a_preset_is_trained_at_least_as_long_as_it_says():
    for preset in PRESETS.values():
        length = int(length_of(preset))
        assert length >= preset.epochs
        assert not [each for each in EPOCHS if preset.epochs <= int(each) < length]
