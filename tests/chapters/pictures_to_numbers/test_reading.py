"""A drawing taken apart square by square, the squares that turn it, and what is said of both."""

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers import words
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, place, shifted, with_ink
from nnviz.chapters.pictures_to_numbers.questions import MOVES, neuron_questions
from nnviz.chapters.pictures_to_numbers.reading import read_drawing, strongest, turns
from nnviz.chapters.pictures_to_numbers.two_digits import (
    NeuronConfig,
    PictureStudy,
    PictureTrials,
    examples,
    train_neuron,
)

RUN = train_neuron(NeuronConfig(20, 0))
END = RUN.parameters[-1]
DRAWINGS = (*examples(0, 3)[::9], *examples(0, 8)[::9], (16,) * 64, with_ink(EMPTY, 42, 1))


def test_the_sum_is_that_of_all_products_and_the_bias() -> None:
    for drawing in DRAWINGS:
        reading = read_drawing(END, drawing)
        assert reading.z == pytest.approx(float(END[:-1] @ np.array(drawing) + END[-1]))
        assert reading.prediction == pytest.approx(1 / (1 + np.exp(-reading.z)))
        assert reading.digit == (8 if reading.z > 0 else 3)
        assert reading.products[reading.largest] == max(reading.products)
        assert reading.products[reading.smallest] == min(reading.products)
    assert read_drawing(RUN.parameters[0], DRAWINGS[0]).digit is None


def test_the_squares_that_turn_the_answer_are_all_that_do() -> None:
    n_found = 0
    for drawing in DRAWINGS:
        reading = read_drawing(END, drawing)
        found = {turn.pixel: turn for turn in turns(reading)}
        n_found += len(found)
        changes = []
        for pixel in range(64):
            turned = [
                ink
                for ink in range(17)
                if read_drawing(END, with_ink(drawing, pixel, ink)).z * reading.z < 0
            ]
            assert bool(turned) == (pixel in found), place(pixel)
            if turned:
                least = min(abs(ink - drawing[pixel]) for ink in turned)
                changes.append(least)
                assert abs(found[pixel].ink - drawing[pixel]) == least
                after = read_drawing(END, with_ink(drawing, pixel, found[pixel].ink))
                assert after.z == pytest.approx(found[pixel].z)
        in_order = [abs(turn.ink - drawing[turn.pixel]) for turn in turns(reading)]
        assert in_order == sorted(changes)
        best = strongest(reading)
        away = [
            read_drawing(END, with_ink(drawing, k, ink)).z * (1 if reading.z > 0 else -1)
            for k in range(64)
            for ink in (0, 16)
        ]
        assert best.z * (1 if reading.z > 0 else -1) == pytest.approx(min(away))
    assert n_found > 5
    assert turns(read_drawing(RUN.parameters[0], DRAWINGS[0])) == ()


def test_sentences_say_what_was_computed() -> None:
    assert (
        "nothing is learned"
        in words.describe_step(RUN, 0, read_drawing(RUN.parameters[0], EMPTY)).lower()
    )
    assert "empty" in words.describe_reading(read_drawing(END, EMPTY))
    assert words.describe_turns(read_drawing(END, EMPTY)).startswith("Nothing is drawn, so")
    for drawing in DRAWINGS:
        reading = read_drawing(END, drawing)
        said = words.describe_step(RUN, 2000, reading)
        assert f"says {reading.digit}" in said
        assert place(reading.largest if reading.digit == 8 else reading.smallest) in said
        told = words.describe_turns(reading)
        for turn in turns(reading)[:3]:
            assert f"{place(turn.pixel)}, ink {drawing[turn.pixel]} → {turn.ink}" in told
        assert ("No single square" in told) == (not turns(reading))
        assert len(words.notes(reading, 7)) == 64
        assert words.notes(reading, None)[42].startswith(f"ink {drawing[42]} × weight 0.17")
    reading = read_drawing(END, DRAWINGS[0])
    silent = [k for k in range(64) if not words.compared(reading, k)]
    assert silent == [reading.smallest]
    made = PictureTrials.of(PictureStudy(0), {})
    assert words.describe_trials(made) == "0 of 240 trainings are made."


def test_questions_are_judged_by_the_core_and_asked_where_there_is_an_answer() -> None:
    asked = set()
    for drawing in DRAWINGS:
        reading = read_drawing(END, drawing)
        for question in neuron_questions(RUN, 2000, reading):
            kind = question.about.partition(" ")[0]
            asked.add((kind, question.answer if kind != "most" else ""))
            if kind == "moved":
                (name,) = (name for name in MOVES if f"further {name}" in question.prompt)
                after = read_drawing(END, shifted(drawing, *MOVES[name]))
                assert question.answer == str(after.digit)
            elif kind == "most":
                k = reading.largest if reading.digit == 8 else reading.smallest
                assert question.answer == place(k)
            else:
                assert question.answer == ("yes" if turns(reading) else "no")
    assert {("moved", "3"), ("moved", "8"), ("most", ""), ("turned", "yes"), ("turned", "no")} <= (
        asked
    )
    assert neuron_questions(RUN, 0, read_drawing(RUN.parameters[0], DRAWINGS[0])) == ()
    assert neuron_questions(RUN, 2000, read_drawing(END, EMPTY)) == ()
