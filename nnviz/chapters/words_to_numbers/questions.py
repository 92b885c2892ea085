"""Questions about counted words, and about a neuron that learns from them."""

from nnviz.chapters.words_to_numbers.bag import Bag, merged
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.sentences import MOODS
from nnviz.chapters.words_to_numbers.trials import FEW, KINDS, SIZES, WordsTrials
from nnviz.chapters.words_to_numbers.words import named, probability, signed, words_left_out
from nnviz.text.digits import digits, percent
from nnviz.text.question import Question, by_sign

ORDER_PAIR = ("The film was not good, it was bad.", "The film was not bad, it was good.")
"""The same words in another order, which say the opposite."""

_ALIKE = 0.02  # difference of accuracies that counts as none


def counting_questions(raw: Bag, found: Bag) -> tuple[Question, ...]:
    """Return the questions about counted words before lemmas are switched on.

    Both bags are of the same sentences: words as they stand, and lemmas. There must be words.
    """
    before, after = len(raw.words), len(found.words)
    about = f"{raw.words} {len(raw.counts)}"
    lost = before - after
    far = max(2, lost // 2 + 1)
    others = [n for n in (after - far, after + far, before) if 0 < n <= before and n != after]
    options = sorted({after, *others[:2]} | ({before} if len(others) < 2 else set()))
    if len(options) < 2:
        options = [*options, before + 1]
    together = merged(raw)
    reason = (
        "The dictionary finds no two forms of one word here."
        if not together
        else "These come together: "
        + "; ".join(f"{named(forms)} as {base}" for base, forms in together[:4])
        + ("; and others." if len(together) > 4 else ".")
    )
    columns = Question(
        f"There are {before} different words here. How many columns are left when every word is "
        "counted under its lemma?",
        tuple(str(n) for n in options),
        str(after),
        reason,
        f"columns {about}",
    )
    change = found.zero_fraction - raw.zero_fraction
    share, share_found = percent(raw.zero_fraction, found.zero_fraction, decimals=1)
    names = ("a smaller share", "the same share", "a larger share")
    zeros = Question(
        f"{share} of the counts are 0. And with lemmas?",
        names,
        by_sign(-change, names),
        f"With lemmas {found.zeros:,} of {found.counts.size:,} counts are 0: {share_found}.",
        f"zeros {about}",
    )
    return columns, zeros


def learning_questions(run: WordsRun, step: int) -> tuple[Question, ...]:
    """Return the questions about a neuron at a step: a held-out sentence, the order of words.

    Where it says 0.5 of the sentence, its mood is not asked about.
    """
    row = int(run.split.test[step % len(run.split.test)])
    sentence = run.config.sentences[row]
    answer = decompose(run, step, sentence)
    kind = "vectors" if run.config.vectors else run.config.lemmatised
    about = f"{run.config.seed} {kind} {run.config.learning_rate} {step}"
    kept = (
        "A mean keeps no order, so the 50 numbers are the same"
        if run.config.vectors
        else "A bag keeps no order, so the counts are the same"
    )
    sums = ", ".join(f"{term.word} {signed(term.product)}" for term in answer.terms)
    mood = Question(
        f"A sentence held out: “{sentence}” What does the neuron say after {step:,} updates?",
        MOODS,
        MOODS[answer.mood],
        f"{sums or 'No word of it is known'}, bias {signed(answer.bias)}: the sum is "
        f"{digits(answer.z, 3)}, the probability of a good mood {probability(answer.probability)}."
        f"{words_left_out(answer)} It was written in a {MOODS[run.config.targets[row]]}.",
        f"mood {about}",
    )
    first, second = (decompose(run, step, text) for text in ORDER_PAIR)
    names = ("the first", "the second", "both the same")
    order = Question(
        f"“{ORDER_PAIR[0]}” or “{ORDER_PAIR[1]}” Which of them gets the higher probability of a "
        "good mood?",
        names,
        names[2],
        f"Both hold the same words equally often. {kept}, "
        f"and the sums: {digits(first.z, 3)} and {digits(second.z, 3)}.",
        f"order {about}",
    )
    return (order,) if answer.probability == 0.5 else (mood, order)


def trials_questions(made: WordsTrials) -> tuple[Question, ...]:
    """Return the questions about many splits.

    Raises ValueError if a trial has not been made.
    """
    if not made.complete:
        raise ValueError("made must hold every trial of the study before it is asked about.")
    if made.study.n_kinds == len(KINDS):
        return tuple(_amounts_question(made, size) for size in (FEW, -1))
    without, with_lemmas = (made.of_kind(kind).median for kind in (0, 1))
    names = ("lemmas", "words as they stand", f"less than {percent(_ALIKE)[0]} apart")
    questions = []
    for size in (2, len(SIZES) - 1):
        # Accuracies are fractions of small numbers: what is left behind them is rounding.
        gap = round(float(with_lemmas[size] - without[size]), 12)
        answer = names[2] if abs(gap) < _ALIKE else names[0] if gap > 0 else names[1]
        known, plain = percent(float(with_lemmas[size]), float(without[size]), decimals=1)
        apart = percent(abs(gap), _ALIKE, decimals=1)[0]
        why = " A form that was not learned from is a stranger; its lemma often is not."
        questions.append(
            Question(
                f"{SIZES[size]} sentences to learn from. With which are more of the held-out ones "
                f"answered right, by the median of {made.study.n_splits} splits?",
                names,
                answer,
                f"With lemmas {known}, without {plain}: {apart} apart.{why if gap > 0 else ''}",
                f"trials {size} {made.study.n_splits} {made.study.config.seed} "
                f"{made.study.config.learning_rate}",
            )
        )
    return tuple(questions)


def _amounts_question(made: WordsTrials, size: int) -> Question:
    """Return the question what is best with so many sentences to learn from."""
    medians = [round(float(made.of_kind(kind).median[size]), 12) for kind in range(len(KINDS))]
    best = [kind for kind, value in zip(KINDS, medians, strict=True) if value == max(medians)]
    names = (*KINDS, "several alike")
    listed = ", ".join(
        f"{kind} {value}" for kind, value in zip(KINDS, percent(*medians, decimals=1), strict=True)
    )
    return Question(
        f"{SIZES[size]} sentences to learn from. What should the neuron be given, so that most of "
        "the held-out ones are answered right?",
        names,
        best[0] if len(best) == 1 else names[-1],
        f"Medians: {listed}. A counted word must be learned by itself; a vector begins near those "
        "of its kin.",
        f"amounts {size} {made.study.n_splits} {made.study.config.seed} "
        f"{made.study.config.learning_rate}",
    )
