"""The pictures of the ten digits: where each thing stands, and what moves."""

import numpy as np

from nnviz.chapters.pictures_to_numbers.figures.confusion import (
    GALLERY,
    MOST_SHOWN,
    cell_at,
    confusion_picture,
)
from nnviz.chapters.pictures_to_numbers.figures.mosaic import Mosaic
from nnviz.chapters.pictures_to_numbers.figures.repeats import repeats_picture
from nnviz.chapters.pictures_to_numbers.figures.ten import (
    PANELS,
    drawing_tracks,
    mosaic_of,
    right_tracks,
    ten_picture,
    text_steps,
    weight_tracks,
)
from nnviz.chapters.pictures_to_numbers.ten.mistakes import confusion
from nnviz.chapters.pictures_to_numbers.ten.network import (
    UPDATES,
    TenConfig,
    digit_accuracy,
    train_ten,
)
from nnviz.chapters.pictures_to_numbers.ten.reading import (
    read_ten,
    readings,
    unit_off,
    weight_pictures,
)
from nnviz.chapters.pictures_to_numbers.ten.study import VARIED, TenStudy, TenTrials
from nnviz.chart.packing import pack
from nnviz.data.digits import digits

DRAWING = tuple(digits().pictures[0].tolist())


def test_every_picture_of_a_mosaic_has_its_place():
    for n in (1, 5, 10, 16, 32):
        mosaic = Mosaic.fitting(n, 0.8)
        assert mosaic.n == n
        width, height = mosaic.size
        pictures = np.arange(n, dtype=np.uint8)[:, np.newaxis].repeat(64, axis=1) + 1
        whole = mosaic.whole(pictures, 0)
        assert whole.shape == (height, width)
        for k in range(n):
            x, y = mosaic.corner(k)
            assert (whole[y : y + 8, x : x + 8] == k + 1).all()
            assert mosaic.at(x + 4, y + 4) == k
        assert (whole == 0).sum() == width * height - 64 * n
        assert mosaic.at(-1, 4) is None
        assert mosaic.at(width + 1, height + 1) is None
    upright = np.arange(64, dtype=np.uint8)[np.newaxis]
    # The first pixel is at the upper left, and the first row of the whole is the lowest.
    assert Mosaic(1, 1).whole(upright, 0)[7, 0] == 0
    assert Mosaic(1, 1).whole(upright, 0)[0, 7] == 63


def test_what_moves_is_the_run():
    for units in (0, 6):
        run = train_ten(TenConfig(100, units))
        (painted,) = weight_tracks(run).tracks
        mosaic, found = mosaic_of(run), weight_pictures(run)
        x, y = mosaic.corner(3)
        shown = painted.values[200, y : y + 8, x : x + 8][::-1].ravel().astype(float)
        reach = np.quantile(np.abs(found[-1]), 0.98)
        expected = np.clip(found[200, 3], -reach, reach)
        np.testing.assert_allclose((shown - 127.5) / 127.5 * reach, expected, atol=reach / 200)
        bars, wrong = right_tracks(run).tracks
        np.testing.assert_array_equal(bars.values, run.digit_accuracy)
        np.testing.assert_array_equal(wrong.values, len(run.held_out) - run.n_right)
        said = readings(run, DRAWING)
        texts = [f"update {step}" for step in text_steps(run)]
        bars, says, told = drawing_tracks(run, DRAWING, said, texts).tracks
        np.testing.assert_array_equal(bars.values, said)
        assert says.label == "it says"
        assert "biases alone" in drawing_tracks(run, (0,) * 64, said, texts).tracks[1].label
        assert says.names[int(says.values[-1])] == str(said[-1].argmax())
        assert told.texts[told.values[-1]] == f"update {UPDATES}"
        assert len(pack(weight_tracks(run))[0]) < 400_000
    without = digit_accuracy(run, run.parameters, 2)
    with_it, off, wrong, more = right_tracks(run, without).tracks
    lost = unit_off(run, UPDATES, 2).lost.sum()
    assert more.values[-1] - wrong.values[-1] == lost != 0
    np.testing.assert_array_equal(off.values, without)
    assert off.thickness < with_it.thickness


