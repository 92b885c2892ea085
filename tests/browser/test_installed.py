"""The command of the installed package: the same app, from a place that it must not write to."""

import subprocess

import pytest

from tests.browser.app_page import open_page
from tests.browser.app_server import running_app

BLUE = "#006ba6"  # primaryColor of the light theme in .streamlit/config.toml


@pytest.fixture
def read_only(installed):
    """Return the installed command; the package below it cannot be written to."""
    folders = [
        path for path in installed.parent.rglob("*") if path.is_dir() and "nnviz" in path.parts
    ]
    for folder in folders:
        folder.chmod(0o555)
    yield installed / "nnviz"
    for folder in folders:
        folder.chmod(0o755)


def test_it_holds_what_a_lesson_as_one_file_is_made_of(read_only, tmp_path):
    code = """from nnviz.chart import assets
print(len(assets.plotly_to_take_along()), assets.colours()["light"]["primaryColor"])"""
    told = subprocess.run(
        [str(read_only.with_name("python")), "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    size, colour = told.stdout.split()
    assert int(size) > 400_000
    assert colour.lower() == BLUE


def test_it_serves_pages_scripts_pictures_and_theme(read_only, new_page, tmp_path):
    files = {path for path in read_only.parents[1].rglob("*") if path.suffix != ".pyc"}
    with running_app([str(read_only), "--no-browser"], tmp_path) as app:
        page = new_page(untouched=True)
        # Until Plotly and our scripts have drawn it.
        open_page(page, f"{app.url}/error_curve")
        colour = "(figure) => getComputedStyle(figure).getPropertyValue('--st-primary-color')"
        assert page.locator(".nv-figure").first.evaluate(colour).lower() == BLUE
        assert page.get_by_role("link", name="Live training").count() == 1
        assert not (app.home / "nnviz").exists()
        assert "Traceback" not in app.log()
    now = {path for path in read_only.parents[1].rglob("*") if path.suffix != ".pyc"}
    assert now == files
