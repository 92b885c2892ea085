"""What functions that draw return, in Plotly's own form, which checks every property."""

from collections.abc import Callable
from typing import Any

from nnviz.chart import plot


def checked(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that draws the same trace, or list of traces, as Plotly's classes."""

    def drawn(*args: Any, **given: Any) -> Any:
        made = draw(*args, **given)
        traces = made if isinstance(made, list) else [made]
        checked_traces = list(plot.validated(plot.figure(traces, {})).data)
        return checked_traces if isinstance(made, list) else checked_traces[0]

    return drawn
