"""The starter of a class says what pupils open, and what it cannot do."""

import socket

import pytest
import segno

from nnviz import __main__
from nnviz.serving import classroom
from nnviz.serving.classroom import Classroom, FailedError, invitation

URL = "http://192.168.7.20:8500"


def test_the_invitation_holds_the_address_as_text_and_as_a_code():
    lines = invitation(URL, 2).splitlines()
    assert f"Pupils open {URL}" in lines
    assert any("2 processes behind nginx" in line for line in lines)
    assert any("one process" in line for line in invitation(URL, 1).splitlines())
    rows = [line for line in lines if set(line) & set("█▀▄")]
    # A cell of the terminal is two modules, one above the other; what is drawn is light.
    drawn = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    modules = [[drawn[cell][half] for cell in row] for row in rows for half in (0, 1)]
    wanted = [list(row) for row in segno.make(URL, error="m").matrix_iter(border=2)]
    assert modules[: len(wanted)] == wanted
    coloured = invitation(URL, 2, coloured=True)
    assert coloured.count("\x1b[97;40m") == coloured.count("\x1b[0m") == len(rows)


def test_a_port_that_is_taken_is_told_before_anything_is_started(capsys, monkeypatch):
    monkeypatch.setattr(classroom.subprocess, "Popen", None)
    monkeypatch.setattr(classroom.signal, "signal", lambda *_: None)
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        assert __main__.main(["class", "--port", str(port), "--processes", "1"]) == 1
    assert f"Port {port} cannot be used" in capsys.readouterr().err


def test_no_process_at_all_is_refused(capsys):
    with pytest.raises(SystemExit):
        __main__.main(["class", "--processes", "0"])
    assert "--processes: at least one" in capsys.readouterr().err


def test_without_nginx_more_than_one_process_is_refused_and_nothing_is_left(tmp_path, monkeypatch):
    started = []

    class Process:
        def __init__(self, command, **_):
            started.append(self)
            self.command, self.ended = command, False

        def terminate(self):
            self.ended = True

        def wait(self, _seconds):
            assert self.ended

    monkeypatch.setattr(classroom.subprocess, "Popen", Process)
    monkeypatch.setattr(classroom.nginx, "program", lambda: None)
    room = Classroom(tmp_path, "192.168.7.20", port=0, processes=2, listen="127.0.0.1")
    with pytest.raises(FailedError, match="needs nginx"), room:
        pass
    assert len(started) == 2
    assert all(process.ended for process in started)
    for process in started:  # only nginx is to reach them
        assert "--address=127.0.0.1" in process.command
        assert "--browser.serverAddress=192.168.7.20" in process.command
