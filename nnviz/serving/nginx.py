"""Write what nginx needs to stand in front of several processes of the app.

    python -m nnviz.serving.nginx 127.0.0.1:8701 127.0.0.1:8702 --static /var/lib/nnviz

prints a file for ``/etc/nginx/conf.d``, and puts the files that nginx serves by itself into the
folder. Everybody stays with one process by a cookie that names it; nginx in its open edition has no
directive for that, so each process has a group of its own in which all the others wait as backup.
"""

import argparse
import gzip
import hashlib
import os
import re
import shutil
import socket
import sys
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Template
from typing import Final

from streamlit import file_util

from nnviz.chart import assets

COOKIE: Final = "nnviz_server"
"""The cookie that names the process of a person."""

_BESIDES: Final = os.pathsep.join(("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
"""Where it may be although a person's PATH does not lead there."""

_PACKED: Final = (".css", ".js", ".svg", ".json")
_WHOLE: Final = Template("""\
daemon off;
worker_processes 1;
pid $folder/nginx.pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
access_log off;
client_body_temp_path $folder/body;
proxy_temp_path $folder/proxy;
fastcgi_temp_path $folder/fastcgi;
scgi_temp_path $folder/scgi;
uwsgi_temp_path $folder/uwsgi;
$inside}
""")

_INSIDE: Final = Template("""\
# Written by python -m nnviz.serving.nginx; write it anew instead of changing it.

# Whoever comes for the first time goes to the next process in turn.
upstream nnviz_new {
    zone nnviz_new 64k;
$all
}

# Without cookies, as in a frame on another site, everybody stays by where the requests come from.
upstream nnviz_by_origin {
    zone nnviz_by_origin 64k;
    hash $$remote_addr$$http_user_agent consistent;
$all
}

# Whoever has been here goes to the same process, and to another one if it does not answer.
$groups
map $$cookie_$cookie $$nnviz_page {
    default nnviz_new;
$by_cookie
}
map $$cookie_$cookie $$nnviz_session {
    default nnviz_by_origin;
$by_cookie
}

# The process that has answered in the end is the one to stay with.
map $$upstream_addr $$nnviz_answered {
    default "";
$by_address
}
map $$nnviz_answered $$nnviz_stay {
    default "$cookie=$$nnviz_answered; Path=/; HttpOnly; SameSite=Lax";
    "" "";
}
map $$http_upgrade $$nnviz_connection {
    default upgrade;
    "" close;
}

server {
$listen
    server_name $name;
    server_tokens off;
    client_max_body_size 11m;  # a little more than maxUploadSize of .streamlit/config.toml

    proxy_http_version 1.1;
    proxy_set_header Host $$http_host;
    proxy_set_header Upgrade $$http_upgrade;
    proxy_set_header Connection $$nnviz_connection;
    proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $$scheme;
    proxy_connect_timeout 2s;
    proxy_next_upstream error timeout http_502 http_503;

    # Their names change with their content. What is not here, an older version say, the app has.
    location ~ ^/(static|app)/ {
        root $static;
        try_files $$uri @page;
        gzip_static on;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header Vary Accept-Encoding;
        types {
            text/javascript js;
            text/css css;
            application/json json;
            image/png png;
            image/svg+xml svg;
            font/woff woff;
            font/woff2 woff2;
            font/ttf ttf;
        }
    }

    location / {
        proxy_pass http://$$nnviz_page;
        proxy_read_timeout 5s;
        add_header Set-Cookie $$nnviz_stay;
    }
    location @page {
        proxy_pass http://$$nnviz_page;
    }

    # A browser asks for these before it connects; here as above a process that hangs is left.
    location ~ ^/_stcore/(health|host-config)$$ {
        proxy_pass http://$$nnviz_session;
        proxy_read_timeout 5s;
        add_header Set-Cookie $$nnviz_stay;
    }
    location = /_stcore/stream {
        proxy_pass http://$$nnviz_session;
        proxy_read_timeout 90s;  # a process that lives says so every 30 s
        add_header Set-Cookie $$nnviz_stay always;
    }
    # Only the process of the session can answer these; no other must become the one to stay with.
    location ~ ^/(_stcore|media)/ {
        proxy_pass http://$$nnviz_session;
    }
}
""")

_SECURE: Final = Template("""\
    listen 443 ssl;
    listen [::]:443 ssl;
    ssl_certificate $certificate;
    ssl_certificate_key $key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:nnviz_tls:2m;""")

_TO_SECURE: Final = Template("""\
server {
    listen 80;
    listen [::]:80;
    server_name $name;
    return 301 https://$$host$$request_uri;
}

""")


def configuration(
    servers: Sequence[str],
    static: Path,
    *,
    listen: Sequence[str] = ("80", "[::]:80"),
    name: str = "_",
    certificate: tuple[str, str] | None = None,
    draining: Collection[str] = (),
) -> str:
    """Return what belongs into nginx's ``http`` block.

    Parameters
    ----------
    servers : sequence of str
        Host and port of each process, as ``127.0.0.1:8701``. A host name is looked up now, once.
    static : Path
        The folder that `write_static` has filled.
    listen : sequence of str
        Where nginx answers without a certificate.
    name : str
        The name that people type; ``_`` stands for any.
    certificate : pair of str, optional
        The files of the certificate and of its key. nginx then answers at port 443, and port 80
        sends everybody there.

    draining : collection of str
        Processes that nobody comes to any more but who is there.

    Raises
    ------
    ValueError
        If no process is named, one is named twice, one has no port, or one that is to be drained is
        not among them.
    OSError
        If a host is not known.
    """
    if not set(servers) - set(draining):
        raise ValueError("name at least one process that takes people, as 127.0.0.1:8701")
    if len(set(servers)) < len(servers):
        raise ValueError("each process may be named once")
    if unknown := set(draining) - set(servers):
        raise ValueError(f"{', '.join(sorted(unknown))} is not among the processes")
    addresses = [_address(server) for server in servers]
    keys = [hashlib.sha256(server.encode()).hexdigest()[:8] for server in servers]
    patience = "max_fails=1 fail_timeout=5s"
    taking = [a for server, a in zip(servers, addresses, strict=True) if server not in draining]
    groups = []
    for key, own in zip(keys, addresses, strict=True):
        others = [f"    server {each} {patience} backup;" for each in taking if each != own]
        first = [f"upstream nnviz_{key} {{", f"    zone nnviz_{key} 64k;"]
        group = [*first, f"    server {own} {patience};", *others, "}"]
        groups.append("\n".join(group) + "\n")
    lines, redirect = "\n".join(f"    listen {each};" for each in listen), ""
    if certificate is not None:
        lines = _SECURE.substitute(certificate=certificate[0], key=certificate[1])
        redirect = _TO_SECURE.substitute(name=name)
    return redirect + _INSIDE.substitute(
        all="\n".join(f"    server {each} {patience};" for each in taking),
        groups="\n".join(groups),
        cookie=COOKIE,
        by_cookie="\n".join(f"    {key} nnviz_{key};" for key in keys),
        by_address="\n".join(
            f'    "~(^|[ ,]){re.escape(address)}$" {key};'
            for key, address in zip(keys, addresses, strict=True)
        ),
        listen=lines,
        name=name,
        static=static,
    )


def whole_configuration(inside: str, folder: Path) -> str:
    """Return a file that nginx can be started with by anybody; it writes into the folder alone."""
    return _WHOLE.substitute(inside=inside, folder=folder)


def program() -> str | None:
    """Return where nginx is installed; None if it is not."""
    return shutil.which("nginx") or shutil.which("nginx", path=_BESIDES)


def write_static(folder: Path) -> None:
    """Write the files that nginx serves by itself, and their packed twins.

    Files that are there stay, so a page that was opened before an update finds what it needs.
    """
    streamlit = Path(file_util.get_static_dir())
    own = [path for path in (streamlit / "static").rglob("*") if path.is_file()]
    contents = {str(path.relative_to(streamlit)): path.read_bytes() for path in own}
    with ThreadPoolExecutor() as pool:  # packing holds no lock of the interpreter
        jobs = [
            pool.submit(_write, folder / path, content)
            for path, content in {**contents, **assets.files()}.items()
        ]
    for job in jobs:
        job.result()


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(content):
        return  # its name changes with its content
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in _PACKED:
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
    path.write_bytes(content)


def _address(server: str) -> str:
    host, _, port = server.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError(f"{server} is no host and port, as 127.0.0.1:8701 is")
    found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
    number = str(found[4][0])
    return f"[{number}]:{port}" if found[0] == socket.AF_INET6 else f"{number}:{port}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the configuration, and fill the folder of files."""
    parser = argparse.ArgumentParser(
        prog="python -m nnviz.serving.nginx",
        description="Print what nginx needs to stand in front of several processes of the app.",
    )
    parser.add_argument("servers", nargs="+", metavar="HOST:PORT", help="one process of the app")
    parser.add_argument("--static", type=Path, required=True, help="where nginx finds its files")
    parser.add_argument("--name", default="_", help="the name that people type (any)")
    parser.add_argument(
        "--certificate",
        nargs=2,
        metavar=("CERTIFICATE", "KEY"),
        help="for https; port 80 redirects",
    )
    parser.add_argument(
        "--draining",
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="one of them that nobody comes to any more but who is there",
    )
    parser.add_argument("--no-files", action="store_true", help="leave the files as they are")
    given = parser.parse_args(arguments)
    certificate = tuple(given.certificate) if given.certificate else None
    try:
        text = configuration(given.servers, given.static, name=given.name, certificate=certificate)
        if not given.no_files:
            write_static(given.static)
    except (OSError, ValueError) as reason:
        print(f"nnviz: {reason}", file=sys.stderr)
        return 1
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
