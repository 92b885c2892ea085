"""Words of a person, shown letter by letter."""

import re


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands: no markup, no link, no image.

    What comes from an address must pass through here: an image in it would be fetched from outside.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
