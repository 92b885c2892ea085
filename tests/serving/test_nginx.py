"""What nginx is told, and the files that it serves by itself."""

import gzip
import os
import re
import subprocess

import pytest

from nnviz.chart import assets
from nnviz.serving import nginx

SERVERS = ["127.0.0.1:8701", "127.0.0.1:8702", "[::1]:8703"]


def groups_of(text):
    """Return the servers of each group, as they are written."""
    found = re.findall(r"upstream (\w+) \{(.*?)\n\}", text, re.DOTALL)
    return {name: re.findall(r"server (.*);", inside) for name, inside in found}


def test_each_process_has_a_group_in_which_all_others_wait_and_a_name_that_stays(tmp_path):
    text = nginx.configuration(SERVERS, tmp_path)
    groups = groups_of(text)
    once = "max_fails=1 fail_timeout=5s"
    everybody = [f"{server} {once}" for server in SERVERS]
    assert groups.pop("nnviz_new") == groups.pop("nnviz_by_origin") == everybody
    own = {servers[0].split()[0]: (name, servers[1:]) for name, servers in groups.items()}
    assert list(own) == SERVERS
    for server, (_, others) in own.items():
        assert others == [f"{each} {once} backup" for each in SERVERS if each != server]
    # Whatever is added or taken away, a cookie goes on to name the same process.
    later = groups_of(nginx.configuration(["127.0.0.1:8700", *SERVERS[::-1]], tmp_path))
    for server, (name, _) in own.items():
        assert later[name][0].split()[0] == server


def test_nobody_comes_to_a_process_that_is_drained_but_who_is_there(tmp_path):
    text = nginx.configuration(SERVERS, tmp_path, draining=[SERVERS[1]])
    groups = groups_of(text)
    with_it = [name for name, servers in groups.items() if SERVERS[1] in " ".join(servers)]
    assert [groups[name][0].split()[0] for name in with_it] == [SERVERS[1]]
    (name,) = with_it
    assert text.count(f" {name};") == 2  # its cookie still leads there, for pages and sessions
    assert len(groups[name]) == 3


def test_the_one_to_stay_with_is_the_one_that_answered_in_the_end(tmp_path):
    text = nginx.configuration(["127.0.0.1:8701", "127.0.0.1:18701", "[::1]:8701"], tmp_path)
    block = text[text.index("map $upstream_addr") :]
    rules = re.findall(r'"~(.+)" (\w+);', block[: block.index("\n}")])

    def answered(addresses):
        (name,) = [name for rule, name in rules if re.search(rule, addresses)]
        return groups_of(text)[f"nnviz_{name}"][0].split()[0]

    assert answered("127.0.0.1:8701") == "127.0.0.1:8701"
    assert answered("127.0.0.1:18701") == "127.0.0.1:18701"
    assert answered("127.0.0.1:8701, 127.0.0.1:18701") == "127.0.0.1:18701"
    assert answered("127.0.0.1:18701 : [::1]:8701") == "[::1]:8701"


@pytest.mark.parametrize(
    ("servers", "reason"),
    [
        ([], "at least one process"),
        (["127.0.0.1:1", "127.0.0.1:1"], "once"),
        (["127.0.0.1"], "127.0.0.1 is no host and port"),
        (["a:b"], "a:b is no host and port"),
        ([":8701"], ":8701 is no host and port"),
    ],
)
def test_what_is_no_process_is_told(servers, reason, tmp_path):
    with pytest.raises(ValueError, match=reason):
        nginx.configuration(servers, tmp_path)


def test_what_cannot_be_drained_is_told(tmp_path):
    with pytest.raises(ValueError, match="a:1 is not among the processes"):
        nginx.configuration(SERVERS, tmp_path, draining=["a:1"])
    with pytest.raises(ValueError, match="at least one process that takes people"):
        nginx.configuration(SERVERS, tmp_path, draining=SERVERS)


def test_files_are_those_of_the_app_with_their_packed_twins(tmp_path, capsys):
    assert nginx.main(["127.0.0.1:8701", "--static", str(tmp_path)]) == 0
    assert "server 127.0.0.1:8701" in capsys.readouterr().out
    for path, content in assets.files().items():
        assert (tmp_path / path).read_bytes() == content
        assert gzip.decompress((tmp_path / f"{path}.gz").read_bytes()) == content
    index = nginx.Path(nginx.file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    named = re.findall(r'"\./(static/[^"]+)"', index)
    assert len(named) > 10
    for path in named:
        assert (tmp_path / path).is_file()
        assert path.endswith(".woff2") or (tmp_path / f"{path}.gz").is_file()
    # What is there stays as it is: somebody may be reading it.
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    nginx.write_static(tmp_path)
    assert kept == {path: path.stat().st_mtime_ns for path in kept}


def test_a_process_that_is_not_known_is_told_and_nothing_is_written(tmp_path, capsys):
    assert nginx.main(["8701", "--static", str(tmp_path)]) == 1
    assert "8701 is no host and port" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("secure", [False, True])
def test_nginx_understands_it(secure, tmp_path):
    program = nginx.program()
    if program is None:
        assert os.environ.get("CI") != "true", "nginx is not installed"
        pytest.skip("nginx is not installed")
    pair = None
    if secure:
        pair = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a"]
        subprocess.run(
            [*make, "-out", pair[0], "-keyout", pair[1]], check=True, capture_output=True
        )
    inside = nginx.configuration(SERVERS, tmp_path, name="class.example", certificate=pair)
    # Whoever is not root may not have these ports.
    inside = inside.replace("listen 80;", "listen 8080;").replace("[::]:80;", "[::]:8080;")
    inside = inside.replace("listen 443", "listen 8443").replace("[::]:443", "[::]:8443")
    file = tmp_path / "nginx.conf"
    file.write_text(nginx.whole_configuration(inside, tmp_path), encoding="utf-8")
    command = [program, "-t", "-q", "-e", "stderr", "-p", str(tmp_path), "-c", str(file)]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert not checked.stderr, checked.stderr
