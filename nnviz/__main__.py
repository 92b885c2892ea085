"""The command ``nnviz``, also ``python -m nnviz``: start the app in the browser."""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from nnviz import __version__

_PACKAGED: Final = Path(__file__).resolve().parent / "_app"


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the app and return when its server has ended.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the command's name; by default that of this process. Options that
        are not ours are handed on to ``streamlit run``.

    Returns
    -------
    int
        The exit code of the process; 0 if nothing failed.
    """
    parser = argparse.ArgumentParser(
        prog="nnviz",
        description="See a neural network learn, and check every number: the app in your browser.",
        epilog="Every other option is handed on to `streamlit run`.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    parser.add_argument("--port", type=int, default=8501, help="where the app answers (8501)")
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        help="who may reach it: 127.0.0.1, this computer only (default); 0.0.0.0, a whole class",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    known, others = parser.parse_known_args(arguments)

    app = app_folder()
    os.environ["NNVIZ_APP"] = str(app)
    options = [f"--server.port={known.port}", f"--server.address={known.address}"]
    if known.no_browser:
        options.append("--server.headless=true")

    from streamlit.web import cli  # only now: --help and --version answer at once

    return int(cli.main(["run", str(app / "app.py"), *options, *others], "nnviz") or 0)


def app_folder() -> Path:
    """Return the folder that Streamlit is to be started in: a clone, or this user's own copy.

    Streamlit serves files from beside ``app.py`` only, and the app puts plotly.js there. An
    installed package may be read-only, and pip does not remove what it has not written; so an
    installed app is copied, once for each version of its files, into this user's cache folder.
    """
    if not _PACKAGED.is_dir():
        return _PACKAGED.parent.parent
    target = _cache_folder() / f"{__version__}-{_digest(_PACKAGED)}"
    if not (target / "app.py").is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two may start at once: each makes a folder of its own, and the first one's stays.
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            whole = Path(shutil.copytree(_PACKAGED, Path(folder) / "app"))
            try:
                whole.rename(target)
            except OSError:
                if not (target / "app.py").is_file():
                    raise
    return target


def _cache_folder() -> Path:
    """Return where this user's system keeps files that can be made again."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", home / ".cache"))
    return base / "nnviz"


def _digest(folder: Path) -> str:
    """Return a short hash of the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
