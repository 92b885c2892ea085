"""What is shown of lines whose histories are still on their way."""

from functools import partial

import pytest

from nnviz.chapters.deeper_networks import histories
from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.lines import Change, DeepLine
from nnviz.chapters.deeper_networks.shown import DeepShown
from tests.chapters.deeper_networks.test_chosen import FakeAddress

LINES = (DeepLine(), DeepLine(0, 10, (Change(10, {"rate": 0.01}),)))


class FakeStream:
    """Gives out what a test puts in."""

    def __init__(self):
        self.whole, self.view, self.asked = False, None, 0

    def ask(self):
        self.asked += 1


@pytest.fixture
def streams(monkeypatch):
    made = {}
    monkeypatch.setattr(
        histories, "stream", lambda timeline, plane: made.setdefault(timeline, FakeStream())
    )
    return made


def shown(streams, *, sliding=False, line="A"):
    address = FakeAddress(lines=LINES, line=line)
    return DeepShown(Chosen(address, lambda: 0, partial(address.set, "step")), 50, sliding=sliding)


def finish(stream, timeline, plane):
    stream.view = histories.view(histories.record(timeline), plane)
    stream.whole = True


def test_what_arrives_while_the_picture_is_made_belongs_to_the_next_one(streams):
    first = shown(streams)
    for timeline, stream in streams.items():
        finish(stream, timeline, first.plane)
    # It was made of what there was: so it says that there is more.
    assert first.quick
    assert first.waiting
    assert first.outdated
    later = shown(streams)
    assert not later.quick
    assert not later.waiting
    assert not later.outdated
    assert later.view.history.last_step == 50 * 13


def test_the_other_lines_are_waited_for_as_well(streams):
    first = shown(streams)
    finish(streams[first.timelines[0]], first.timelines[0], first.plane)
    now = shown(streams)
    assert not now.quick
    assert now.waiting
    assert not now.outdated
    finish(streams[first.timelines[1]], first.timelines[1], first.plane)
    assert now.outdated


def test_while_it_slides_only_the_line_that_is_followed_is_in_haste(streams):
    first = shown(streams)
    for timeline, stream in streams.items():
        finish(stream, timeline, first.plane)
    asked = [stream.asked for stream in streams.values()]
    held = shown(streams, sliding=True, line="B")
    assert held.quick
    assert held.outdated  # so that letting go is not missed
    (other,) = held.others
    assert other.view.last_step == first.timelines[0].steps
    assert [stream.asked for stream in streams.values()] == asked


def test_the_least_of_what_is_there_is_told(streams):
    first = shown(streams)
    assert first.done == 0
    finish(streams[first.timelines[0]], first.timelines[0], first.plane)
    assert first.done == 0
    finish(streams[first.timelines[1]], first.timelines[1], first.plane)
    assert first.done == 1
