"""The button that stops the runs of a page, or lets them go on, and how far they are."""

from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from nnviz.site.background import Background, Known

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Stopping:
    """Which computation of a page its visitor has stopped; another one runs by itself."""

    page: str  # the page's short name

    def stopped(self, key: object) -> bool:
        """Return whether the computation of this key is stopped."""
        return bool(st.session_state.get(f"{self.page}_stopped") == repr(key))

    def work(self, runs: Background[K, V], key: K) -> Known[V]:
        """Work on a key for a moment unless it is stopped, and return what is known."""
        return runs.known(key) if self.stopped(key) else runs.work(key)

    def progress(self, key: object, n_done: int, n_runs: int, *, width: int) -> None:
        """Show how many runs are there, with the button; ``width`` in pixels."""
        stopped = n_done < n_runs and self.stopped(key)

        def press() -> None:
            st.session_state[f"{self.page}_stopped"] = None if stopped else repr(key)

        st.button(
            "Go on" if stopped else "Stop",
            key=f"{self.page}.stop",
            disabled=n_done == n_runs,
            on_click=press,
        )
        st.progress(n_done / n_runs, f"{n_done:,} of {n_runs:,} runs", width=width)
