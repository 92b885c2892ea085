"""How long files of up to 10 MB take to be read, by what is in them.

    python -m benchmarks.read_files

Printed are megabytes, the least processor time of three readings, the sample included, and how
many times as long that is as pandas needs to read the cells (as texts: it finds out nothing).
"""

import gc
import io
import time

import numpy as np
import pandas as pd

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.text import MOST_BYTES

ROWS = 50_000


def file_of(cell, columns, delimiter=","):
    """Return up to 50,000 rows of cells, a class at the end, cut to what may be read."""
    values = np.random.default_rng(0).normal(size=(ROWS, columns)) * 1e4
    lines = [delimiter.join([*(f"c{k}" for k in range(columns)), "class"])]
    for i, row in enumerate(values.tolist()):
        lines.append(delimiter.join([*map(cell, row), "uvw"[i % 3]]))
    content = "\n".join(lines).encode()
    return (
        content if len(content) <= MOST_BYTES else content[: content.rindex(b"\n", 0, MOST_BYTES)]
    )


FILES = {
    "many digits": lambda: file_of("{:.12f}".format, 11),
    "decimal commas": lambda: file_of(lambda v: f"{v:.2f}".replace(".", ","), 22, ";"),
    "thousands in quotation marks": lambda: file_of('"{:,.2f}"'.format, 14),
    "amounts of money": lambda: file_of("$ {:.2f}".format, 15),
    "a cell in twenty is NA": lambda: file_of(
        lambda v: "NA" if round(v * 1e3) % 20 == 0 else f"{v:.3f}", 17
    ),
    "amounts in brackets": lambda: file_of(lambda v: f"({v:,.2f})".replace("(-", "("), 14, ";"),
    "areas": lambda: file_of(lambda v: f"{abs(v):.1f} m2", 15),
    "a comma or a point in each text": lambda: file_of(lambda v: f'"{v:.0f}, and no. {v:.1f}"', 9),
    "texts": lambda: file_of(lambda v: f"word {v:.0f} of it", 11),
    "blanks between cells": lambda: file_of("{:.4f}".format, 15, " "),
}


def main():
    """Print a line for each file."""
    gc.freeze()  # as the server does when everything is imported
    for name, make in FILES.items():
        content, best = make(), np.inf
        for _ in range(3):
            begin = time.process_time()
            table = read_csv(content)
            if "text" not in name:
                table.sample()
            best = min(best, time.process_time() - begin)
        begin = time.process_time()
        pd.read_csv(io.BytesIO(content), dtype=str, sep=table.delimiter, keep_default_na=False)
        times = best / (time.process_time() - begin)
        size = len(content) / 2**20
        print(
            f"{name:32} {size:4.1f} MB {best:5.2f} s, {times:4.1f} x pandas, {table.n_rows:,} rows"
        )


if __name__ == "__main__":
    main()
