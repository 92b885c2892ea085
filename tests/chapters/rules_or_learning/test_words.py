"""What is said of a step of the rules, and of what the network makes of a grid."""

import re

import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, answers
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.rules import contradiction, deductions
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chapters.rules_or_learning.walk import MACHINE, by_hand, solving, walk
from nnviz.chapters.rules_or_learning.words import (
    describe_contradiction,
    describe_deduction,
    describe_mistake,
    describe_network,
    describe_other_rules,
    describe_solving,
    solved_games,
)
from tests import sudoku_oracle

BOXES = RULE_SETS["boxes"]


def grid(text):
    return tuple(int(digit) for digit in text.replace(" ", ""))


def test_the_first_rule_names_cell_digit_and_what_is_seen():
    found = next(deductions(grid("1200 0000 0030 0000"), BOXES))
    assert describe_deduction(found, BOXES) == (
        "Only one digit fits: row 1, column 3 is 4, because 1, 2 and 3 stand in its row, column "
        "or box."
    )
    assert "row or column." in describe_deduction(found, RULE_SETS["no boxes"])


def test_what_search_ruled_out_is_said_to_be_so():
    found = next(deductions(grid("1200 0000 0000 0000"), BOXES, frozenset({(2, 3)})))
    assert describe_deduction(found, BOXES) == (
        "Only one digit fits: row 1, column 3 is 4, because 1 and 2 stand in its row, column or "
        "box and search has ruled out 3."
    )


def test_the_second_rule_names_its_unit():
    found = next(d for d in deductions(grid("0030 0000 0000 3000"), BOXES) if d.unit.name[0] == "t")
    assert describe_deduction(found, BOXES).startswith(
        "Only one place fits: in the top left box, 3 can stand in row 2, column 2 alone"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1001 0000 0000 0000",
         "Row 1 holds 1 more than once: row 1, column 1 and row 1, column 4."),
        ("1200 0030 0040 0000",
         "No digit fits row 1, column 3: it sees each of 1 to 4 in a lit cell."),
        ("1200 0003 0000 0000",
         "No place is left for 3 in row 1: every empty cell there sees one."),
    ],
)  # fmt: skip
def test_contradictions_are_explained(text, said):
    assert describe_contradiction(contradiction(grid(text), BOXES)) == said


def test_every_sentence_of_a_solution_is_true():
    kinds = set()
    for rules in RULE_SETS:
        rule_set = RULE_SETS[rules]
        for kind in ("four clues", "several answers"):
            clues = puzzle(rules, kind, 2)
            n_answers = len(answers(clues, rules))
            for state in list(solving(clues, rule_set))[1:]:
                said = describe_solving(state, rule_set, n_answers)
                kinds.add(state.step.kind)
                cell, digit = state.step.cell, state.step.digit
                place = f"row {cell // 4 + 1}, column {cell % 4 + 1}"
                assert place in said
                if state.step.kind == "rule":
                    assert re.search(rf"\b{digit}\b", said)
                if state.step.kind == "guess":
                    assert f"try {digit}" in said
                    fitting = [
                        d for d in (1, 2, 3, 4)
                        if sudoku_oracle.fits(
                            [0 if c == cell else v for c, v in enumerate(state.grid)],
                            cell, d, rules == "boxes",
                        )
                    ]  # fmt: skip
                    assert all(str(d) in said for d in fitting)
            end = "the only answer" if n_answers == 1 else f"one of {n_answers} answers"
            assert end in said
    assert kinds == {"rule", "guess"}


def test_hands_and_tries_are_told_apart():
    clues = puzzle("boxes", "eight clues", 0)
    cell = clues.index(0)
    states = walk(clues, [by_hand(cell, 1), by_hand(cell, 0)], BOXES)
    assert describe_solving(states[1], BOXES, 1).startswith("You set row")
    assert describe_solving(states[2], BOXES, 1).startswith("You emptied row")
    rules = RULE_SETS["no boxes"]
    for state in walk(grid("0030 0000 0042 0403"), [MACHINE] * 40, rules)[1:]:
        said = describe_solving(state, rules, 4)
        if state.step.kind == "take back":
            n_more = len(state.step.taken) - 1
            assert "So the try was wrong" in said
            assert (f"the {n_more} digits after it" in said) == (n_more > 1)
            break
    else:
        pytest.fail("no try was taken back")


BOXES = RULE_SETS["boxes"]
GRID = (1, *[0] * 15)


def judged(**kinds):
    """Return verdicts for GRID: "c3" is the fourth cell; the others are right."""
    verdicts = [None, *[Verdict(2, 0.5, "right")] * 15]
    for name, verdict in kinds.items():
        verdicts[int(name[1:])] = verdict
    return verdicts


def test_only_what_is_right_is_counted():
    said = describe_network(GRID, judged(c3=Verdict(4, 0.6, "wrong")), 64, 600, BOXES)
    assert said == (
        "The network, after 600 updates on 64 solved games, has 14 of 15 empty cells right. Its "
        "surest mistake: 4 in row 1, column 4, with 60%."
    )


def test_the_surest_forbidden_digit_is_named_with_what_forbids_it():
    verdicts = judged(
        c3=Verdict(1, 0.7, "forbidden"), c5=Verdict(1, 0.93, "forbidden"), c9=Verdict(3, 1, "wrong")
    )
    said = describe_network(GRID, verdicts, 1, 0, BOXES)
    assert said.startswith("The network, after 0 updates on 1 solved game, has 12 of 15")
    assert said.endswith(
        "A mistake that the rules never make: it gives 93% to 1 in row 2, column 2, although "
        "the top left box already has a 1 (row 1, column 1)."
    )


def test_grids_without_answers_and_full_grids():
    twice = (1, 1, *[0] * 14)
    opened = [None, None, *[Verdict(2, 0.5, "open")] * 14]
    assert "a grid that has no answer" in describe_network(twice, opened, 8, 10, BOXES)
    # Nothing but bad guesses do not make a grid a bad one.
    forbidden = [Verdict(1, 0.9, "forbidden") if cell == 5 else None for cell in range(16)]
    assert "has 0 of 1 empty cells right" in describe_network(GRID, forbidden, 8, 10, BOXES)
    assert "no empty cell" in describe_network(GRID, [None] * 16, 8, 10, BOXES)
    assert describe_mistake(GRID, 15, Verdict(2, 0.9, "wrong"), BOXES) == ""
    assert solved_games(216) == "216 solved games"


def test_a_contradiction_in_the_clues_is_not_blamed_on_a_persons_digit():
    boxes = RULE_SETS["boxes"]
    clues = (1, 1, *(0,) * 14)
    state = walk(clues, [by_hand(5, 3)], boxes)[-1]
    assert "These clues have no answer" in describe_solving(state, boxes, 0)
    assert "One of your digits" not in describe_solving(state, boxes, 0)


def test_other_rules_are_said_to_be_worse_only_where_they_are():
    for own, other in ((0.72, 0.4), (0.3, 0.2999), (0.3, 0.3), (0.25, 0.31)):
        text = describe_other_rules("With boxes", "Without boxes", own, other)
        assert text.startswith("so it is, and here it can be counted.") == (other < own)
        assert ("too little to show it" in text) == (other >= own)
        told = [float(each) for each in re.findall(r"([\d.]+)%", text)]
        assert (told[0] < told[1], told[0] == told[1]) == (other < own, other == own)
