"""A person's own rows: a file or what is pasted, what was found in it, and the button to use it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final, NamedTuple

import pandas as pd
import streamlit as st

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.csv.table import CsvChoices, CsvTable
from nnviz.data.csv.text import MOST_BYTES
from nnviz.data.sample import MOST_ROWS, Sample
from nnviz.site.address import Address
from nnviz.site.plain import plain
from nnviz.site.rows.own_choices import reading, roles

OnSample = Callable[[Sample, str], None]

_SHOWN: Final = 8  # rows


class Source(NamedTuple):
    """What a person brought: a name for it, its content, and a digest of that."""

    name: str
    content: bytes | str
    digest: str


def own_data(address: Address, on_sample: OnSample) -> None:
    """Take a file or pasted rows, show what was found in them, and offer to use them.

    Nothing else changes before the person presses the button: a sentence says what cannot be
    read or used, and all that is on the screen stays.

    Parameters
    ----------
    address : Address
        Of the page; only its name is used, so the page keeps the sample itself.
    on_sample : callable
        Called with the sample and a note on it, when the button is pressed. The note is text and
        holds words of the file: show it through `plain`.
    """
    page = address.page
    _ask(page)
    source: Source | None = st.session_state.get(f"{page}_own_source")
    if source is None:
        return
    choices = _choices(page, source)

    def choose(changed: CsvChoices) -> None:
        st.session_state[f"{page}_own_choices"] = source.digest, changed

    table = _table(page, source, choices)
    if isinstance(table, str):
        st.warning(plain(table))
        reading(page, source.digest, choices, None, choose)
        return
    st.markdown(plain(table.sentence))
    if table.question:
        st.info(plain(table.question))
    reading(page, source.digest, choices, table, choose)
    roles(page, source.digest, choices, table, choose)
    _first_rows(table)
    try:
        sample, remarks = table.sample(), table.remarks
    except CsvProblem as problem:
        if not table.question:
            st.warning(plain(str(problem)))
        return
    for remark in remarks:
        st.caption(plain(remark))
    note = f"{sample.n_rows:,} rows from {source.name}."
    st.button(
        "Use these rows",
        key=f"{page}_own_use",
        type="primary",
        on_click=on_sample,
        args=(sample, " ".join((note, *remarks))),
    )


def _ask(page: str) -> None:
    """Take a file, or rows that are pasted."""
    file_key, text_key = f"{page}_own_file", f"{page}_own_text"

    def uploaded() -> None:
        file = st.session_state[file_key]
        if file is None:
            _bring(page, "", "")
        else:
            # One byte more than may be read is enough to refuse it; the rest is never copied.
            _bring(page, file.name, file.read(MOST_BYTES + 1))

    def pasted() -> None:
        _bring(page, "what was pasted", st.session_state[text_key])

    st.file_uploader(
        "A file of rows (CSV, Excel, ...)",
        key=file_key,
        on_change=uploaded,
        max_upload_size=MOST_BYTES // 2**20,
        help=f"Up to {MOST_ROWS:,} rows and {MOST_BYTES // 2**20} MB: lines of text, such as CSV, "
        "TSV, ARFF or LibSVM, or a spreadsheet (.xlsx, .ods). Each line is a row; one column is "
        "the class or the number that is to be told, the others tell it.",
    )
    with st.expander("Or paste rows"):
        st.text_area(
            "Rows, one in each line",
            key=text_key,
            placeholder="x1,x2,class\n1.66,1.56,yes\n2,1.5,no",
            height=140,
        )
        st.button("Read these rows", key=f"{page}_own_read", on_click=pasted)


def _bring(page: str, name: str, content: bytes | str) -> None:
    data = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    digest = sha256(data).hexdigest()[:16]
    source = Source(name, content, digest) if name else None
    st.session_state[f"{page}_own_source"] = source
    st.session_state[f"{page}_own_table"] = None


def _choices(page: str, source: Source) -> CsvChoices:
    """Return what the person has corrected; of another file it would mean something else."""
    digest, choices = st.session_state.get(f"{page}_own_choices", ("", CsvChoices()))
    return choices if digest == source.digest else CsvChoices()


def _table(page: str, source: Source, choices: CsvChoices) -> CsvTable | str:
    """Return the table or what is wrong; read again only when something else is chosen."""
    # Kept with the person and not in a cache for everybody: the rows are theirs.
    slot, about = f"{page}_own_table", (source.digest, choices)
    kept: tuple[object, CsvTable | str] | None = st.session_state.get(slot)
    if kept is not None and kept[0] == about:
        return kept[1]
    result: CsvTable | str
    try:
        result = read_csv(source.content, choices)
    except CsvProblem as problem:
        result = str(problem)
    st.session_state[slot] = about, result
    return result


def _first_rows(table: CsvTable) -> None:
    rows = table.first_rows(_SHOWN)
    frame = pd.DataFrame(rows, columns=list(table.names), index=list(table.lines[: len(rows)]))
    frame.index.name = "line"
    st.caption("The first rows, as written:")  # short: tools stand beside it
    st.dataframe(frame, height="content")
