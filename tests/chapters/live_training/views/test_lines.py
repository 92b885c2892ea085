"""What the browser is sent of a branching run, read as the browser reads it."""

from functools import cache

import numpy as np
import pytest

from nnviz.chapters.live_training.branches import Branch, lines, parting
from nnviz.chapters.live_training.views import lines as branching
from nnviz.chapters.live_training.views import recorded as recordings
from nnviz.chapters.live_training.views.lines import Shown
from nnviz.chart import packing
from nnviz.chart.strands import STROKES
from nnviz.training.model import Model
from nnviz.training.record import record
from nnviz.training.segment import Updates
from tests.runs import timeline_of

TRUNK = timeline_of(steps=1_000)
BRANCHES = (
    Branch(0, 300, learning_rate=1.0),
    Branch(1, 600, model=Model((), 4, "tanh", True)),
    Branch(2, 800, weights=(("v1", 2.0),)),
    Branch(0, 450, order="in turn"),
)
recorded = cache(record)


@pytest.fixture
def sent(monkeypatch):
    """Keep the tracks of every pack, in the order in which they are asked for."""
    kept = {}

    def pack(tracks):
        key = len(kept)
        kept[key] = tracks
        return key, str(key)

    monkeypatch.setattr(packing, "pack", pack)
    for name in (each for each in vars(branching) if each.startswith("_packed_")):
        function = getattr(branching, name)
        monkeypatch.setattr(branching, name, function.__wrapped__)
    return kept


def shown(number, trunk=TRUNK, branches=BRANCHES, **choices):
    return Shown(lines(trunk, branches, recorded), branches, number, "w1,w2", **choices)


def tracks_of(packs, kept):
    return [track for key, _ in packs for track in kept[key].tracks]


def seen_at(tracks, step):
    """Return the tracks that a browser shows at a step."""
    covering = [
        t
        for t in tracks
        if t.start <= step
        and (t.until is None or step <= t.until or (t.kind == "trail" and not t.slot))
    ]
    last = {t.slot: t for t in covering if t.slot}
    return [t for t in covering if not t.slot or last[t.slot] is t]


