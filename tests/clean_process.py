"""Runs what a page shows as a learner would: far from the project, in a Python of its own."""

import subprocess
import sys
from pathlib import Path


def output(script: str, folder: Path) -> list[str]:
    """Return the lines a script prints, without the user's own packages, warnings as errors."""
    result = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()
