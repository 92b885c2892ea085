"""Learning the game: the network against loops, differences and PyTorch; what it learns from."""

import ast
import inspect
from itertools import islice

import numpy as np
import pytest

import nnviz.chapters.rules_or_learning.grids
import nnviz.chapters.rules_or_learning.learning
from nnviz.chapters.rules_or_learning.games import Puzzles, held_out, puzzles_of, trained_on
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import (
    BATCH_SIZE,
    KEPT_EVERY,
    LEARNING_RATE,
    N_PARAMETERS,
    SIZES,
    UPDATES,
    Config,
    accuracy,
    checkpoints,
    encoded,
    gradient,
    layers_of,
    learned,
    loss,
    measure,
    probabilities,
    start_parameters,
    training_puzzles,
    unseen_accuracy,
    unseen_puzzles,
)
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.network import Network
from nnviz.nn.rng import generator


def as_set(grids):
    return {tuple(grid) for grid in np.asarray(grids).tolist()}


@pytest.mark.parametrize("rules", RULE_SETS)
def test_what_is_scored_was_never_learned_from(rules):
    every = solved_grids(rules)
    unseen = unseen_puzzles(every)
    assert as_set(unseen.answers) == as_set(held_out(every))
    for config in (Config(1), Config(64, 3), Config(216, 7)):
        made = training_puzzles(every, config)
        assert len(as_set(made.answers)) == config.n_games
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
        return accuracy(answer, unseen.puzzles, unseen.answers)

    assert by_heart(trained_on(every, 216, 0)) == 0.0
    assert by_heart(np.vstack([trained_on(every, 216, 0), held_out(every)[:1]])) > 0.0
    assert by_heart(every) == 1.0


