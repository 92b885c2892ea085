"""Settings in a link: there and back, and whatever else may stand there."""

import re
from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.link_text import differences, read_choices, write_choices
from nnviz.chapters.deeper_networks.settings import KNOWN_INPUTS, Settings
from tests.any_settings import CHOICES, any_choices, any_settings
from tests.effort import at_most

BASE = Settings()


@given(any_settings(), any_settings())
@example(BASE, BASE)
@example(BASE, Settings(hidden=(), rate=1e-300, noise=-0.0, inputs=("x1*x2", "sin x1")))
@example(BASE, Settings(rate=0.1 + 0.2, l1=5e-324, test=0.1, batch=1))
def test_settings_come_back_as_they_were(before, after):
    text = write_choices(differences(before, after))
    assert before.with_choices(read_choices(text, before)) == after
    assert set(read_choices(text, before)) == {
        each.name
        for each in fields(Settings)
        if getattr(before, each.name) != getattr(after, each.name)
    }


@given(any_choices())
def test_choices_come_back_bit_for_bit(choices):
    """Their kinds, their order and every digit too."""
    found = read_choices(write_choices(choices), BASE)
    assert list(found.items()) == list(choices.items())
    assert repr(found) == repr(choices)


def test_the_words_of_a_link():
    after = Settings(
        data="spiral", rows=400, hidden=((8, "tanh"), (8, "relu")), rate=0.03, standardise=False,
        inputs=("x1", "sin x2"), noise=1.0,
    )  # fmt: skip
    assert write_choices(differences(BASE, after)) == (
        "data:spiral;rows:400;noise:1;inputs:x1,sin x2;standardise:off;"
        "hidden:8 tanh,8 relu;rate:0.03"
    )
    assert write_choices({"hidden": ()}) == "hidden:none"
    assert read_choices("hidden:", BASE) == read_choices("hidden:none", BASE) == {"hidden": ()}
    assert write_choices({}) == ""
    assert read_choices("", BASE) == {}
    assert differences(after, after) == {}


def test_every_choice_has_its_place_in_a_link():
    assert {each.name for each in fields(Settings)} == set(CHOICES)


def test_the_longest_link_is_short_enough():
    longest = Settings(
        data="multi-gauss", rows=5_000, noise=0.1 + 0.2, classes=5, draw=2**32 - 1, test=0.1 + 0.2,
        seed=2**32 - 1, inputs=KNOWN_INPUTS, standardise=False, hidden=((8, "leaky_relu"),) * 6,
        loss="binary_cross_entropy", output="sigmoid", init="uniform", optimizer="nesterov",
        rate=1.2345678901234567e-100, batch=50_000, l1=1e-300 / 3, l2=1e-300 / 7, dropout=0.1 + 0.2,
        schedule="constant", period=100_000, patience=100_000,
    )  # fmt: skip
    assert len(write_choices(differences(BASE, longest))) < 750


