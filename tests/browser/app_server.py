"""Start the real app, as `make run` does, on a free port and with an empty home folder."""

import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.error import URLError

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
COMPUTE_SECONDS = 60
HOMES = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")
COMMAND = (sys.executable, "-m", "streamlit", "run", "app.py")


class AppServer:
    """A running app.

    Parameters
    ----------
    folder : Path
        An empty one, for its home folder and its log.
    command : sequence of str, optional
        What starts it; Streamlit's options are added.
    cwd : Path, optional
        Where it is started.

    Attributes
    ----------
    url : str
        Where it answers, without a slash at the end.
    home : Path
        The home folder it was given; empty at the start.
    """

    def __init__(self, folder: Path, command: Sequence[str] = COMMAND, cwd: Path = ROOT) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.home = folder / "home"
        self.home.mkdir()
        self._log = folder / "server.log"
        self._cwd = cwd
        self._command = [*command]
        options = {"port": port, "headless": "true", "fileWatcherType": "none"}
        for name, value in options.items():
            self._command += [f"--server.{name}", str(value)]
        self.start()

    def start(self) -> None:
        """Start the server; it is ready when `wait_until_healthy` returns."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._cwd,
                env={**os.environ, **dict.fromkeys(HOMES, str(self.home))},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def restart(self) -> None:
        """End the server and start it again at the same address, with nothing in its memory."""
        self.stop()
        self.start()
        self.wait_until_healthy()

    def revive(self) -> None:
        """Start a server again that was killed."""
        if self._process.poll() is not None:
            self.start()
            self.wait_until_healthy()

    def kill(self) -> None:
        """End the server at once, as a power cut does."""
        self._process.kill()
        self._process.wait()

    def log(self) -> str:
        """Return everything the server has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_until_healthy(self) -> None:
        """Return when the server answers; raise with its log when it ends or does not answer."""
        for _ in range(START_SECONDS * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except (URLError, OSError):
                pass
            try:
                self._process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError(f"the app ended while it started:\n{self.log()}")
        raise RuntimeError(f"the app did not answer in {START_SECONDS} s:\n{self.log()}")

    def compute(self, page: str) -> None:
        """Come to a page as a browser does, and return when it draws itself no more.

        What the page computes when it is first seen is known then, and no browser had to paint
        every step of it.
        """
        address = f"{self.url.replace('http', 'ws', 1)}/_stcore/stream"
        with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
            come = BackMsg()
            come.rerun_script.page_name = page
            socket.send(come.SerializeToString())
            message = ForwardMsg()
            while message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or (
                message.WhichOneof("type") != "script_finished"
            ):
                message.ParseFromString(cast(bytes, socket.recv(timeout=COMPUTE_SECONDS)))

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def running_app(command: Sequence[str] = COMMAND, cwd: Path = ROOT) -> Iterator[AppServer]:
    """Give a server that is ready to answer, and end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True) as folder:
        server = AppServer(Path(folder), command, cwd)
        try:
            server.wait_until_healthy()
            yield server
        finally:
            server.stop()
