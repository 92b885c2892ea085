"""Buttons that offer files, which are made when they are asked for."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

import streamlit as st

from nnviz import __version__
from nnviz.chart import assets, one_file
from nnviz.chart.chart import Shown
from nnviz.site.address import Address
from nnviz.site.course import PAGES
from nnviz.site.lesson_link import LARGE, LONGEST_PROMPT
from nnviz.site.origin import public_page
from nnviz.site.worded import worded
from nnviz.text.lesson import Lesson
from nnviz.text.script import Program

_LICENCES: Final = (
    f"Made with nnviz {__version__} (MIT License). Its figure is drawn by plotly.js, "
    "\u00a9 Plotly, Inc. (MIT License)."
)


def offer(
    key: str, label: str, words: str, file_name: str, make: Callable[[], str], mime: str
) -> None:
    """Show a button that downloads a text, and beside it what the text is.

    Parameters
    ----------
    key : str
        Where the button stands; with its label it is the key of the widget.
    make : callable
        Called when the button is pressed; returns the text.
    """
    button, text = st.columns([0.3, 0.7], vertical_alignment="center")
    button.download_button(
        label,
        lambda: encoded(make(), mime),
        file_name,
        mime,
        key=f"{key}.{label}",
        on_click="ignore",
        width="stretch",
    )
    text.markdown(words)


def offer_program(key: str, name: str, words: str, make: Callable[[], Program]) -> None:
    """Offer a program as a script and as a notebook; both are called ``name``."""
    offer(
        f"{key}script", "Python script (.py)", words, f"{name}.py", lambda: make().script,
        "text/x-python",
    )  # fmt: skip
    offer(
        f"{key}notebook", "Notebook (.ipynb)", "The same in cells.", f"{name}.ipynb",
        lambda: make().notebook, "application/x-ipynb+json",
    )  # fmt: skip


def encoded(content: str, mime: str) -> bytes:
    """Return a text as UTF-8; a table of more than ASCII says so, for spreadsheets."""
    marked = mime == "text/csv" and not content.isascii()
    return content.encode("utf-8-sig" if marked else "utf-8")


def offer_file(
    address: Address,
    course: Lesson,
    shown: Shown,
    recorded: Callable[[], Sequence[bytes]] = tuple,
    *,
    marks: str = "",
) -> None:
    """Offer the picture, its player and its task as one file, made when it is asked for.

    Parameters
    ----------
    address : Address
        The choices of the page.
    course : Lesson
        The lesson of the page; why it is there takes the place of a teacher's task.
    shown : Shown
        What the chart of the page shows.
    recorded : callable
        Returns what the file holds besides what is shown: first a pack with a sentence for every
        step at which its player is to stand, then what is drawn over the other marks. It is called
        when the page has ended, so it may ask for nothing of the session. By default nothing: what
        is shown has all sentences.
    marks : str
        What the marks of the picture mean, where it does not say so itself.
    """
    page = PAGES[address.page]
    public = public_page(str(st.context.url or ""))
    query = address.query()
    link = f"{public}?{query}" if query else public
    back = f" <a href='{escape(link, quote=True)}'>Open it where it was made</a>."
    task, foot = _task_html(address, course), _LICENCES + back * bool(public)
    theme, large = str(st.context.theme.type or "light"), address.task.get("size") == LARGE

    yours = "A task of yours goes along if a “Link for a class” with one has opened the page."
    if address.task.get("prompt"):
        yours = "Your task goes along."

    def make() -> str:
        sentences, *over = recorded() or (b"",)
        file = one_file.OneFile(
            title=page.title,
            task=task,
            message=shown.message,
            marks=marks,
            packs=[pack for pack in (sentences, *shown.packs, *over) if pack],
            theme=theme,
            large=large,
            foot=foot,
        )
        return one_file.html(
            file, assets.sources(), assets.plotly_to_take_along(), assets.colours()
        )

    offer(
        "one_file",
        "Lesson (.html)",
        "The picture with its player and its sentences. It opens by a double click, without this "
        f"app and without a network. {yours}",
        f"nnviz_{page.name}.html",
        make,
        "text/html",
    )


def _task_html(address: Address, course: Lesson) -> str:
    """Return a teacher's task, letter by letter, or why the page is there."""
    prompt = address.task.get("prompt", "").strip()[:LONGEST_PROMPT]
    if not prompt:
        return f"<p class='nv-why'>{worded(course.why)}</p>"
    return f"<p class='nv-task-does' dir='auto'>{escape(prompt)}</p>"