def test_pictures_are_what_plotly_takes_in_every_state():
    for units in (0, 1, 16, 32):
        run = train_ten(TenConfig(100, units))
        off = unit_off(run, UPDATES, units - 1) if units else None
        reading = read_ten(run, UPDATES, DRAWING)
        for panels in (PANELS, ("weights",), ("says", "right"), ("weights", "right")):
            made = ten_picture(run, UPDATES, reading, off, panels=panels)
            assert len(made.figure.layout.annotations) == len(panels)
            assert len(made.narrow["annotations"]) == len(panels)
            assert made.tracks.last == UPDATES
    found = confusion(run, UPDATES)
    for shown, cell in ((found.mistakes()[:MOST_SHOWN], None), (found.cell(0, 7), (0, 7))):
        for panels in (("matrix", "gallery"), ("matrix",), ("gallery",)):
            picture = confusion_picture(found, shown, cell, title="some", panels=panels)
            assert picture.figure.layout.height == picture.height
    hidden = confusion_picture(None, (), None, title="some").figure
    assert not any(trace.text is not None and "of" in str(trace.hovertext) for trace in hidden.data)
    matrix = confusion_picture(found, (), None, title="some").figure.data[0]
    assert [[int(n or 0) for n in row] for row in matrix.text] == found.counts.tolist()


def test_a_gallery_shows_the_pictures_themselves():
    found = confusion(train_ten(TenConfig(100, 4)), UPDATES)
    shown = found.mistakes()[:MOST_SHOWN]
    ground = confusion_picture(found, shown, None, title="some", panels=("gallery",)).figure.data[0]
    x, y = GALLERY.corner(5)
    pixels = np.array(ground.z)[y : y + 8, x : x + 8][::-1].ravel()
    np.testing.assert_array_equal(pixels // 15, digits().pictures[shown[5].picture])
    # A few stand where the first of many stand: nothing moves when a cell is opened.
    few = confusion_picture(found, shown[:2], (0, 7), title="some", panels=("gallery",))
    many = confusion_picture(found, shown, None, title="some", panels=("gallery",))
    assert few.plain["layout"]["yaxis2"] == many.plain["layout"]["yaxis2"]
    np.testing.assert_array_equal(few.figure.data[0].z[-11:, :17], many.figure.data[0].z[-11:, :17])


def test_repeats_are_drawn_as_far_as_they_are_made():
    study = TenStudy(TenConfig(100, 4))
    trials = list(study.trials())
    values = {trial: 0.5 + k / 1000 for k, trial in enumerate(trials)}
    for n in (0, 1, 20, len(trials)):
        some = {trial: values[trial] for trial in trials[:n]}
        for secret in (False, True):
            figure = repeats_picture(TenTrials.of(study, some), secret=secret).figure
            on_hands = [trace for trace in figure.data if trace.xaxis == "x3"]
            assert bool(on_hands) == ((not secret and n == len(trials)) or (n == 20 and not secret))
    made = TenTrials.of(study, values)
    lines = [t for t in repeats_picture(made).figure.data if t.mode == "lines+markers"]
    np.testing.assert_allclose(lines[0].y, made.mean(VARIED["pictures"]))
    np.testing.assert_allclose(lines[1].y, made.mean(VARIED["units"]))


def test_a_click_on_the_matrix_is_in_the_cell_that_is_drawn_there():
    found = confusion(train_ten(TenConfig(100, 4)), UPDATES)
    matrix = confusion_picture(found, (), None, title="some").figure.data[0]
    for label in range(10):
        for said in range(10):
            x, y = matrix.x0 + said, matrix.y0 + matrix.dy * label
            for across, up in ((0, 0), (-0.45, 0.45), (0.45, -0.45)):
                assert cell_at(x + across, y + up) == (label, said)
    assert cell_at(-3, 40) == (0, 0)
