"""Cut the handwritten digits of `nnviz.data.digits` from scikit-learn's wheel.

    python -m scripts.digits

Downloads the wheel (`pip download`), reads the one file of it that holds the pictures, and writes
`nnviz/data/digits/digits.npz`. scikit-learn is neither installed nor needed by the app.
"""

import csv
import gzip
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

TARGET = Path(__file__).resolve().parents[1] / "nnviz" / "data" / "digits" / "digits.npz"
INSIDE = "sklearn/datasets/data/digits.csv.gz"


def compact(packed: bytes) -> bytes:
    """Return the file that is shipped, made of the gzipped rows of 64 pixels and a label."""
    lines = gzip.decompress(packed).decode("ascii").splitlines()
    rows = np.array([[int(float(cell)) for cell in line] for line in csv.reader(lines)])
    if rows.shape != (1797, 65) or rows.min() < 0 or rows[:, :64].max() > 16:
        raise ValueError("these are not the 1,797 pictures of 64 pixels from 0 to 16.")
    buffer = io.BytesIO()
    pictures, labels = rows[:, :64].astype(np.uint8), rows[:, 64].astype(np.uint8)
    np.savez_compressed(buffer, pictures=pictures, labels=labels)
    return buffer.getvalue()


def main() -> None:
    """Download the wheel, and write the compact file."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "scikit-learn", "--no-deps"]
        subprocess.run([*command, "--quiet", "--dest", folder], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            content = compact(archive.read(INSIDE))
    TARGET.write_bytes(content)
    print(f"{TARGET}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
