"""What vectors show, as scripts that need NumPy alone: the vectors of their words go along."""

import base64
from collections.abc import Iterable, Sequence

from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.vectors.lookup import content, vector_words
from nnviz.chapters.words_to_numbers.vectors.neighbours import Neighbours
from nnviz.chapters.words_to_numbers.vectors.placing import placed
from nnviz.data.vectors import WIDTH, word_vectors
from nnviz.text.script import literal, snippet


def vectors_code(words: Iterable[str]) -> str:
    """Return the part of a script that holds the vectors of words, as ``vector(word)``."""
    vectors = word_vectors()
    rows = ""
    for word in sorted(set(words)):
        numbers = vectors.stored[vectors.places[word]].tobytes()
        rows += f"    {word!r}: {base64.b64encode(numbers).decode()!r},\n"
    return f"""# {WIDTH} numbers of each word, from -127 to 127 (GloVe 6B, public domain).
NUMBERS = {{
{rows}}}


def vector(word):
    numbers = np.frombuffer(base64.b64decode(NUMBERS[word]), dtype=np.int8).astype(float)
    return numbers / np.sqrt((numbers**2).sum())

"""


_IMPORTS = "import base64\n\nimport numpy as np\n\n"


def placing_snippet(numbers: Sequence[float]) -> str:
    """Return a script that prints how far placed words are from each other, the nearest first."""
    return snippet(
        f"import math\n\nplaces = {literal(placed(numbers))}\n"
        """
pairs = []
for first in places:
    for second in places:
        if first < second:
            pairs.append((math.dist(places[first], places[second]), first, second))
for distance, first, second in sorted(pairs):
    print(first, second, distance)
"""
    )


def directions_snippet(words: Sequence[str], axes: Sequence[Direction]) -> str:
    """Return a script that prints where words stand on axes."""
    pairs = [(axis.low, axis.high) for axis in axes]
    return snippet(
        _IMPORTS
        + vectors_code([*words, *(word for pair in pairs for word in pair)])
        + f"\naxes = {literal(pairs)}\nwords = {literal(list(words))}\n"
        + """for word in words:
    # The cosine to the second word of a pair, less that to the first.
    print(word, *(float(vector(word) @ (vector(high) - vector(low))) for low, high in axes))
"""
    )


def neighbours_snippet(found: Neighbours) -> str:
    """Return a script that prints the cosines of the words nearest to a sum of words."""
    words = [word for word, _ in found.nearest]
    if found.compared is not None:
        words.append(found.compared[0])
    return snippet(
        _IMPORTS
        + vectors_code([*words, *found.asked.words])
        + f"\nterms = {literal(list(found.asked.terms))}\n"
        + f"words = {literal(words)}  # the nearest of {len(word_vectors().words):,}\n"
        + """total = sum(sign * vector(word) for sign, word in terms)
total /= np.sqrt((total**2).sum())
for word in words:
    print(word, float(vector(word) @ total))
"""
    )


def reading_code(sentences: Sequence[str]) -> str:
    """Return the part of a script that takes sentences apart into words that have a vector."""
    every = sorted({token for sentence in sentences for token in tokens(sentence)})
    pieces = {token: content(vector_words(token)) for token in every}
    words = {piece for found in pieces.values() for piece in found}
    other = {token: found for token, found in pieces.items() if found != (token,)}
    return (
        vectors_code(words) + "\n# Little words, and words without a vector, become nothing.\n"
        f"READ = {literal(other)}\n\n\n"
        "def words_of(text):\n"
        "    return tuple(piece for word in tokens(text) for piece in READ.get(word, (word,)))\n\n"
    )
