"""A text that is too long, cut where it hurts least, and what is said of that."""

from typing import Final

_NAMED: Final = 24  # characters of what is left out


def cut(text: str, longest: int) -> tuple[str, str]:
    """Return what is kept of a text and what is left out, which is "" where all of it fits.

    It is cut after a whole word if there is one.
    """
    if len(text) <= longest:
        return text, ""
    kept = text[:longest]
    if not text[longest].isspace() and {" ", "\n"} & set(kept):
        kept = kept[: max(map(kept.rfind, " \n"))]
    return kept, text[len(kept) :]


def describe_cut(text: str, longest: int) -> str:
    """Say of a text that is too long what is left out of it."""
    rest = " ".join(cut(text, longest)[1].split())
    return (
        f"This text has {len(text):,} characters, and {longest:,} are the most here. What follows "
        f"from “{rest[:_NAMED]}” on is left out."
    )
