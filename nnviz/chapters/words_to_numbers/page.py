"""Words to numbers: count the words of sentences, and let one neuron learn their moods."""

import streamlit as st

from nnviz.chapters.words_to_numbers import work
from nnviz.chapters.words_to_numbers.choices import ADDRESS, PAGE, VIEWS
from nnviz.chapters.words_to_numbers.view_count import count_view
from nnviz.chapters.words_to_numbers.view_learn import learn_view
from nnviz.chapters.words_to_numbers.view_splits import splits_view
from nnviz.site import frame


def lesson() -> None:
    """Draw the page."""
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with top:
        st.segmented_control(
            "What to do",
            list(VIEWS),
            format_func=VIEWS.__getitem__,
            key=ADDRESS.key("view"),
            required=True,
            wrap=True,
            label_visibility="collapsed",
        )
    views = {"count": count_view, "learn": learn_view, "splits": splits_view}
    coming = views[ADDRESS["view"]](top)
    work.open_the_dictionary()
    if coming:
        frame.again()


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
