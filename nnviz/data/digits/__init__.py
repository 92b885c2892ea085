"""Handwritten digits: 1,797 pictures of 8 x 8 pixels, by 13 people, in the order of their file.

The pictures are those of Alpaydin and Kaynak (1998), CC BY 4.0: `LICENCE.txt` beside this file says
where they come from. `scripts/digits.py` has made `digits.npz` of them.

`digits` reads them, `digit_sample` makes rows to learn from of them: 64 inputs from 0 to 1.
"""

from base64 import b85encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.checks import Frozen
from nnviz.text.script import Part

SIDE: Final = 8
INK: Final = 16
"""Pixels of a row and of a column, and the value of a pixel that is all ink; 0 is paper."""

PIXEL_NAMES: Final = tuple(f"x{k + 1}" for k in range(SIDE * SIDE))
"""The inputs of a network: row by row from the top, in each row from the left."""

_FILE: Final = Path(__file__).with_name("digits.npz")

CREDIT: Final = "Pictures: E. Alpaydin and C. Kaynak (1998), CC BY 4.0"

_WORDS: Final = (
    "1,797 handwritten digits by E. Alpaydin and C. Kaynak (1998), "
    "https://doi.org/10.24432/C50P49, CC BY 4.0: pictures of 8 x 8 pixels from 0 to 16, row by "
    "row, and the digit of each; packed, so that this needs no other file."
)
_CODE: Final = """\
packed = (
{lines}
)
file = np.load(io.BytesIO(base64.b85decode(packed)))
pictures, labels = file["pictures"], file["labels"]
"""
_ROWS: Final = """
kinds = {kinds}
chosen = np.isin(labels, kinds)
X = pictures[chosen] / {ink}
y = np.array([kinds.index(label) for label in labels[chosen].tolist()])
"""


@dataclass(frozen=True, eq=False)
class Digits(Frozen):
    """Pictures and what they show, in the order of the file; read-only."""

    pictures: npt.NDArray[np.uint8]  # (1797, 64): 0 paper to 16 ink, row by row from the top
    labels: npt.NDArray[np.int64]  # (1797,): 0 to 9


@cache
def digits() -> Digits:
    """Return all pictures with their labels; read once."""
    with np.load(BytesIO(_FILE.read_bytes()), allow_pickle=False) as file:
        return Digits(file["pictures"], file["labels"].astype(np.int64))


@cache
def digit_sample() -> Sample:
    """Return all digits in the order of the file, as rows to learn from.

    Their 64 columns are the pixels divided by 16, so they go from 0 to 1.
    """
    labels, names = digits().labels.astype(np.float64), tuple(map(str, range(10)))
    return Sample(digits().pictures / INK, labels, PIXEL_NAMES, names, "digit")


def code() -> str:
    """Return Python code that needs `base64`, `io` and `np` and holds all the pictures itself.

    It defines ``pictures``, (1797, 64) from 0 to 16, and ``labels``.
    """
    packed = b85encode(_FILE.read_bytes()).decode("ascii")
    lines = (packed[at : at + 90] for at in range(0, len(packed), 90))
    return _CODE.format(lines="\n".join(f"    {line!r}" for line in lines))


def digit_part(kinds: Sequence[int] = range(10)) -> Part:
    """Return the part of a script that holds all pictures, and makes ``X`` and ``y`` of some kinds.

    `y` counts the kinds, and ``X`` is from 0 to 1. It needs ``np``.
    """
    rows = _ROWS.format(kinds=[*kinds], ink=INK)
    return Part(_WORDS, f"import base64\nimport io\n\n{code()}{rows}")
