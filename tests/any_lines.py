"""Any lines of a deeper network's training, for property tests."""

from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.lines import MOST_BY_HAND, MOST_LINES, Change, Line
from nnviz.chapters.deeper_networks.link_text import LONGEST_NAME, clean_name
from nnviz.chapters.deeper_networks.settings import FROM_THE_START
from tests.any_settings import any_choices

_values = st.floats(-1_000, 1_000)
_by_hand = st.dictionaries(st.integers(0, 1_000), _values, max_size=MOST_BY_HAND)
_names = st.text(max_size=2 * LONGEST_NAME).map(clean_name)


@st.composite
def any_lines(draw, last=1_000_000, choices=None, by_hand=_by_hand):
    """Return lines each of which leaves one that comes before, at a step that is its own."""
    if choices is None:
        choices = any_choices(without=FROM_THE_START)
    found = []
    for number in range(draw(st.integers(1, MOST_LINES))):
        parent = draw(st.integers(0, number - 1)) if number else 0
        at = draw(st.integers(found[parent].at, last)) if number else 0
        steps = sorted(draw(st.sets(st.integers(at, last), max_size=5)))
        changes = tuple(Change(step, draw(choices), draw(by_hand)) for step in steps)
        found.append(Line(parent, at, changes, draw(_names) if number else ""))
    return tuple(found)
