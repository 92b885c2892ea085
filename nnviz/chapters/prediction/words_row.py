"""What a prediction means, in words: the answer, and the probability."""

from nnviz.chapters.prediction.decision import CoinFlips, decide
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, told_apart
from nnviz.walkthrough.words.values import value_meanings


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
        n = len(flips.came_up)
        text += (
            f" As a probability it says: of {n} such rows {_share(n * prediction, n)} should be 1. "
            f"Here {flips.n_ones} of {n} coins came up 1."
        )
    return text


def _share(expected: float, n: int) -> str:
    if expected < 0.05:
        return "almost none"
    return "almost all" if expected > n - 0.05 else f"about {digits(expected, 3)}"


def prediction_meanings(trace: Trace) -> dict[str, str]:
    """Return what each box and arrow of the picture is, by the keys of `GraphPlan`.

    Parameters
    ----------
    trace : Trace
        Of a single unit.
    """
    activation = trace.layers[0].activation
    shown = ("input", "weight", "edge", "bias", "sum", "z", "act", "target")
    meanings = {
        key: text
        for key, text in value_meanings(trace.network, trace.loss).items()
        if key.partition(".")[0] in shown
    }
    return meanings | {
        "a.0.0": f"prediction: what the activation {activation} makes of layer_1.",
        "decide": "The threshold: from it on the answer is 1, below it 0.",
        "answer": "answer: the class that the prediction stands for, 1 or 0.",
    }