def value_at(track, step):
    return track.values[min((step - track.start) // track.stride, len(track.values) - 1)]


@pytest.mark.parametrize("number", range(5))
def test_at_every_step_the_line_that_is_followed_is_seen_once(number, sent):
    page = shown(number)
    tracks = tracks_of(page.packed(0, (2.0, 1.0)), sent)
    for step in (0, 1, 299, 300, 301, 449, 450, 599, 600, 601, 799, 800, 999, 1_000):
        run = page.run_at(step)
        there = seen_at(tracks, step)
        (total,) = (t for t in there if t.slot == "total")
        (error,) = run.cumulative_errors_between(step, step)
        assert value_at(total, step) == pytest.approx(error, rel=1e-12)
        for slot in ("ground", "right", "bars", "boundary", "ring", "used", "probe"):
            assert len([t for t in there if t.slot == slot]) == 1, (slot, step)
        answer = run.network_at(step).predict(run.plan.inputs([(2.0, 1.0)]))[0, 0]
        (probe,) = (t for t in there if t.slot == "probe")
        assert value_at(probe, step) == pytest.approx(answer, rel=1e-9)
        (words,) = (t for t in there if t.kind == "words")
        assert words.texts[value_at(words, step)]


@pytest.mark.parametrize("number", range(5))
def test_at_every_step_all_that_is_seen_is_of_this_step(number, sent):
    page = shown(number)
    tracks = [t for t in tracks_of(page.packed(0, None), sent) if t.slot]
    for piece in page.line.pieces:
        run = recorded(piece.timeline).run_at(piece.first)
        expected = run.cumulative_errors_between(piece.first, piece.last)
        for step in range(piece.first, piece.last + 1, 7):
            there = {}
            for track in seen_at(tracks, step):
                assert track.slot not in there
                there[track.slot] = track
            for slot in ("ground", "boundary", "bars", "path"):
                if slot in there:  # there is no path of a piece with other parameters
                    np.testing.assert_array_equal(
                        value_at(there[slot], step), run.parameters_at(step)
                    )
                    assert there[slot].stride == 1
            error = expected[step - piece.first]
            assert value_at(there["total"], step) == pytest.approx(error, rel=1e-9)
            assert value_at(there["error"], step) == pytest.approx(error, rel=5e-4)


@pytest.mark.parametrize("number", range(5))
def test_the_others_are_seen_from_where_they_part(number, sent):
    page = shown(number)
    others = {
        t.colour: t.start
        for t in tracks_of(page.packed(0, None), sent)
        if t.kind == "boundary" and t.slot != "boundary"
    }
    strands = {strand.stroke.colour: strand for strand in page.strands()}
    numbers = {STROKES[k].colour: k for k in range(5)}
    assert set(others) == set(strands)
    assert len(strands) == 4
    for colour, start in others.items():
        (view,) = strands[colour].views
        assert view.first == start
        # Where it parts; or where its run begins, if until then it is another one that is drawn.
        parts = parting(BRANCHES, number, numbers[colour])
        assert start in (parts, strands[colour].own_from)
        own = page.lines[numbers[colour]].pieces[-1]
        anew = own.first or page.run_at(start).first_step
        if start == parts and not anew:
            own = page.run_at(start).cumulative_errors_between(start, start)[0]
            assert view.cumulative_errors[0] == pytest.approx(own, rel=1e-12)


def test_paths_are_on_the_surface_for_lines_with_the_same_parameters_alone(sent):
    tracks = tracks_of(shown(1).packed(0, None), sent)
    assert len([t for t in tracks if t.kind == "trail" and t.axes == "x3y3"]) == 3  # B, A, E
    tracks = tracks_of(shown(3).packed(0, None), sent)
    paths = [t for t in tracks if t.kind == "trail" and t.axes == "x3y3"]
    assert sorted(t.start for t in paths) == [600, 800, 800]  # C's piece, D, and C again as other


def test_while_the_slider_moves_little_is_sent(sent):
    full = sum(len(t.values) for t in tracks_of(shown(1).packed(0, None), sent))
    quick = tracks_of(shown(1, sliding=True).packed(0, None), sent)
    assert sum(len(t.values) for t in quick) < full / 20
    assert not [t for t in quick if t.kind == "words"]


@pytest.mark.parametrize("step", [0, 1, 249, 765_432, 999_999, 1_000_000])
def test_a_run_of_a_million_updates_is_exact_where_the_person_stands(step, sent):
    trunk = timeline_of(steps=1_000_000)
    page = shown(0, trunk, ())
    tracks = tracks_of(page.packed(step, None), sent)
    run = page.run_at(step)
    for at in {step, max(0, step - 3), min(1_000_000, step + 200)}:
        there = {t.slot: t for t in seen_at(tracks, at) if t.slot}
        assert there["total"].stride == 1
        (error,) = run.cumulative_errors_between(at, at)
        assert value_at(there["total"], at) == pytest.approx(error, rel=1e-12)
        for slot in ("ground", "boundary", "bars", "path"):
            assert value_at(there[slot], at).tolist() == run.parameters_at(at).tolist(), slot
    far = 500_000 if step < 400_000 else 100_000
    there = {t.slot: t for t in seen_at(tracks, far) if t.slot}
    assert there["total"].stride == 100


def test_near_where_a_branch_of_a_long_run_begins_each_piece_has_its_own_numbers(sent):
    trunk = timeline_of(steps=1_000_000)
    at = 456_789
    page = shown(1, trunk, (Branch(0, at, model=Model((), 2, "tanh", True)),))
    for step in (at - 1, at, at + 1, at + 100):
        tracks = tracks_of(page.packed(step, None, told=False), sent)
        there = {t.slot: t for t in seen_at(tracks, step) if t.slot}
        run = page.run_at(step)
        assert run.plan.architecture.hidden == (() if step < at else ((2, "tanh"),))
        assert there["total"].stride == there["bars"].stride == 1
        (error,) = run.cumulative_errors_between(step, step)
        assert value_at(there["total"], step) == pytest.approx(error, rel=1e-9)
        for slot in ("ground", "boundary", "bars"):
            assert value_at(there[slot], step).tolist() == run.parameters_at(step).tolist(), slot
        # On the other side of the branch there is but the coarse run, and it is the right one.
        across = at + 50 if step < at else at - 50
        other = {t.slot: t for t in seen_at(tracks, across) if t.slot}["total"]
        assert other.stride == 100
        shown_at = across - (across - other.start) % 100
        (error,) = page.run_at(across).cumulative_errors_between(shown_at, shown_at)
        assert value_at(other, across) == pytest.approx(error, rel=1e-9)


def test_long_lines_are_trained_once_and_not_again_to_be_seen(monkeypatch):
    trunk = timeline_of(steps=400_000, record_every=100, hidden=((8, "tanh"),))
    branches = (
        Branch(0, 2_503, 0.3),
        Branch(1, 7_777, order="in turn"),
        Branch(1, 9_000, model=Model((), 7, "tanh")),
        Branch(0, 399_999, 0.2),
    )
    found = lines(trunk, branches, recordings.recorded)
    made, train = [], Updates.train

    def counted(updates, parameters, state, first, last, *grid):
        made.append(last - first)
        return train(updates, parameters, state, first, last, *grid)

    monkeypatch.setattr(Updates, "train", counted)
    for number, line in enumerate(found):
        page = Shown(found, branches, number, "w1,w2")
        strands = [page.followed(), *page.strands()]
        assert len(strands) == len(found)
        for view in (view for strand in strands for view in strand.views):
            assert len(view.parameters) == (view.last - view.first) // page.stride + 1
        assert strands[0].views[-1].last == line.last_step
    assert sum(made) < 100_000  # every update of a short window, so that its curve misses no spike
