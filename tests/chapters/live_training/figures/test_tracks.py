"""What moves in the picture of a run: how long each track is, and what it holds."""

import numpy as np
import pytest

from nnviz.chapters.live_training.figures.tracks import (
    branch_tracks,
    joined,
    near_boundary,
    near_tracks,
    probe_tracks,
    surface_tracks,
    words_tracks,
)
from nnviz.chapters.live_training.figures.tracks import run_tracks as marks_of
from nnviz.chapters.live_training.surfaces import around, run_surfaces
from nnviz.chart import theme
from nnviz.chart.strands import STROKES
from nnviz.chart.tracks import by_parameters, by_steps
from nnviz.data.tutorial import eight_rows
from nnviz.training.maps.surface_axes import two_parameters
from nnviz.training.playback import view
from tests.runs import ended_at_once, run_of


def see(steps, stride=1, **choices):
    return view(run_of(steps=steps, **choices), stride=stride)


def axes_of(seen):
    return two_parameters(seen.run.plan, 0, 1)


def surfaces_of(seen):
    axes = axes_of(seen)
    return run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))


def run_tracks(seen, until=None):
    """Return all marks of a run that is followed, its surface included."""
    stroke = STROKES[0]
    marks = marks_of(seen, stroke, until=until)
    return joined(marks, surface_tracks(surfaces_of(seen), stroke, until=until))


def of_kind(tracks, kind, axes="xy"):
    return [t for t in tracks.tracks if t.kind == kind and t.axes == axes]


def readout(tracks, label):
    (found,) = (t for t in tracks.tracks if t.kind == "readout" and t.label == label)
    return found


