"""Lemmas: those of twenty sentences as a person writes them down, and any text."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.lemmas import lemma, lemmas
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.tokens import tokens
from tests.effort import at_most

# Written down by hand, with a dictionary beside it.
BY_HAND = {
    "She watches while he watched and they were watching the watch.": "she watch while he watch "
    "and they be watch the watch",
    "She loves the songs we sing.": "she love the song we sing",
    "We loved every day of our holiday.": "we love every day of our holiday",
    "The children laughed and laughed.": "the child laugh and laugh",
    "My brother laughs at all of my jokes.": "my brother laugh at all of my joke",
    "They were smiling on the way home.": "they be smile on the way home",
    "My mother enjoys watching the birds.": "my mother enjoy watch the bird",
    "Good friends came to visit us.": "good friend come to visit we",
    "The cake tasted wonderful.": "the cake taste wonderful",
    "She is dancing in the kitchen.": "she be dance in the kitchen",
    "The happiest days are the ones with friends.": "the happy day be the one with friend",
    "That was the best meal of the week.": "that be the good meal of the week",
    "I hate waiting in the rain.": "i hate wait in the rain",
    "We waited for hours and nobody came.": "we wait for hour and nobody come",
    "My sister cries when they shout.": "my sister cry when they shout",
    "He lost his keys and his money.": "he lose his key and his money",
    "Our team loses every game.": "our team lose every game",
    "My computer breaks every week.": "my computer break every week",
    "We complained, but nobody helped us.": "we complain but nobody help we",
    "She is missing her family and feels sad.": "she be miss her family and feel sad",
}


@pytest.mark.parametrize("sentence", BY_HAND)
def test_the_lemmas_of_a_sentence_are_counted_as_by_hand(sentence):
    expected = Counter(BY_HAND[sentence].split())
    counted = bag([sentence], lemmatised=True)
    assert dict(zip(counted.words, counted.counts[0], strict=True)) == expected


# Lemmas and their forms, written down by hand; of words with two readings, the verb's.
MANY = """
feel felt feels feeling, win won wins winning, break broke broken breaks breaking, go went gone
goes going, good better best, bad worse worst, thief thieves, child children, man men, woman
women, foot feet, tooth teeth, mouse mice, goose geese, knife knives, life, leaf, wife wives,
wolf wolves, half halves, shelf shelves, loaf loaves, calf calves, ox oxen, person, people,
crisis crises, analysis analyses, phenomenon phenomena, criterion criteria, be am is are was
were been being, have has had having, do does did done doing, say said says, take took taken
takes taking, give gave given giving, see saw seen seeing, come came coming, know knew known,
think thought thinking, get got gotten getting, make made making, tell told, find found, keep
kept, leave left leaving, lose lost losing, meet met, send sent, spend spent, sit sat sitting,
stand stood, bring brought, buy bought, catch caught, teach taught, fight fought, sell sold,
hold held, write wrote written writing, speak spoke spoken, steal stole stolen, choose chose
chosen, eat ate eaten, fall fell fallen, fly flew flown flies, forget forgot forgotten, grow
grew grown growing, hide hid hidden, drive drove driven, ride rode ridden, rise rose risen, sing
sang sung singing, sink sank sunk, swim swam swum, drink drank drunk, begin began begun, run ran
running, sleep slept, weep wept, build built, lend lent, bend bent, lead led, read, feed fed,
bite bit bitten, freeze froze frozen, wear wore worn, tear tore torn, wake woke woken, shake
shook shaken, throw threw thrown, blow blew blown, draw drew drawn, dig dug, hang hung, pay
paid, lie lying, die dying died, cry cried cries crying, happy happier happiest, sad sadder
saddest, far farther further, little less least, much more most, funny funnier, watch watches
watched watching, box boxes, city cities, stop stopped stopping, love loved loving loves, hope
hoped hoping, hop hopped hopping, we us, they them, i me, he him, she, her, my, our, this these,
that those, nothing, morning, news, glass glasses, dress, bus buses, his, its, always, class
classes, series, wedding, evening, ceiling, building, mean meaning, thank thanked, play playing,
fix fixed
"""


def test_more_than_300_words_written_down_by_hand():
    asked = [(form, base) for base, *forms in map(str.split, MANY.split(","))
             for form in (base, *forms)]  # fmt: skip
    assert len(asked) > 300
    assert [(form, lemma(form)) for form, base in asked if lemma(form) != base] == []


def test_twenty_sentences_and_the_forms_of_one_verb():
    assert len(BY_HAND) == 20
    assert lemmas(("watch", "watches", "watching", "watched")) == ("watch",) * 4


@pytest.mark.parametrize(
    ("word", "found"), [("saw", "see"), ("rose", "rise"), ("don't", "do"), ("i", "i")]
)
def test_what_a_dictionary_cannot_know_is_known(word, found):
    # Notes of the page speak of these; a newer dictionary may change them, and then the notes.
    assert lemma(word) == found


@given(st.text(max_size=200))
def test_any_text_has_lemmas(text):
    for word in tokens(text):
        found = lemma(word)
        assert isinstance(found, str)
        assert found
        assert found == found.lower()


def test_an_unknown_word_is_its_own_lemma():
    assert lemmas(("zxqv", "我喜歡", "привет", "3")) == ("zxqv", "我喜歡", "привет", "3")
    assert lemma("") == ""
    with pytest.raises(TypeError, match="word must be a text, not 3"):
        lemma(3)


def test_who_does_not_ask_for_lemmas_does_not_open_the_dictionary():
    program = (
        "import sys, nnviz.chapters.words_to_numbers.learning as w\n"
        "w.learn_words(w.WordsConfig(lemmatised=False, updates=1))\n"
        "assert 'simplemma' not in sys.modules\n"
        "w.learn_words(w.WordsConfig(lemmatised=True, updates=1))\n"
        "assert 'simplemma' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_once_it_is_open_the_whole_set_takes_no_time():
    words = [word for sentence in SENTENCES for word in tokens(sentence)]
    lemmas(words)
    with at_most(0.05):
        lemmas(words)
