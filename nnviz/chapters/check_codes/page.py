"""Check codes: a teacher pastes what a class has handed in, and gets a table."""

from typing import Final

import streamlit as st

from nnviz.chapters.check_codes import results
from nnviz.data.csv.file import table_csv
from nnviz.data.csv.notes import armed
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.course import COURSE, lessons
from nnviz.site.offer import offer
from nnviz.site.plain import plain, used
from nnviz.site.table import table

PAGE: Final = "check_codes"
ADDRESS: Final = Address(PAGE, [])

_PROBLEMS_SHOWN: Final = 10
_LONGEST: Final = 200_000  # characters, of some thousand codes


def draw() -> None:
    """Draw the page: a place to paste codes, and what they say."""
    st.markdown(
        "At the end of a lesson a pupil opens *Hand in to a teacher* and gets a code. Paste the "
        "codes of a class here, one in a line; what stands beside them does not matter. Nothing is "
        "kept: when you leave the page, they are gone. "
        "See the [Teacher's guide](./teaching)."
    )
    text = st.text_area(
        "Codes, one in a line",
        key=f"{PAGE}.text",
        height=180,
        placeholder="NN1-…",
    )
    found = results.read(
        used(text, _LONGEST), {page: len(each.tasks) for page, each in lessons().items()}
    )
    for problem in found.problems[:_PROBLEMS_SHOWN]:
        st.warning(plain(problem), icon=":material/error:")
    if len(found.problems) > _PROBLEMS_SHOWN:
        st.warning(f"{len(found.problems) - _PROBLEMS_SHOWN} more lines could not be read.")
    if not found.handed_in:
        return
    titles = {page: COURSE[page].title for page in COURSE}
    rows = results.rows(found, titles)
    names = {handed.name for _, handed in found.handed_in}
    st.markdown(f"**{len(rows)} handed in by {len(names)}**")
    with st.container(key=f"{PAGE}_handed_in"):
        table(results.SHOWN, results.shown(rows), label="What was handed in", height=420)

    def as_csv() -> str:
        # A name must not become a formula in the teacher's spreadsheet.
        return table_csv(
            results.HEAD,
            [[armed(cell) if isinstance(cell, str) else cell for cell in row] for row in rows],
        )

    told = "The same table for a spreadsheet."
    offer(PAGE, "Results (.csv)", told, "nnviz-results.csv", as_csv, "text/csv")
    for lesson, tasks in results.sums(found).items():
        n = sum(handed.lesson == lesson for _, handed in found.handed_in)
        st.markdown(f"**{titles[lesson]}**, handed in by {n}")
        table(results.SUMS, tasks, label=f"Tasks of {titles[lesson]}")


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw)
