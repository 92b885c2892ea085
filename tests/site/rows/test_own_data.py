"""A person's own rows: brought, shown as found, corrected, used; a problem is one sentence."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.text import MOST_BYTES
from nnviz.data.sample import MOST_CLASSES, Sample
from nnviz.site.plain import plain
from nnviz.site.rows.own_choices import placed
from tests.data.csv.malformed import malformed

TEXT = "u;v;w;kind\n1,5;2;7;a\n3;4,25;1;b\n5;1;9;a\n"
SAMPLE = Sample(
    [[1.5, 2, 7], [3, 4.25, 1], [5, 1, 9]], [0, 1, 0], ("u", "v", "w"), ("a", "b"), "kind"
)


def _app() -> None:
    import streamlit as st

    from nnviz.site.address import Address
    from nnviz.site.rows.own_data import own_data

    def take(sample: object, note: str) -> None:
        st.session_state["taken"] = sample, note

    own_data(Address("page", ()), take)
    st.text("The rest of the page.")


def started():
    return AppTest.from_function(_app, default_timeout=20).run()


def uploaded(content, name="rows.csv"):
    app = started()
    content = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return checked(app.run())


def pasted(text):
    app = started()
    app.text_area[0].set_value(text)
    button(app, "Read these rows").click()
    return checked(app.run())


def checked(app):
    assert not app.exception
    assert app.text[-1].value == "The rest of the page."
    return app


def button(app, label):
    (found,) = (button for button in app.button if button.label == label)
    return found


def select(app, label):
    (found,) = (box for box in app.selectbox if box.label == label)
    return found


def chosen(app, label, value):
    select(app, label).select(value)
    return checked(app.run())


def taken(app):
    button(app, "Use these rows").click()
    return checked(app.run()).session_state["taken"]


def values(app):
    return {box.label: box.value for box in app.selectbox}


def test_nothing_is_asked_before_there_are_rows():
    app = checked(started())
    assert not app.selectbox
    assert [button.label for button in app.button] == ["Read these rows"]


@pytest.mark.parametrize("bring", [uploaded, pasted])
def test_what_was_found_is_shown_and_used(bring):
    app = bring(TEXT)
    assert app.markdown[0].value == plain(
        "3 rows, 4 columns; semicolon between cells; decimal comma; names in line 1."
    )
    letters = {"Letters": "utf-8"} if bring is uploaded else {}
    assert values(app) == letters | {
        "Between cells": ";",
        "Decimal mark": ",",
        "The first line": "names",
        "To be told": "kind",
        "It is": "classes",
        "Across the picture": "u",
        "Up the picture": "v",
    }
    assert app.multiselect[0].value == ["w"]
    rows = app.dataframe[0].value
    assert rows.columns.tolist() == ["u", "v", "w", "kind"]
    assert rows.index.tolist() == [2, 3, 4]
    assert rows.iloc[0].tolist() == ["1,5", "2", "7", "a"]
    assert not app.warning
    sample, note = taken(app)
    assert sample == SAMPLE
    assert note == f"3 rows from {'rows.csv' if bring is uploaded else 'what was pasted'}."


def test_every_item_can_be_corrected():
    app = chosen(uploaded(TEXT), "Across the picture", "v")
    assert (select(app, "Up the picture").value, taken(app)[0].columns) == ("u", ("v", "u", "w"))
    app = chosen(app, "Up the picture", "w")
    assert app.multiselect[0].value == ["u"]
    app.multiselect[0].set_value([])
    sample, note = taken(checked(app.run()))
    assert sample.columns == ("v", "w")
    assert note == "3 rows from rows.csv. Not used: “u” (not chosen)."
    app = chosen(app, "To be told", "w")
    assert taken(app)[0].classes == ("1", "7", "9")
    app = chosen(app, "It is", "regression")
    assert taken(app)[0] == Sample(SAMPLE.X[:, :2], [7, 1, 9], ("u", "v"), (), "w")
    assert taken(chosen(app, "It is", "classes"))[0].classes == ("1", "7", "9")
    app = chosen(app, "The first line", "row")
    assert app.dataframe[0].value.iloc[0].tolist() == ["u", "v", "w", "kind"]
    assert values(app)["To be told"] == "x4"
    assert taken(chosen(app, "The first line", "names"))[0] == SAMPLE


def test_a_correction_that_breaks_everything_can_be_taken_back():
    app = chosen(uploaded(TEXT), "Between cells", ",")
    (warning,) = app.warning
    assert "holds “3" in warning.value
    assert "Use these rows" not in [button.label for button in app.button]
    app = chosen(app, "Between cells", "")
    assert select(app, "Between cells").value == ";"
    assert taken(app)[0] == SAMPLE


def test_a_wrong_decimal_mark_is_told_and_everything_stays():
    app = chosen(uploaded(TEXT), "Decimal mark", ".")
    assert plain("“1,5”, a number with a comma") in app.caption[-1].value
    assert app.dataframe[0].value.shape == (3, 4)
    assert taken(chosen(app, "Decimal mark", ","))[0] == SAMPLE


def test_another_file_starts_from_what_is_found_in_it():
    app = chosen(uploaded(TEXT), "To be told", "w")
    other = "x1,x2,y\n1,2,0.5\n3,4,1.5\n5,1,2\n"
    app.file_uploader[0].set_value(("other.csv", other.encode(), "text/csv"))
    app = checked(app.run())
    assert values(app)["To be told"] == "y"
    assert not app.multiselect
    assert taken(app)[0] == read_csv(other).sample()


def test_a_file_that_is_removed_takes_its_questions_along():
    app = uploaded(TEXT)
    app.file_uploader[0].set_value(None)
    assert not checked(app.run()).selectbox


def test_a_problem_leaves_the_sample_that_was_taken():
    app = uploaded(TEXT)
    before = taken(app)
    app.file_uploader[0].set_value(("bad.csv", b"x2,class\n2,a\ninf,b\n", "text/csv"))
    app = checked(app.run())
    assert app.session_state["taken"] == before
    assert "infinite" in app.warning[0].value


def test_markup_is_shown_letter_by_letter():
    head = "<img src=x onerror=alert(1)>,![p](http://x.example/p.png),**class**"
    app = uploaded(f"{head}\n1,2,<b>a</b>\n3,[b](http://x.example),<i>\n")
    assert app.dataframe[0].value.columns[0] == "<img src=x onerror=alert(1)>"
    (warning,) = app.warning
    assert plain("“![p](http://x.example/p.png)”") in warning.value
    active = re.sub(r"\\.", "", warning.value)
    for markup in ("<", "[", "](", "://", "*"):
        assert markup not in active
    for element in (*app.caption, *app.markdown):
        assert "<" not in element.value


@pytest.mark.parametrize("case", malformed()[::4], ids=lambda case: case.id)
def test_what_cannot_be_used_is_one_sentence_and_no_traceback(case):
    try:
        content = case.content if isinstance(case.content, bytes) else case.content.encode()
    except UnicodeEncodeError:
        return
    app = uploaded(content)
    if not app.warning and not app.info:  # the rows can be used without something
        assert plain(case.words[-1]) in " ".join(each.value for each in app.caption)
        return
    (told,) = (*app.warning, *app.info)
    assert f"ine {case.line:,}" in told.value
    assert "Use these rows" not in [button.label for button in app.button]


def test_the_remarks_are_below_the_rows():
    app = uploaded("x1,x2,who,class\n1,2,ann,a\n3,,bob,b\n5,6,cid,b\n")
    assert app.caption[-2].value == plain("1 row stays out, with an empty cell, in line 3.")
    assert "“who” (different" in taken(app)[1]


@pytest.mark.parametrize(
    ("position", "name", "expected"),
    [
        (0, "c", ("c", "b", "a")),
        (1, "a", ("b", "a", "c")),
        (0, "a", ("a", "b", "c")),
        (0, "d", ("d", "b", "c")),
        (1, "d", ("a", "d", "c")),
    ],
)
def test_a_column_is_put_on_an_axis_and_what_was_there_changes_places(position, name, expected):
    assert placed(("a", "b", "c"), position, name) == expected


def test_axes_can_be_chosen_where_none_were_found():
    assert placed((), 1, "a") == ("a",)
    assert placed(("a",), 1, "b") == ("a", "b")
    assert placed(("a",), 1, "a") == ("a",)


def test_a_column_of_text_can_be_an_input_and_becomes_columns():
    app = uploaded("name,x,class\nann,1,a\nbob,2,b\ncid,3,b\n")
    assert (select(app, "Across the picture").value, select(app, "Up the picture").value) == (
        "x", None,
    )  # fmt: skip
    app = chosen(app, "Up the picture", "name")
    sample, _ = taken(app)
    assert sample.columns == ("x", "name = ann", "name = bob", "name = cid")
    assert sample.X.tolist() == [[1, 1, 0, 0], [2, 0, 1, 0], [3, 0, 0, 1]]


def test_a_target_that_is_not_plain_is_asked_for():
    app = uploaded("kind,size,port\na,1,N\nb,2,S\na,3,S\nb,5,N\n")
    assert select(app, "To be told").value is None
    assert plain("choose it. It may be “kind”, “size”, “port”") in app.info[0].value
    assert not app.warning
    app = chosen(app, "To be told", "port")
    app = chosen(app, "Up the picture", "kind")
    assert taken(app)[0].classes == ("N", "S")


def test_a_decimal_mark_that_is_not_plain_is_asked_for():
    text = "x1\tx2\tclass\n4,538\t1,5\ta\n".replace("1,5", "2,111")
    app = uploaded(text + "1,500\t3,222\tb\n")
    assert plain("can be 4538 or 4.538") in app.info[0].value
    assert [box.label for box in app.expander] == ["Or paste rows", "Read differently"]
    assert taken(chosen(app, "Decimal mark", "."))[0].X.tolist() == [[4538, 2111], [1500, 3222]]
    assert taken(chosen(app, "Decimal mark", ","))[0].X.tolist() == [
        [4.538, 2.111], [1.5, 3.222],
    ]  # fmt: skip


def test_what_counts_as_missing_can_be_changed_and_gaps_filled():
    text = "x1,x2,land\n1,2,EU\n3,4,NA\n5,,EU\n7,8,NA\n9,1,NA\n2,2,EU\n"
    app = uploaded(text)
    (marks,) = (box for box in app.multiselect if box.label == "Taken as missing")
    assert marks.value == ["empty cell", "NA"]
    marks.set_value(["empty cell"])
    app = checked(app.run())
    sample, note = taken(app)
    assert sample.classes == ("EU", "NA")
    assert "1 row stays out, with an empty cell" in note
    app = chosen(app, "Where something is missing", "fill")
    sample, note = taken(app)
    assert sample.X.tolist()[2] == [5, 2]
    assert "In “x2”, 1 cell with nothing got the median, 2." in note


def test_rare_classes_can_be_left_out():
    rows = [f"{i},{i * i},k{k}" for i in range(3) for k in range(14) for _ in range(1 + (k < 11))]
    app = uploaded("x1,x2,class\n" + "\n".join(rows))
    assert "one of 14 classes" in app.warning[0].value
    (box,) = app.checkbox
    box.check()
    sample, note = taken(checked(app.run()))
    assert sample.n_classes == MOST_CLASSES
    assert "most frequent ones are kept" in note


def test_more_than_ten_megabytes_are_refused_by_the_server():
    app = uploaded(b"1,2,a\n" * 2_000_000)
    assert "10 MB" in app.warning[0].value
    assert len(app.session_state["page_own_source"].content) <= MOST_BYTES + 1
