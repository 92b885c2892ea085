"""Counted words or their vectors, and what is learned, as scripts that need NumPy alone."""

from collections.abc import Sequence

from nnviz.chapters.words_to_numbers import tokens as words
from nnviz.chapters.words_to_numbers.learning import TEST_FRACTION, WordsConfig, WordsRun
from nnviz.chapters.words_to_numbers.lemmas import lemma
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.trials import SIZES, WordsStudy
from nnviz.chapters.words_to_numbers.vectors.script import reading_code
from nnviz.nn.checks import integer
from nnviz.text.script import Part, array, lines, literal, notebook, snippet, sources
from nnviz.training.export.pieces import SHUFFLED, stream_code


def counting_snippet(sentences: Sequence[str], lemmatised: bool) -> str:
    """Return a script that counts the words of sentences and prints how many counts are 0."""
    return snippet(
        _taking_apart(sentences, lemmatised)
        + f"\nsentences = {lines(sentences)}\n"
        + """taken_apart = [words_of(sentence) for sentence in sentences]
columns = sorted({word for words in taken_apart for word in words})
counts = np.array([[words.count(word) for word in columns] for words in taken_apart])
print(columns)
print(counts)
print((counts == 0).sum(), "of", counts.size, "counts are 0")
"""
    )


def learning_snippet(run: WordsRun, step: int, sentence: str) -> str:
    """Return a script that trains up to a step and prints what is answered to a sentence."""
    return _joined(_learning_parts(run, step, sentence))


def learning_notebook(run: WordsRun, step: int, sentence: str) -> str:
    """Return the same as a notebook."""
    title = f"Trains one neuron to tell moods, with {step:,} updates"
    return notebook(title, _learning_parts(run, step, sentence))


def _learning_parts(run: WordsRun, step: int, sentence: str) -> tuple[Part, ...]:
    step, config = integer(step, "step", 0, run.last_step), run.config
    weighed = _WEIGHED_VECTORS if config.vectors else _WEIGHED
    asked = f"""

train, test = split({config.seed}, {config.n_train})
sentence = {literal(sentence)}
{weighed.replace("SEED", str(config.seed)).replace("STEP", str(step))}\
print("bias", bias)
print("sum", z)
print("probability of a good mood", 1 / (1 + np.exp(-z)))
"""
    parts = _training_parts([*config.sentences, sentence], config)
    return *parts, Part("What is said to a sentence, word by word.", asked)


_WEIGHED = """columns, weights, bias = learn(SEED, train, updates=STEP)
z = bias
for word in dict.fromkeys(words_of(sentence)):
    if word in columns:
        count, weight = words_of(sentence).count(word), weights[columns.index(word)]
        print(word, count, "*", weight, "=", count * weight)
        z += count * weight
    else:
        print(word, "is not known")
"""

_WEIGHED_VECTORS = """weights, bias = learn(SEED, train, updates=STEP)
words = words_of(sentence)
learned_from = {word for i in train for word in words_of(sentences[i])}
z = bias
for word in dict.fromkeys(words):
    count, weight = words.count(word), vector(word) @ weights
    new = "" if word in learned_from else "(in no sentence that was learned from)"
    print(word, new, count, "*", weight, "/", len(words), "=", count * weight / len(words))
    z += count * weight / len(words)
"""


def trials_snippet(study: WordsStudy, kind: int, size: int = -1) -> str:
    """Return a script that prints the accuracies of all splits with so many sentences.

    `kind` is an index in `trials.KINDS`, `size` one in `trials.SIZES`.
    """
    config = study.config_of((0, size, kind))
    columns, inputs = ("", "mean(i)") if config.vectors else ("columns, ", "count(i, columns)")
    measuring = f"""

accuracies = []
for seed in range({config.seed}, {config.seed + study.n_splits}):
    train, test = split(seed, {SIZES[size]})
    {columns}weights, bias = learn(seed, train, updates={config.updates})
    answers = np.array([{inputs} @ weights + bias >= 0 for i in test])
    right = answers == (targets[test] == 1)
    accuracies.append(right.mean())
    print(f"seed {{seed}}: {{right.sum()}} of {{len(test)}} answered right")
print("lower quartile, median, upper quartile:", np.quantile(accuracies, [0.25, 0.5, 0.75]))
"""
    return _joined((*_training_parts(config.sentences, config), Part("", measuring)))


