"""What is shown of lines whose records are still on their way."""

import pytest

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.record_view import view
from nnviz.chapters.deeper_networks.views import shown as module
from nnviz.chapters.deeper_networks.views.shown import ShownLines
from nnviz.site.background import Known
from nnviz.training.record import record
from tests.chapters.deeper_networks.test_address import FakeAddress, FakePlayer

LINES = (Line(), Line(0, 10, (Change(10, {"rate": 0.01}),)))


class FakeViews:
    """Knows what a test puts in, and what has been asked for."""

    def __init__(self):
        self.results, self.asked = {}, []

    def known(self, key):
        return self.results.get(key, Known())

    def ask(self, key):
        self.asked.append(key)
        return self.known(key)


@pytest.fixture
def views(monkeypatch):
    made = FakeViews()
    monkeypatch.setattr(module, "VIEWS", made)
    monkeypatch.setattr(module, "at_once", lambda timeline: False)
    return made


def shown(views, *, sliding=False, line="A"):
    address = FakeAddress(lines=LINES, line=line)
    return ShownLines(Chosen(address, FakePlayer(address)), 50, sliding=sliding)


def finish(views, timeline):
    views.results[timeline] = Known((view(record(timeline)),), complete=True)


def test_what_arrives_while_the_picture_is_made_belongs_to_the_next_one(views):
    first = shown(views)
    for timeline in first.timelines:
        finish(views, timeline)
    # It was made of what there was: so it says that there is more.
    assert first.quick
    assert first.waiting
    assert first.outdated
    later = shown(views)
    assert not later.quick
    assert not later.waiting
    assert not later.outdated
    assert later.view.record.last_step == 50 * 13


def test_the_other_lines_are_waited_for_as_well(views):
    first = shown(views)
    finish(views, first.timelines[0])
    now = shown(views)
    assert not now.quick
    assert now.waiting
    assert not now.outdated
    finish(views, first.timelines[1])
    assert now.outdated


def test_while_it_slides_only_the_line_that_is_followed_is_in_haste(views):
    first = shown(views)
    for timeline in first.timelines:
        finish(views, timeline)
    n_asked = len(views.asked)
    held = shown(views, sliding=True, line="B")
    assert held.quick
    assert held.outdated  # so that letting go is not missed
    (other,) = held.others
    assert other.view.last_step == first.timelines[0].steps
    assert len(views.asked) == n_asked


def test_the_least_of_what_is_there_is_told(views):
    first = shown(views)
    assert first.done == 0
    finish(views, first.timelines[0])
    assert first.done == 0
    finish(views, first.timelines[1])
    assert first.done == 1


def test_of_many_rows_the_followed_line_comes_first_and_nothing_is_asked_before_it(
    views, monkeypatch
):
    monkeypatch.setattr(module, "has_many_rows", lambda timeline: True)
    first = shown(views)
    assert first.coarse
    assert first.missing == (1,)
    assert first.others == ()
    assert first.view
    assert views.asked == []
    first.ask()
    assert views.asked == [*first.timelines]
    for timeline in first.timelines:
        finish(views, timeline)
    whole = shown(views)
    assert not whole.coarse
    assert not whole.missing
    assert len(whole.others) == 1
