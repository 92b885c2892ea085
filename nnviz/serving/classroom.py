"""Start the app for a class: ``nnviz class``, or ``make class`` in the cloned project.

As many processes as there are processors behind nginx where it is installed, else one; the address
for the pupils as text and as a QR code; a process that ends is started again; Ctrl-C ends them all.
"""

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn, Self

import segno
from streamlit import net_util

from nnviz.serving import nginx
from nnviz.text.digits import digits

PORT: Final = 8500
"""Where a class finds the app."""

STARTS_WITHIN: Final = 120.0
"""Seconds after which a process that does not answer is given up; the very first start compiles."""

_ENDS_WITHIN: Final = 10.0
_LOOKS_EVERY: Final = 0.5
_NGINX: Final = "nginx"


class FailedError(Exception):
    """A reason why the app cannot be started, in a sentence."""


class Classroom:
    """The app in one process or more; entering starts it, leaving ends all of it.

    Parameters
    ----------
    folder : Path
        An empty one, for what nginx reads and writes.
    host : str
        The address of this machine, as others know it.
    port : int
        Where the app is found; 0 stands for any that is free.
    processes : int
        How many processes of the app; more than one needs nginx.
    listen : str
        Who may reach it; ``0.0.0.0`` stands for everybody in the network.
    options : sequence of str
        Handed on to ``streamlit run``.

    Attributes
    ----------
    port : int
        Where the app is found.
    ports : list of int
        Where each process of the app answers.
    running : dict
        All processes, by the port of the app or by the name of nginx.

    Raises
    ------
    FailedError
        If the port is taken, nginx is missing, or something ends or does not answer in time.
    """

    def __init__(
        self,
        folder: Path,
        host: str,
        port: int = PORT,
        processes: int = 1,
        listen: str = "0.0.0.0",
        options: Sequence[str] = (),
    ) -> None:
        self._folder, self._listen, self.port = folder, listen, port or _free_ports(1)[0]
        self._with_nginx = processes > 1
        self.ports = _free_ports(processes) if self._with_nginx else [self.port]
        who = "127.0.0.1" if self._with_nginx else listen
        self._commands = {
            str(each): [
                *(sys.executable, "-m", "nnviz", "--no-browser", f"--port={each}"),
                *(f"--address={who}", "--server.fileWatcherType=none"),
                *(f"--browser.serverAddress={host}", f"--browser.serverPort={self.port}", *options),
            ]
            for each in self.ports
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self._listen, self.port))
            except OSError as reason:
                raise FailedError(f"Port {self.port} cannot be used: {reason.strerror}.") from None
        try:
            for name in self._commands:
                self._start(name)
            if self._with_nginx:
                self._prepare_nginx()
                self._start(_NGINX)
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_until_ready(self) -> None:
        """Return when everything answers that has been started."""
        for name in self.running:
            self._wait(name, self.port if name == _NGINX else int(name))

    def revive(self) -> list[str]:
        """Start again whatever has ended, and return the names of it."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self._start(name)
        return ended

    def stop(self) -> None:
        """End all processes."""
        for process in self.running.values():
            process.terminate()
        end = time.monotonic() + _ENDS_WITHIN
        for process in self.running.values():
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def _start(self, name: str) -> None:
        # What Streamlit says when it starts is for one who runs it alone; errors are written.
        self.running[name] = subprocess.Popen(
            self._commands[name], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def _prepare_nginx(self) -> None:
        program = nginx.program()
        if program is None:
            raise FailedError("More than one process needs nginx, which is not installed.")
        static, file = self._folder / "static", self._folder / "nginx.conf"
        nginx.write_static(static)
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            self._folder.chmod(0o755)  # then nginx reads as another user than it is started by
        servers = [f"127.0.0.1:{port}" for port in self.ports]
        inside = nginx.configuration(servers, static, listen=[f"{self._listen}:{self.port}"])
        file.write_text(nginx.whole_configuration(inside, self._folder), encoding="utf-8")
        self._commands[_NGINX] = [program, "-e", "stderr", "-p", str(self._folder), "-c", str(file)]

    def _wait(self, name: str, port: int) -> None:
        """Wait until a process answers."""
        host = "127.0.0.1" if self._listen == "0.0.0.0" else self._listen
        # A school may have a proxy for what is outside; this is not.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if self.running[name].poll() is not None:
                raise FailedError("It ended while it was being started; the reason stands above.")
            try:
                with opener.open(f"http://{host}:{port}/_stcore/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise FailedError(f"Port {port} did not answer within {digits(STARTS_WITHIN)} s.")


def own_address() -> str:
    """Return the address of this machine in its network; ``127.0.0.1`` if it is in none."""
    return net_util.get_internal_ip() or "127.0.0.1"


def _free_ports(n: int) -> list[int]:
    probes = [socket.socket() for _ in range(n)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def invitation(url: str, processes: int, *, coloured: bool = False) -> str:
    """Return what a teacher reads: the address, as text and as a QR code, and how to end it all.

    Parameters
    ----------
    url : str
        What pupils open.
    processes : int
        How many processes of the app there are.
    coloured : bool
        Whether the code is white and black whatever the colours of the terminal are.
    """
    code = io.StringIO()
    segno.make(url, error="m").terminal(code, border=2, compact=True)
    lines = code.getvalue().splitlines()
    if coloured:
        lines = [f"\x1b[97;40m{line}\x1b[0m" for line in lines]
    how = f"{processes} processes behind nginx" if processes > 1 else "one process"
    return "\n".join(
        ["", *lines, "", f"Pupils open {url}", f"The app runs in {how}. Ctrl-C ends it.", ""]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the app for a class and return when it has been ended."""
    parser = argparse.ArgumentParser(
        prog="nnviz class",
        description="Start the app for everybody in the network of this computer.",
        epilog="Every other option is handed on to `streamlit run`.",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"where pupils find it ({PORT})")
    parser.add_argument("--host", help="the address that pupils type (the one in the network)")
    parser.add_argument(
        "--processes",
        type=int,
        help="how many processes, behind nginx (as many as processors; one without nginx)",
    )
    given, options = parser.parse_known_args(arguments)
    n = given.processes
    if n is None:
        n = _processors() if nginx.program() else 1
    if n < 1:
        parser.error("--processes: at least one")
    host = given.host or own_address()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    print("Starting ...", flush=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True) as folder,
            Classroom(Path(folder), host, given.port, n, options=options) as room,
        ):
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(errors="replace")  # where the terminal has no blocks
            url = f"http://{f'[{host}]' if ':' in host else host}:{given.port}"
            print(invitation(url, n, coloured=sys.stdout.isatty()), flush=True)
            if host.startswith("127."):
                print("This computer is in no network, so nobody else can open it.", flush=True)
            while True:
                time.sleep(_LOOKS_EVERY)
                for name in room.revive():
                    print(f"What had ended ({name}) has been started again.", flush=True)
    except FailedError as reason:
        print(f"nnviz: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nEnded.")
        return 0


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
