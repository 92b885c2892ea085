"""The sentences of the error curve."""

import re

import numpy as np
import pytest

from nnviz.chapters.error_curve import working
from nnviz.chapters.error_curve.address import RATES
from nnviz.chapters.error_curve.paths import PATHS, scene
from nnviz.chapters.error_curve.questions import descent_questions
from nnviz.chapters.error_curve.walk import POINT_A, POINT_B, judge_challenge, walk
from nnviz.chapters.error_curve.words import (
    challenge,
    descent,
    rate_effect,
    title,
    update_rules,
    variable,
    waiting,
)
from nnviz.nn.curves import quadratic
from nnviz.nn.regimes import judge
from nnviz.text.digits import digits
from nnviz.training.update_rules import UPDATE_RULES, apply_rule
from tests.computed import PRINTED, computations, matrices

RANGE = (-2.2, 2.2)


def said(rates=(), start=POINT_A, rate=0.1, name="x"):
    curve, stage = PATHS[name].curve(), scene(name)
    so_far = walk(curve, start, rates)
    ahead = None if rate is None else walk(curve, float(so_far.x[-1]), [rate])
    return descent(curve, so_far, ahead, stage.x_range, stage.flat_regions)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {},
            "The prediction is 0.871 too high, so the error is 0.7586. "
            "The curve rises to the right here, so lower x. "
            "The next step, at rate 0.1, takes x to 0.6968.",
        ),
        (
            {"start": POINT_B},
            "The prediction is 0.871 too low, so the error is 0.7586. "
            "The curve falls to the right here, so raise x. "
            "The next step, at rate 0.1, takes x to −0.6968.",
        ),
        (
            {"start": 0.0},
            "The prediction is exactly right, so the error is 0. "
            "The slope is 0: no step moves the point.",
        ),
        (
            {"rates": [0.1], "rate": 0.5},
            "Step 1: x went from 0.871 to 0.6968. The error fell from 0.7586 to 0.4855. "
            "The next step, at rate 0.5, takes x to 0.",
        ),
        (
            {"rates": [0.9], "rate": None},
            "Step 1: x went from 0.871 to −0.6968, across the lowest point. "
            "The error fell from 0.7586 to 0.4855.",
        ),
        (
            {"rates": [1.0, 1.0], "rate": None},
            "Step 2: x went from −0.871 to 0.871, across the lowest point. "
            "The error stayed at 0.7586.",
        ),
        (
            {"rates": [1.1] * 6, "rate": None},
            "Step 6: x went from −2.167 to 2.601, across the lowest point. "
            "The error rose from 4.697 to 6.764. That is outside the picture, on the right.",
        ),
        (
            {"rates": [0.5, 0.1], "rate": 0.1},
            "Step 2 moved nothing: the slope is 0.",
        ),
        (
            {"name": "bias", "start": 0.0},
            "With the bias at 0 the error is 0.7587. "
            "The curve rises to the right here, so lower the bias. "
            "The next step, at rate 0.1, takes the bias to −0.01957.",
        ),
        (
            {"name": "weight_1", "start": 3.4, "rates": [1.0], "rate": None},
            "Step 1: weight 1 went from 3.4 to 3.388. The error fell from 0.994 to 0.9939. "
            "This is a flat shoulder: the slope is only 0.01217, so a step is "
            "short for its rate.",
        ),
    ],
)
def test_where_the_walk_stands(arguments, sentence):
    assert said(**arguments) == sentence


def test_a_diverged_walk_ends():
    sentence = said([10.0] * 30, rate=10.0)
    assert "The walk has diverged and ends here" in sentence
    assert "next" not in sentence


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (0.001, "by 0.998: it creeps. From here the error is below 0.001 after 1657 steps."),
        (0.01, "From here the error is below 0.001 after 165 steps."),
        (0.5, "One step lands exactly on the lowest point. From here the error is below 0.001 af"),
        (0.9, "by −0.8: it changes sides each time, and still comes down."),
        (1.0, "equally high on the other side, for ever. From here the error never gets below"),
        (1.1, "each step ends higher than the one before. From here the error never gets below"),
    ],
)
def test_what_a_rate_does(rate, told):
    assert told in rate_effect(quadratic(), rate, POINT_A, at_most=2000)


def test_what_a_rate_does_near_the_lowest_point_and_too_slowly():
    assert "is below 0.001 already" in rate_effect(quadratic(), 0.1, 0.01, at_most=10)
    assert "From here 10 steps do not bring" in rate_effect(quadratic(), 0.1, POINT_A, at_most=10)


