"""What a copied link begins with, so that others can open it."""

import pytest
from streamlit import config, net_util

from nnviz.site.origin import origin, shared_origin


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.168.7.20", "http://192.168.7.20:8500"),
        ("fd00::7", "http://[fd00::7]:8500"),
        ("[fd00::7]", "http://[fd00::7]:8500"),
        ("Class.School.example", "http://class.school.example:8500"),
        ("127.0.0.1", ""),
        ("127.0.1.1", ""),
        ("::1", ""),
        ("0.0.0.0", ""),
        ("localhost", ""),
        ("nnviz.localhost", ""),
        ("", ""),
    ],
)
def test_it_is_said_as_a_browser_writes_it_and_never_for_this_computer_alone(host, expected):
    assert origin(host, 8500) == expected


def test_the_usual_port_is_left_out():
    assert origin("a.example", 80) == "http://a.example"
    assert origin("a.example", 443, secure=True) == "https://a.example"
    assert origin("a.example", 443) == "http://a.example:443"


def test_it_is_what_the_server_was_told_or_where_it_listens(monkeypatch):
    options = {
        "server.address": "127.0.0.1",
        "browser.serverAddress": "localhost",
        "browser.serverPort": 8501,
        "server.sslCertFile": None,
    }
    told = []
    monkeypatch.setattr("streamlit.get_option", lambda name: options[name])
    monkeypatch.setattr(config, "is_manually_set", lambda name: name in told)
    monkeypatch.setattr(net_util, "get_internal_ip", lambda: "192.168.7.20")
    look = shared_origin.__wrapped__
    assert look() == ""
    for everywhere in ("0.0.0.0", "::", None):
        options["server.address"] = everywhere
        assert look() == "http://192.168.7.20:8501"
    options["server.address"] = "192.168.9.9"
    assert look() == "http://192.168.9.9:8501"
    told.append("browser.serverAddress")
    options.update({"browser.serverAddress": "nnviz.example", "server.address": "127.0.0.1"})
    assert look() == "http://nnviz.example:8501"
