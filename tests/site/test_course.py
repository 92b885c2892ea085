"""The course lists every page once, in the order in which Streamlit and people find it."""

import re
from pathlib import Path

import pytest

from nnviz.site import course
from nnviz.site.course import COURSE, STEPS, strip_html

ROOT = Path(__file__).resolve().parents[2]
PAGES = list(COURSE.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_a_file_of_its_own_name(page):
    assert (ROOT / page.file).is_file()
    assert COURSE[page.name] is page
    if page.name != "home":
        assert page.file == f"pages/{page.name}.py"
        assert page.invitation.endswith(".")


def test_every_page_of_the_folder_is_known():
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*.py")}
    assert {page.file for page in course.PAGES.values()} == {"app.py"} | found


@pytest.mark.parametrize("what", ["name", "file", "label", "title", "icon"])
def test_no_two_pages_are_mistaken_for_each_other(what):
    assert len({getattr(page, what) for page in PAGES}) == len(PAGES)
    assert all(getattr(page, what) for page in PAGES)


def test_home_comes_first_and_nobody_can_change_the_order():
    assert PAGES[0].name == "home"
    with pytest.raises(TypeError):
        COURSE["extra"] = PAGES[0]


@pytest.mark.parametrize("lit", [(1,), (1, 2), (2, 4), (1, 2, 3, 4)])
def test_the_lit_steps_look_and_read_otherwise(lit):
    items = re.findall(r"<li(.*?)</li>", strip_html(lit))
    assert len(items) == len(STEPS)
    for number, item in enumerate(items, 1):
        name, meaning = STEPS[number - 1]
        # Once as a tooltip, once for a screen reader.
        assert f"title='{number} {name}: {meaning}" in item
        assert f">{number}<b> {name}</b><i>: {meaning}" in item
        assert ("class='nv-on'" in item) == (number in lit)
        assert ("not on this page" in item) == (number not in lit)


def test_every_page_lights_steps_that_exist_in_their_order():
    for page in COURSE.values():
        assert page.steps == tuple(sorted(set(page.steps) & {1, 2, 3, 4}))
    assert COURSE["prediction"].steps == (1, 2)
    assert COURSE["live_training"].steps == (1, 2, 3, 4)
    assert COURSE["vector_similarity"].steps == COURSE["home"].steps == ()
