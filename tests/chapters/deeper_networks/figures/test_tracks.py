"""What moves in the picture of a deeper network, held to the history it was made from."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.figures.layout import network_layout
from nnviz.chapters.deeper_networks.figures.tracks import (
    branch_tracks,
    item_tracks,
    network_tracks,
    same_network,
)
from nnviz.chapters.deeper_networks.items import Bias, Edge
from nnviz.chapters.deeper_networks.record_view import near
from nnviz.chart.network_tracks import (
    BiasTrack,
    BoundaryTrack,
    EdgeTrack,
    GroundTrack,
    TilesTrack,
    network_form,
)
from nnviz.chart.strands import STROKES
from nnviz.chart.tracks import DotTrack, ReadoutTrack, TrailTrack, by_steps
from tests.deep_views import PLANE, other_units, plan, seen

MADE = plan()
WIDER = other_units(MADE, (5, "tanh"))


@pytest.fixture(scope="module")
def view():
    return seen((0, MADE), (30, WIDER))


def made_of(tracks, kind):
    return [track for track in tracks.tracks if isinstance(track, kind)]


def followed(view, piece, **options):
    options = {
        "shown": piece.plan,
        "plane": PLANE,
        "until": None,
        "last": view.last_step,
        **options,
    }
    return network_tracks(piece, STROKES[0], **options)


def test_edges_and_biases_are_the_weights_of_their_moments(view):
    for piece in view.pieces:
        tracks, layout = followed(view, piece), network_layout(piece.plan.sizes)
        (edges,), (biases,) = made_of(tracks, EdgeTrack), made_of(tracks, BiasTrack)
        layers = piece.plan.layers(piece.parameters)
        for k, edge in enumerate(layout.edges):
            weights = layers[edge.layer - 1][0][:, edge.i, edge.j]
            np.testing.assert_array_equal(edges.values[:, edges.which[k]], weights)
            assert edges.places[k] == pytest.approx(layout.ends(edge), abs=0.01)
        # The output's bias is among them.
        assert layout.biases[-1] == Bias(len(piece.plan.sizes) - 1, 0)
        for k, bias in enumerate(layout.biases):
            values = layers[bias.layer - 1][1][:, bias.unit]
            np.testing.assert_array_equal(biases.values[:, biases.which[k]], values)
        for track in (edges, biases):
            assert (track.start, track.stride) == (piece.first, piece.stride)


def test_maps_stand_in_the_squares_of_their_units(view):
    piece = view.pieces[0]
    tracks, layout = followed(view, piece), network_layout(piece.plan.sizes)
    (tiles,), (ground,) = made_of(tracks, TilesTrack), made_of(tracks, GroundTrack)
    assert tiles.boxes == tuple(layout.tile(unit) for unit in layout.units)
    assert tiles.style()["extent"] == (-3, 3, -2, 4)
    for track in (tiles, ground):
        assert track.network == network_form(piece.plan)


def test_ground_line_marks_and_numbers_are_of_the_same_steps(view):
    for piece in view.pieces:
        for track in followed(view, piece).tracks:
            at = (track.start, track.stride, track.until, len(track.values))
            assert at == (piece.first, piece.stride, None, len(piece.parameters)), track.kind
            if isinstance(track, GroundTrack | BoundaryTrack | TilesTrack | EdgeTrack | BiasTrack):
                assert track.values is piece.parameters


def test_two_classes_alone_have_a_boundary(view):
    (line,) = made_of(followed(view, view.pieces[0]), BoundaryTrack)
    assert (line.axes, line.undecided) == ("x2y2", 0.0)
    for n_classes in (0, 3):
        other = seen((0, plan(n_classes)))
        assert not made_of(followed(other, other.pieces[0]), BoundaryTrack)


def test_a_piece_with_another_network_is_not_drawn_on_this_one(view):
    assert {piece.plan for piece in view.pieces} == {MADE, WIDER}
    for piece in view.pieces:
        tracks = followed(view, piece, shown=MADE)
        is_same = piece.plan == MADE
        assert bool(made_of(tracks, EdgeTrack)) is is_same
        assert bool(made_of(tracks, TilesTrack)) is is_same
        assert len(made_of(tracks, GroundTrack)) == 1
        assert len(made_of(tracks, ReadoutTrack)) == 4


def test_networks_are_the_same_with_the_same_inputs_and_units():
    faster = replace(MADE, hyperparameters=replace(MADE.hyperparameters, learning_rate=1.0))
    engineered = replace(MADE, architecture=replace(MADE.architecture, inputs=("x1", "x1^2")))
    assert same_network(MADE, faster)
    assert not same_network(MADE, WIDER)
    assert not same_network(MADE, engineered)


def test_losses_and_accuracies_are_those_of_the_view(view):
    piece = view.pieces[0]
    tracks = followed(view, piece)
    train, test = made_of(tracks, TrailTrack)
    assert train.made == test.made == by_steps()
    np.testing.assert_allclose(train.values, piece.scores.train_loss, rtol=5e-4)
    np.testing.assert_allclose(test.values, piece.scores.test_loss, rtol=5e-4)
    assert (train.dash, test.dash) == ("solid", "dot")
    dots = made_of(tracks, DotTrack)
    assert [dot.filled for dot in dots] == [True, False]
    told = {track.label: track.values for track in made_of(tracks, ReadoutTrack)}
    np.testing.assert_array_equal(told["training loss"], piece.scores.train_loss)
    np.testing.assert_allclose(told["test rows right, %"], 100 * piece.scores.test_accuracy)


def test_a_regression_tells_r_squared():
    view = seen((0, plan(0)))
    piece = view.pieces[0]
    told = {t.label: t.values for t in made_of(followed(view, piece), ReadoutTrack)}
    np.testing.assert_array_equal(told["training R²"], piece.scores.train_accuracy)


def test_without_test_rows_nothing_is_told_of_them():
    view = seen((0, plan(test_fraction=0.0)))
    tracks = followed(view, view.pieces[0])
    assert [track.label for track in made_of(tracks, ReadoutTrack)] == [
        "training loss", "training rows right, %"
    ]  # fmt: skip
    assert len(made_of(tracks, TrailTrack)) == 1


def test_single_updates_take_the_place_of_coarse_ones_without_paths(view):
    whole = followed(view, view.pieces[0])
    around = near(view.record, 20)
    fine = followed(view, around, until=around.last, is_near=True)
    assert not made_of(fine, TrailTrack)
    slots = {track.slot for track in fine.tracks}
    assert "" not in slots
    assert slots == {track.slot for track in whole.tracks if track.slot}
    assert {track.until for track in fine.tracks} == {around.last}
    assert {track.stride for track in fine.tracks} == {1}


def test_another_line_shows_its_training_loss(view):
    tracks = branch_tracks(view.pieces[0], STROKES[1], last=99)
    trail, dot = tracks.tracks
    assert tracks.last == 99
    assert (trail.colour, trail.dash, trail.axes) == (STROKES[1].colour, STROKES[1].dash, "x3y3")
    np.testing.assert_array_equal(trail.values, dot.values)
    np.testing.assert_allclose(dot.values, view.pieces[0].scores.train_loss, rtol=5e-4)


@pytest.mark.parametrize("item", [Edge(2, 1, 0), Bias(3, 0)])
def test_a_chosen_weight_is_told_at_every_step(view, item):
    piece = view.pieces[0]
    (readout,) = item_tracks(piece, item, "its name", until=None, last=60).tracks
    weights, bias = MADE.layers(piece.parameters)[item.layer - 1]
    expected = weights[:, item.i, item.j] if isinstance(item, Edge) else bias[:, item.unit]
    np.testing.assert_array_equal(readout.values, expected)
    assert (readout.label, readout.start, readout.stride) == ("its name", 0, piece.stride)
