"""Rules of style: those of every page, and those that hold as long as a page asks for them.

Streamlit keeps what is nothing but style beside the page, in the order in which it was written, and
what a part of the page writes when it runs again takes the places of what it wrote before. Were
less written than before, the rest would stay: the rules of a lesson would go on in free play.
"""

from typing import Final

import streamlit as st

# Streamlit leaves wide margins; a lesson's picture and controls should fit one laptop screen.
ALWAYS: Final = """<style>
[data-testid="stMainBlockContainer"] {
  padding-left: 1.5rem;
  padding-right: 1.5rem;
  max-width: 90rem;
}
/* No word stands alone on the last line of a paragraph: the end of a sentence is often a number. */
[data-testid="stMain"] { text-wrap: pretty; }
[data-testid="stMain"] h1 { font-size: 1.6rem; padding: 0; }
[data-testid="stMain"] h2 { font-size: 1.2rem; padding: .2rem 0 1rem; }
[data-testid="stMain"] [data-testid="stVerticalBlock"] { gap: .6rem; }
/* The packed runs are there to be read, not to be seen: no height, and no gap of their own. */
[data-testid="stLayoutWrapper"]:has(> [class*="_packs"]) {
  height: 0; overflow: hidden; margin-top: -.6rem;
}
/* What keeps the progress has nothing to be seen at all. */
.st-key-progress { position: absolute; }
/* Long formulas go on in the next line: a box to scroll sideways cannot be reached by keyboard. */
.katex-display { width: fit-content; margin: .55rem auto; }
.katex-display + .katex-display { margin-top: .7rem; }
.katex-display > .katex { text-align: left; white-space: normal; }
[data-testid="stSidebarContent"] { padding-right: .25rem; } /* the longest name has room */
/* In free play the page's own head copies its link. */
[data-testid="stSidebar"] .nv-share { display: none; }
/* Streamlit writes white on the primary colour, which is too pale for it in the dark theme. */
[data-testid="stBaseButton-primary"]:not(:disabled) p { color: light-dark(#fff, #0e1117); }
/* Streamlit darkens one that is touched, and so it stays after a tap: too dark for black words. */
[data-testid="stBaseButton-primary"]:not(:disabled):is(:hover, :focus, :active) {
  background-color: light-dark(#006ba6, #56b4e9); border-color: light-dark(#006ba6, #56b4e9);
}
/* What a field says of its keys stands beside what is written, and not over it. */
.stTextInput:has([data-testid="InputInstructions"]:not(.st-key-lesson_task *)) input {
  padding-right: 9.5rem; }
/* The menu floats beside the title instead of taking a line of its own. */
[data-testid="stHeader"] { background: transparent; }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none; }
[data-testid="stHeader"] :is(button, a), [data-testid="stHeader"] :is(button, a) * {
  pointer-events: auto;
}
/* Streamlit leaves room for the menu; with the sidebar open nothing else is up there. */
.stApp:not(:has([data-testid="stExpandSidebarButton"])) [data-testid="stMainBlockContainer"] {
  padding-top: 1rem;
}
/* Streamlit's own colours of code are too pale to be read by everybody (below 4.5 : 1). */
.stCode .token.comment { color: light-dark(#5a6070, #a8b0bd); }
.stCode :is(.token.keyword, .token.builtin, .token.function, .token.class-name),
.stCode :is(.token.decorator, .token.conversion-option) {
  color: light-dark(#0b5cad, #7cc0ff);
}
.stCode .token.number, .stCode .token.boolean { color: light-dark(#0f655a, #5ee0cb); }
.stCode .token.string { color: light-dark(#1a672c, #7fdc9a); }
@media (min-width: 1800px) {
PROJECTOR}
/* These stand here because they count before anything else has arrived. */
@media print {
  /* Tooltips, menus, dialogs, messages float over a page. Plotly measures type in its own. */
  body > :not(#root, #js-plotly-tester), [data-testid="stToastContainer"], [data-testid="stToast"] {
    display: none !important; }
  .nv-figure:not([data-ready="true"]) { visibility: hidden; }
  :is(.nv-figure:not([data-ready="true"]), [data-nv-room]:not(:has(.nv-figure)))::before {
    content: "The picture was not ready when this was printed."; visibility: visible; color: #000; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: .75rem; padding-right: .75rem; }
  [data-nv-down] [data-testid="stHeader"] { visibility: hidden; }
}
STRIP</style>"""
"""What holds on every page; `frame` puts in the rules that belong to parts of it."""

_WRITTEN: Final = "styles.written"
_MOST: Final = "styles.most"


def begin() -> None:
    """Begin to write the styles of a run."""
    st.session_state[_WRITTEN] = 0


def style(rules: str) -> None:
    """Let rules hold until the next run."""
    written = st.session_state.get(_WRITTEN, 0) + 1
    st.session_state[_WRITTEN] = written
    st.session_state[_MOST] = max(written, st.session_state.get(_MOST, 0))
    st.html(f"<style>{rules}</style>")


def end() -> None:
    """Take away what an earlier run has written beyond what this one has."""
    while st.session_state.get(_WRITTEN, 0) < st.session_state.get(_MOST, 0):
        style("")
