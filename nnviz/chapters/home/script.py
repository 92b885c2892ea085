"""Scripts of the page that need NumPy alone: the throws of a game, and the four steps."""

from nnviz.chapters.home.darts import BULLSEYE, DISTANCE, Game
from nnviz.chapters.home.four_steps import Progress
from nnviz.text.script import array, lines, literal, snippet


def darts_snippet(game: Game) -> str:
    """Return a script that throws the same darts and prints every miss.

    The gusts are written out: they are what no learner can know beforehand.
    """
    columns = zip(game.heights, game.speeds, game.fractions, game.gusts, strict=True)
    throws = [
        (float(height), float(speed), None, float(gust))
        if fraction != fraction  # NaN: by hand
        else (None, None, float(fraction), float(gust))
        for height, speed, fraction, gust in columns
    ]
    return snippet(f"""\
import numpy as np

# The height of the hand in cm and its speed in m/s, or the fraction to correct by; and the gust.
throws = {lines(throws)}
misses = []
for new_height, new_speed, fraction, gust in throws:
    if fraction is None:
        height, speed = new_height, new_speed
    else:
        height = height - fraction * misses[-1]
    seconds = {DISTANCE / 100} / speed
    fall = 100 * 9.81 * seconds**2 / 2
    misses.append(height - fall + gust - {BULLSEYE})
    print("throw", len(misses), "hand", height, "miss", misses[-1])
if len(misses) > 1:
    print("spread of the last 20", np.std(misses[-20:], ddof=1))
""")


def four_steps_snippet(progress: Progress) -> str:
    """Return a script that goes through the rounds up to this one and prints every value.

    The unit is a sigmoid; its parameters come from the first round.
    """
    first, layer = progress.first, progress.first.layers[0]
    return snippet(f"""\
import numpy as np

input_vector, target = {array(first.input_vector)}, {literal(first.target[0])}
weights, bias = {array(layer.weights[:, 0])}, {literal(layer.bias[0])}
learning_rate = {literal(first.learning_rate)}

for number in range(1, {progress.round + 1}):
    # 1 Take the input: it is the same row in every round.  2 Predict:
    layer_1 = np.dot(input_vector, weights) + bias
    prediction = 1 / (1 + np.exp(-layer_1))
    # 3 Compare:
    error = (prediction - target) ** 2
    # 4 Adjust, by the chain rule:
    derror_dprediction = 2 * (prediction - target)
    dprediction_dlayer1 = prediction * (1 - prediction)
    derror_dbias = derror_dprediction * dprediction_dlayer1
    derror_dweights = derror_dbias * input_vector
    bias = bias - learning_rate * derror_dbias
    weights = weights - learning_rate * derror_dweights
    print("round", number, "error", error)

print("sum", layer_1, "prediction", prediction)
print("adjusted weights", weights, "adjusted bias", bias)
""")
