"""The copies of our JavaScript and of plotly.js that the browser is sent."""

import os
import threading
import time

import pytest

from nnviz.chart import assets


@pytest.fixture
def vendor(tmp_path, monkeypatch):
    """Return an empty folder that stands for the served one, with nothing remembered of it."""
    folder = tmp_path / "static" / "vendor"
    monkeypatch.setattr(assets, "_SERVED", tmp_path / "static")
    monkeypatch.setattr(assets, "_VENDOR", folder)
    for each in (assets.modules, assets.plotly_js):
        each.cache_clear()
    yield folder
    for each in (assets.modules, assets.plotly_js):
        each.cache_clear()


def test_the_modules_are_served_from_a_folder_named_by_their_digest(vendor):
    assert assets.modules() == f"app/static/vendor/nnviz-{assets.fingerprint()}"
    (folder,) = vendor.iterdir()
    assert folder.name == f"nnviz-{assets.fingerprint()}"
    copied = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"chart.js", "slider.js", "frames.js", "nnviz.css"} <= set(copied)
    assert copied["chart.js"] == (assets.APP / "static" / "nnviz" / "chart.js").read_bytes()
    assert f'new URL("app/static/vendor/{folder.name}/"' in assets.loader("chart.js")


def test_plotly_is_copied_whole(vendor):
    address = assets.plotly_js()
    (file,) = vendor.iterdir()
    assert address == f"app/static/vendor/{file.name}"
    assert file.stat().st_size > 1_000_000


def test_a_half_written_copy_is_never_in_place(vendor):
    def broken(target):
        target.write_text("half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        assets.place("name", broken)
    assert list(vendor.iterdir()) == []


def test_of_two_servers_that_start_at_once_the_first_copy_stays(vendor):
    both = threading.Barrier(2)

    def write(target):
        target.mkdir()
        (target / "x.js").write_text("x")
        both.wait(30)

    threads = [threading.Thread(target=assets.place, args=("name", write)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [path.name for path in vendor.iterdir()] == ["name"]
    assert [path.name for path in (vendor / "name").iterdir()] == ["x.js"]


def test_copies_of_older_versions_are_removed_after_a_day(vendor):
    names = {"nnviz-old": 2, "nnviz-recent": 0.5, ".part-old": 2, "plotly-6.0.0.min.js": 9}
    vendor.mkdir(parents=True)
    for name, days in names.items():
        (vendor / name).mkdir()
        os.utime(vendor / name, (time.time() - days * 86_400,) * 2)
    assets.modules()
    kept = {path.name for path in vendor.iterdir()}
    assert kept == {"nnviz-recent", "plotly-6.0.0.min.js", f"nnviz-{assets.fingerprint()}"}


def test_where_nothing_can_be_copied_the_log_says_so_and_the_sources_are_served(
    vendor, caplog, tmp_path
):
    (tmp_path / "static").write_text("a file where a folder is needed")
    assert assets.modules() == "app/static/nnviz"
    assert "The JavaScript could not be copied to" in caplog.text
    assert "pages that are open must be reloaded" in caplog.text
