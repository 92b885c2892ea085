"""Word vectors, one thing at a time: six parts.

`place`, `directions`, `near` and `taken` are parts of their own; the moods are those of `..learn`,
the amounts those of `..splits`, with vectors.
"""

from types import MappingProxyType

from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ABOUT, ADDRESS
from nnviz.chapters.words_to_numbers.views import learn, splits
from nnviz.chapters.words_to_numbers.views.vectors import directions, near, place, taken
from nnviz.site import frame
from nnviz.site.parts import switch


def show(top: DeltaGenerator) -> bool:
    """Show the chosen part; return whether something is still to come."""
    if not frame.hidden("about"):
        with frame.controls():
            switch(ADDRESS, "about", ABOUT, "Word vectors")
    return _SHOW[ADDRESS["about"]](top)


def _moods(top: DeltaGenerator) -> bool:
    return learn.show(top, vectors=True)


def _amounts(top: DeltaGenerator) -> bool:
    return splits.show(top, vectors=True)


_SHOW = MappingProxyType(
    {
        "place": place.show,
        "directions": directions.show,
        "near": near.show,
        "moods": _moods,
        "amounts": _amounts,
        "taken": taken.show,
    }
)
