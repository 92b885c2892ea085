"""The table of what a class has handed in."""

from nnviz.chapters.check_codes.results import HEAD, MOST_LINES, read, rows, sums
from nnviz.text.hand_in import NOT_GIVEN, HandIn, TaskResult, code_of

TASKS = {"home": 2, "prediction": 1}
RIGHT, WRONG, NOT = (
    TaskResult(True, True, 1),
    TaskResult(True, False, 3),
    TaskResult(False, None, 0),
)
MIA = HandIn("Mia", "home", (RIGHT, NOT))
ALI = HandIn("علي", "home", (WRONG, RIGHT))
ZOE = HandIn("Zoë", "prediction", (RIGHT,))


def test_every_code_is_a_row_and_every_task_a_sum():
    text = "\n".join(["The codes:", code_of(MIA), "", f"ali {code_of(ALI)}", code_of(ZOE)])
    found = read(text, TASKS)
    assert [handed for _, handed in found.handed_in] == [MIA, ALI, ZOE]
    assert found.problems == ("Line 1 has no code: one begins with NN1-.",)
    table = rows(found, {"home": "Home", "prediction": "Prediction"})
    assert table == [
        ("Mia", "Home", 1, 2, "all", 1, 1, 1, 2),
        ("علي", "Home", 2, 2, "all", 1, 2, 4, 4),
        ("Zoë", "Prediction", 1, 1, "all", 1, 1, 1, 5),
    ]
    assert all(len(row) == len(HEAD) for row in table)
    assert sums(found) == {
        "home": [(1, 2, 2, 1, 2), (2, 2, 1, 1, 1)],
        "prediction": [(1, 1, 1, 1, 1)],
    }


def test_a_task_that_was_not_given_counts_nowhere():
    some = HandIn("Mia", "home", (NOT_GIVEN, RIGHT))
    found = read(f"{code_of(some)}\n{code_of(ALI)}", TASKS)
    assert rows(found, {"home": "Home"})[0] == ("Mia", "Home", 1, 1, "2", 1, 1, 1, 1)
    assert sums(found) == {"home": [(1, 1, 1, 0, 1), (2, 2, 2, 2, 2)]}


def test_what_cannot_be_counted_is_told_with_its_line():
    changed = code_of(MIA)[:-3] + "AAA"
    other = code_of(HandIn("Mia", "home", (RIGHT,)))
    unknown = code_of(HandIn("Mia", "painting", (RIGHT, RIGHT)))
    found = read("\n".join([code_of(MIA), changed, other, unknown, code_of(MIA)]), TASKS)
    assert len(found.handed_in) == 1
    assert [problem.split()[1] for problem in found.problems] == ["2", "3", "4", "5"]
    assert "was changed" in found.problems[0]
    assert "home with 1 tasks" in found.problems[1]
    assert "painting" in found.problems[2]
    assert found.problems[3] == "Line 5 has the same code as line 1."


def test_a_whole_school_is_read():
    codes = [code_of(HandIn(f"pupil {k}", "home", (RIGHT, NOT))) for k in range(MOST_LINES + 5)]
    found = read("\n".join(codes), TASKS)
    assert len(found.handed_in) == MOST_LINES
    assert found.problems == ("Only the first 1,000 of 1,005 lines were read.",)
