"""The worksheet of Words to numbers: counted words, lemmas, and a neuron that adds up words."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.words_to_numbers.bag import bag, merged
from nnviz.chapters.words_to_numbers.sentences import MOODS
from nnviz.chapters.words_to_numbers.words import named
from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write
from nnviz.walkthrough.words.workings import factor

_WHO = (("she", 1), ("they", 0), ("my brother", 1), ("the children", 0), ("we", 0), ("he", 1))
"""Each with the form of the verb that belongs to it."""

_DOES = (
    ("watch", "watches", "watched"),
    ("love", "loves", "loved"),
    ("enjoy", "enjoys", "enjoyed"),
)
_WHAT = (("a film", "films"), ("a game", "games"), ("a song", "songs"), ("a bird", "birds"))
_GOOD = ("good", "happy", "wonderful", "love")
_BAD = ("bad", "sad", "awful", "late")
_PLAIN = ("film", "day", "song", "train")
_NEW = ("holiday", "umbrella", "neighbour", "kitchen")
_FAR = 6  # difference of squared distances from which a word is clearly nearer


ON_PAPER: Final = MappingProxyType(
    {
        "count": (
            "Rows are sentences, columns are words, numbers count them. Write one more "
            "sentence with words of the table, one of them twice, and its row of numbers.",
            "2 for the word that stands there twice, 1 for each that stands there once, 0 "
            "for the others.",
        ),
        "mood": (
            "A neuron learns moods from 90 sentences: one weight for each word. Write a "
            "sentence that should get over 0.9, and one that should get less than 0.1.",
            "Words that were used for a good mood have weights above 0, those for a bad "
            "mood below 0.",
        ),
        "place": (
            "Draw two axes from 0 to 10: size, and danger. Write mouse, snake, rabbit, cow, lion "
            "and elephant where they belong. Which two are closest, and how far apart?",
            "Each word is two numbers. Square both differences, add them, take the root.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    counts = clear(lambda: _counted(draws)), clear(lambda: _neuron(draws))
    return *counts, clear(lambda: _vectors(draws))


def _counted(draws: Draws) -> Part:
    verbs, things = draws.one_of(_DOES), draws.some_of(_WHAT, 2)
    who = draws.some_of(_WHO, 3)
    sentences = [
        f"{person} {draws.one_of((verbs[form], verbs[2]))} {draws.one_of(draws.one_of(things))}."
        for person, form in who
    ]
    sentences = [f"{sentence[0].upper()}{sentence[1:]}" for sentence in sentences]
    raw, found = bag(sentences, lemmatised=False), bag(sentences, lemmatised=True)
    together = merged(raw)
    if not together:
        raise UnclearError("no two words come together.")
    word = draws.one_of(raw.words)
    per_row = raw.counts[:, raw.places[word]].astype(int).tolist()
    n = sum(per_row)
    most = len(raw.words)
    listed = "; ".join(f"{named(forms)} as {base}" for base, forms in together)
    return Part(
        "Three sentences, one in a row of a table; one column for each different word (large and "
        f"small letters count alike): {' '.join(f'“{each}”' for each in sentences)}",
        (
            to_write(
                "How many columns does the table have?",
                most,
                f"The words are {', '.join(raw.words)}.",
            ),
            to_write(
                "How many of all its counts are 0?",
                raw.zeros,
                f"3 × {most} = {raw.counts.size} counts, of which {raw.counts.size - raw.zeros} "
                f"are not 0: {raw.counts.size} − {raw.counts.size - raw.zeros} = {raw.zeros}.",
            ),
            to_write(
                f"How often is “{word}” counted, in all three rows together?",
                n,
                f"Row by row: {' + '.join(str(each) for each in per_row)} = {n}.",
            ),
            to_write(
                "Now all forms of a word are counted as one: house and houses, for instance. How "
                "many "
                "columns are left?",
                len(found.words),
                f"These come together: {listed}.",
            ),
        ),
    )


def _neuron(draws: Draws) -> Part:
    good, bad, plain = draws.one_of(_GOOD), draws.one_of(_BAD), draws.one_of(_PLAIN)
    weights = {
        good: draws.on_grid(0.8, 2, 0.1),
        bad: -draws.on_grid(0.8, 2, 0.1),
        plain: draws.on_grid(-0.3, 0.3, 0.1),
    }
    bias = draws.on_grid(-0.5, 0.5, 0.1)
    said, new = draws.one_of((good, bad)), draws.one_of(_NEW)
    text = draws.some_of((good, bad, plain, draws.one_of((good, bad))), 3)
    z = round(bias + sum(weights[word] for word in text), 10)
    other = draws.some_of((good, bad, plain), 3)
    total, n_held_out = draws.whole(8, 19), 20
    if not weights[plain] or abs(z) < 0.05:
        raise UnclearError("the sum is too close to 0.")
    terms = " + ".join(factor(weights[word]) for word in text)
    sides = (MOODS[1], "neither", MOODS[0])
    orders = ("the first", "the second", "both the same")
    return Part(
        "A neuron has learned one weight for each word. It adds up the weights of the words of a "
        f"text and the bias, {digits(bias)}. A sum above 0 means a {MOODS[1]}, below 0 a "
        f"{MOODS[0]}. Words that it has not learned add nothing.",
        (
            to_write(
                f"What is the sum for “{' '.join(text)}”?",
                z,
                f"{terms} + {factor(bias)} = {digits(z)}.",
            ),
            Exercise(
                f"What does the neuron say of “{said} {new}”?",
                by_sign(round(weights[said] + bias, 10), sides),
                f"{factor(weights[said])} + 0 + {factor(bias)} = {digits(weights[said] + bias)}: "
                f"it has not learned “{new}”.",
                sides,
            ),
            Exercise(
                f"Which gets the larger sum, “{' '.join(other)}” or “{' '.join(other[::-1])}”?",
                orders[2],
                "Both hold the same words, and a sum does not know their order.",
                draws.some_of(orders, len(orders)),
            ),
            to_write(
                f"Of {n_held_out} sentences held out it gets {total} right. How many percent?",
                100 * total / n_held_out,
                f"{total} / {n_held_out} = {digits(total / n_held_out)}.",
            ),
        ),
        (("word", *weights), ("weight", *map(digits, weights.values()))),
    )


def _vectors(draws: Draws) -> Part:
    learned = draws.some_of((draws.one_of(_GOOD), draws.one_of(_BAD), draws.one_of(_PLAIN)), 3)
    new = draws.one_of(_NEW)
    places = {word: (draws.whole(0, 9), draws.whole(0, 9)) for word in (*learned, new)}
    far = {
        word: (places[word][0] - places[new][0]) ** 2 + (places[word][1] - places[new][1]) ** 2
        for word in learned
    }
    nearest, second = sorted(far, key=lambda word: far[word])[:2]
    weights = draws.on_grid(0.2, 0.9, 0.1), -draws.on_grid(0.2, 0.9, 0.1)
    x, y = places[new]
    z = round(weights[0] * x + weights[1] * y, 10)
    if far[second] - far[nearest] < _FAR or not far[nearest] or not x or not y or not z:
        raise UnclearError("no word is clearly nearest, or a product is 0.")
    return Part(
        "Now every word is two numbers, a word vector. A neuron with two weights, "
        f"{digits(weights[0])} and {digits(weights[1])}, and no bias has learned from sentences "
        f"with {named(learned)}, and never saw {new}.",
        (
            Exercise(
                f"Which of the learned words is nearest to {new}?",
                nearest,
                "Both differences squared and added: "
                + ", ".join(f"{word} {far[word]}" for word in learned)
                + ".",
                learned,
            ),
            to_write(
                f"Which sum does the neuron give “{new}”, though it never saw it?",
                z,
                f"{digits(weights[0])} × {x} + {factor(weights[1])} × {y} = {digits(z)}.",
            ),
        ),
        (
            ("word", *places),
            ("first number", *(str(place[0]) for place in places.values())),
            ("second number", *(str(place[1]) for place in places.values())),
        ),
    )
