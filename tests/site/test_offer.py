"""The files that are offered, as bytes."""

import numpy as np
import pytest

from nnviz.data.csv.file import as_csv, read_csv
from nnviz.data.sample import Sample
from nnviz.site.offer import encoded


@pytest.mark.parametrize("classes", [("a", "b"), ("é", "ü"), ("ü", "é")])
def test_a_table_comes_back_and_tells_a_spreadsheet_its_letters(classes):
    sample = Sample(np.array([[1, 2], [3, 4]]), np.array([0, 1]), classes=classes)
    content = encoded(as_csv(sample), "text/csv")
    assert content.startswith(b"\xef\xbb\xbf") == (not as_csv(sample).isascii())
    assert read_csv(content).sample() == sample
    assert encoded("π", "text/x-python") == "π".encode()