def _taking_apart(sentences: Sequence[str], lemmatised: bool, *, vectors: bool = False) -> str:
    """Return the beginning of a script: how a text becomes words."""
    functions = (words.tokens, words._as_typed, words._is_inside, words._joins)
    script = (
        f"{'import base64' + chr(10) if vectors else ''}import unicodedata\n\n"
        f"import numpy as np\n\nMOST_CHARACTERS = {words.MOST_CHARACTERS}\n"
        f"_INNER = {words._INNER!r}\n\n\n" + sources(*functions)
    )
    if vectors:
        return f"{script}\n\n{reading_code(sentences)}"
    if not lemmatised:
        return script + "\n\nwords_of = tokens\n"
    forms = sorted({word for sentence in sentences for word in tokens(sentence)})
    found = {form: lemma(form) for form in forms if lemma(form) != form}
    return (
        script + "\n\n# Looked up in a dictionary; every other word here is its own lemma.\n"
        f"LEMMAS = {literal(found)}\n\n\n"
        "def words_of(text):\n    return tuple(LEMMAS.get(word, word) for word in tokens(text))\n\n"
    )


def _joined(parts: Sequence[Part]) -> str:
    return snippet("".join(part.code for part in parts))


def _training_parts(sentences: Sequence[str], config: WordsConfig) -> tuple[Part, ...]:
    """Return how sentences become words, are split, and are learned from."""
    apart = _taking_apart(sentences, config.lemmatised, vectors=config.vectors)
    split = f"""
sentences = {lines(config.sentences)}
targets = {array(config.targets)}


def split(seed, n_train=None):
    rng = {stream_code("sentences held out")}
    train, test = [], []
    for target in (0, 1):
        own = rng.permutation(np.flatnonzero(targets == target))
        held_out = max(1, round(len(own) * {TEST_FRACTION}))
        test.extend(own[:held_out])
        train.extend(own[held_out : None if n_train is None else held_out + n_train // 2])
    return train, test


"""
    learn = (_LEARN_VECTORS if config.vectors else _LEARN).replace(
        "RATE", repr(float(config.learning_rate))
    )
    return (
        Part("How a text becomes words.", apart),
        Part("The sentences, and which of them are held out.", split),
        Part("One update after the other, each from one sentence.", f"{SHUFFLED}\n\n{learn}"),
    )


_UPDATES = """\
    for update in range(updates):
        epoch, place = divmod(update, len(train))
        if place == 0:
            order = shuffled(len(train), seed, epoch)
        row = order[place]
        probability = 1 / (1 + np.exp(-(inputs[row] @ weights + bias)))
        error = probability - targets[train[row]]
        weights -= RATE * error * inputs[row]
        bias -= RATE * error
"""

_LEARN = f"""\
def count(i, columns):
    words = words_of(sentences[i])
    return np.array([words.count(word) for word in columns], dtype=float)


def learn(seed, train, updates):
    columns = sorted({{word for i in train for word in words_of(sentences[i])}})
    counts = [count(i, columns) for i in train]
    weights, bias = np.zeros(len(columns)), 0.0
{_UPDATES.replace("inputs", "counts")}\
    return columns, weights, bias
"""

_LEARN_VECTORS = f"""\
def mean(i):
    words = words_of(sentences[i])
    return sum((vector(word) for word in words), np.zeros(50)) / max(len(words), 1)


def learn(seed, train, updates):
    inputs = [mean(i) for i in train]
    weights, bias = np.zeros(50), 0.0
{_UPDATES}\
    return weights, bias
"""
