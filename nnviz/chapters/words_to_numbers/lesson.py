"""The lesson Words to numbers: count, merge, learn weights, see what is lost; then word vectors."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.learning import WordsConfig, WordsRun, learn_words
from nnviz.chapters.words_to_numbers.prediction import (
    Decomposition,
    decompose,
    nearest_learned,
    never_seen,
)
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR, counting_questions
from nnviz.chapters.words_to_numbers.trials import (
    KINDS,
    SIZES,
    WordsStudy,
    WordsTrials,
    measure,
)
from nnviz.chapters.words_to_numbers.vectors.placing import ANIMALS, PARKED, closest, placed
from nnviz.chapters.words_to_numbers.words import probability, shortened, signed
from nnviz.text.digits import percent
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_UPDATES: Final = 2_000
_GOOD: Final = 0.9
_SOME: Final = 200
"""Updates after which the neuron has learned something."""

_BEGIN: Final = "My dog sees a bird.\nThe bird sees my dog."
_FORMS: Final = ("They watched a bird.", "She watches birds.")
_STRANGE: Final = "Zebras giggle."
_NEW: Final = "What a delightful evening!"
_PLACED: Final = (0.5, 0.2, *PARKED[2:4], 2.0, 1.2, *PARKED[6:10], 9.5, 6.0)
"""Where the animals are as they are to be placed: three of them wait, `vectors.placing.LEFT`."""


def _lines(state: State) -> list[str]:
    return [line.strip() for line in str(state["own"]).splitlines() if line.strip()]


def _counted_twice(state: State) -> bool:
    return bool(bag(_lines(state), lemmatised=False).counts.max(initial=0) >= 2)


def _columns(_: State) -> Question:
    raw, found = (bag(_FORMS, lemmatised) for lemmatised in (False, True))
    # What comes together is to be seen in the picture.
    return replace(counting_questions(raw, found)[0], reason="See which forms come together.")


def _merged(_: State) -> str:
    raw, found = (len(bag(_FORMS, lemmatised).words) for lemmatised in (False, True))
    return (
        f"{raw} columns became {found}: the forms of a word share one column, that of its "
        "[[lemma]]."
    )


@lru_cache(maxsize=4)
def _run(rate: str, seed: int, vectors: bool = False) -> WordsRun:
    return learn_words(WordsConfig(False, float(rate), _UPDATES, seed, vectors=vectors))


def _answer(state: State, sentence: str, *, vectors: bool = False) -> Decomposition:
    run = _run(state["rate"], state["seed"], vectors)
    return decompose(run, int(state["step"]), sentence)


def _in_a_good_mood(state: State) -> bool:
    return state["step"] > 0 and _answer(state, state["ask"]).probability >= _GOOD


def _heaviest(state: State) -> str:
    answer = _answer(state, state["ask"])
    term = max(answer.terms, key=lambda term: term.product)
    n = int(term.count)
    twice = f", for it stands {n} times: {n} × {signed(term.weight)}" if n > 1 else ""
    return (
        f"Each word has a [[weight]]. Your heaviest: {shortened(term.word)}, "
        f"{signed(term.product)}{twice}. Added up and squeezed: {probability(answer.probability)}."
    )


def _order(_: State) -> Question:
    options = ("the first", "the second", "both the same")
    return choice(options, options[2], "The same counts go in.")


def _same(state: State) -> str:
    first = probability(_answer(state, ORDER_PAIR[0]).probability)
    return (
        f"Both get {first}, though opposites. A [[bag of words]] loses the order. Some weights "
        "are mere chance."
    )


def _strangers(state: State) -> Question:
    options = ("It refuses.", "It guesses from similar words.", "Its bias alone answers.")
    answer = _answer(state, _STRANGE)
    return choice(
        options,
        options[2],
        f"No word of it has a weight. The bias, {signed(answer.bias)}, makes "
        f"{probability(answer.probability)}.",
    )


def _all_placed(state: State) -> bool:
    return len(placed(state["placed"])) == len(ANIMALS)


def _alike(state: State) -> str:
    first, second, _ = closest(placed(state["placed"])) or ("", "", 0.0)
    return (
        f"Each word is two numbers now: a [[word vector]]. You put {first} and {second} closest "
        "together. Real ones have 50 numbers, made from billions of words of text."
    )


def _new_word(_: State) -> Question:
    options = ("a good mood", "a bad mood", "neither: about 0.5")
    answer = decompose(_run("0.5", 0, True), _UPDATES, _NEW)
    return choice(options, options[1 - answer.mood], "Then see why.")


def _why_new(state: State) -> str:
    run, answer = _run(state["rate"], state["seed"], True), _answer(state, _NEW, vectors=True)
    new = never_seen(run, _NEW)
    near = run.bag.words[nearest_learned(run, new, 1)[0][0]]
    own, like = (signed(float(x)) for x in run.weights_of((new, near), int(state["step"])))
    return (
        f"{probability(answer.probability)}. 50 weights, one for each number of a vector, make "
        f"{new} {own}, like {near} ({like}), near by [[cosine|cosine similarity]]. Little words "
        "are left out."
    )


def _few(_: State) -> Question:
    options = ("counted words", "counted lemmas", "vectors")
    return choice(options, options[2], "Compare the three curves at 20.")


def _summary(state: State) -> str:
    counts, vectors = _medians(state["rate"], state["seed"], state["splits"])
    return (
        f"From {SIZES[-1]} sentences the neuron got {counts} of those held out right with counts, "
        f"and {vectors} with vectors: medians of {state['splits']} splits, as in the picture. Both "
        "lose the order of the words."
    )


@lru_cache(maxsize=4)
def _medians(rate: str, seed: int, n_splits: int) -> tuple[str, ...]:
    """Return the accuracies of counts and of vectors where the picture of the last task ends."""
    config = WordsConfig(False, float(rate), _UPDATES, seed)
    study = WordsStudy(config, n_splits, len(KINDS))
    last, compared = len(SIZES) - 1, (0, KINDS.index("vectors"))
    wanted = [each for each in study.trials() if each[1] == last and each[2] in compared]
    made = WordsTrials.of(study, {each: measure(study.config_of(each)) for each in wanted})
    return percent(*(float(made.of_kind(kind).median[last]) for kind in compared), decimals=1)


LESSON: Final = Lesson(
    "words_to_numbers",
    "A network takes numbers only. So how does it read?",
    (
        Task(
            name="count",
            kind="try",
            does="Rows are sentences, columns are words, numbers count them. Change a sentence "
            "so that a number is 2.",
            shows=("own",),
            done=_counted_twice,
            start={"view": "count", "chosen": "own", "own": _BEGIN},
            understood="Sentences became rows of numbers: a [[bag of words]].",
            hint="Write a word twice in one line, then click elsewhere.",
        ),
        Task(
            name="columns",
            kind="predict",
            does=f"Here are {len(bag(_FORMS, lemmatised=False).words)} columns. How many are "
            "left if all forms of a word count as one?",
            asks=_columns,
            then="Switch Lemmas on, and see which columns come together.",
            done=lambda state: bool(state["lemmas"]),
            start={"view": "count", "chosen": "own", "own": "\n".join(_FORMS)},
            reveals=("lemmas",),
            understood=_merged,
        ),
        Task(
            name="mood",
            kind="find",
            does="A neuron learns moods from 90 sentences. Train it to the end. Then write one "
            "whose good mood passes 0.9.",
            shows=("ask", "weights"),
            done=_in_a_good_mood,
            start={"view": "learn", "ask": "The rain is cold."},
            understood=_heaviest,
            hint="Use words whose bars point right, such as laughed.",
        ),
        Task(
            name="order",
            kind="predict",
            does=f"“{ORDER_PAIR[0]}” “{ORDER_PAIR[1]}” Which gets the higher number?",
            asks=_order,
            then="Train to the end. Dot: first. Ring: second.",
            done=lambda state: state["step"] >= _SOME,
            start={"view": "learn", "ask": ORDER_PAIR[0], "other": ORDER_PAIR[1]},
            understood=_same,
        ),
        Task(
            name="strangers",
            kind="predict",
            does=f"The trained neuron has never seen the words of “{_STRANGE}” What does it do?",
            asks=_strangers,
            start={"view": "learn", "step": _UPDATES, "ask": _STRANGE},
            understood="It knows the words of its [[training set]], and no others.",
        ),
        Task(
            name="place",
            kind="try",
            does="Counts do not know that rabbit and mouse are alike. Drag the three words that "
            "wait below to where they belong.",
            done=_all_placed,
            start={"view": "vectors", "about": "place", "placed": _PLACED},
            understood=_alike,
        ),
        Task(
            name="new_word",
            kind="predict",
            does=f"“{_NEW}” No training sentence holds “delightful”. With vectors, what comes out?",
            asks=_new_word,
            then="Train to the end. Left: the new word and its nearest.",
            done=lambda state: state["step"] >= _SOME,
            start={"view": "vectors", "about": "moods", "ask": _NEW},
            reveals=("weights",),
            understood=_why_new,
        ),
        Task(
            name="few",
            kind="predict",
            does="Three neurons learn from the same 20 sentences. Which gets the most right of 30 "
            "others, held out?",
            asks=_few,
            start={"view": "vectors", "about": "amounts"},
            understood="Counts must learn every word. Vectors know beforehand which words are "
            "alike. They also bring the [[prejudices|bias in data]] of their texts.",
        ),
    ),
    _summary,
)
