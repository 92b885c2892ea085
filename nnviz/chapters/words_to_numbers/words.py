"""Counted words, and a neuron that learns from them, in sentences."""

from collections.abc import Sequence
from typing import Final

from nnviz.chapters.words_to_numbers.bag import Bag, merged
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.prediction import (
    Decomposition,
    decompose,
    nearest_learned,
    never_seen,
)
from nnviz.chapters.words_to_numbers.sentences import MOODS
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.trials import FEW, KINDS, SIZES, WordsTrials
from nnviz.text.digits import digits, percent, told_apart

HIDDEN: Final = "The picture waits for your answer."
_LONGEST: Final = 70
_MOST_NAMED: Final = 4


def describe_counts(raw: Bag, found: Bag | None) -> str:
    """Say how many columns and zeros there are, without lemmas and, if given, with them."""
    if not raw.words:
        return "There is no word here yet, so there is nothing to count."
    if found is None:
        return (
            f"{_counted(len(raw.counts), 'sentence')}, "
            f"{_counted(len(raw.words), 'different word')}: {raw.zeros:,} of the "
            f"{raw.counts.size:,} counts are 0 ({percent(raw.zero_fraction, decimals=1)[0]})."
        )
    together = merged(raw)
    before, after = percent(raw.zero_fraction, found.zero_fraction, decimals=1)
    zeros = (
        f"Zeros: {raw.zeros:,} of {raw.counts.size:,} ({before}) before, "
        f"{found.zeros:,} of {found.counts.size:,} ({after}) after."
    )
    if not together:
        return (
            "The dictionary finds no two forms of one word here, so no columns come together. "
            f"{zeros}"
        )
    base, forms = max(together, key=lambda each: len(each[1]))
    others = [other for other, _ in together if other != base]
    every = "both" if len(forms) == 2 else "all"
    likewise = ""
    if others:
        likewise = ", and likewise the forms of " + (
            named(others) if len(others) <= _MOST_NAMED else f"{len(others)} other words"
        )
    return (
        f"{_counted(len(raw.words), 'column')} become {len(found.words)}: {named(forms)} are "
        f"{every} counted as {base}{likewise}. {zeros}"
    )


def describe_step(
    run: WordsRun, step: int, sentence: str, other: str = "", *, same: bool = False
) -> str:
    """Say what the update before a step did, and what the neuron predicts now.

    It is asked about a sentence and, unless it is empty, about another. `same` says whether both
    hold the same words equally often.
    """
    used = run.used_at(step)
    if used is None:
        return (
            "Nothing is learned yet: all weights are 0, and every sentence gets the probability "
            "0.5."
        )
    mood = MOODS[run.config.targets[used]]
    text = (
        f"Update {step:,} learned from “{run.config.sentences[used]}” ({mood}). "
        f"{describe_prediction(decompose(run, step, sentence))}{new_word(run, step, sentence)}"
    )
    if not other:
        return text
    if same:
        order = "" if tokens(sentence) == tokens(other) else " in another order"
        given = "mean" if run.config.vectors else "counts"
        return (
            f"{text} “{shortened(other)}” holds the same words{order}: the same {given}, "
            "the same sum, the same answer, whatever it means."
        )
    return f"{text} “{shortened(other)}”: {probability(decompose(run, step, other).probability)}."


def new_word(run: WordsRun, step: int, sentence: str) -> str:
    """Say why a word that was never seen weighs something; "" if there is none."""
    new = never_seen(run, sentence) if run.config.vectors else ""
    if not new:
        return ""
    near = ", ".join(
        f"{run.bag.words[column]} {signed(float(run.word_weights[step, column]))}"
        for column, _ in nearest_learned(run, new, 3)
    )
    own = signed(float(run.weights_of([new], step)[0]))
    return f" No sentence held “{new}”. It weighs {own}, its nearest learned words: {near}."


def describe_prediction(answer: Decomposition) -> str:
    """Say what the neuron predicts for a sentence, and which word has the largest term."""
    start = f"“{shortened(answer.sentence)}”: {probability(answer.probability)} for a {MOODS[1]}"
    if not tokens(answer.sentence):
        # Its probability looks like an answer, and there is none to nothing.
        where = f" in “{shortened(answer.sentence)}”" if answer.sentence.strip() else ""
        return f"There is no word{where} to ask about: the bias alone is {digits(answer.bias)}."
    if not answer.terms:
        why = "It knows none of these words"
        if answer.little:
            why = "Little words are left out"
            why += (
                ", and it knows none of the others" if answer.unknown else ", and no other is here"
            )
        return f"{start}. {why}; the bias alone answers."
    largest = max(answer.terms, key=lambda term: abs(term.product))
    if largest.product:
        n_equal = sum(abs(term.product) == abs(largest.product) for term in answer.terms)
        heaviest = "no word is heavier than" if n_equal > 1 else "the heaviest word is"
        n = answer.n_averaged
        weighs = signed(largest.product * n) + (f" / {n} words" if n > 1 else "")
        start += f", {heaviest} “{shortened(largest.word)}” ({weighs})"
    return f"{start}.{words_left_out(answer)}"


def words_left_out(answer: Decomposition) -> str:
    """Name the words that do not count: little ones, and those without a column; "" for none."""
    little = f" Little words are left out: {named(answer.little)}." if answer.little else ""
    unknown = f" It does not know {named(answer.unknown)}." if answer.unknown else ""
    return little + unknown


def describe_trials(made: WordsTrials) -> str:
    """Compare what a neuron is given by its accuracy on held-out sentences."""
    if not made.complete:
        return made.progress
    if made.study.n_kinds == len(KINDS):
        return _describe_amounts(made)
    without, with_lemmas = (made.of_kind(kind).median for kind in (0, 1))
    better, equal, worse = made.n_better()
    known, plain = percent(float(with_lemmas[-1]), float(without[-1]), decimals=1)
    splits = _counted(made.study.n_splits, "split")
    return (
        f"With {SIZES[-1]} sentences to learn from, {known} of the held-out ones are "
        f"answered right with lemmas and {plain} without (medians of {splits}). "
        f"Lemmas do better in {better}, alike in {equal}, worse in {worse}."
    )


def _describe_amounts(made: WordsTrials) -> str:
    few, many = (
        percent(*(float(made.of_kind(kind).median[size]) for kind in range(len(KINDS))), decimals=1)
        for size in (FEW, -1)
    )
    splits = _counted(made.study.n_splits, "split")
    return (
        f"From {SIZES[FEW]} sentences vectors get {few[2]} of the held-out ones right, lemmas "
        f"{few[1]}, words as they stand {few[0]}. From {SIZES[-1]}: {many[2]}, {many[1]}, "
        f"{many[0]} (medians of {splits})."
    )


def probability(value: float) -> str:
    """Return a probability with three digits, or as many as tell it from 0.5; none reaches 1."""
    return "above 0.999" if value >= 0.9995 else told_apart(value, 0.5, at_least=3)[0]


def signed(value: float) -> str:
    """Return a number with its sign."""
    return f"+{digits(value, 3)}" if value > 0 else digits(value, 3)


def shortened(text: str) -> str:
    """Return a sentence on one line, cut at the end if it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def named(words: Sequence[str]) -> str:
    """Return words as in "a, b and c"; only some of them if there are many."""
    shown = [shortened(word) for word in words]
    if len(shown) > _MOST_NAMED:
        more = len(shown) - _MOST_NAMED + 1
        shown = [*shown[: _MOST_NAMED - 1], f"{more} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _counted(n: int, noun: str) -> str:
    return f"1 {noun}" if n == 1 else f"{n} {noun}s"