@pytest.mark.parametrize(
    ("rates", "start", "sentence"),
    [
        ((), POINT_A, "Challenge: find the rate that lands on the lowest point in one step."),
        ((0.1,), POINT_A, "1 step so far, and the error is not below 0.001 yet."),
        ((0.1,) * 15, POINT_A, "It took 15 steps to come below 0.001. One is enough: start again"),
        ((0.5,), POINT_A, "Found it! At rate 0.5 one step lands on the lowest point."),
        ((0.49,), POINT_A, "One step at rate 0.49 came below 0.001. Can you land exactly on 0?"),
        ((0.5,), 0.01, "You started with an error below 0.001."),
    ],
)
def test_the_challenge_on_the_quadratic(rates, start, sentence):
    so_far = walk(quadratic(), start, rates)
    assert challenge(quadratic(), so_far, judge_challenge(quadratic(), so_far, RATES)).startswith(
        sentence
    )


def test_the_challenge_on_a_weight():
    curve = PATHS["weight_1"].curve()
    told = [
        challenge(curve, so_far, judge_challenge(curve, so_far, RATES))
        for so_far in (walk(curve, 1.45, rates) for rates in ((), (7.0,)))
    ]
    assert told[0] == "Challenge: find a rate that brings the error below 0.001 in one step."
    assert told[1].startswith("Found it! At rate 7 one step came below 0.001.")


def test_a_challenge_is_offered_only_where_it_can_be_met():
    curve = PATHS["weight_1"].curve()
    for rates in ((), (10.0,) * 100):
        so_far = walk(curve, 3.9, rates)
        told = challenge(curve, so_far, judge_challenge(curve, so_far, RATES))
        assert "no rate that is offered" in told
        assert "One is enough" not in told


def test_what_is_nearly_a_half_or_one_is_not_written_so():
    assert "by −1.0002: each step ends higher" in rate_effect(quadratic(), 1.0001, 1, at_most=9)
    so_far = walk(quadratic(), POINT_A, [0.49999])
    told = challenge(quadratic(), so_far, judge_challenge(quadratic(), so_far, RATES))
    assert told.startswith("One step at rate 0.49999 came below 0.001. Can you land exactly on 0?")


def test_sentences_questions_and_a_walk_by_hand_agree():
    """Random states: what the sentences and the judge say, from a step computed here."""
    rng = np.random.default_rng(11)
    rates = [*(10.0 ** rng.uniform(-3, 1, 40)).tolist(), 0.5, 1.0, 1.0001, 0.49999, 10.0, 0.001]
    for name, path in PATHS.items():
        curve = path.curve()
        for rate in rates:
            x = path.low if rng.random() < 0.2 else float(rng.uniform(path.low, path.high))
            after = float(x - rate * curve.slope(x))
            old, new = float(curve.value(x)), float(curve.value(after))
            told = said([rate], start=x, rate=None, name=name)
            answers = [question.answer for question in descent_questions(curve, x, rate)]
            if x != after:
                verb = "fell from" if new < old else "rose from" if new > old else "stayed at"
                assert f"The error {verb}" in told
                before_text, after_text = re.search(r"went from (.*?) to (.*?)[,.] ", told).groups()
                assert before_text != after_text
            assert answers[0] == ("lower" if new < old else "higher" if new > old else "the same")
            side = (after > 0) - (after < 0) if name == "x" else (after > x) - (after < x)
            options = ("exactly 0", "above 0", "below 0") if name == "x" else (
                "it stays", "it rises", "it falls")  # fmt: skip
            assert answers[1] == options[side]
            effect, place, n = rate_effect(curve, rate, x, at_most=50), x, 0
            while float(curve.value(place)) >= 0.001 and n < 51 and abs(place) < 1e12:
                place, n = place - rate * float(curve.slope(place)), n + 1
            reached = n <= 50 and float(curve.value(place)) < 0.001
            assert (f"is below 0.001 after {n} step" in effect) == (reached and n > 0)
            if "never" in effect:
                assert (name == "x" and rate >= 1) or x == after
            so_far = walk(curve, x, [rate])
            tale = challenge(curve, so_far, judge_challenge(curve, so_far, RATES))
            possible = any(
                float(curve.value(x - each * float(curve.slope(x)))) < 0.001 for each in RATES
            )
            if "One is enough" in tale or "Challenge: find" in tale:
                assert possible
            if "no rate that is offered" in tale:
                assert not possible


def test_what_moves_has_a_name():
    names = [variable(path.curve()) for path in PATHS.values()]
    assert names == ["x", "weight 1", "weight 2", "the bias"]


def rows(**options):
    return [
        [apply_rule(rule, mirrored=turned, **options) for rule in UPDATE_RULES]
        for turned in (False, True)
    ]