def value_at(track, step):
    """Return what the browser shows at a step: the entry before it."""
    return track.values[min((step - track.start) // track.stride, len(track.values) - 1)]


def test_every_mark_belongs_to_every_step():
    for steps in (1, 99, 100, 10_000, 20_000):
        tracks = run_tracks(see(steps))
        assert tracks.last == steps
        for track in tracks.tracks:
            at = (track.start, track.stride, track.until, len(track.values))
            assert at == (0, 1, None, steps + 1), track.kind


@pytest.mark.parametrize(("steps", "n"), [(1, 1), (99, 1), (100, 2), (10_000, 101)])
def test_while_the_slider_moves_every_hundredth_update_is_there(steps, n):
    tracks = run_tracks(see(steps, stride=100))
    assert tracks.last == steps
    assert {(t.stride, len(t.values)) for t in tracks.tracks} == {(100, n)}
    # Which row was used cannot be said then.
    assert "just used" not in [t.label for t in tracks.tracks if t.kind == "readout"]
    assert [t.size for t in of_kind(tracks, "dot")] == []


def test_the_marks_are_those_of_the_run():
    seen = see(1_000)
    tracks, run = run_tracks(seen), seen.run
    of_parameters = {
        "ground": "xy", "boundary": "xy", "errors": "x4y4", "surface": "x3y3",
    }  # fmt: skip
    for kind, axes in of_parameters.items():
        (track,) = of_kind(tracks, kind, axes)
        for step in (0, 1, 437, 1_000):
            assert value_at(track, step).tolist() == run.parameters_at(step).tolist()
    for kind in ("trail", "dot"):
        (error,), (path,) = of_kind(tracks, kind, "x2y2"), of_kind(tracks, kind, "x3y3")
        assert error.made == by_steps()
        np.testing.assert_allclose(error.values, seen.cumulative_errors, rtol=5e-4)
        axes = axes_of(seen)
        assert path.made == by_parameters(axes.centre, axes.directions)
        np.testing.assert_array_equal(path.values, seen.parameters)
    (bars,) = of_kind(tracks, "errors", "x4y4")
    assert bars.rows["inputs"] == run.plan.train_inputs.tolist()
    assert bars.rows["targets"] == run.plan.sample.y.tolist()
    (surface,) = of_kind(tracks, "surface", "x3y3")
    np.testing.assert_allclose(surface.shades, surfaces_of(seen).shades, rtol=5e-4)


def test_the_ring_is_round_the_row_that_was_used():
    seen = see(50)
    tracks = run_tracks(seen)
    (ring,) = (t for t in of_kind(tracks, "dot") if not t.filled)
    used = readout(tracks, "just used")
    assert ring.values[0] == 0  # there is none
    assert used.names[int(used.values[0])] == ""
    for step in range(1, 51):
        row = int(seen.run.picks(step - 1, step)[0])
        place = ring.made["places"][int(ring.values[step]) - 1]
        assert place == seen.run.plan.sample.X[row].tolist()
        assert used.names[int(used.values[step])] == f"plant {row + 1}"


def test_readouts():
    seen = see(200)
    tracks = run_tracks(seen)
    labels = [t.label for t in tracks.tracks if t.kind == "readout"]
    assert labels == ["cumulative error", "plants right", "just used"]
    network, plan = seen.run.network_at(200), seen.run.plan
    answers = network.predict(plan.train_inputs)[:, 0]
    right = sum((answers >= 0.5) == (plan.sample.y == 1))
    assert readout(tracks, "plants right").values[200] == right
    asked = network.predict(plan.inputs([(2.0, 1.0)]))[0, 0]
    probe = probe_tracks(seen, (2.0, 1.0))
    assert probe.last == 200
    assert readout(probe, "answer at ✕").values[200] == pytest.approx(asked, rel=1e-9)


@pytest.mark.parametrize(("steps", "n"), [(1, 2), (100, 2), (1_050, 11), (10_000, 101)])
def test_the_sentences_go_with_the_recorded_steps(steps, n):
    run = see(steps).run
    tracks = words_tracks(run, [f"step {step}" for step in run.recorded_steps])
    (track,) = tracks.tracks
    assert (tracks.last, len(track.values)) == (steps, n)
    for index, value in enumerate(track.values):
        assert track.texts[value] == f"step {index * track.stride}"


def test_bars_and_grounds_have_the_colours_of_the_classes():
    tracks = run_tracks(see(10))
    (bars,) = of_kind(tracks, "errors", "x4y4")
    assert bars.colours == tuple(theme.CLASS_COLOURS[int(t)] for t in eight_rows().y)
    (answers,), (surface,) = of_kind(tracks, "ground"), of_kind(tracks, "surface", "x3y3")
    assert answers.stops == theme.DIVERGING
    assert surface.stops == theme.SEQUENTIAL


def test_a_line_that_is_not_followed_has_its_own_colour_and_dash():
    run = see(1_000).run
    seen = view(run, first=400)
    for stroke in STROKES[1:]:
        tracks = branch_tracks(seen, axes_of(seen), stroke, last=2_000)
        assert tracks.last == 2_000
        assert {(t.kind, t.axes) for t in tracks.tracks} == {
            ("trail", "x2y2"), ("dot", "x2y2"), ("boundary", "xy"),
            ("trail", "x3y3"), ("dot", "x3y3"),
        }  # fmt: skip
        assert {t.colour for t in tracks.tracks} == {stroke.colour}
        assert {t.dash for t in tracks.tracks if t.kind != "dot"} == {stroke.dash}
        assert {t.start for t in tracks.tracks} == {400}
    # Without the same parameters there is no path on the surface.
    assert not [t for t in branch_tracks(seen, None, stroke, last=1).tracks if t.axes == "x3y3"]


def test_what_another_run_goes_on_from_is_seen_up_to_there():
    run = see(1_000).run
    tracks = run_tracks(view(run, first=0, last=399), until=399)
    assert {t.until for t in tracks.tracks} == {399}
    assert {t.until for t in run_tracks(see(10)).tracks} == {None}
    words = words_tracks(run, [f"{step}" for step in run.recorded_steps], until=399)
    assert {t.until for t in words.tracks} == {399}


def test_the_answer_at_a_point_ends_with_its_piece():
    seen = see(300)
    for until in (None, 120):
        (probe,) = probe_tracks(view(seen.run, first=100), (2.0, 1.0), until=until).tracks
        assert (probe.start, probe.until, probe.slot) == (100, until, "probe")
        answer = seen.run.network_at(110).predict(seen.run.plan.inputs([(2.0, 1.0)]))
        assert value_at(probe, 110) == pytest.approx(answer[0, 0], rel=1e-9)


def test_joined_marks_keep_their_order_and_the_clock_of_the_first():
    first, second = marks_of(see(10), STROKES[0]), marks_of(see(20), STROKES[1])
    both = joined(first, second)
    # The browser shows the last track of a slot, so their order is what is seen.
    assert both.tracks == (*first.tracks, *second.tracks)
    assert both.last == 10
    assert joined(second, first).last == 20


@pytest.mark.parametrize("number", range(5))
def test_the_pen_of_the_line_that_is_followed_is_its_own(number):
    seen, stroke = see(100), STROKES[number]
    tracks = marks_of(seen, stroke)
    (boundary,) = of_kind(tracks, "boundary")
    assert (boundary.colour, boundary.dash) == (stroke.colour, stroke.dash)
    assert {t.colour for t in tracks.tracks if t.axes == "x2y2"} == {stroke.colour}
    trail, point = surface_tracks(surfaces_of(seen), stroke).tracks[1:]
    assert (trail.colour, trail.dash, point.colour) == (stroke.colour, stroke.dash, stroke.colour)


def test_the_sentences_of_a_part_of_a_run_begin_with_the_last_one_before_it():
    run = see(1_000).run
    (track,) = words_tracks(run, [f"step {s}" for s in run.recorded_steps], first=250).tracks
    assert track.start == 250
    assert track.texts[track.values[0]] == "step 200"
    assert track.texts[track.values[1]] == "step 300"


def test_near_the_person_every_update_of_a_long_run_is_there():
    run = run_of(steps=100_000)
    seen = view(run, first=54_321 - 250, last=54_321 + 250)
    near = near_tracks(seen, axes_of(seen), STROKES[0])
    coarse = {t.slot for t in run_tracks(view(run, stride=10)).tracks if t.slot}
    fine = {t.slot for t in near.tracks}
    # Whatever is coarse is replaced, and the row that was used is named besides.
    assert fine == coarse | {"ring", "used"}
    for track in near.tracks:
        assert (track.start, track.until, track.stride) == (54_071, 54_571, 1)
    assert not [t for t in near.tracks if t.kind in ("surface", "trail")]
    (error,) = run.cumulative_errors_between(54_321, 54_321)
    assert readout(near, "cumulative error").values[250] == pytest.approx(error, rel=1e-12)
    assert not of_kind(near_tracks(seen, None, STROKES[0]), "dot", "x3y3")
    # Of a line that is not followed only the boundary is drawn at each.
    (line,) = near_boundary(seen, STROKES[2]).tracks
    assert (line.start, line.until, line.stride, line.slot) == (54_071, 54_571, 1, "boundary C")
    assert line.slot in {t.slot for t in branch_tracks(seen, None, STROKES[2], last=1_000).tracks}


def test_a_run_that_diverged_at_once():
    tracks = run_tracks(view(ended_at_once()))
    assert tracks.last == 0
    assert {len(t.values) for t in tracks.tracks} == {1}
    assert all(array.size for array in tracks.arrays())


def test_rows_are_counted_from_one():
    of_the_story, others = see(10), see(10, rows=((0.0, 0.0), (1.0, 1.0)), targets=(0, 1))
    names = readout(marks_of(of_the_story, STROKES[0]), "just used").names
    assert names == ("", *(f"plant {i}" for i in range(1, 9)))
    assert readout(marks_of(others, STROKES[0]), "just used").names == ("", "row 1", "row 2")
