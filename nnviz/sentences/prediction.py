"""What a prediction means, in words: the answer, and the probability."""

from nnviz.decision import CoinFlips, decide
from nnviz.sentences.digits import digits, told_apart
from nnviz.trace import Trace


def answer(trace: Trace, threshold: float, flips: CoinFlips | None) -> str:
    """Say what the threshold makes of a prediction, and whether that is right.

    Parameters
    ----------
    trace : Trace
        Of a network with one output.
    threshold : float
    flips : CoinFlips or None
        Coins at the prediction, where it is a probability.
    """
    prediction, target = float(trace.prediction[0]), float(trace.target[0])
    given = decide(prediction, threshold)
    shown, limit = told_apart(prediction, threshold)
    if prediction == threshold:
        relation = f"The prediction {shown} is just the threshold"
    elif given:
        relation = f"The prediction {shown} lies above the threshold {limit}"
    else:
        relation = f"The prediction {shown} lies below the threshold {limit}"
    verdict = "right" if given == target else f"wrong, for the target is {digits(target)}"
    text = f"{relation}, so the answer is {given}: {verdict}."
    if flips is not None:
        text += (
            f" As a probability it says: of {len(flips.came_up)} such rows about "
            f"{digits(100 * prediction, 3)} should be 1. Here {flips.n_ones} of "
            f"{len(flips.came_up)} coins came up 1."
        )
    return text
