"""Where the player of a chart stands: in the address of the page, ordered by it, reported to it.

The browser's player and the page both move. A page that jumps (a button, a new training) gives an
order with a name of its own; the player obeys each order once and otherwise goes where the person
takes it. It reports where it has come to rest, and Streamlit may run the callback of a button
before that of a report which is older than the press.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from nnviz.chart.chart import Clock, last_report
from nnviz.site.address import Address


@dataclass(frozen=True)
class Player:
    """The player of one chart."""

    address: Address  # the choices of the page
    chart: str  # the key of the chart
    parameter: str = "step"  # which choice holds the step

    def clock(self, play: str = "Play", **options: Any) -> Clock:
        """Return the clock for the chart; ``options`` are further attributes of `Clock`."""
        return Clock(self.address[self.parameter], self._order, play, **options)

    def arrive(self, step: int) -> None:
        """Store a step that the player reports, unless it has been ordered elsewhere since then.

        An order is a jump, a link that is opened, and a task that begins.

        Give it to the chart as ``on_position``.
        """
        report = last_report(self.chart)
        if report is None or report[1] == self._order:
            self._set(step)

    def catch_up(self, last: int | None = None) -> int:
        """Store the newest report before its own callback does, and return the step.

        Call it first in the callback of a control whose effect depends on the step. `last`: the
        last step that the player can stand at; by default the largest of the choice.
        """
        report = last_report(self.chart)
        if report is not None and report[1] == self._order:
            self._set(max(report[0], 0) if last is None else min(max(report[0], 0), last))
        return int(self.address[self.parameter])

    def go(self, step: int) -> None:
        """Order the player to jump to a step."""
        self.address.set(self.parameter, step)
        st.session_state[f"{self.chart}_order"] = st.session_state.get(f"{self.chart}_order", 0) + 1

    def _set(self, step: int) -> None:
        choice = self.address.parameters[self.parameter]
        self.address.set(self.parameter, min(step, getattr(choice, "high", step)))

    @property
    def _order(self) -> str:
        """Name the last order; opening a link is one."""
        return f"{self.address.filled}.{st.session_state.get(f'{self.chart}_order', 0)}"
