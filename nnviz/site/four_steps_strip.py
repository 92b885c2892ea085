"""The thread through the course: the four steps of learning, lit as far as a page takes them."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

STEPS: Final = (
    ("Input", "rows go in, with the answers that are known for them"),
    ("Predict", "the model answers with what it has learned so far"),
    ("Compare", "the error says how far the answer is from the right one"),
    ("Adjust", "the parameters move so that the error gets smaller"),
)
"""The four steps of supervised learning, each with what happens in it."""

_STYLE: Final = """<style>
.nv-thread { display: flex; gap: 4px; margin: 0; padding: 0; list-style: none; font-size: 12px; }
.nv-thread li { margin: 0; padding: 1px 7px; border: 1px dashed #8c8c8c; border-radius: 9px; }
.nv-thread li.nv-on { border: 1px solid currentColor; font-weight: 600;
  background: rgba(86, 180, 233, 0.3); }
.nv-thread li:not(.nv-on) { opacity: .75; }
@media (max-width: 1000px) {
  .nv-thread { gap: 2px; }
  .nv-thread li { padding: 0 5px; }
  .nv-thread b { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
}
/* For those who hear the page instead of seeing it. */
.nv-thread i { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
@media (max-width: 640px) {
  /* Between the two buttons of the header, where nothing else is. */
  [data-testid="stElementContainer"]:has(.nv-thread) { position: absolute; top: 20px; left: 0;
    width: 100%; pointer-events: none; }
  .nv-thread { justify-content: center; }
  .nv-thread li { pointer-events: auto; }
}
.nv-thread b { font-weight: inherit; }
</style>"""


def four_steps_strip(lit: Sequence[int]) -> None:
    """Show the four steps as a slim strip, and light those that this page takes.

    Parameters
    ----------
    lit : sequence of int
        From 1 to 4; with none of them nothing is shown.
    """
    if lit:
        st.html(strip_html(lit), width="content")


def strip_html(lit: Sequence[int]) -> str:
    """Return the strip; what is lit is framed as well as coloured, and said to a screen reader."""
    items = []
    for number, (name, meaning) in enumerate(STEPS, 1):
        on = number in lit
        rest = escape(f": {meaning}{'' if on else ' (not on this page)'}", quote=True)
        looks = " class='nv-on'" if on else ""
        items.append(
            f"<li{looks} title='{number} {name}{rest}'>{number}<b> {name}</b><i>{rest}</i></li>"
        )
    label = "The four steps of supervised learning, lit where this page takes them"
    return f"{_STYLE}<ol class='nv-thread' aria-label='{label}'>{''.join(items)}</ol>"
