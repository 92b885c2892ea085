"""The sentence and the formulas of each of the four steps."""

import re

import numpy as np
import pytest

from nnviz.chapters.home.four_steps import STEPS, walk, walked
from nnviz.chapters.home.questions import four_steps_questions
from nnviz.chapters.home.words_four_steps import TITLES, explain
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn.network import Layer, Network
from tests.computed import PRINTED, computations


def said(n_steps, **options):
    row, target = tutorial.SECOND_ROW, tutorial.SECOND_TARGET
    return explain(walk(first_neuron(), row, target, n_steps, **options), "plain").sentence


def test_every_step_has_a_title():
    assert tuple(TITLES) == STEPS


@pytest.mark.parametrize(
    ("n_steps", "sentence"),
    [
        (
            0,
            "The data is one row, a plant that gets 2 hours of sun and 1.5 glasses of water. Its "
            "target, the right answer, is 0: it withers. The weights and the bias are a first "
            "guess. Take one step.",
        ),
        (1, "Round 1. The network takes the two numbers of the row: 2 and 1.5."),
        (
            2,
            "Each number is multiplied by its weight: 2 times 1.45, plus 1.5 times −0.66, plus "
            "the bias 0, makes 1.91. The sigmoid squeezes this between 0 and 1: the prediction "
            "is 0.871.",
        ),
        (
            3,
            "The prediction is 0.87102 and the target is 0. "
            "The error is their difference times itself: 0.7587.",
        ),
        (
            4,
            "Each parameter takes a step that should make the error smaller: weight 1 goes "
            "from 1.45 to 1.059, weight 2 goes from −0.66 to −0.9536, the bias goes from 0 to "
            "−0.1957. Go round again to see whether it does.",
        ),
        (
            5,
            "Round 2. The same two numbers go in, 2 and 1.5. "
            "This time they meet the adjusted weights.",
        ),
        (
            7,
            "The prediction is 0.6204 and the target is 0. The error is their difference times "
            "itself: 0.3849, down from 0.7587 in round 1.",
        ),
    ],
)
def test_the_sentence_of_each_step(n_steps, sentence):
    assert said(n_steps) == sentence


def test_the_last_round_says_that_it_is_the_last():
    assert said(399).count("last") == 0
    assert said(400).endswith("This was round 100, the last one here: go back, or start again.")


def test_an_error_that_stays_is_not_called_lower():
    assert said(7, learning_rate=0).endswith("itself: 0.7587, the same as in round 1.")


def test_an_error_that_rises_is_called_higher():
    # So large a step jumps over the target 0.5 to a prediction of 0.
    steep = Network((Layer(np.array([[3.0], [3.0]]), np.zeros(1), "sigmoid"),))
    moment = walk(steep, [1, 1], 0.5, 7, learning_rate=1e4)
    assert moment.errors[1] > moment.errors[0]
    assert explain(moment).sentence.endswith("itself: 0.25, up from 0.2475 in round 1.")


def lines(n_steps):
    moment = walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, n_steps)
    return [line for _, formulas in explain(moment).working for line in formulas]


def sides(line):
    """Work out each side of a formula in which only numbers are left."""
    line = line.replace(r"\cdot", "*").replace(r"2\,", "2*").replace("^2", "**2")
    line = re.sub(r"\\frac\{1\}\{1 \+ e\^\{(.*?)\}\}", r"1/(1+2.718281828459045**(\1))", line)
    return [eval(side) for side in line.split("=")[1:]]


@pytest.mark.parametrize("n_steps", [2, 3, 4, 6, 7, 8, 30, 31, 32, 398, 399, 400])
def test_both_sides_of_every_formula_are_equal(n_steps):
    worked = [line for line in lines(n_steps) if not re.search(r"=.*\\text", line)]
    assert worked
    for line in worked:
        *before, result = sides(line)
        assert before == pytest.approx([result] * len(before), rel=2e-3, abs=1e-3)


def test_the_results_are_those_of_the_tutorials_row():
    assert lines(2)[1].endswith("= 1.91")
    assert lines(2)[3].endswith("= 0.871")
    assert lines(3)[1].endswith("= 0.7587")
    assert lines(4)[1].endswith("= 0.1957")
    assert [line.rpartition(" = ")[2] for line in lines(4)[2:]] == ["1.059", "-0.9536", "-0.1957"]


def test_the_first_formulas_have_names_and_the_input_its_numbers():
    assert all(r"\text{layer\_1}" in line for line in lines(0))
    assert lines(1) == [r"\text{input\_vector[0]} = 2", r"\text{input\_vector[1]} = 1.5"]
    plain = explain(walk(first_neuron(), (2, 1.5), 0, 0), "plain").working[0][1]
    assert plain[0] == (
        r"\text{weighted sum} = \text{weight 1} \cdot \text{hours of sun} + "
        r"\text{weight 2} \cdot \text{glasses of water} + \text{bias}"
    )


def test_what_is_printed_computes_to_what_is_printed():
    texts, told = [], []
    for moment in walked(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, 400):
        sentence, working = explain(moment)
        texts += [line for _, formulas in working for line in formulas]
        said = sentence.replace(" times ", " * ").replace(", plus the bias ", " + ")
        if found := re.findall(r": (.*), makes (.*?)\. The sig.* prediction is (.*?)\.$", said):
            terms, z, p = found[0]
            terms = re.sub(rf"\* ({PRINTED})", r"* (\1)", terms.replace(", plus ", " + "))
            texts += [f"{terms} = {z}", f"1 / (1 + exp(-({z}))) = {p}"]
        miss = rf"is ({PRINTED}) and the target is 0\. .* itself: ({PRINTED})"
        texts += [f"({p} - 0)² = {error}" for p, error in re.findall(miss, sentence)]
        (reason,) = (q.reason for q in four_steps_questions(moment) if "parts" in q.reason)
        left, whole, part = re.findall(PRINTED, reason)[:3]
        told.append(f"100 * {left} / {whole} = {part}")
    n, wrong = computations(texts)
    assert (wrong, n) == ([], 1300)
    assert computations(told, 3) == (401, [])
