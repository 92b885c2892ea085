"""A real PostgreSQL for the tests: its own data in a folder that goes away, and no port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BESIDES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
MISSING = "PostgreSQL is not installed, in which rooms can be kept as well"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None if it is not installed."""
    found = shutil.which("pg_ctl")
    places = [*([Path(found).resolve().parent] if found else []), *_BESIDES]
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Give the URL of a server whose programs are in the folder, and end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nnviz-pg-", ignore_cleanup_errors=True) as place:
        data = Path(place) / "data"
        data.mkdir(mode=0o700)
        as_other = _as_other(place, data)  # it refuses to run as root

        def run(*command: str) -> None:
            # What it starts must not hold a pipe to us, or this would wait for its end.
            subprocess.run([*as_other, *command], check=True, stdout=subprocess.DEVNULL, cwd=place)

        user = "rooms"
        run(f"{folder}/initdb", "-D", str(data), "-U", user, "-A", "trust", "-N", "--no-locale",
            "-E", "UTF8")  # fmt: skip
        quick = f"-c fsync=off -c listen_addresses='' -c unix_socket_directories='{place}'"
        control = (f"{folder}/pg_ctl", "-D", str(data), "-w", "-s", "-l", f"{data}/log")
        run(*control, "-o", quick, "start")
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={place}"
        finally:
            run(*control, "-m", "immediate", "stop")


def _as_other(place: str, data: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    for each in (place, data):
        shutil.chown(each, "nobody")
    return ["setpriv", "--reuid=nobody", "--clear-groups"]
