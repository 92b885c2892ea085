"""The picture of the neuron: what stands where, what moves, and colours that mean their sign."""

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY
from nnviz.chapters.pictures_to_numbers.figures import neuron, squares
from nnviz.chapters.pictures_to_numbers.figures.neuron import (
    PANELS,
    drawing_tracks,
    neuron_picture,
    weight_tracks,
)
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import (
    NeuronConfig,
    PictureStudy,
    PictureTrials,
    examples,
    is_eight,
    train_neuron,
)
from nnviz.data.digits import digits

RUN = train_neuron(NeuronConfig(20, 0))
MADE = PictureTrials.of(PictureStudy(0), {(0, 0): 0.9, (1, 0): 0.8, (0, 3): 0.97})
DRAWING = examples(0, 8)[3]


def test_a_place_in_a_picture_is_the_square_that_is_seen_there() -> None:
    for pixel in range(64):
        x, y = squares.at(pixel)
        assert squares.pixel_at(x + 0.4, y - 0.4) == pixel
    assert squares.at(0) == (1, 8)
    assert squares.at(63) == (8, 1)
    assert squares.pixel_at(-5, 99) == 0
    assert squares.pixel_at(99, -99) == 63


def test_rows_are_counted_from_the_top_and_columns_from_the_left() -> None:
    for side in (3, 8):
        made = squares.axes("", ((0, 1), (0, 1)), side)
        rows = dict(zip(made["yaxis"]["tickvals"], made["yaxis"]["ticktext"], strict=True))
        columns = dict(zip(made["xaxis"]["tickvals"], made["xaxis"]["ticktext"], strict=True))
        assert [rows[side - k] for k in range(side)] == list(range(1, side + 1))
        assert [columns[k] for k in range(1, side + 1)] == list(range(1, side + 1))


def test_colours_mean_signs_and_zero_is_the_middle() -> None:
    shades = squares.shades(np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 5.0]), 2.0)
    assert shades.tolist() == [0, 64, 128, 191, 255, 255]
    track = weight_tracks(RUN, accuracy=True, means=True).tracks[0]
    values = np.asarray(track.values)
    assert values.shape == (2001, 8, 8)
    assert (values[0] == 128).all()
    lowest_first = RUN.parameters[2000, :-1].reshape(8, 8)[::-1]
    clear = np.abs(lowest_first) > 0.02
    assert (np.sign(values[2000].astype(int) - 128) == np.sign(lowest_first))[clear].all()


def test_what_moves_is_what_is_read_at_every_step() -> None:
    tracks = drawing_tracks(RUN, DRAWING, ["a", "b", "a"], 1000, counted=True).tracks
    points = np.asarray(tracks[1].values)
    for step in (0, 1, 999, 2000):
        reading = read_drawing(RUN.parameters[step], DRAWING)
        assert points[step] == pytest.approx([reading.z, reading.prediction])
    assert np.asarray(tracks[-1].values).tolist() == [0, 1, 0]
    # Where no drawing is in sight its sum is no number to be read.
    hidden = drawing_tracks(RUN, DRAWING, ["a"], 2000, counted=False).tracks
    assert "readout" in {track.kind for track in tracks}
    assert "readout" not in {track.kind for track in hidden}
    tracks = drawing_tracks(RUN, EMPTY, ["a"], 2000, counted=True).tracks
    assert [each.label for each in tracks if each.kind == "readout"] == [
        "nothing is drawn: the bias alone is"
    ]
    empty = tracks[0]
    assert (np.asarray(empty.values) == 128).all()


def test_every_choice_of_panels_is_a_picture_that_plotly_accepts() -> None:
    for step in (0, 2000):
        for drawing in (DRAWING, EMPTY, (16,) * 64):
            reading = read_drawing(RUN.parameters[step], drawing)
            # A link can hide any of them.
            chosen = [
                tuple(name for k, name in enumerate(PANELS) if which >> k & 1)
                for which in range(1, 2 ** len(PANELS))
            ]
            assert set(neuron._PLACES) <= set(chosen)
            for panels in chosen:
                picture = neuron_picture(RUN, step, reading, MADE, pixel=9, panels=panels)
                assert picture.figure is not None
                titles = [each["text"] for each in picture.plain["layout"]["annotations"]]
                assert len(titles) == len(panels)
                assert picture.heights(0)[1] >= 240
    whole = neuron_picture(RUN, 2000, read_drawing(RUN.parameters[2000], DRAWING), MADE)
    said = [text for trace in whole.plain["data"] for text in trace.get("text", ())]
    assert "row 1, column 1<br>weight 0 (update 2,000)" in said
    assert any("mean of 2: 85.0%" in text for text in said)
    three, eight = (digits().pictures[RUN.train[is_eight(RUN.train) == kind]] for kind in (0, 1))
    first = f"mean of 8s {np.mean(eight[:, 2]):.3g}, of 3s {np.mean(three[:, 2]):.3g}"
    assert f"row 1, column 3<br>{first}" in said


def test_the_weights_are_like_the_eights_minus_the_threes() -> None:
    threes, eights = RUN.mean_inks
    inked = (threes > 0) | (eights > 0)
    weights = RUN.parameters[-1, :-1]
    assert np.corrcoef(weights[inked], (eights - threes)[inked])[0, 1] > 0.8
    assert (weights[~inked] == 0).all()
