"""What a link to the page holds, and the sentences and trainings that it stands for."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.words_to_numbers.learning import WordsConfig
from nnviz.chapters.words_to_numbers.sentences import BAD, GOOD, SENTENCES
from nnviz.chapters.words_to_numbers.trials import MOST_SPLITS, WordsStudy
from nnviz.chapters.words_to_numbers.vectors.placing import ANIMALS, END, PARKED
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Numbers, Switch, Whole
from nnviz.site.parts import PART_WITH_EXPORT

PAGE: Final = "words_to_numbers"

VIEWS: Final = MappingProxyType(
    {
        "count": "Count words",
        "learn": "Learn moods",
        "splits": "Lemmas or not",
        "vectors": "Word vectors",
    }
)
WATCHING: Final = (
    "I watch the birds.",
    "She watches a bird and a film.",
    "They are watching old films.",
    "We watched it and watched it.",
)
CHOSEN: Final = MappingProxyType(
    {
        "watching": "Four about watching",
        "ten": "Ten of the 120",
        "all": f"All {len(SENTENCES)} sentences",
        "own": "My own",
    }
)
ABOUT: Final = MappingProxyType(
    {
        "place": "By hand",
        "directions": "Directions",
        "near": "Nearest words",
        "moods": "Learn moods",
        "amounts": "How many sentences",
        "taken": "Taken over",
    }
)
"""What the view of word vectors is about, one thing at a time."""

RATES: Final = ("0.05", "0.1", "0.2", "0.5", "1", "2")
UPDATES: Final = 2_000
LARGEST_FIRST_SEED: Final = LARGEST_SEED - MOST_SPLITS
LONGEST_OWN: Final = 600
MOST_OWN: Final = 12
LONGEST_ASKED: Final = 160
ASKED: Final = "My sisters laughed and the zebra danced."
LONGEST_PAIR: Final = 60
LONGEST_WORDS: Final = 400
MOST_PUT: Final = 40
PUT: Final = (
    "king queen father mother uncle aunt hero villain wonderful awful friend enemy waiter waitress"
)
JOBS: Final = (
    "nurse receptionist housekeeper hairdresser dancer designer teacher librarian doctor surgeon "
    "writer pilot mechanic plumber scientist judge builder engineer"
)


def _text(name: str, default: str, longest: int) -> Custom:
    def parse(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"it has {len(text):,} characters, and {longest} are the most for it")
        return text

    return Custom(name, default, parse, str)


ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "count", tuple(VIEWS)),
        Choice("chosen", "watching", tuple(CHOSEN)),
        _text("own", "\n".join(WATCHING), LONGEST_OWN),
        Switch("lemmas"),
        _text("ask", ASKED, LONGEST_ASKED),
        _text("other", "", LONGEST_ASKED),
        Choice("rate", "0.5", RATES),
        Whole("seed", 0, 0, LARGEST_FIRST_SEED),
        Whole("step", 0, 0, UPDATES),
        Whole("splits", 12, 1, MOST_SPLITS),
        Choice("about", "place", tuple(ABOUT)),
        Numbers("placed", PARKED, -2.0, END, count=2 * len(ANIMALS)),
        _text("across", "man woman", LONGEST_PAIR),
        _text("up", "bad good", LONGEST_PAIR),
        _text("put", PUT, LONGEST_WORDS),
        _text("near", "good", LONGEST_ASKED),
        _text("against", "bad", LONGEST_PAIR),
        Switch("left_out", True),
        _text("jobs", JOBS, LONGEST_WORDS),
        PART_WITH_EXPORT,
    ],
)


def sentences() -> tuple[str, ...]:
    """Return the sentences whose words are counted."""
    chosen = ADDRESS["chosen"]
    if chosen == "own":
        return own_lines()[:MOST_OWN]
    if chosen == "all":
        return SENTENCES
    return WATCHING if chosen == "watching" else (*GOOD[:5], *BAD[:5])


def own_lines() -> tuple[str, ...]:
    """Return the person's own sentences: every line that is not empty."""
    return tuple(line.strip() for line in str(ADDRESS["own"]).splitlines() if line.strip())


def config(lemmatised: bool | None = None, *, vectors: bool = False) -> WordsConfig:
    """Return the chosen training; with or without lemmas if that is given, or with vectors."""
    lemmas = bool(ADDRESS["lemmas"]) if lemmatised is None else lemmatised
    return WordsConfig(
        lemmas and not vectors,
        float(ADDRESS["rate"]),
        UPDATES,
        int(ADDRESS["seed"]),
        vectors=vectors,
    )


def study(n_kinds: int = 2) -> WordsStudy:
    """Return the study that compares words as they stand, lemmas and, as a third, vectors."""
    return WordsStudy(config(lemmatised=False), int(ADDRESS["splits"]), n_kinds)
