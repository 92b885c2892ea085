"""What the network sees: a drawing, the pictures of its units, a unit switched off, mistakes."""

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.ten.mistakes import confusion
from nnviz.chapters.pictures_to_numbers.ten.network import (
    UPDATES,
    TenConfig,
    probabilities,
    train_ten,
)
from nnviz.chapters.pictures_to_numbers.ten.reading import (
    most_needed,
    read_ten,
    readings,
    unit_off,
    votes,
    weight_pictures,
)
from nnviz.data.digits import digits


@pytest.fixture(scope="module")
def run():
    return train_ten(TenConfig(200, 6))


@pytest.fixture(scope="module")
def flat():
    return train_ten(TenConfig(200, 0))


def drawing_of(picture):
    return tuple(digits().pictures[picture].tolist())


def test_a_drawing_is_read_as_a_held_out_picture_is(run, flat):
    for each, off in ((run, None), (run, 2), (flat, None)):
        for row in (0, 11, 400):
            drawing = drawing_of(each.held_out[row])
            every = readings(each, drawing, off)
            for step in (0, 5, UPDATES):
                found = read_ten(each, step, drawing, off)
                here = each.parameters[step : step + 1]
                expected = probabilities(each, here, each.plan.test_inputs[[row]], off)[0, 0]
                np.testing.assert_allclose(found.probabilities, expected, rtol=1e-9)
                np.testing.assert_allclose(every[step], expected, rtol=1e-9)
                assert found.digit == expected.argmax()
                rest = np.delete(expected, found.digit)
                assert expected[found.second] == rest.max()
    assert not read_ten(run, 5, drawing_of(3), 2).hidden[2]
    assert read_ten(flat, 5, drawing_of(3)).hidden.size == 0


def test_the_pictures_are_the_weights(run, flat):
    pictures = weight_pictures(run)
    assert pictures.shape == (UPDATES + 1, 6, 64)
    first = run.parameters[:, : 64 * 6].reshape(-1, 64, 6)
    np.testing.assert_array_equal(pictures[9, 4], first[9, :, 4])
    assert weight_pictures(flat).shape == (UPDATES + 1, 10, 64)
    assert votes(run, 9).shape == (6, 10)


def test_the_unit_that_is_needed_most_loses_most_pictures(run):
    found = [unit_off(run, UPDATES, unit) for unit in range(6)]
    totals = [int(each.lost.sum()) for each in found]
    most = most_needed(run, UPDATES)
    assert totals[most] == max(totals) > 0
    off = found[most]
    assert off.lost[off.hurt] == off.lost.max()
    here = run.parameters[-1:]
    right = probabilities(run, here, run.plan.test_inputs, most)[0].argmax(axis=1) == run.labels
    assert run.n_right[-1] - right.sum() == totals[most]


def test_the_matrix_counts_and_its_cells_hold_every_picture_once(run):
    found = confusion(run, UPDATES)
    assert found.counts.sum() == len(run.held_out)
    assert found.counts.trace() == run.n_right[-1]
    assert found.n_wrong == len(found.mistakes()) == len(run.held_out) - run.n_right[-1]
    pictures = []
    for label in range(10):
        for said in range(10):
            cell = found.cell(label, said)
            assert len(cell) == found.counts[label, said]
            sure = [seen.probability for seen in cell]
            assert sure == sorted(sure, reverse=True)
            pictures += [seen.picture for seen in cell]
            for seen in cell[:2]:
                assert digits().labels[seen.picture] == label
                reading = read_ten(run, UPDATES, drawing_of(seen.picture))
                assert reading.digit == said
                assert reading.probabilities[said] == pytest.approx(seen.probability)
                assert reading.probabilities[label] == pytest.approx(seen.of_label)
    assert sorted(pictures) == run.held_out.tolist()
    first, second, *_ = found.mistakes()
    assert first.probability >= second.probability
    assert first.said != first.label
    wrong = found.counts - np.diag(found.counts.diagonal())
    assert {*found.largest} == {tuple(cell) for cell in np.argwhere(wrong == wrong.max()).tolist()}
