"""Counted words, and a neuron that learns from them, in sentences."""

from collections.abc import Sequence
from typing import Final

from nnviz.chapters.words_to_numbers.bag import Bag, merged
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.prediction import WordsAnswer, take_apart
from nnviz.chapters.words_to_numbers.sentences import MOODS
from nnviz.chapters.words_to_numbers.trials import SIZES, WordsTrials
from nnviz.text.digits import digits

HIDDEN: Final = "The picture waits for your answer."
_LONGEST: Final = 70
_MOST_NAMED: Final = 4


def counted_words(raw: Bag, found: Bag | None) -> str:
    """Say how many columns there are and how many zeros, before and after.

    Parameters
    ----------
    raw : Bag
        Of the words as they stand.
    found : Bag or None
        Of the lemmas, if they are switched on.
    """
    n = len(raw.counts)
    rows = "1 sentence" if n == 1 else f"{n} sentences"
    if not raw.words:
        return "There is no word here yet, so there is nothing to count."
    if found is None:
        return (
            f"{rows}, {_columns(len(raw.words), 'different word')}: {raw.zeros:,} of the "
            f"{raw.counts.size:,} counts are 0 ({raw.share_of_zeros:.1%})."
        )
    together = merged(raw)
    zeros = (
        f"Zeros: {raw.zeros:,} of {raw.counts.size:,} ({raw.share_of_zeros:.1%}) before, "
        f"{found.zeros:,} of {found.counts.size:,} ({found.share_of_zeros:.1%}) after."
    )
    if not together:
        return f"No two words here are forms of one another, so no columns come together. {zeros}"
    base, forms = max(together, key=lambda each: len(each[1]))
    others = [other for other, _ in together if other != base]
    likewise = ""
    if others:
        likewise = ", and likewise the forms of " + (
            named(others) if len(others) <= _MOST_NAMED else f"{len(others)} other words"
        )
    return (
        f"{_columns(len(raw.words), 'column')} become {len(found.words)}: {named(forms)} are all "
        f"counted as {base}{likewise}. {zeros}"
    )


def moment(run: WordsRun, step: int, sentence: str, other: str = "", *, same: bool = False) -> str:
    """Say what the update before a step did, and what the neuron answers now.

    Parameters
    ----------
    run : WordsRun
    step : int
    sentence, other : str
        What is asked; the second may be empty.
    same : bool
        Whether both hold the same words equally often.
    """
    used = run.used_at(step)
    if used is None:
        return (
            "Nothing is learned yet: all weights are 0, and every sentence gets the probability "
            "0.5."
        )
    mood = MOODS[run.config.targets[used]]
    just = f"Update {step:,} learned from “{run.config.sentences[used]}” ({mood})."
    answer = take_apart(run, step, sentence)
    told = f"{just} {answered(answer)}"
    if not other:
        return told
    second = take_apart(run, step, other)
    if same:
        return (
            f"{told} “{shortened(other)}” holds the same words in another order: the same counts, "
            "the same sum, the same answer, whatever it means."
        )
    return f"{told} “{shortened(other)}”: {probability(second.probability)}."


def answered(answer: WordsAnswer) -> str:
    """Say what the neuron makes of a sentence, and which word weighs most in it."""
    start = f"“{shortened(answer.sentence)}”: {probability(answer.probability)}"
    start += f" for a {MOODS[1]}"
    if not answer.parts:
        return f"{start}. It knows none of these words; the bias alone answers."
    heaviest = max(answer.parts, key=lambda part: abs(part.product))
    most = (
        ""
        if heaviest.product == 0
        else (f", the heaviest word is “{shortened(heaviest.word)}” ({signed(heaviest.product)})")
    )
    strangers = f" It does not know {named(answer.unknown)}." if answer.unknown else ""
    return f"{start}{most}.{strangers}"


def compared(come: WordsTrials) -> str:
    """Say how lemmas and words as they stand do on sentences held out."""
    if come.n_done < come.study.n_trials:
        return f"{come.n_done} of {come.study.n_trials} trainings are made."
    without, with_lemmas = come.band(0)[1], come.band(1)[1]
    better, equal, worse = come.n_better()
    n = come.study.n_splits
    return (
        f"With {SIZES[-1]} sentences to learn from, {with_lemmas[-1]:.1%} of the held-out ones are "
        f"answered right with lemmas and {without[-1]:.1%} without (medians of {_splits(n)}). "
        f"Lemmas do better in {better}, alike in {equal}, worse in {worse}."
    )


def probability(value: float) -> str:
    """Return a probability with as many digits as tell it from 0 and 1."""
    return digits(value, 3)


def signed(value: float) -> str:
    """Return a number with its sign."""
    return f"+{digits(value, 3)}" if value > 0 else digits(value, 3)


def shortened(text: str) -> str:
    """Return a sentence on one line, its end left out if it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def named(words: Sequence[str]) -> str:
    """Return words as a list: a, b and c; only some of them if there are many."""
    shown = [shortened(word) for word in words]
    if len(shown) > _MOST_NAMED:
        more = len(shown) - _MOST_NAMED + 1
        shown = [*shown[: _MOST_NAMED - 1], f"{more} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _columns(n: int, noun: str) -> str:
    return f"1 {noun}" if n == 1 else f"{n} {noun}s"


def _splits(n: int) -> str:
    return "1 split" if n == 1 else f"{n} splits"
