"""Where other people reach the app, which is not where the person at its own computer sees it."""

import ipaddress
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config, net_util

_EVERYWHERE: Final = ("0.0.0.0", "::", "None", "")
_OF_A_NETWORK: Final = (".local", ".localhost", ".lan", ".home", ".internal", ".arpa", ".")
_PORTS: Final = (("http", 80), ("https", 443))


@cache
def shared_origin() -> str:
    """Return how an address begins that others can open; "" if only this computer can.

    It is what ``browser.serverAddress`` names, as ``nnviz class`` and whoever runs a server say it,
    else the address of this computer in its network if the app listens there.
    """
    address = str(st.get_option("server.address"))
    if config.is_manually_set("browser.serverAddress"):
        address = str(st.get_option("browser.serverAddress"))
    elif address in _EVERYWHERE:
        address = net_util.get_internal_ip() or ""
    return origin(
        address.strip(),
        int(st.get_option("browser.serverPort")),
        secure=bool(st.get_option("server.sslCertFile")),
    )


def public_page(url: str) -> str:
    """Return the address of a page if everybody can open it, else "".

    Parameters
    ----------
    url : str
        As the browser of the person names it.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        everybody = ipaddress.ip_address(host).is_global
    except ValueError:
        everybody = "." in host and not host.endswith(_OF_A_NETWORK)
    if parts.scheme not in ("http", "https") or not everybody:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def origin(host: str, port: int, *, secure: bool = False) -> str:
    """Return the beginning of an address, as a browser writes it; "" for this computer's own names.

    Parameters
    ----------
    host : str
        A name or a number.
    port : int
    secure : bool
        Whether it is reached by https.
    """
    name = host.strip("[]").lower()
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        if not name or name == "localhost" or name.endswith(".localhost"):
            return ""
    else:
        if number.is_loopback or number.is_unspecified:
            return ""
        name = f"[{name}]" if number.version == 6 else name
    scheme = "https" if secure else "http"
    return f"{scheme}://{name}" + ("" if (scheme, port) in _PORTS else f":{port}")
