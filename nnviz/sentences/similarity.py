"""Two weight vectors compared with the input, in a sentence."""

from nnviz.sentences.digits import digits
from nnviz.vectors import Comparison, verdict


def similarity(first: Comparison, second: Comparison) -> str:
    """Say which weights are more similar to the input, by dot product and by direction."""
    judged = verdict(first, second)
    both = (first, second)
    if first.cosine is None or second.cosine is None:
        return _without_direction(both)
    if judged.by_dot is None:
        scores = f"Both dot products are {_score(first)}"
    else:
        winner, loser = _ordered(both, judged.by_dot)
        scores = (
            f"By dot product weights_{judged.by_dot} is more similar to the input: "
            f"{_score(winner)} against {_score(loser)}"
        )
    if judged.by_cosine is None:
        return f"{scores}. Both point {_degrees(first.angle)} away from it."
    closer, farther = _ordered(both, judged.by_cosine)
    angles = f"{_degrees(closer.angle)} away against {_degrees(farther.angle)}"
    if judged.agree:
        return f"{scores}. It also points closer to it: {angles}."
    if judged.by_dot is None:
        return f"{scores}, yet weights_{judged.by_cosine} points closer to it: {angles}."
    # Same input, so its length drops out: a larger dot product at a wider angle is sheer length
    # unless the angles are obtuse, where the shorter arrow loses less.
    winner, loser = _ordered(both, judged.by_dot)
    size = "longer" if winner.weights_length > loser.weights_length else "shorter"
    return (
        f"{scores}, because it is {size}. But weights_{judged.by_cosine} points closer to the "
        f"input: {angles}. The two measures disagree."
    )


def _ordered(both: tuple[Comparison, Comparison], first: int) -> tuple[Comparison, Comparison]:
    return (both[0], both[1]) if first == 1 else (both[1], both[0])


def _score(comparison: Comparison) -> str:
    # What rounding leaves of a right angle is no score.
    is_zero = abs(comparison.dot) <= 1e-12 * comparison.input_length * comparison.weights_length
    return "0" if is_zero else digits(comparison.dot, 5)


def _degrees(angle: float | None) -> str:
    assert angle is not None
    # What rounding leaves of an angle of 0 is no angle.
    return f"{digits(round(angle, 9))}°"


def _without_direction(both: tuple[Comparison, Comparison]) -> str:
    if both[0].input_length == 0:
        return (
            "The input has length 0: every dot product with it is 0, and there is no angle to it."
        )
    short = [f"weights_{i}" for i, c in enumerate(both, 1) if c.weights_length == 0]
    if len(short) == 2:
        return "Both weight vectors have length 0, so neither points anywhere: both score 0."
    other = both[0] if short == ["weights_2"] else both[1]
    name = "weights_1" if short == ["weights_2"] else "weights_2"
    return (
        f"{short[0]} has length 0, so it points nowhere and scores 0. "
        f"{name} scores {_score(other)}, {_degrees(other.angle)} away from the input."
    )
