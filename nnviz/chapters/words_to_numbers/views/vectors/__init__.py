"""Word vectors, one thing at a time: six parts.

`place`, `directions`, `near` and `taken` are parts of their own; the moods are those of `..learn`,
the amounts those of `..splits`, with vectors.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ABOUT, ADDRESS
from nnviz.chapters.words_to_numbers.views import learn, splits
from nnviz.chapters.words_to_numbers.views.vectors import directions, near, place, taken
from nnviz.site import frame
from nnviz.site.parts import switch

_SHOW: Final[Mapping[str, Callable[[DeltaGenerator], None]]] = MappingProxyType(
    {
        "place": place.show,
        "directions": directions.show,
        "near": near.show,
        "moods": partial(learn.show, vectors=True),
        "amounts": partial(splits.show, vectors=True),
        "taken": taken.show,
    }
)


def show(top: DeltaGenerator) -> None:
    """Show the chosen part."""
    if not frame.hidden("about"):
        with frame.controls():
            switch(ADDRESS, "about", ABOUT, "Word vectors")
    _SHOW[ADDRESS["about"]](top)
