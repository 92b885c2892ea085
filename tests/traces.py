"""What functions that draw return, in Plotly's own form, which checks every property."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go


def checked(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that draws the same trace, or list of traces, as Plotly's classes."""

    def drawn(*args: Any, **given: Any) -> Any:
        made = draw(*args, **given)
        return list(go.Figure(made).data) if isinstance(made, list) else go.Figure([made]).data[0]

    return drawn
