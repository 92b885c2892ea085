"""Words of a person, shown as they stand."""

import re
from typing import Final

_JOINER: Final = "\u2060"
"""Invisible and without width; it keeps Markdown from finding an address or an icon there."""


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands: no markup, no link, no image.

    What comes from an address must pass through here: an image in it would be fetched from
    outside, and a link in it would look like ours.
    """
    text = re.sub(
        r"(?i)://|@|(?<=www)\.", lambda found: _JOINER + found.group(), " ".join(text.split())
    )
    # Streamlit looks for names between colons after Markdown has taken the backslashes away.
    text = re.sub(r":(?=[\w/+-]+:)", f":{_JOINER}", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
