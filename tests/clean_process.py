"""Runs what a page shows as a learner would: far from the project, in a Python of its own.

To start Python and to import NumPy takes longer than most of the scripts do. So one clean Python
imports it once and waits; each script is run in a copy of that process, which ends with it.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# A script that a learner takes along must not need these.
BLOCKED = ("nnviz", "pandas", "plotly", "streamlit")
ISOLATED = (sys.executable, "-I", "-W", "error", "-c")

_WAITING = """
import json, os, sys, tempfile, traceback, types

for name in BLOCKED:
    sys.modules[name] = None
import numpy
IMPORTS

def run(script, folder):
    os.chdir(folder)
    sys.modules["__main__"] = module = types.ModuleType("__main__")
    try:
        exec(compile(script, "<script>", "exec"), module.__dict__)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0

answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os._exit(run(**json.loads(line)))
        _, status = os.waitpid(child, 0)
        told = {"status": status}
        for name, file in (("out", out), ("err", err)):
            file.seek(0)
            told[name] = file.read().decode()
    answers.write(json.dumps(told) + "\\n")
    answers.flush()
answers.close()
"""


def output(script: str, folder: Path) -> list[str]:
    """Return the lines a script prints, without the user's own packages, warnings as errors."""
    if not hasattr(os, "fork"):
        blocked = f"import sys; sys.modules.update(dict.fromkeys({BLOCKED!r}))\n"
        result = subprocess.run(
            [*ISOLATED, blocked + script], cwd=folder, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.splitlines()
    waiting = _waiting("import torch" if "import torch" in script else "")
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    waiting.stdin.write(json.dumps({"script": script, "folder": str(folder)}) + "\n")
    waiting.stdin.flush()
    told = json.loads(waiting.stdout.readline())
    assert told["status"] == 0, told["err"]
    lines: list[str] = told["out"].splitlines()
    return lines


# Each script with names of its own, as if it were alone.
_ALL = """\
import torch

for number, script in enumerate({scripts!r}):
    print("script", number)
    exec(script, {{}})
"""


def outputs(scripts: Sequence[str], folder: Path) -> list[list[str]]:
    """Return the lines of several scripts that need PyTorch, run one after the other in one Python.

    PyTorch takes longer to get ready in each process than most of them do.
    """
    lines: list[list[str]] = []
    for line in output(_ALL.format(scripts=[*scripts]), folder):
        if line.startswith("script"):
            lines.append([])
        else:
            lines[-1].append(line)
    assert len(lines) == len(scripts)
    return lines


@cache
def _waiting(imports: str) -> "subprocess.Popen[str]":
    """Start a clean Python that has imported what it is told, and waits for scripts."""
    program = _WAITING.replace("IMPORTS", imports).replace("BLOCKED", repr(BLOCKED))
    process = subprocess.Popen(
        [*ISOLATED, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[str]") -> None:
    process.communicate()  # closes its input, and so ends it
