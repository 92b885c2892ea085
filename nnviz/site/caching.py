"""The one decorator for what is computed once and shared by everybody."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import streamlit as st

P = ParamSpec("P")
R = TypeVar("R")


def cached(max_entries: int, *types: type) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that computes a function once for equal arguments.

    Parameters
    ----------
    max_entries : int
        How many results are kept. They are shared by all visitors, so they must be read-only.
    *types : type
        Types of arguments that are told apart by their ``repr``, which must write all that they
        hold; ``repr`` writes every float in full. Streamlit compares built-in types by itself.
    """
    decorate: Any = st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs=dict.fromkeys(types, repr)
    )
    return cast(Callable[[Callable[P, R]], Callable[P, R]], decorate)
