"""Our JavaScript and plotly.js, as the browser is sent them."""

import re

from nnviz.chart import assets


def test_the_modules_stand_together_in_a_folder_named_by_their_digest():
    folder, files = assets.modules(), assets.files()
    ours = {address.removeprefix(f"{folder}/") for address in files if folder in address}
    assert {"chart.js", "slider.js", "frames.js", "nnviz.css"} <= ours
    assert files[f"{folder}/chart.js"] == (assets.APP / "static/nnviz/chart.js").read_bytes()
    assert f'new URL("{folder}/loader.js"' in assets.loader("chart.js")


def test_all_modules_are_asked_for_at_once():
    source = (assets.APP / "static/nnviz/loader.js").read_text("utf-8")
    names = re.findall(r'"(\w+)"', re.search(r"AHEAD = \[(.*?)\]", source, re.DOTALL).group(1))
    modules = {path.stem for path in (assets.APP / "static/nnviz").glob("*.js")}
    # A worksheet and the teacher's page of a room fetch what no other page needs.
    assert set(names) == modules - {"loader", "one_file", "print_button", "room_desk", "room_page"}


def test_another_content_has_another_address(monkeypatch):
    before = assets.modules()
    changed = {**assets.sources(), "chart.js": b"export const mount = 1;"}
    monkeypatch.setattr(assets, "sources", lambda: changed)
    assert assets.modules.__wrapped__() != before


def test_plotly_comes_whole_from_its_package():
    content = assets.files()[assets.plotly_js()]
    assert len(content) > 1_000_000
    assert content.rstrip().endswith(b"}));") or b"Plotly" in content
