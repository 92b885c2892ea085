"""The code of what a pupil hands in: it comes back whole, or it is told that it does not."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.text.hand_in import LONGEST_NAME, NOT_GIVEN, HandIn, TaskResult, code_of, read_code

results = st.just(NOT_GIVEN) | st.builds(
    TaskResult, st.booleans(), st.sampled_from([None, True, False]), st.integers(0, 31)
)
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=40)
handed_in = st.builds(
    HandIn,
    names,
    st.sampled_from(["home", "live_training"]),
    st.lists(results, max_size=9).map(tuple),
)


@given(handed_in, st.sampled_from(["{}", "Mia: {} !", "  {}\t", "> {}"]))
def test_a_code_says_what_was_handed_in_wherever_it_stands(handed, line):
    code = code_of(handed)
    assert read_code(line.format(code)) == handed
    assert read_code(line.format(code.lower())) == handed


@given(handed_in, st.data())
def test_a_changed_letter_or_a_missing_end_is_told(handed, data):
    code = code_of(handed)
    at = data.draw(st.integers(4, len(code) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    # Of the last letter not all bits are used.
    if other != code[at] and at < len(code) - 1:
        with pytest.raises(ValueError, match="not whole, or was changed"):
            read_code(code[:at] + other + code[at + 1 :])
    with pytest.raises(ValueError, match=r"not whole|has no code"):
        read_code(code[:at])


def test_what_is_wrong_is_said():
    with pytest.raises(ValueError, match="has no code: one begins with NN1-"):
        read_code("Mia has forgotten hers")
    with pytest.raises(ValueError, match=r"another version of this app \(NN2- and not NN1-\)"):
        read_code("NN2-ABCDEFGH")
    for text in ("A", "ABCDEFGH", base64.b32encode(b"").decode() or "AAAA"):
        with pytest.raises(ValueError, match="not whole"):
            read_code(f"NN1-{text}")


def test_a_name_is_one_line_of_limited_length():
    handed = HandIn("  Zoë \n 王  " + "x" * 99, "home", (TaskResult(True, None, 99),))
    read = read_code(code_of(handed))
    assert read.name == ("Zoë 王 " + "x" * 99)[:LONGEST_NAME]
    assert read.tasks == (TaskResult(True, None, 31),)


def test_a_code_is_short():
    tasks = (TaskResult(True, True, 1),) * 5
    assert len(code_of(HandIn("Maximilian", "live_training", tasks))) < 75


def test_codes_of_before_there_was_a_choice_of_tasks_are_read():
    old = "NN1-ARUG63LFAOQ4GAC2N7B2WQLOONPGY"
    assert read_code(old) == HandIn(
        "Zoë",
        "home",
        (TaskResult(True, True, 1), TaskResult(True, False, 3), TaskResult(False, None, 0)),
    )
