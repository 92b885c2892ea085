"""A page that is stepped through: where the person is, and where the page sends the player."""

from dataclasses import dataclass

import streamlit as st

from nnviz.chart.chart import Clock, last_report
from nnviz.site.address import Address


@dataclass(frozen=True)
class Stepping:
    """The steps of one chart, whose place stands in the address.

    Attributes
    ----------
    address : Address
        Of the page; its parameter ``at`` is the place.
    chart : str
        The key of the chart whose player is stepped.
    """

    address: Address
    chart: str

    def clock(self, *, jump: int) -> Clock:
        """Return the chart's clock; ``jump`` steps are gone with Shift and an arrow key."""
        order = f"{self.address.filled}.{st.session_state.get(self._order, 0)}"
        return Clock(
            self.address["at"],
            order,
            unit="step",
            speeds=(0.5, 1, 2, 5),
            speed=1,
            jump=jump,
        )

    def arrive(self, place: int) -> None:
        """Take note of where the person has stepped, unless the page has gone on since then."""
        # A key and the report before it may come in one message, and be answered in any order.
        if last_report(self.chart) is None or last_report(self.chart) != self._left_report():
            self.address.set("at", place)

    def go(self, place: int) -> None:
        """Send the player to a place; it obeys each new order once."""
        self.address.set("at", place)
        st.session_state[self._left] = last_report(self.chart)
        st.session_state[self._order] = st.session_state.get(self._order, 0) + 1

    def catch_up(self, last: int) -> None:
        """Take in a report that a button's callback has overtaken; ``last`` is the last place."""
        report = last_report(self.chart)
        if report is not None and report != self._left_report():
            self.address.set("at", min(max(report[0], 0), last))

    def _left_report(self) -> tuple[int, int] | None:
        left: tuple[int, int] | None = st.session_state.get(self._left)
        return left

    @property
    def _order(self) -> str:
        return f"{self.chart}_order"

    @property
    def _left(self) -> str:
        """Where the last report from a place that the page has left is kept."""
        return f"{self.chart}_left"
