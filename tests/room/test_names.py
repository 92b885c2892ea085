"""A nickname is plain text, whatever is typed, and a code can be read aloud."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.room.names import LETTERS, LONGEST_NAME, code_from, new_code, nickname
from nnviz.room.problems import RoomError


def test_a_nickname_keeps_every_script_and_nothing_that_is_not_seen():
    same = [
        "Zoë", "李雷", "محمد", "Ольга", "José-María", "O'Neil", "Aylin 2", "Tom & Ana", "नेहा",
        "\u0645\u06cc\u200c\u062e", "👩\u200d🚀", "🙂", "Ngọc", "a=1+1", "Bob'); DROP TABLE x;--",
    ]  # fmt: skip
    for name in same:
        assert nickname(name) == unicodedata.normalize("NFC", name)
    for typed, kept in {
        "  Ana \n\t Maria  ": "Ana Maria",
        "<b>Ana</b>": "Ana",
        "<script>alert(1)</script>": "alert(1)",
        "A<na": "Ana",
        "\u202eanA\u202c": "anA",  # would turn what follows around
        "A\u0000n\u0007a\u200b\ufeff": "Ana",
        "\ud800Ana": "Ana",
        "Ana\u200d": "Ana",
        "\u200cAna": "Ana",
        "e\u0301": "é",
        "A" + "\u0300" * 30 + "b": "À\u0300\u0300\u0300b",
        "\u0301Ana": "Ana",
    }.items():
        assert nickname(typed) == kept, typed.encode("utf-8", "backslashreplace")
    for typed in ("", "   ", "\u202e\u200b", "<i></i>", "\u0301"):
        with pytest.raises(RoomError, match="needs at least one letter"):
            nickname(typed)
    with pytest.raises(RoomError, match="at most 24 characters, and this one has 25"):
        nickname("x" * 25)
    assert nickname("x" * 24) == "x" * 24


@given(st.text(max_size=40))
def test_no_text_becomes_a_nickname_that_hides_something(typed):
    try:
        name = nickname(typed)
    except RoomError:
        return
    assert 1 <= len(name) <= LONGEST_NAME
    assert nickname(name) == name
    assert not set("<>") & set(name)
    kinds = {unicodedata.category(c) for c in name if c not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    name.encode()


def test_a_code_is_five_letters_that_nobody_mistakes():
    assert not set(LETTERS) & set("AEIOULQV0123456789")
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(code_from(code) == code for code in codes)
    assert code_from(" km-p tx\n") == "KMPTX"
    for typed in ("", "KMPT", "KMPTXX", "KMPTA", "KMPT1", "KMPT\u0425", "'; --", "KMPT\u0000"):
        with pytest.raises(RoomError, match="five letters"):
            code_from(typed)
