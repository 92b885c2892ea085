"""Words of a person, shown as they stand, and cut with a word where they are too long."""

import re
from typing import Final

import streamlit as st

from nnviz.text.cut import cut, describe_cut

_CUT: Final = "plain.cut"

_JOINER: Final = "\u2060"
"""Invisible and without width; it keeps Markdown from finding an address or an icon there."""


_ACTIVE: Final = re.compile(r"[\\`*\[\]<>&~$]|:(?=\S)|(?<!\w)_|_(?!\w)")
"""Characters that begin markup: within a word a low line does not, nor a colon at its end."""

_AT_THE_BEGINNING: Final = re.compile(r"^(?:[-+=#]|[0-9]+(?=[.)]))")
"""What makes a list, a heading or a line of the text behind it."""

_DRAWN: Final = re.compile(r"(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)")
"""What Streamlit replaces by an arrow, a dash or a sign."""


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands: no markup, no link, no image.

    What comes from an address, a file or a person must pass through here: an image in it would be
    fetched from outside, and a link in it would look like ours. Widgets that show a text as it is,
    as select boxes and our own pictures, take it without.
    """
    text = re.sub(
        r"(?i)://|@|(?<=www)\.", lambda found: _JOINER + found.group(), " ".join(text.split())
    )
    # Streamlit looks for names between colons, and for arrows, after Markdown has taken the
    # backslashes away.
    text = re.sub(r":(?=[\w/+-]+:)", f":{_JOINER}", text)
    text = _DRAWN.sub(lambda found: f"{found.group()[0]}{_JOINER}{found.group()[1:]}", text)
    text = _ACTIVE.sub(r"\\\g<0>", text)
    # The character behind a number, and a sign itself.
    return _AT_THE_BEGINNING.sub(
        lambda found: f"{found.group()}\\" if found.group()[0].isdigit() else f"\\{found.group()}",
        text,
    )


def used(text: str, longest: int) -> str:
    """Return what is used of a text that was typed; what is left out of it is said below it.

    A field that is told of the limit itself (`max_chars`) takes nothing of a longer text, and its
    person sees neither why nor that.
    """
    kept, rest = cut(text, longest)
    if rest:
        st.warning(plain(describe_cut(text, longest)))
    return kept


def kept(text: str, longest: int) -> str:
    """Return the same where what is kept replaces the text: `say_cuts` says it once after that."""
    short, rest = cut(text, longest)
    if rest:
        st.session_state[_CUT] = describe_cut(text, longest)
    return short


def say_cuts() -> None:
    """Say once what was cut."""
    said = st.session_state.pop(_CUT, "")
    if said:
        st.warning(plain(said))
