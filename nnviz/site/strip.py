"""The strip of the four steps of supervised learning, at the head of a page."""

from collections.abc import Sequence
from html import escape
from typing import Final

STEPS: Final = (
    ("Input", "rows go in, with the answers that are known for them"),
    ("Predict", "the model answers with what it has learned so far"),
    ("Compare", "the error says how far the answer is from the right one"),
    ("Adjust", "the parameters move so that the error gets smaller"),
)
"""The four steps of supervised learning, each with what happens in it."""

_STRIP_STYLE: Final = """<style>
.nv-thread { display: flex; gap: 4px; margin: 0; padding: 0; list-style: none; font-size: .75rem; }
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


def strip_html(lit: Sequence[int]) -> str:
    """Return the strip of the four steps, those that a page takes highlighted.

    They are framed as well as coloured, and a screen reader is told which they are.

    Parameters
    ----------
    lit : sequence of int
        From 1 to 4.
    """
    items = []
    for number, (name, meaning) in enumerate(STEPS, 1):
        on = number in lit
        rest = escape(f": {meaning}{'' if on else ' (not on this page)'}", quote=True)
        looks = " class='nv-on'" if on else ""
        items.append(
            f"<li{looks} title='{number} {name}{rest}'>{number}<b> {name}</b><i>{rest}</i></li>"
        )
    label = "The four steps of supervised learning, lit where this page takes them"
    return f"{_STRIP_STYLE}<ol class='nv-thread' aria-label='{label}'>{''.join(items)}</ol>"
