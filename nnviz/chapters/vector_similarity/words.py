"""Two weight vectors compared with the input, in a sentence."""

from typing import Final, TypeVar

from nnviz.chapters.vector_similarity.vectors import Comparison, verdict
from nnviz.text.digits import digits, told_apart, without_dust

T = TypeVar("T")

_SIDES: Final = ("lies at a right angle to", "points towards", "points away from")  # by _side


def similarity(first: Comparison, second: Comparison) -> str:
    """Say which weights are more similar to the input, by dot product and by direction."""
    both = (first, second)
    if first.cosine is None or second.cosine is None:
        return _without_direction(both)
    judged = verdict(first, second)
    sides = [_side(comparison) for comparison in both]
    if sides == [-1, -1]:
        return _both_away(both, judged.by_dot, judged.by_cosine)
    if sides[0] != sides[1] and judged.agree and judged.by_cosine:
        closer, farther = _ordered((1, 2), judged.by_cosine)
        near, away = _SIDES[sides[closer - 1]], _SIDES[sides[farther - 1]]
        if near.startswith("points "):
            away = away.removeprefix("points ")
        return (
            f"weights_{closer} {near} the input, weights_{farther} {away} it: "
            f"{_angles(both, closer)}. The dot products say so too: {_scores(both, closer)}."
        )
    return _both_towards(both, judged.by_dot, judged.by_cosine)


def _both_towards(
    both: tuple[Comparison, Comparison], by_dot: int | None, by_cosine: int | None
) -> str:
    if by_dot is None:
        scores = f"Both dot products are {_score(both[0])}"
        if by_cosine is None:
            return f"{scores}. Both point {_degrees(both[0])} away from the input."
        return (
            f"{scores}, yet weights_{by_cosine} points closer to the input: "
            f"{_angles(both, by_cosine, ' away')}."
        )
    scores = f"By dot product weights_{by_dot} is more similar to the input: "
    scores += _scores(both, by_dot)
    if by_cosine is None:
        return f"{scores}. Both point {_degrees(both[0])} away from it."
    angles = _angles(both, by_cosine, " away")
    if by_dot == by_cosine:
        return f"{scores}. It also points closer to it: {angles}."
    return (
        f"{scores}, because it is {_size(both, by_dot)}. But weights_{by_cosine} points closer to "
        f"the input: {angles}. The two measures disagree."
    )


def _both_away(
    both: tuple[Comparison, Comparison], by_dot: int | None, by_cosine: int | None
) -> str:
    # Nothing is similar here, so neither is "more similar" or "closer".
    if by_cosine is None:
        away = f"Both point away from the input, by {_degrees(both[0])}."
    else:
        away = (
            f"Both point away from the input, weights_{by_cosine} less: {_angles(both, by_cosine)}."
        )
    if by_dot is None:
        return f"{away} Both dot products are {_score(both[0])}."
    scores = _scores(both, by_dot)
    if by_dot == by_cosine:
        return f"{away} The dot products say so too: {scores}."
    higher = f"weights_{by_dot} has the higher dot product, because it is {_size(both, by_dot)}"
    if by_cosine is None:
        return f"{away} {higher}: {scores}."
    return f"{away} But {higher}: {scores}. The two measures disagree."


def _side(comparison: Comparison) -> int:
    """Return 1 for an acute angle to the input, 0 for a right one, -1 for an obtuse one."""
    assert comparison.cosine is not None
    cosine = without_dust(comparison.cosine, 1)
    return (cosine > 0) - (cosine < 0)


def _size(both: tuple[Comparison, Comparison], by_dot: int) -> str:
    # Same input, so its length drops out: a larger dot product at no smaller an angle is sheer
    # length, unless the angles are obtuse, where the shorter arrow loses less.
    winner, loser = _ordered(both, by_dot)
    return "longer" if winner.weights_length > loser.weights_length else "shorter"


def _ordered(both: tuple[T, T], first: int) -> tuple[T, T]:
    return (both[0], both[1]) if first == 1 else (both[1], both[0])


def _scores(both: tuple[Comparison, Comparison], first: int) -> str:
    winner, loser = _ordered(both, first)
    return " against ".join(told_apart(_dot(winner), _dot(loser), 5))


def _angles(both: tuple[Comparison, Comparison], first: int, unit: str = "") -> str:
    closer, farther = _ordered(both, first)
    one, other = told_apart(_angle(closer), _angle(farther))
    return f"{one}°{unit} against {other}°"


def _score(comparison: Comparison) -> str:
    return digits(_dot(comparison), 5)


def _dot(comparison: Comparison) -> float:
    # What rounding leaves of a right angle is no score.
    return without_dust(comparison.dot, comparison.input_length * comparison.weights_length)


def _degrees(comparison: Comparison) -> str:
    return f"{digits(_angle(comparison))}°"


def _angle(comparison: Comparison) -> float:
    assert comparison.angle is not None
    # What rounding leaves of an angle of 0 is no angle.
    return round(comparison.angle, 11)


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
        f"{name} scores {_score(other)}, {_degrees(other)} away from the input."
    )
