"""Words of a person, shown as they stand."""

import re
from typing import Final

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