def test_the_learner_s_code_names_no_rule():
    names = {"RULE_SETS", "RuleSet", "units", "seen_from", "solved_grids", "forbidding", "boxes"}
    for module in (
        nnviz.chapters.rules_or_learning.games,
        nnviz.chapters.rules_or_learning.learning,
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
        parameters = learned(every, Config(n_games))
        answer = probabilities(parameters, unseen.puzzles)
        shares.append(accuracy(answer, unseen.puzzles, unseen.answers))
    assert shares[0] < 0.4 < shares[1] < 0.6 < 0.8 < shares[2]


def test_the_same_config_learns_the_rules_of_the_games_it_is_given():
    # Where the two rule sets differ: a digit that only a box forbids.
    boxes, plain = RULE_SETS["boxes"], RULE_SETS["no boxes"]
    given = {}
    for rules in RULE_SETS:
        every = solved_grids(rules)
        parameters = learned(every, Config(216))
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


def test_a_training_is_the_same_to_the_last_bit_and_starts_from_its_seed():
    every, config = solved_grids("boxes"), Config(8, 5)
    puzzles = training_puzzles(every, config)
    one, other = (list(checkpoints(puzzles, config)) for _ in range(2))
    assert len(one) == UPDATES // KEPT_EVERY + 1
    assert np.array_equal(one, other)
    assert np.array_equal(one[0], start_parameters(5))
    assert np.array_equal(one[-1], learned(every, config))
    assert not np.array_equal(one[-1], learned(every, Config(8, 6)))


def test_updates_follow_pytorch_s_adam():
    torch = pytest.importorskip("torch")
    every, config = solved_grids("boxes"), Config(4, 1)
    puzzles = training_puzzles(every, config)
    parts = [
        torch.tensor(np.array(part), requires_grad=True)
        for part in layers_of(start_parameters(config.seed))
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
    made = next(islice(checkpoints(puzzles, config), 30 // KEPT_EVERY, None))
    assert made == pytest.approx(by_torch, abs=1e-9)


def test_measurements_are_those_of_each_checkpoint():
    every, config = solved_grids("boxes"), Config(3, 2)
    made = np.array(list(islice(checkpoints(training_puzzles(every, config), config), 7)))
    found = measure(every, config, made)
    assert found.steps.tolist() == list(range(0, 61, KEPT_EVERY))
    assert found.unseen_right[4] == unseen_accuracy(every, made[4])
    assert found.train_loss[-1] < found.train_loss[0]
    assert found.train_right[-1] > 0.9 > found.train_right[0]
    with pytest.raises(ValueError, match="read-only"):
        found.train_loss[0] = 1.0


def test_a_game_more_than_may_be_seen_is_refused():
    with pytest.raises(ValueError, match="n_games must be between 1 and 216"):
        Config(217)
    assert isinstance(unseen_puzzles(solved_grids("boxes")), Puzzles)


GAMES = solved_grids("boxes")
MADE = puzzles_of(GAMES[:9], GAMES, 3, rng=generator(2, "test"))
ASKED = np.repeat(MADE.puzzles == 0, 4, axis=1).astype(float)


def some_parameters(seed=0):
    return start_parameters(seed) + 0.05 * generator(seed, "test").standard_normal(N_PARAMETERS)


def test_a_grid_is_sixteen_times_four_numbers():
    coded = encoded([[3, *[0] * 14, 1]])[0]
    assert coded.shape == (64,)
    assert np.flatnonzero(coded).tolist() == [2, 60]


def test_parameters_stand_in_the_order_of_a_network():
    network = glorot_uniform(SIZES, ("relu", "linear"), rng=generator(0, "x"))
    parameters = some_parameters()
    scores = network.with_parameters(parameters).predict(encoded(MADE.puzzles))
    powers = np.exp(scores.reshape(-1, 16, 4))
    by_network = powers / powers.sum(axis=2, keepdims=True)
    assert isinstance(network, Network)
    assert probabilities(parameters, MADE.puzzles) == pytest.approx(by_network, rel=1e-12)
    assert start_parameters(4).shape == (N_PARAMETERS,)


def test_probabilities_of_a_cell_sum_to_one_however_large_the_scores():
    answer = probabilities(300.0 * some_parameters(), np.tile(MADE.puzzles, (5, 1)))
    assert answer.shape == (135, 16, 4)
    assert answer.sum(axis=2) == pytest.approx(np.ones((135, 16)), rel=1e-12)
    assert np.isfinite(answer).all()


def test_the_loss_is_the_surprise_at_the_right_digits_of_empty_cells():
    answer, total = probabilities(some_parameters(), MADE.puzzles), 0.0
    for k, (clues, solved) in enumerate(zip(MADE.puzzles, MADE.answers, strict=True)):
        for cell in range(16):
            if clues[cell] == 0:
                total -= np.log(answer[k, cell, solved[cell] - 1])
    assert loss(answer, MADE.puzzles, MADE.answers) == pytest.approx(total / 27, rel=1e-12)


def test_the_gradient_is_that_of_central_differences():
    parameters = some_parameters(1)
    slope = gradient(parameters, encoded(MADE.puzzles), encoded(MADE.answers), ASKED)
    assert slope.shape == (N_PARAMETERS,)
    h = 1e-5
    for k in generator(0, "some").choice(N_PARAMETERS, 60, replace=False):
        moved = []
        for sign in (1, -1):
            there = parameters.copy()
            there[k] += sign * h
            moved.append(loss(probabilities(there, MADE.puzzles), MADE.puzzles, MADE.answers))
        assert slope[k] == pytest.approx((moved[0] - moved[1]) / (2 * h), abs=2e-8)


def test_the_gradient_is_pytorch_s():
    torch = pytest.importorskip("torch")
    parameters = some_parameters(2)
    parts = [
        torch.tensor(np.array(part), dtype=torch.float64, requires_grad=True)
        for part in layers_of(parameters)
    ]
    hidden = torch.relu(torch.tensor(encoded(MADE.puzzles)) @ parts[0] + parts[1])
    scores = (hidden @ parts[2] + parts[3]).reshape(-1, 4)
    right = torch.tensor(MADE.answers.ravel() - 1)
    asked = torch.tensor((MADE.puzzles == 0).ravel())
    error = torch.nn.functional.cross_entropy(scores[asked], right[asked], reduction="sum") / 27
    error.backward()
    by_torch = np.concatenate([part.grad.numpy().ravel() for part in parts])
    slope = gradient(parameters, encoded(MADE.puzzles), encoded(MADE.answers), ASKED)
    assert slope == pytest.approx(by_torch, rel=1e-9, abs=1e-12)


def test_only_empty_cells_are_scored():
    puzzles, answers = np.array([[1, 2, 0, 0] + [1] * 12]), np.array([[1, 2, 3, 4] + [1] * 12])
    answer = np.zeros((1, 16, 4))
    answer[0, :, 3] = 1.0  # 4 everywhere: right in one of two empty cells
    assert accuracy(answer, puzzles, answers) == 0.5
