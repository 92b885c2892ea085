"""The course map: what has been done on each page, kept by the browser and told to nobody."""

import streamlit as st

from nnviz.chart import assets
from nnviz.site.address import Address
from nnviz.site.course import COURSE


def keep_progress(address: Address) -> None:
    """Let the browser take note of this page: its address, and the questions answered on it."""
    right, asked = st.session_state.get(f"{address.page}_score", (0, 0))
    with st.container(key="progress_kept"):
        assets.component("nnviz_progress", "progress.js")(
            key="progress",
            data={"page": address.page, "kept": address.query(), "right": right, "asked": asked},
            height="content",
        )


def course_map(here: str) -> None:
    """Show all other pages in the order of the story, each with what has been done on it."""
    st.markdown("## The course")
    assets.component("nnviz_progress", "progress.js")(
        key="course_map",
        data={
            "pages": [
                {
                    "name": page.name,
                    "path": page.name,
                    "title": page.title,
                    "invitation": page.invitation,
                    # Then the session itself knows where the person left it.
                    "here": f"remembered.{page.name}" in st.session_state,
                }
                for page in COURSE.values()
                if page.name != here
            ]
        },
        height="content",
    )
