"""The files of deploy/ say what the app and its server understand today."""

import re
import subprocess
import sys
from pathlib import Path

import streamlit as st

from nnviz.serving import nginx

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_the_configuration_of_nginx_is_what_its_command_writes(capsys):
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"python -m nnviz\.serving\.nginx (.*\n.*) > .*nginx/conf", readme)
    arguments = command.replace("\\\n", " ").split()
    assert nginx.main([*arguments, "--no-files"]) == 0
    assert (DEPLOY / "nginx.conf").read_text(encoding="utf-8") == capsys.readouterr().out


def test_every_option_that_is_named_exists():
    known = {
        name
        for command in (["nnviz"], ["nnviz", "class"], ["nnviz.serving.nginx"])
        for name in re.findall(r"--[\w-]+", _help(command))
    }
    starts = {"ExecStart=": "nnviz@.service", "- --": "kubernetes.yaml"}
    starts |= {"command:": "compose.yaml", "CMD [": "Dockerfile"}
    n = 0
    for start, file in starts.items():
        for line in (DEPLOY / file).read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(start):
                for name in re.findall(r"--[\w.-]+", line):
                    n += 1
                    assert name in known or st.get_option(name[2:]) is not None, f"{file}: {name}"
    assert n > 10


def _help(command):
    module, *words = command
    run = [sys.executable, "-m", module, *words, "--help"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout
