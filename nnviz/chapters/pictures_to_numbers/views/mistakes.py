"""What the trained network takes for what: a matrix whose cells open their pictures."""

import streamlit as st

from nnviz.chapters.pictures_to_numbers import address, words
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE
from nnviz.chapters.pictures_to_numbers.figures.confusion import (
    GALLERY,
    MOST_SHOWN,
    PANELS,
    cell_at,
    confusion_picture,
)
from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, Seen, confusion
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, UPDATES
from nnviz.chapters.pictures_to_numbers.ten.questions import confusion_questions
from nnviz.chapters.pictures_to_numbers.ten.words import describe_confusion, describe_gallery
from nnviz.chapters.pictures_to_numbers.views import ten_runs
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click, Drag, Handle
from nnviz.data.digits import CREDIT, digits
from nnviz.site import frame, lesson
from nnviz.site.parts import in_sight
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Cell, Shown, table


def show() -> ten_runs.Bodies:
    """Show the matrix of the network at its end, and the pictures of a cell or its mistakes.

    Return the parts below.
    """
    config, cell = address.ten_config(), address.cell()
    run, found = ten_runs.learned(config), ten_runs.confused(config)
    questions = confusion_questions(run, found)
    secret = lesson.secret() or (asking(ADDRESS) and unanswered(ADDRESS, questions) is not None)
    chosen = found.mistakes() if cell is None else found.cell(*cell)
    shown = () if secret else chosen[:MOST_SHOWN]
    said = f"{describe_confusion(found, config)} {describe_gallery(chosen, cell)}"
    chart(
        confusion_picture(
            None if secret else found,
            shown,
            None if secret else cell,
            title=_title(chosen, cell),
            panels=in_sight(PANELS),
        ),
        key="pictures_confusion",
        words=words.HIDDEN if secret else said,
        hint="Click a cell, or go with the arrow keys: its pictures open. Click a picture: it goes "
        "on your board.",
        handles=[] if secret or frame.hidden("matrix") else [_handle(found, cell)],
        on_drag=_go,
        clicks=["xy", "x2y2"],
        on_click=lambda click: _clicked(click, shown),
        save_as="nnviz-pictures-mistakes",
        fill=True,
    )
    return ten_runs.bodies_at_the_end(
        [confusion],
        lambda: _numbers(chosen, secret=secret),
        lambda: predict_first(PAGE, questions),
    )


def surest_button() -> None:
    """Show the button that leads from a cell back to the mistakes."""
    if not frame.hidden("surest"):
        st.button(
            "Surest mistakes",
            key=f"{PAGE}.surest",
            on_click=lambda: ADDRESS.set("cell", ""),
            disabled=address.cell() is None,
        )


def _title(chosen: tuple[Seen, ...], cell: tuple[int, int] | None) -> str:
    what = "mistakes, the surest first" if cell is None else f"{cell[0]}, said to be {cell[1]}"
    n = f" ({MOST_SHOWN} of {len(chosen)})" if len(chosen) > MOST_SHOWN else ""
    return f"<b>{what}</b>{n}"


def _handle(found: Confusion, cell: tuple[int, int] | None) -> Handle:
    # While no cell is open there is nothing to mark, but the arrow keys begin somewhere.
    label, said = cell or (*found.largest, (0, 0))[0]
    n, of = int(found.counts[label, said]), int(found.counts[label].sum())
    says = f"{n} of {of} pictures of {label} are said to be {said}"
    return Handle(
        name="cell", label="The cell whose pictures are open", x=said, y=KINDS - 1 - label,
        low=(0, 0), high=(KINDS - 1, KINDS - 1), snap=1, stride=1, size=5 if cell else 0,
        symbol="square", says=says if cell else "none: the surest mistakes are shown",
    )  # fmt: skip


def _go(drag: Drag) -> None:
    ADDRESS.set("cell", f"{KINDS - 1 - round(drag.y)}{round(drag.x)}")


def _clicked(click: Click, shown: tuple[Seen, ...]) -> None:
    if click.axes == "xy":
        label, said = cell_at(click.x, click.y)
        ADDRESS.set("cell", f"{label}{said}")
        return
    k = GALLERY.at(click.x, click.y)
    if k is not None and k < len(shown):
        ADDRESS.set("drawing", tuple(digits().pictures[shown[k].picture].tolist()))
        ADDRESS.set("update", UPDATES)
        ADDRESS.set("look", "learn")


def _numbers(chosen: tuple[Seen, ...], *, secret: bool) -> None:
    if secret:
        st.markdown("The numbers come when you have answered.")
        return
    rows: list[list[Cell]] = [
        [f"{seen.picture + 1:,}",
         *(Shown(float(digit), str(digit)) for digit in (seen.label, seen.said)),
         seen.probability, seen.of_label]
        for seen in chosen
    ]  # fmt: skip
    table(
        ["picture", "shown", "said", "probability\nof what is said", "of what\nis shown"],
        rows,
        label="The pictures, those that it is surest of first",
        height=320,
    )
    st.caption(CREDIT)
