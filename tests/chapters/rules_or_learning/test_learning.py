"""Learning the game: from its own games alone, scored on others, and always the same."""

import ast
import inspect

import numpy as np
import pytest

import nnviz.chapters.rules_or_learning.games
import nnviz.chapters.rules_or_learning.learning
import nnviz.chapters.rules_or_learning.network
from nnviz.chapters.rules_or_learning.games import held_out, trained_on
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import (
    KEPT_EVERY,
    UPDATES,
    Lesson,
    begin,
    go_on,
    learned,
    measure,
    training_puzzles,
    unseen_puzzles,
)
from nnviz.chapters.rules_or_learning.network import probabilities, share_right
from nnviz.chapters.rules_or_learning.puzzles import Puzzles
from nnviz.chapters.rules_or_learning.rules import forbidding


def as_set(grids):
    return {tuple(grid) for grid in np.asarray(grids).tolist()}


@pytest.mark.parametrize("rules", RULE_SETS)
def test_what_is_scored_was_never_learned_from(rules):
    every = solved_grids(rules)
    unseen = unseen_puzzles(every)
    assert as_set(unseen.answers) == as_set(held_out(every))
    for lesson in (Lesson(1), Lesson(64, 3), Lesson(216, 7)):
        made = training_puzzles(every, lesson)
        assert len(as_set(made.answers)) == lesson.n_games
        assert not as_set(made.answers) & as_set(unseen.answers)
        # Nor can a puzzle that is scored be a puzzle of a game that was learned from.
        for clues in unseen.puzzles[:40]:
            agree = ((made.answers == clues) | (clues == 0)).all(axis=1)
            assert not agree.any()


@pytest.mark.parametrize("rules", RULE_SETS)
def test_remembering_every_game_is_worth_nothing_on_games_never_seen(rules):
    # If a game had leaked, whoever knows the games that were learned from by heart would score.
    every = solved_grids(rules)
    unseen = unseen_puzzles(every)

    def by_heart(games):
        answer = np.zeros((len(unseen.puzzles), 16, 4))
        for k, clues in enumerate(unseen.puzzles):
            for game in games[((games == clues) | (clues == 0)).all(axis=1)]:
                answer[k, np.arange(16), game - 1] = 1.0
            unknown = answer[k].sum(axis=1) == 0
            wrong = unseen.answers[k] % 4  # a digit that is not the right one
            answer[k, np.arange(16)[unknown], wrong[unknown]] = 1.0
        return share_right(answer, unseen.puzzles, unseen.answers)

    assert by_heart(trained_on(every, 216, 0)) == 0.0
    assert by_heart(np.vstack([trained_on(every, 216, 0), held_out(every)[:1]])) > 0.0
    assert by_heart(every) == 1.0


def test_the_learner_s_code_names_no_rule():
    names = {"RULE_SETS", "RuleSet", "units", "seen_from", "solved_grids", "forbidding", "boxes"}
    for module in (
        nnviz.chapters.rules_or_learning.games,
        nnviz.chapters.rules_or_learning.learning,
        nnviz.chapters.rules_or_learning.network,
    ):
        tree = ast.parse(inspect.getsource(module))
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        used |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
        assert not names & used, (module.__name__, names & used)


def test_more_games_teach_more_of_games_never_seen():
    every = solved_grids("boxes")
    unseen = unseen_puzzles(every)
    shares = []
    for n_games in (1, 16, 216):
        parameters = learned(every, Lesson(n_games)).parameters
        answer = probabilities(parameters, unseen.puzzles)
        shares.append(share_right(answer, unseen.puzzles, unseen.answers))
    assert shares[0] < 0.4 < shares[1] < 0.6 < 0.8 < shares[2]


