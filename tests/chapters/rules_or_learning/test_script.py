"""The scripts of the page: they run by themselves and print what the page shows."""

import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import Config, learned, unseen_accuracy
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.script import learning_snippet, rules_snippet
from nnviz.chapters.rules_or_learning.walk import solve
from tests.clean_process import output


@pytest.mark.parametrize("rules", RULE_SETS)
def test_the_rules_fill_what_the_page_fills(rules, tmp_path):
    clues = puzzle(rules, "four clues", 5)
    *steps, last = output(rules_snippet(clues, RULE_SETS[rules]), tmp_path)
    assert len(steps) == clues.count(0)
    assert all(step.startswith(("only one digit fits:", "only one place fits:")) for step in steps)
    answer = solve(clues, RULE_SETS[rules]).grid
    assert last == f"{' '.join(map(str, answer))} empty: 0"


@pytest.mark.parametrize("config", [Config(16, 3), Config(128, 0)])
def test_one_script_learns_both_rule_sets_and_prints_the_scores_of_the_page(config, tmp_path):
    printed = output(learning_snippet(config), tmp_path)
    assert len(printed) == 2
    for line, rules in zip(printed, RULE_SETS, strict=True):
        every = solved_grids(rules)
        share = unseen_accuracy(every, learned(every, config))
        assert line.startswith(f"{rules}, games never seen")
        # Another order of the same sums may tip a cell that is on the edge.
        assert float(line.rpartition(" ")[2]) == pytest.approx(share, abs=0.005)
