"""Scripts that need NumPy alone: the rules at work, and the same learner on two rule sets."""

from collections.abc import Sequence

from nnviz.chapters.rules_or_learning.grids import RuleSet
from nnviz.chapters.rules_or_learning.learning import (
    BATCH_SIZE,
    LEARNING_RATE,
    PER_GAME,
    PER_UNSEEN_GAME,
    UPDATES,
    Config,
)
from nnviz.text.script import lines, literal, snippet
from nnviz.training.export.pieces import stream_code


def rules_snippet(grid: Sequence[int], rule_set: RuleSet) -> str:
    """Return a script that fills a grid by the two rules, and prints which of them filled what."""
    return snippet(f"""\
grid = {literal(list(grid))}
# The rules of the game, written by a person: in each of these groups every digit stands once.
units = {lines(unit.cells for unit in rule_set.units)}


def candidates(cell):
    seen = {{grid[other] for unit in units if cell in unit for other in unit}}
    return [d for d in (1, 2, 3, 4) if d not in seen] if grid[cell] == 0 else []


def only_digit():
    for cell in range(16):
        if len(candidates(cell)) == 1:
            return cell, candidates(cell)[0]


def only_place():
    for unit in units:
        for digit in (1, 2, 3, 4):
            places = [cell for cell in unit if digit in candidates(cell)]
            if len(places) == 1:
                return places[0], digit


while True:
    name, found = "only one digit fits:", only_digit()
    if found is None:
        name, found = "only one place fits:", only_place()
    if found is None:
        break
    cell, digit = found
    grid[cell] = digit
    print(name, "row", cell // 4 + 1, "column", cell % 4 + 1, "is", digit)
print(*grid, "empty:", grid.count(0))
""")


def learning_snippet(config: Config) -> str:
    """Return a script that trains the network on each of the two rule sets and prints its score.

    The script is the same whichever rule set is on the screen: it goes through both.
    """

    def stream(seed: int, name: str) -> str:
        return f"{stream_code(name, seed)}  # {name}"

    return snippet(f"""\
from itertools import permutations, product

import numpy as np

# Data: every solved game, of two rule sets. Only here is a rule of either written down.
rows = list(permutations((1, 2, 3, 4)))
grids = np.array([
    a + b + c + d for a, b, c, d in product(rows, repeat=4)
    if all(len({{*column}}) == 4 for column in zip(a, b, c, d))
])
boxes = [(0, 1, 4, 5), (2, 3, 6, 7), (8, 9, 12, 13), (10, 11, 14, 15)]
in_boxes = [all(len({{*grid[list(box)]}}) == 4 for box in boxes) for grid in grids]


def encoded(grids):
    return (grids[:, :, None] == np.arange(1, 5)).reshape(len(grids), 64).astype(float)


def puzzles_of(games, every_game, per_game, rng):
    puzzles = []
    for game in games:
        differs, found = (every_game != game).astype(float), []
        while len(found) < per_game:
            places = rng.random((96, 16)).argsort(axis=1).argsort(axis=1)
            clues = places >= rng.integers(4, 11, size=(96, 1))
            one_answer = (differs @ clues.T == 0).sum(axis=0) == 1
            found.extend(np.where(clues[one_answer], game, 0))
        puzzles.extend(found[:per_game])
    return np.array(puzzles), np.repeat(games, per_game, axis=0)


def forward(weights_1, bias_1, weights_2, bias_2, inputs):
    hidden = np.maximum(inputs @ weights_1 + bias_1, 0)
    scores = (hidden @ weights_2 + bias_2).reshape(-1, 16, 4)
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    return hidden, powers / powers.sum(axis=2, keepdims=True)


def learn(every_game):
    # A quarter of the games is held out.
    rng = {stream(0, "sudoku games held out")}
    order = rng.permutation(len(every_game))
    unseen, rest = np.split(every_game[order], [len(every_game) // 4])
    rng = {stream(config.seed, "sudoku games")}
    games = rest[rng.permutation(len(rest))[:{config.n_games}]]
    rng = {stream(config.seed, "sudoku puzzles")}
    puzzles, answers = puzzles_of(games, every_game, {PER_GAME}, rng)
    inputs, targets = encoded(puzzles), encoded(answers)
    asked = np.repeat(puzzles == 0, 4, axis=1)

    # Algorithm and model: Adam on batches, a network of 64 inputs, 64 units, 16 times 4 outputs.
    rng = {stream(config.seed, "sudoku weights")}
    reach = np.sqrt(6 / 128)
    weights_1 = rng.uniform(-reach, reach, (64, 64))
    weights_2 = rng.uniform(-reach, reach, (64, 64))
    model = [weights_1, np.zeros(64), weights_2, np.zeros(64)]
    v, s = [0.0] * 4, [0.0] * 4
    rng = {stream(config.seed, "sudoku batches")}
    batches = rng.integers(len(puzzles), size=({UPDATES}, {BATCH_SIZE}))
    for t, batch in enumerate(batches, 1):
        hidden, prediction = forward(*model, inputs[batch])
        error = (prediction.reshape(-1, 64) - targets[batch]) * asked[batch] / {BATCH_SIZE}
        below = (error @ model[2].T) * (hidden > 0)
        slopes = [inputs[batch].T @ below, below.sum(axis=0), hidden.T @ error, error.sum(axis=0)]
        for k, slope in enumerate(slopes):
            v[k] = 0.9 * v[k] + 0.1 * slope
            s[k] = 0.999 * s[k] + 0.001 * slope**2
            size = np.sqrt(s[k]) / np.sqrt(1 - 0.999**t) + 1e-8
            model[k] = model[k] - {LEARNING_RATE} / (1 - 0.9**t) * v[k] / size

    # Prediction, on games that it has never seen.
    rng = {stream(0, "sudoku puzzles never seen")}
    puzzles, answers = puzzles_of(unseen, every_game, {PER_UNSEEN_GAME}, rng)
    _, prediction = forward(*model, encoded(puzzles))
    right = prediction.argmax(axis=2) + 1 == answers
    return right[puzzles == 0].mean()


print("boxes, games never seen, share of cells right:", learn(grids[in_boxes]))
print("no boxes, games never seen, share of cells right:", learn(grids))
""")
