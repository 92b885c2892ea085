"""Break the code on purpose, one line at a time, and see whether the tests notice.

    python -m scripts.mutations --check            every fault can still be put in
    python -m scripts.mutations --only adam        those whose names contain this
    python -m scripts.mutations --tree ../older    the tests of another tree

The faults are in mutations.toml. Each is put into a copy of the tree, and the tests that it names
are run until one fails. All of them take about half an hour.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("nnviz", "static/nnviz")
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "node_modules"
)
MOST_SECONDS = 900


@dataclass(frozen=True)
class Fault:
    """One entry of mutations.toml."""

    name: str
    stands_for: str
    texts: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]

    def place_in(self, sources: Mapping[Path, str]) -> tuple[Path, str]:
        """Return the one file that holds the text, and its content with the fault in it."""
        for find, replace in self.texts:
            # Lines may have been broken elsewhere since.
            pattern = re.compile(r"\s+".join(map(re.escape, find.split())))
            found = [(path, text) for path, text in sources.items() if pattern.search(text)]
            n = sum(len(pattern.findall(text)) for _, text in found)
            if n == 1:
                path, text = found[0]
                return path, pattern.sub(lambda _, new=replace: new, text)
        raise LookupError(f"{self.name}: found {n} times, not once: {find}")


def sources(tree: Path) -> dict[Path, str]:
    """Return the text of every file of a tree that a fault may be put into."""
    return {
        path: path.read_text(encoding="utf-8")
        for place in PLACES
        for path in sorted((tree / place).rglob("*"))
        if path.suffix in (".py", ".js")
    }


def faults() -> list[Fault]:
    """Return all entries of mutations.toml."""
    content = (ROOT / "scripts" / "mutations.toml").read_text(encoding="utf-8")
    return [
        Fault(
            name,
            entry["stands_for"],
            ((entry["find"], entry["replace"]), *map(tuple, entry.get("older", ()))),
            tuple(entry["tests"]),
        )
        for name, entry in tomllib.loads(content).items()
    ]


def noticed_by(fault: Fault, tree: Path, python: str) -> tuple[str, float]:
    """Put a fault into a copy of the tree; return the test that failed, or "", and the seconds."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(shutil.copytree(tree, Path(folder) / "tree", ignore=NOT_COPIED))
        path, broken = fault.place_in(sources(copy))
        path.write_text(broken, encoding="utf-8")
        begin, failed = time.monotonic(), ""
        for test in fault.tests:
            if not failed and (copy / test).exists():
                failed = _first_failure(copy, test, python)
        return failed, time.monotonic() - begin


def _first_failure(tree: Path, test: str, python: str) -> str:
    """Return the name of the first test that fails, or "" if none does."""
    javascript = sorted((tree / test).rglob("*.test.*js"))
    if javascript:
        command = ["node", "--test", *map(str, javascript)]
    else:
        command = [python, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env={**os.environ, "CI": "true"},  # no example that was found before
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"{test} takes too long"
    if done.returncode in (0, 5):
        return ""
    named = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M)
    return named.group(1) if named else f"{test}: {done.stdout[-200:]}{done.stderr[-200:]}"


def main() -> int:
    """Run what the command line asks for; 1 if a fault is noticed by no test."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only see that all can be put in")
    parser.add_argument("--list", action="store_true", help="only name them")
    parser.add_argument("--only", default="", help="those whose names contain this text")
    parser.add_argument("--tree", type=Path, default=ROOT, help="another tree than this one")
    parser.add_argument("--python", default=sys.executable, help="what runs its tests")
    given = parser.parse_args()
    chosen = [fault for fault in faults() if given.only in fault.name]
    if given.list:
        for fault in chosen:
            print(f"{fault.name:32} {fault.stands_for}")
        return 0
    missing, texts = 0, sources(given.tree)
    for fault in chosen:
        try:
            path, _ = fault.place_in(texts)
        except LookupError as reason:
            missing += 1
            print(reason)
        else:
            if given.check:
                print(f"{fault.name:32} {path.relative_to(given.tree)}")
    if given.check or missing:
        return int(missing > 0)
    survived = 0
    for fault in chosen:
        failed, seconds = noticed_by(fault, given.tree, given.python)
        survived += not failed
        told = f"noticed by {failed}" if failed else "NOT NOTICED"
        print(f"{fault.name:32} {seconds:5.0f} s  {told}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} faults are noticed")
    return int(survived > 0)


if __name__ == "__main__":
    raise SystemExit(main())
