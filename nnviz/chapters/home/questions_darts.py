"""Questions about the next throw, and about fractions of the miss."""

from nnviz.chapters.home.dart_regimes import dart_regime
from nnviz.chapters.home.darts import Game, fall, long_run_spread, throws_until
from nnviz.chapters.home.words_darts import cm, missed
from nnviz.text.digits import digits
from nnviz.text.question import Question

_ABOUT_THE_BULLSEYE = 0.05  # cm


def darts_questions(game: Game, fraction: float, *, by_hand: bool) -> tuple[Question, ...]:
    """Return what can be asked of the next throw.

    Parameters
    ----------
    game : Game
    fraction : float
        Of the last miss, by which the next throw is corrected.
    by_hand : bool
        Whether the next throw is made by hand instead.
    """
    general = (_faster(), _best_fraction(), _wind())
    if not len(game) or game.lost or by_hand:
        return general
    miss = float(game.misses[-1])
    if abs(miss) < _ABOUT_THE_BULLSEYE:
        return general
    about = f"after throw {len(game)} of {miss!r} by {fraction!r}"
    return (_side(miss, fraction, about), _size(miss, fraction, about), *general)


def _side(miss: float, fraction: float, about: str) -> Question:
    options = ("too high", "in the bull's-eye", "too low")
    factor = dart_regime(fraction).factor
    following = factor * miss
    answer = options[1] if abs(following) < _ABOUT_THE_BULLSEYE else options[2 * (following < 0)]
    return Question(
        f"The last dart hit {missed(miss)}. Corrected by {digits(fraction)} of the miss and "
        "without a gust, the next one will be",
        options,
        answer,
        f"The correction leaves 1 − {digits(fraction)} = {digits(factor)} of the miss, so the next "
        f"dart hits {missed(following)}.",
        f"side {about}",
    )


def _size(miss: float, fraction: float, about: str) -> Question:
    options = ("5 or fewer", "more than 5", "it never will")
    n = throws_until(miss, fraction, abs(miss) / 10)
    if n is not None:
        answer, told = options[n > 5], f"throw {n} from here is the first"
    elif 0 < fraction < 2:
        answer, told = options[1], "it takes more than a thousand"
    else:
        answer, told = options[2], "no throw does"
    factor = digits(dart_regime(fraction).factor)
    return Question(
        f"How many throws at this fraction, {digits(fraction)}, until only a tenth of the last "
        "miss is left?",
        options,
        answer,
        f"Each throw leaves {factor} of the miss before it, and {told}.",
        f"size {about}",
    )


def _faster() -> Question:
    slow, fast = fall(10), fall(20)
    return Question(
        "A dart is thrown twice as fast from the same height. How far does it fall on the way?",
        ("half as far", "a quarter as far", "just as far"),
        "a quarter as far",
        f"It is under way for half the time, and the fall grows with the time times itself: "
        f"{cm(slow)} cm at 10 metres a second, {cm(fast)} cm at 20.",
        "faster",
    )


def _best_fraction() -> Question:
    return Question(
        "Without wind, which fraction of the miss needs the fewest throws?",
        ("0.5", "1", "1.5"),
        "1",
        "1 − 1 = 0: nothing is left of the miss after one correction. Both 0.5 and 1.5 leave half "
        "of it each time, 1.5 on the other side.",
        "best fraction",
    )


def _wind() -> Question:
    return Question(
        "With wind, at which fraction do the throws lie closer together in the long run?",
        ("0.2", "both alike", "1"),
        "0.2",
        "A full correction answers the last gust, which will not come again: the throws spread "
        f"{digits(long_run_spread(1, 1), 3)} times as much as the gusts. At 0.2 it is "
        f"{digits(long_run_spread(0.2, 1), 3)} times.",
        "wind",
    )