def test_the_same_lesson_learns_the_rules_of_the_games_it_is_given():
    # Where the two rule sets differ: a digit that only a box forbids.
    boxes, plain = RULE_SETS["boxes"], RULE_SETS["no boxes"]
    given = {}
    for rules in RULE_SETS:
        every = solved_grids(rules)
        parameters = learned(every, Lesson(216)).parameters
        unseen = unseen_puzzles(solved_grids("boxes"))
        answer, found = probabilities(parameters, unseen.puzzles), []
        for clues, cells in zip(unseen.puzzles.tolist(), answer, strict=True):
            for cell in range(16):
                for digit in (1, 2, 3, 4):
                    only_box = forbidding(tuple(clues), cell, digit, boxes) and not forbidding(
                        tuple(clues), cell, digit, plain
                    )
                    if clues[cell] == 0 and only_box:
                        found.append(cells[cell, digit - 1])
        given[rules] = np.mean(found)
    assert given["boxes"] < 0.1 < given["no boxes"]


def test_legs_are_the_whole_walk_to_the_last_bit():
    every, lesson = solved_grids("boxes"), Lesson(8, 5)
    puzzles = training_puzzles(every, lesson)
    leg, moments = begin(lesson), []
    for _ in range(3):
        leg = go_on(leg, puzzles, lesson, 40)
        moments.append(leg.moments)
    whole = go_on(begin(lesson), puzzles, lesson, 120)
    assert leg.last == whole.last == 120
    assert np.array_equal(leg.parameters, whole.parameters)
    assert np.array_equal(np.vstack(moments), whole.moments)
    assert len(whole.moments) == 120 // KEPT_EVERY + 1
    assert np.array_equal(whole.moments[0], begin(lesson).parameters)


def test_updates_follow_pytorch_s_adam():
    torch = pytest.importorskip("torch")
    every, lesson = solved_grids("boxes"), Lesson(4, 1)
    puzzles = training_puzzles(every, lesson)
    from nnviz.chapters.rules_or_learning.learning import BATCH_SIZE, LEARNING_RATE
    from nnviz.chapters.rules_or_learning.network import encoded, layers_of
    from nnviz.nn.rng import generator

    parts = [
        torch.tensor(np.array(part), requires_grad=True)
        for part in layers_of(begin(lesson).parameters)
    ]
    adam = torch.optim.Adam(parts, lr=LEARNING_RATE)
    n = len(puzzles.puzzles)
    order = generator(1, "sudoku batches").integers(n, size=(UPDATES, BATCH_SIZE))
    for batch in order[:30]:
        hidden = torch.relu(torch.tensor(encoded(puzzles.puzzles[batch])) @ parts[0] + parts[1])
        scores = (hidden @ parts[2] + parts[3]).reshape(-1, 4)
        right = torch.tensor(puzzles.answers[batch].ravel() - 1)
        asked = torch.tensor((puzzles.puzzles[batch] == 0).ravel())
        error = torch.nn.functional.cross_entropy(scores[asked], right[asked], reduction="sum")
        adam.zero_grad()
        (error / BATCH_SIZE).backward()
        adam.step()
    by_torch = np.concatenate([part.detach().numpy().ravel() for part in parts])
    assert go_on(begin(lesson), puzzles, lesson, 30).parameters == pytest.approx(by_torch, abs=1e-9)


def test_measurements_are_those_of_each_moment():
    every, lesson = solved_grids("boxes"), Lesson(3, 2)
    leg = go_on(begin(lesson), training_puzzles(every, lesson), lesson, 60)
    found = measure(every, lesson, leg.moments)
    assert found.steps.tolist() == list(range(0, 61, KEPT_EVERY))
    unseen = unseen_puzzles(every)
    answer = probabilities(leg.moments[4], unseen.puzzles)
    assert found.unseen_right[4] == share_right(answer, unseen.puzzles, unseen.answers)
    assert found.train_loss[-1] < found.train_loss[0]
    assert found.train_right[-1] > 0.9 > found.train_right[0]


def test_a_game_more_than_may_be_seen_is_refused():
    with pytest.raises(ValueError, match="n_games must be between 1 and 216"):
        Lesson(217)
    with pytest.raises(ValueError, match="read-only"):
        begin(Lesson(1)).parameters[0] = 1.0
    assert isinstance(unseen_puzzles(solved_grids("boxes")), Puzzles)
