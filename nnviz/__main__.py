"""The command ``nnviz``, also ``python -m nnviz``: start the app in the browser.

``nnviz class`` starts it for a class.
"""

import argparse
import sys
from collections.abc import Sequence

from nnviz import __version__


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
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["class"]:
        from nnviz.serving import classroom

        return classroom.main(given[1:])
    parser = argparse.ArgumentParser(
        prog="nnviz",
        description="See a neural network learn, and check every number: the app in your browser.",
        epilog="Every other option is handed on to `streamlit run`. `nnviz class` lets a class in.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    parser.add_argument("--port", type=int, default=8501, help="where the app answers (8501)")
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        help="who may reach it: 127.0.0.1, this computer only (default); 0.0.0.0, everybody",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    known, others = parser.parse_known_args(given)

    options = [f"--server.port={known.port}", f"--server.address={known.address}"]
    if known.no_browser:
        options.append("--server.headless=true")

    from streamlit.web import cli  # only now: --help and --version answer at once

    from nnviz.chart.assets import APP

    return int(cli.main(["run", str(APP / "app.py"), *options, *others], "nnviz") or 0)


if __name__ == "__main__":
    sys.exit(main())