TAMPERED = [
    # The whole of it.
    (";", "“” is no choice"),
    ("rate", "“rate” is no choice"),
    ("rate=0.1", "“rate=0.1” is no choice"),
    ("rate:0.1;", "“” is no choice"),
    ("Rate:0.1", "“Rate” is no choice"),
    (" rate:0.1", "“ rate” is no choice"),
    ("learning_rate:0.1", "is no choice"),
    ("__class__:x", "“__class__” is no choice"),
    ("rate:0.1;rate:0.1", "rate is said twice"),
    ("<img src=x>:1", "“<img src=x>” is no choice"),
    ("x" * 500 + ":1", "“xxxxxxxxxxxxxxxxxxxx…” is no choice"),
    ("rate:0.1;\x00:1", "is no choice"),
    # Numbers.
    ("rate:", "rate cannot be “”: it must be a number"),
    ("rate:fast", "rate cannot be “fast”: it must be a number"),
    ("rate:nan", "rate cannot be “nan”: it must be a number"),
    ("rate:inf", "it must be a number"),
    ("rate:1e400", "finite number"),
    ("rate:1e999", "finite number"),
    ("rate:-0.1", "between 0 and 100"),
    ("rate:100.1", "between 0 and 100"),
    ("rate:1_0", "it must be a number"),
    ("rate:0x1", "it must be a number"),
    ("rate:1,5", "it must be a number"),
    ("rate:\u0661", "it must be a number"),  # an Arabic one
    ("rate:\uff11", "it must be a number"),  # a wide one
    ("rate:0.1:0.2", "it must be a number"),
    ("rate:0." + "1" * 200, "rate is said in more than 200 letters"),
    ("noise:1.01", "noise must be between 0 and 1"),
    ("test:0.91", "test must be between 0 and 0.9"),
    ("l1:-1e-300", "l1 must be between 0 and 10"),
    ("l2:11", "l2 must be between 0 and 10"),
    ("dropout:1", "dropout must be between 0 and 0.9"),
    # Whole numbers.
    ("rows:", "it must be a whole number"),
    ("rows:100.5", "it must be a whole number"),
    ("rows:-100", "rows must be between 10 and 5,000"),
    ("rows:1_000", "it must be a whole number"),
    ("rows:\u0661\u0660\u0660", "it must be a whole number"),
    ("rows:\u00b2", "it must be a whole number"),
    ("rows:" + "9" * 199, "it must be a whole number"),
    ("rows:" + "9" * 5_000, "rows is said in more than 200 letters"),
    ("rows:9", "rows must be between 10 and 5,000"),
    ("rows:5001", "rows must be between 10 and 5,000"),
    ("seed:4294967296", "seed must be between"),
    ("draw:99999999999", "draw must be between"),
    ("classes:6", "classes must be between 2 and 5"),
    ("batch:0", "batch_size must be between 1"),
    ("period:0", "schedule_epochs must be between 1"),
    ("patience:100001", "patience must be between 0"),
    # Names.
    ("data:", "data must be one of"),
    ("data:CIRCLE", "data must be one of"),
    ("data:../../etc/passwd", "data must be one of"),
    ("loss:hinge", "loss must be one of"),
    ("output:relu", "output must be one of"),
    ("init:ones", "initialisation must be one of"),
    ("optimizer:Adam", "optimizer must be one of"),
    ("schedule:warm", "schedule must be one of"),
    ("standardise:yes", "it must be on or off"),
    ("standardise:True", "it must be on or off"),
    ("standardise:", "it must be on or off"),
    # Inputs and layers.
    ("inputs:", "an input must be one of"),
    ("inputs:x1,", "an input must be one of"),
    ("inputs:x1,x1", "each once"),
    ("inputs:x0", "an input must be one of"),
    ("inputs:x65", "an input must be one of"),
    ("inputs:x1^3", "an input must be one of"),
    ("inputs:<script>", "an input must be one of"),
    ("hidden:4", "activation of a hidden layer must be one of"),
    ("hidden:tanh", "it must be a whole number"),
    ("hidden:4 tanh,", "it must be a whole number"),
    ("hidden:0 tanh", "between 1 and 8"),
    ("hidden:9 tanh", "between 1 and 8"),
    ("hidden:4 softmax", "activation of a hidden layer must be one of"),
    ("hidden:4  tanh", "activation of a hidden layer must be one of"),
    ("hidden:4 tanh 4 tanh", "activation of a hidden layer must be one of"),
    ("hidden:" + ",".join(["1 tanh"] * 7), "at most 6 layers"),
    ("hidden:None", "it must be a whole number"),
]


def test_what_cannot_be_used_is_told():
    for text, words in TAMPERED:
        with pytest.raises(ValueError, match=re.escape(words)) as caught:
            read_choices(text, BASE)
        sentence = str(caught.value)
        # The middle of a sentence, whose end is written by whoever asks.
        assert not sentence.endswith(".")
        assert len(sentence) < 400
        assert "\n" not in sentence
        # And it is as wrong behind something that is right.
        before = "period:77;" if "period" not in text else "batch:77;"
        with pytest.raises(ValueError, match=re.escape(words)):
            read_choices(before + text, BASE)


def read_or_refuse(text):
    """Return the choices, or the words of the ValueError; any other exception is a failure."""
    try:
        return read_choices(text, BASE)
    except ValueError as reason:
        return str(reason)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    found = read_or_refuse(text)
    if not isinstance(found, str):
        BASE.with_choices(found).plan()


@given(any_choices(), st.integers(0, 400), st.text(max_size=3))
def test_any_damage_to_a_link_is_read_or_refused(choices, at, put):
    text = write_choices(choices)
    at %= len(text) + 1
    for damaged in (text[:at] + put + text[at:], text[:at] + text[at + 1 :], text[:at] + put):
        found = read_or_refuse(damaged)
        if isinstance(found, str):
            assert not found.endswith(".")
            assert len(found) > 10


HUGE = 1_000_000


def test_huge_texts_are_refused_at_once():
    for text in [
        ";" * HUGE,
        ":" * HUGE,
        "rate:0.1;" * (HUGE // 9),
        "rows:" + "1" * HUGE,
        "rate:" + "1" * HUGE,
        "rate:0." + "0" * HUGE + "1",
        "inputs:" + "x1," * (HUGE // 3),
        "inputs:" + ",".join(f"x{k}" for k in range(HUGE // 7)),
        "hidden:" + "1 tanh," * (HUGE // 7),
        "hidden:" + ",".join(["1 tanh"] * (HUGE // 7)),
        "data:" + "circle" * (HUGE // 6),
        "x" * HUGE,
    ]:
        refused = pytest.raises(ValueError, match=r"more than 200 letters|no choice|twice")
        with at_most(0.5), refused as caught:  # measured: 0.02 s at the most
            read_choices(text, BASE)
        assert len(str(caught.value)) < 600