def test_the_tutorials_numbers_are_told():
    assert update_rules(rows()) == (
        "The tutorial’s rule takes the error of the row (2, 1.5) from 0.7587 to 0.0002239. "
        "On the negative row the same rule raises it to 0.9993. "
        "The gradient lowers it on both, to 0.4426; times the rate, to 0.7338."
    )


def test_rate_and_bias_change_what_is_told():
    told = update_rules(rows(learning_rate=1.0, update_bias=True))
    assert "to 0.3849; times the rate, to 0.3849." in told


def test_before_the_update_nothing_is_given_away():
    told = waiting(rows())
    assert "the error is 0.7587 on the row (2, 1.5) and on its negative (−2, −1.5) alike" in told
    assert "0.9993" not in told


def test_an_error_just_below_the_challenge_is_seen_to_be_below():
    told = said(start=0.0316227766, rate=None)
    shown = re.search(r"the error is ([\d.]+)\. ", told)[1]
    assert float(shown) < 0.001


def test_a_next_step_that_hardly_moves_is_seen_to_move():
    told = said(start=-7.0, rate=0.001, name="weight_2")
    assert re.search(r"takes weight 2 to −7\.0000\d+\.", told)


def test_a_title_tells_what_all_steps_do_only_where_all_do_the_same():
    parabola, along_weight = PATHS["x"].curve(), PATHS["weight_1"].curve()
    rates, places = (0.1, 0.5, 0.7, 1.0, 1.5, 5.0, 20.0), np.linspace(-3, 3, 25).tolist()
    for_good = {"Converges", "Zig-zags", "For ever", "Diverges"}
    assert {title(parabola, judge(parabola, rate, 1.0)) for rate in rates} >= for_good
    titles = set()
    for x in places:
        for rate in rates:
            regime = judge(along_weight, rate, x)
            assert title(along_weight, regime) not in for_good
            titles.add(title(along_weight, regime))
    assert titles >= {"Comes down", "Creeps"}


STEP = re.compile(
    rf"The step is (.*) = ({PRINTED}): .* goes from ({PRINTED}) to ({PRINTED})\. The error"
)


def test_what_is_printed_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    texts = []
    for name, path in PATHS.items():
        curve = path.curve()
        for decimals in (2, 3, 15):
            for _ in range(12):
                start = round(draws.uniform(-1.5, 1.5), decimals)
                rates = draws.uniform(0, 1.2, 3).round(min(decimals, 5)).tolist()
                so_far, ahead = walk(curve, start, rates[:2]), walk(curve, start, rates[2:])
                texts += working.of_next_step(path.index, ahead)
                reason = descent_questions(curve, start, rates[2])[0].reason
                product, step, before, after = STEP.findall(reason)[0]
                texts.append(f"{product} = {step}, ({before}) + ({step}) = {after}")
                places = working.told_places(so_far, path.index)
                steps, errors = (
                    map(digits, each.tolist()) for each in (so_far.steps, so_far.error)
                )
                for (_, slope), rate, step in zip(places, rates, steps, strict=False):
                    texts.append(f"-{rate} × ({slope}) = {step}")
                if name != "x":
                    formulas = working.of_neuron(path.index, so_far)
                    texts += formulas
                    z, p = re.findall(
                        r"= ([-0-9.]+) \\qquad p = \\sigma\(z\) = ([0-9.]+)", formulas[0]
                    )[0]
                    texts.append(f"1 / (1 + exp(-({z}))) = {p}")
                    continue
                texts += (
                    *working.of_parabola(so_far),
                    working.factor(rates[2]).removeprefix("factor"),
                )
                for (x, slope), error in zip(places, errors, strict=True):
                    texts.append(f"({x})² = {error}, 2 · ({x}) = {slope}")
                miss, error = re.findall(
                    rf"is ({PRINTED}) too .*, so the error is ({PRINTED})\.",
                    descent(curve, walk(curve, start, []), None, (-9, 9)),
                )[0]
                texts.append(f"{miss}² = {error}")
    n, wrong = computations(texts)
    assert (wrong, n) == ([], 1512)
    for rate in (0.1, 0.37, 0.12345):
        for mirrored in (False, True):
            rules = [
                apply_rule(rule, learning_rate=rate, mirrored=mirrored) for rule in UPDATE_RULES
            ]
            _, gradient, scaled = working.of_rules(rules, rate)
            for line in (gradient, scaled):
                factors = line.split(r"\begin")[0].split(r"\quad")[1].split("=")[-1]
                one, other = matrices(line)
                pairs = [f"{factors}({x}) = {y}" for (x,), (y,) in zip(one, other, strict=True)]
                assert computations(pairs) == (2, [])
