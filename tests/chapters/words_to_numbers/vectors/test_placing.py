"""Words placed by hand, and on directions made of two words; what is said, asked and drawn."""

import math

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.figures.directions import (
    directions_picture,
    taken_over_picture,
)
from nnviz.chapters.words_to_numbers.figures.neighbours import neighbours_picture
from nnviz.chapters.words_to_numbers.figures.placing import placing_picture
from nnviz.chapters.words_to_numbers.vectors.directions import Direction, direction
from nnviz.chapters.words_to_numbers.vectors.neighbours import cosine, neighbours, word_sum
from nnviz.chapters.words_to_numbers.vectors.placing import (
    ANIMALS,
    LEFT,
    PARKED,
    closest,
    nearest,
    placed,
    points,
    said,
)
from nnviz.chapters.words_to_numbers.vectors.questions import (
    directions_questions,
    placing_questions,
    taken_over_questions,
)
from nnviz.chapters.words_to_numbers.vectors.words import (
    describe_directions,
    describe_placing,
    describe_taken_over,
    signed,
)

# mouse (1, 1), snake waits, rabbit (4, 5): 3, 4, 5. Cow (4, 6): 1. Lion, elephant far away.
NUMBERS = (1, 1, *PARKED[2:4], 4, 5, 4, 6, 9, 9, 10, 2)


def test_distances_by_hand():
    where = placed(NUMBERS)
    assert list(where) == [word for word in ANIMALS if word != "snake"]
    assert points(NUMBERS)["snake"] == PARKED[2:4]
    assert nearest("mouse", where) == ("rabbit", 5.0)
    assert nearest("rabbit", where) == ("cow", 1.0)
    assert closest(where) == ("rabbit", "cow", 1.0)
    assert nearest("cow", {"cow": (1, 1)}) is None
    assert closest({}) is None
    assert set(LEFT) < set(ANIMALS)
    assert not placed(PARKED)
    told = describe_placing(NUMBERS)
    assert "5 of 6 words are two numbers now" in told
    assert "Closest are rabbit and cow, 1 apart" in told
    assert describe_placing((*NUMBERS[:2], *PARKED[2:])).startswith("1 of 6 words is")
    assert "wait below" in describe_placing(PARKED)


def test_the_question_about_a_placed_word_has_one_answer():
    (question,) = placing_questions(NUMBERS)
    assert question.prompt == "Which word is nearest to elephant?"
    far = {w: math.dist((10, 2), at) for w, at in placed(NUMBERS).items() if w != "elephant"}
    assert question.answer == min(far, key=far.get)
    assert not placing_questions(PARKED)
    assert not placing_questions((3, 3) * 6)  # all at one place: nothing is nearest


def test_the_pictures_hold_what_is_placed_and_keep_secrets():
    lines = [t for t in placing_picture(NUMBERS).figure.data if t.mode == "lines"]
    # mouse to rabbit, rabbit to cow (both ways the same), lion to cow, elephant to cow or lion
    assert len(lines) == 4
    fixed = placing_picture(NUMBERS, near=False, fixed=["mouse"]).figure.data
    assert [t.text for t in fixed if t.text] == [("<b>mouse (1, 1)</b>",)]
    notes = [
        [a.text for a in placing_picture(n).figure.layout.annotations] for n in (NUMBERS, PARKED)
    ]
    assert notes == [["not placed yet", "dotted: to the nearest word"], ["not placed yet", ""]]
    # Neighbours wait at two heights, so that their names do not meet on a phone.
    assert all(PARKED[i] != PARKED[i + 2] for i in range(1, len(PARKED) - 2, 2))
    assert said("snake", PARKED[2:4]) == "snake"
    assert not [t for t in fixed if t.mode == "lines"]
    words, axes = ("king", "queen", "awful"), (Direction("man", "woman"), Direction("bad", "good"))
    *_, shown = directions_picture(words, *axes).figure.data
    np.testing.assert_allclose(shown.x, axes[0].of(words))
    assert shown.text == words
    assert len(directions_picture(words, *axes, secret=True).figure.data) == 1
    assert len(directions_picture((), *axes).figure.data) == 1
    at = Direction("he", "she").of(words)
    bars = taken_over_picture(words, at).figure
    assert bars.layout.yaxis.ticktext[0] == "queen"
    assert list(bars.data[1].x) == sorted(at, reverse=True)
    assert not len(taken_over_picture(words, at, secret=True).figure.data[1].x)
    taken_over_picture((), np.zeros(0)).figure  # noqa: B018 - Plotly checks it
    found = neighbours(word_sum("good"), left_out=True, against="bad")
    bars, stripes = neighbours_picture(found).figure.data
    assert list(bars.x) == [1.0, *(value for _, value in found.nearest), found.compared[1]]
    assert stripes.z.shape == (12, 50)
    # A cosine below 0 has its bar and its number too.
    below = neighbours(word_sum("king - man - woman"), left_out=True, against="queen")
    figure = neighbours_picture(below).figure
    assert figure.layout.xaxis.range[0] < figure.data[0].x[-1] < -0.2
    assert figure.data[0].textposition[-1] == "outside"
    assert neighbours_picture(found, secret=True).figure.data[1].z.shape == (1, 50)


def test_a_direction_is_a_difference_of_cosines():
    axis = direction("bad, good")
    assert axis == Direction("bad", "good")
    for word in ("wonderful", "awful", "good"):
        wanted = cosine(word, "good") - cosine(word, "bad")
        assert axis.of([word])[0] == pytest.approx(wanted, abs=1e-12)
    assert axis.of(["wonderful"])[0] > 0 > axis.of(["awful"])[0]
    refused = {
        "": "there is none", "good": "this is one word", "good good": "this is one word",
        "a b c": "has no vector|have no vector", "bad good better": "these are 3 words",
        "good badd": "Did you mean", "貓 😀": "has no vector",
    }  # fmt: skip
    for text, why in refused.items():
        with pytest.raises(ValueError, match=why):
            direction(text)


def test_what_is_said_and_asked_of_directions():
    words, across, up = ("king", "queen"), Direction("man", "woman"), Direction("bad", "good")
    told = describe_directions(words, across, up)
    assert told.startswith("Furthest to woman: queen (+")
    assert "Furthest to man: king (−" in told
    assert "no word" in describe_directions((), across, up)
    (x,), (y,) = across.of(["king"]), up.of(["king"])
    assert describe_directions(("king",), across, up) == (
        f"One word cannot be further than others: king is {signed(x)} (man to woman), "
        f"{signed(y)} (bad to good)."
    )
    (question,) = directions_questions(words, across)
    assert question.answer == "queen"
    assert not directions_questions(("king",), across)
    jobs = ("nurse", "engineer")
    at = Direction("he", "she").of(jobs)
    told = describe_taken_over(jobs, at)
    assert "nurse stood nearest to she" in told
    assert "no fact about anybody" in told
    (question,) = taken_over_questions(at)
    assert question.answer == "no, at different places"
    assert not taken_over_questions(at[:1])
    told = describe_taken_over(jobs[:1], at[:1])
    assert told.startswith(f"The one word here, nurse, is at {signed(at[0])}:")
    assert "nearest" not in told
    assert "no occupation" in describe_taken_over((), np.zeros(0))
