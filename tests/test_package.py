"""The package itself: what it exports, and that importing it stays light."""

import subprocess
import sys
from pathlib import Path

import nnviz

ROOT = Path(__file__).resolve().parents[1]


def test_what_it_exports():
    assert nnviz.__version__ == "0.1.0"
    assert sorted(nnviz.__all__) == ["NeuralNetwork", "__version__"]


def test_importing_it_brings_in_nothing_heavy():
    code = "import sys, nnviz; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"scipy", "plotly", "streamlit", "pandas", "torch", "matplotlib"}
    assert not heavy & set(loaded.stdout.split())
