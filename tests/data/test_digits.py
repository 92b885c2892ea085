"""The handwritten digits: what the file holds, and the rows and the script made of it."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from nnviz.data import digits as module
from nnviz.data.digits import digit_part, digit_sample, digits
from scripts.digits import compact
from tests.clean_process import output

FOLDER = Path(module.__file__).parent


def test_they_are_the_test_part_of_optdigits_in_the_order_of_its_file():
    found = digits()
    assert found.pictures.shape == (1797, 64)
    assert found.pictures.dtype == np.uint8
    assert (found.pictures.min(), found.pictures.max()) == (0, 16)
    # How many there are of each digit, as the description of the data set says.
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(found.labels).tolist() == counts
    assert found.labels[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    first = [[0, 0, 5, 13, 9, 1, 0, 0], [0, 0, 13, 15, 10, 15, 5, 0], [0, 3, 15, 2, 0, 11, 8, 0]]
    assert found.pictures[0].reshape(8, 8)[:3].tolist() == first
    assert digits() is found
    for array in (found.pictures, found.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_rows_are_pixels_from_0_to_1_in_the_order_of_the_file():
    sample = digit_sample()
    assert sample.classes == tuple("0123456789")
    assert sample.X.shape == (1797, 64)
    np.testing.assert_array_equal(sample.y, digits().labels)
    np.testing.assert_array_equal(sample.X * 16, digits().pictures)
    assert digit_sample() is sample


def test_a_script_holds_the_same_rows(tmp_path):
    part = digit_part((8, 3))
    code = f"import numpy as np\n{part.code}print(X.sum(), y.sum(), pictures.sum(), X.shape)\n"
    chosen = np.isin(digits().labels, (3, 8))
    X, n_threes = digits().pictures[chosen] / 16, int((digits().labels == 3).sum())
    assert X.shape == (183 + 174, 64)
    expected = f"{X.sum()} {n_threes} {digits().pictures.sum()} (357, 64)"
    assert output(code, tmp_path) == [expected]
    assert max(map(len, part.code.splitlines())) <= 100


def test_the_file_is_what_the_script_makes_and_says_whose_it_is():
    found = digits()
    rows = np.column_stack([found.pictures, found.labels])
    lines = "\n".join(",".join(f"{value:.18e}" for value in row) for row in rows.tolist())
    assert compact(gzip.compress(lines.encode())) == (FOLDER / "digits.npz").read_bytes()
    with pytest.raises(ValueError, match="1,797 pictures"):
        compact(gzip.compress(b"1,2,3"))
    told = (FOLDER / "LICENCE.txt").read_text(encoding="utf-8")
    listed = Path("docs/licences.md").read_text(encoding="utf-8")
    for text in (told, listed):
        for word in ("Alpaydin", "Kaynak", "CC BY 4.0", "10.24432/C50P49"):
            assert word in text
    assert (FOLDER / "digits.npz").stat().st_size < 60_000


def test_the_same_row_of_digits_begins_anew_about_every_130_pictures():
    """From this the page concludes that one person comes after the other."""
    labels = digits().labels
    begin = labels[:30]
    windows = np.lib.stride_tricks.sliding_window_view(labels, len(begin))
    found = np.flatnonzero((windows == begin).all(axis=1))
    assert len(found) >= 12
    assert set(np.diff(found)) <= {126, 128, 130, 252, 253}
