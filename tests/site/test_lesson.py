"""What a lesson shows: words with their line of the glossary, everything else as it stands."""

from dataclasses import replace
from itertools import pairwise

from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.site.course import COURSE, PAGES, next_page
from nnviz.site.worded import worded
from nnviz.text.glossary import GLOSSARY


def test_words_are_explained_where_they_stand_and_all_else_is_plain() -> None:
    shown = worded("A **[[weight]]** of <b>1</b> & [[rates|learning rate]] 2 * 3")
    assert GLOSSARY["weight"] in shown
    assert "<b><span class='nv-term' tabindex='0'>weight<span" in shown
    assert ">rates<span class='nv-tip' role='tooltip'><b>learning rate</b>: " in shown
    assert "&lt;b&gt;1&lt;/b&gt; &amp; " in shown
    assert shown.endswith(" 2 * 3")


def test_each_lesson_leads_to_the_next() -> None:
    names = list(COURSE)
    for name, following in pairwise(names):
        page = next_page(name)
        assert page is not None
        assert page.name == following
    assert next_page(names[-1]) is None
    assert names[0] == "home"
    assert names[-1] == "compare_runs"
    assert set(PAGES) - set(COURSE) == {"glossary", "check_codes", "room", "teaching"}


def test_a_lesson_knows_what_is_left_of_it_and_its_idea() -> None:
    first, second, *rest = (task.name for task in LESSON.tasks)
    assert LESSON.first_open([]) == 1
    assert LESSON.first_open([first, *rest]) == 2
    assert LESSON.first_open([first, second, *rest]) == 0
    told = replace(LESSON, summary="With **0.5** a [[slope]] of 1. And no more.")
    assert told.idea({}) == "With 0.5 a slope of 1."
