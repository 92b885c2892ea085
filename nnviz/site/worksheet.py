"""The worksheet of a page on the screen and on paper: picture, task, exercises; its key behind."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from nnviz.chart import assets
from nnviz.nn.draws import Draws
from nnviz.site.address import Address
from nnviz.site.course import Page
from nnviz.site.progress import progress_in
from nnviz.site.styles import style
from nnviz.text.lesson import Lesson, pieces
from nnviz.text.numbers import quoted
from nnviz.text.worksheet import LARGEST_NUMBER, Exercise, Part, Worksheet

Maker = Callable[[Draws], tuple[Part, ...]]
"""Draws the parts of a chapter's worksheet."""

OnPaper = Mapping[str, tuple[str, str]]
"""What tasks of a lesson ask for on paper, and what the key says of it, by their names."""

_SHEET: Final = "sheet"
_KEY: Final = "worksheet"
# It stands on the page, because it counts before any style sheet has arrived.
_INCOMPLETE: Final = """
@media print {
  .stApp:not(:has(.nv-key)) [data-testid="stMainBlockContainer"]::after {
    content: "This sheet was not complete when it was printed."; color: #000; }
}
"""


def made(page: str, number: int, maker: Maker) -> Worksheet:
    """Return the worksheet of a page with a number: the same on every machine."""
    return Worksheet(page, number, maker(Draws(number, f"worksheet of {page}")))


def opened(address: Address) -> int | None:
    """Return the number of the worksheet that the address asks for, or None."""
    given = address.task.get(_SHEET)
    if given is None:
        return None
    if given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= LARGEST_NUMBER:
        return int(given)
    address.tell(
        f"The address says the sheet is {quoted(given)}, but sheets have the numbers 1 to "
        f"{LARGEST_NUMBER:,}. So this is sheet 1."
    )
    address.add_task(_SHEET, "1")
    return 1


def offer(address: Address) -> None:
    """Show the button that opens the worksheet of the page, as it is now."""
    st.button(
        "Worksheet",
        icon=":material/print:",
        key=f"{_KEY}.open",
        type="tertiary",
        help="Picture, exercises and their key, to be printed.",
        on_click=address.add_task,
        args=(_SHEET, "1"),
    )


def begin(page: Page, address: Address, number: int, maker: Maker) -> None:
    """Show what stands above the task and the picture of a worksheet."""
    style(_INCOMPLETE)
    _bar(address, number)
    st.html(_head_html("", page, made(page.name, number, maker)))


def end(page: Page, number: int, maker: Maker, of_task: str) -> None:
    """Show the exercises, and the key on paper of its own."""
    sheet = made(page.name, number, maker)
    st.html(_sheet_html(page, sheet))
    st.html(_key_html(page, sheet, of_task))


def _bar(address: Address, number: int) -> None:
    """Show what is not printed: the number of the sheet, and the way back."""

    def turn() -> None:
        address.add_task(_SHEET, str(st.session_state[f"{_KEY}.number"]))

    st.session_state[f"{_KEY}.number"] = number
    with st.container(horizontal=True, vertical_alignment="bottom", key="worksheet_bar"):
        st.number_input(
            "Sheet number",
            1,
            LARGEST_NUMBER,
            key=f"{_KEY}.number",
            on_change=turn,
            help="Each number has other exercises: one for group A, one for group B.",
            width=170,
        )
        st.button(
            "Back to the page", key=f"{_KEY}.back", on_click=address.add_task, args=(_SHEET, "")
        )
        assets.component("nnviz_print", "print_button.js")(key="print", height="content")
        st.caption("The key comes on paper of its own.")


def task(address: Address, course: Lesson | None, on_paper: OnPaper) -> str:
    """Show what the open task of a lesson asks for with a pen; return what the key says of it."""
    index = address.course.task
    if course is None or index is None or index >= len(course.tasks):
        return ""
    chosen = course.tasks[index]
    does, key = on_paper.get(chosen.name, (chosen.does, ""))
    question = progress_in(course).questions.get(chosen.name)
    ticks = _ticks(question.options) if question is not None else ""
    does = "".join(text for text, _ in pieces(does)).replace("**", "")
    st.html(f"<div class='nv-sheet-task'><p>{escape(does)}</p>{ticks}</div>")
    return key or (question.answer if question is not None else "")


def _head_html(what: str, page: Page, sheet: Worksheet) -> str:
    name = "" if what else "<p class='nv-sheet-name'>Name<i></i>Date<i></i></p>"
    return (
        f"<header class='nv-sheet-head'><h1>{what}{escape(page.title)}</h1>"
        f"<p>Sheet {sheet.number} · {sheet.code}</p></header>{name}"
    )


def _sheet_html(page: Page, sheet: Worksheet) -> str:
    number, parts = 0, []
    for part in sheet.parts:
        items = []
        for exercise in part.exercises:
            number += 1
            items.append(f"<li value='{number}'>{escape(exercise.prompt)}{_room(exercise)}</li>")
        given = f"<p>{escape(part.given)}</p>{_table_html(part.table)}"
        # What is given stays with the first exercise about it.
        first = f"<div class='nv-together'>{given}<ol>{items[0]}</ol></div>"
        parts.append(f"{first}<ol>{''.join(items[1:])}</ol>")
    return f"<section class='nv-sheet'>{''.join(parts)}{_foot(page, sheet)}</section>"


def _room(exercise: Exercise) -> str:
    """Return the options to tick, or room to compute and a line for the answer."""
    if exercise.options:
        return _ticks(exercise.options)
    return "<div class='nv-blank'>Answer:<i></i></div>"


def _ticks(options: Sequence[str]) -> str:
    ticks = "".join(f"<span>☐ {escape(option)}</span>" for option in options)
    return f"<div class='nv-ticks-of'>{ticks}</div>"


def _table_html(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table>{body}</table>"


def _key_html(page: Page, sheet: Worksheet, of_task: str) -> str:
    items = "".join(
        f"<li><b>{escape(exercise.answer)}</b> {escape(exercise.reason)}</li>" for exercise in sheet
    )
    head = _head_html("Key: ", page, sheet)
    told = f"<p>Task: <b>{escape(of_task)}</b></p>" if of_task else ""
    return f"<section class='nv-key'>{head}{told}<ol>{items}</ol>{_foot(page, sheet)}</section>"


def _foot(page: Page, sheet: Worksheet) -> str:
    """Return the line by which a sheet and its key are matched, whatever has changed since."""
    return (
        f"<p class='nv-foot'>nnviz · {escape(page.title)} · sheet {sheet.number} · {sheet.code}</p>"
    )
