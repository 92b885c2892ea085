"""Words of a person, shown as they stand."""

import re
from typing import Final

_JOINER: Final = "\u2060"
"""Invisible and without width; it keeps Markdown from finding an address in the words."""


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands: no markup, no link, no image.

    What comes from an address must pass through here: an image in it would be fetched from
    outside, and a link in it would look like ours.
    """
    text = re.sub(
        r"://|@|(?<=www)\.", lambda found: _JOINER + found.group(), " ".join(text.split())
    )
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
