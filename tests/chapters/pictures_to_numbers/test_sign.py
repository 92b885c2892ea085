"""A sign: what is learned of it, who gets in, and how it is told, asked about and exported."""

import json
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, shifted
from nnviz.chapters.pictures_to_numbers.figures.sign import (
    FIVE,
    PANELS,
    sign_picture,
    threshold_handle,
)
from nnviz.chapters.pictures_to_numbers.sign import words
from nnviz.chapters.pictures_to_numbers.sign.judge import (
    N_LEARNED,
    SignConfig,
    fours,
    judge,
    learn,
    plan_of,
    probability,
    read_sign,
    sign_text,
    strangers,
)
from nnviz.chapters.pictures_to_numbers.sign.questions import sign_questions
from nnviz.chapters.pictures_to_numbers.sign.script import sign_program
from nnviz.data.digits import digits
from tests.clean_process import output

CROSS = tuple(16 if k // 8 in (3, 4) or k % 8 in (3, 4) else 0 for k in range(64))
FULL = (16,) * 64


@cache
def judged(drawings=fours(), seed=0):  # noqa: B008
    return judge(SignConfig(drawings, seed))


def test_strangers_are_all_others_and_those_learned_from_are_not_judged():
    made = judged()
    others = strangers(made.config)
    assert len(others) == len(digits().labels) - 5
    own = {tuple(each) for each in fours()}
    assert not own & {tuple(each) for each in digits().pictures[others].tolist()}
    assert set(made.which.tolist()) == set(others[N_LEARNED:].tolist())
    assert not np.array_equal(others, strangers(SignConfig(fours(), 1)))


def test_the_neuron_has_learned_what_pytorch_learns(torch):
    own, others = fours(), strangers(SignConfig(fours()))[:N_LEARNED]
    plan = plan_of(own, others, 0)
    X = torch.tensor(plan.train_inputs.copy())
    y = torch.tensor(plan.train_targets.copy())
    assert float(y.mean()) == 0.5  # both count the same
    neuron = torch.nn.Linear(64, 1).double()
    with torch.no_grad():
        neuron.weight.zero_()
        neuron.bias.zero_()
    adam = torch.optim.Adam(neuron.parameters(), lr=0.05)
    for _ in range(200):
        adam.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(neuron(X), y).backward()
        adam.step()
    found = learn(own, others, 0)
    np.testing.assert_allclose(found[:-1], neuron.weight.detach().numpy()[0], atol=1e-8)
    assert found[-1] == pytest.approx(float(neuron.bias.detach()), abs=1e-8)


def test_each_drawing_is_judged_without_having_been_learned():
    made, others = judged(), strangers(SignConfig(fours()))[:N_LEARNED]
    for k in (0, 4):
        four = fours()[:k] + fours()[k + 1 :]
        assert made.own[k] == probability(learn(four, others, 0), [fours()[k]])[0]
    # Whoever is learned from is known better.
    assert (probability(made.parameters, fours()) >= made.own - 0.01).all()


def test_a_threshold_trades_one_error_for_the_other():
    made = judged()
    # Whoever is exactly at the threshold gets in.
    for threshold in (0.0, 0.3, 0.5, 0.9, 1.0, made.own[3], made.strange[7]):
        assert made.false_accepts(threshold) == sum(p >= threshold for p in made.strange.tolist())
        assert made.false_rejects(threshold) == sum(p < threshold for p in made.own.tolist())
    assert made.false_accepts(0) == len(made.which)
    assert made.false_rejects(0) == 0
    assert made.false_accepts(0.9) < made.false_accepts(0.3)
    assert made.false_rejects(0.99) > made.false_rejects(0.3)
    assert (np.diff(made.strange[made.nearest]) <= 0).all()


def test_a_sign_of_ones_own_keeps_most_strangers_out():
    crosses = tuple(shifted(CROSS, *by) for by in ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)))
    made = judged(crosses)
    assert made.false_accepts(0.5) < judged().false_accepts(0.5) / 3


def test_a_sign_stands_in_a_link():
    for drawings in (fours(), (EMPTY,) * 5, (FULL, EMPTY, CROSS, EMPTY, FULL)):
        assert read_sign(sign_text(drawings)) == drawings
    for text, told in (
        ("", "this has 1 drawing"),
        ("g.g", "this has 2 drawings"),
        ("!....", "no square"),
    ):
        with pytest.raises(ValueError, match=told):
            read_sign(text)
    with pytest.raises(ValueError, match="5 drawings, not 4"):
        SignConfig(fours()[:4])


def test_sentences_count_both_errors():
    made = judged()
    told = words.describe_judgement(made, 0.5, CROSS, 0.25)
    assert f"{made.false_rejects(0.5)} of your 5 are kept out (false rejects)" in told
    assert f"{made.false_accepts(0.5)} strangers get in, of 1,692 (false accepts)" in told
    assert told.endswith("The drawing that tries: 0.25, is kept out.")
    assert "None of your 5 are kept out" in words.describe_judgement(made, 0.0, CROSS, 1.0)
    assert words.describe_kinds(made, 0.5).startswith(
        f"Of the {made.false_accepts(0.5)} strangers who get in, "
    )
    inside = digits().labels[made.which[made.strange >= 0.5]]
    assert f"{(inside == 4).sum()} wrote a 4" in words.describe_kinds(made, 0.5)
    top = float(made.strange.max())
    assert words.describe_kinds(made, top + 1e-6) == "No stranger gets in."
    assert words.gets_in(0.49999, 0.5) == "0.49999, is kept out"


def test_a_sign_that_is_none_is_told():
    assert words.warnings(fours()) == ()
    assert "All five drawings are empty" in words.warnings((EMPTY,) * 5)[0]
    some = (CROSS, EMPTY, FULL, EMPTY, fours()[0])
    assert words.warnings(some)[0].startswith("Drawings 2 and 4 are empty")
    assert words.warnings((EMPTY, *fours()[1:]))[0].startswith("Drawing 1 is empty")
    assert "All five drawings are the same" in words.warnings((FULL,) * 5)[0]
    for drawings in (((EMPTY,) * 5), (FULL,) * 5, some):
        assert np.isfinite(judged(drawings).strange).all()


def test_nothing_that_is_drawn_is_not_judged():
    made = judged((EMPTY, *fours()[1:]))
    assert words.describe_judgement(made, 0.5, EMPTY, 0.9).endswith("tries: nothing is drawn.")
    names = sign_picture(made, 0.0, EMPTY, 0.9).figure.data[2].text
    assert (names[0], names[-1]) == ("empty", "empty")
    assert names[1].endswith("<br>in")
    none = judged((EMPTY,) * 5)
    assert words.describe_judgement(none, 0.5, CROSS, 0.9) == words.NO_SIGN
    picture = sign_picture(none, 0.5, CROSS, 0.9)
    assert list(picture.figure.data[2].text) == ["empty"] * 5 + ["no sign<br>yet"]
    assert not any(trace.name for trace in picture.figure.data)


def test_questions_are_judged_by_the_core():
    made = judged()
    strange, moved = sign_questions(made, 0.5)
    assert strange.answer == "fewer"
    assert sign_questions(made, 0.9)[0].answer == "more"
    found = probability(made.parameters, made.config.drawings)
    k = int(np.flatnonzero(found >= 0.5)[0])
    after = probability(made.parameters, [shifted(made.config.drawings[k], 0, 1)])[0]
    assert moved.answer == ("yes" if after >= 0.5 else "no")
    assert sign_questions(judged((EMPTY,) * 5), 1.0) == ()


def test_the_picture_shows_the_six_the_errors_and_the_nearest():
    made = judged()
    picture = sign_picture(made, 0.5, CROSS, 0.2, chosen=5)
    named = {trace.name: trace for trace in picture.figure.data if trace.name}
    accepts, rejects = named["strangers let in"], named["own kept out"]
    assert accepts.y[100] == made.false_accepts(0.5) / len(made.which)
    assert rejects.y[100] == made.false_rejects(0.5) / 5
    assert accepts.line.dash != rejects.line.dash
    texts = [
        trace.text
        for trace in picture.figure.data
        if trace.type == "scatter" and trace.mode == "text"
    ]
    near = made.strange[made.nearest[:15]].tolist()
    # Own drawings and strangers alike: one unit, and the same word for the same decision.
    for texts_of, found in zip(texts, ([*made.own.tolist(), 0.2], near), strict=True):
        for text, p in zip(texts_of, found, strict=True):
            number, decided = text.replace("<br>", " ").split()
            assert float(number) == pytest.approx(p, rel=0.06)
            assert decided == ("in" if p >= 0.5 else "out")
    hidden = sign_picture(made, 0.5, CROSS, 0.2, secret=True)
    assert not any(trace.name for trace in hidden.figure.data)
    assert sum(getattr(trace, "mode", "") == "text" for trace in hidden.figure.data) == 1
    for panels in (PANELS[:1], PANELS[1:]):
        assert sign_picture(made, 0.5, CROSS, 0.2, panels=panels).figure is not None
    # A probability that would be rounded to the threshold is told apart from it.
    close = sign_picture(made, 0.2, CROSS, 0.1999).figure.data[2].text[-1]
    assert close == "0.1999<br>out"
    handle = threshold_handle(0.3)
    assert (handle.x, handle.low[1], handle.high[1]) == (0.3, 0.5, 0.5)
    assert FIVE.n == 6


def test_scripts_print_the_numbers_on_the_screen(tmp_path):
    drawings = (*fours()[:3], CROSS, fours()[4])
    made = judged(drawings, 3)
    lines = output(sign_program(made.config, 0.3, CROSS).script, tmp_path)
    text = " ".join(lines)
    assert f"false rejects: {made.false_rejects(0.3)}" in text
    assert f"false accepts: {made.false_accepts(0.3)} of {len(made.which)}" in text
    assert float(lines[-1].split()[-1]) == pytest.approx(
        probability(made.parameters, [CROSS])[0], rel=1e-6
    )
    mine = text[text.index("[") + 1 : text.index("]")].split()
    np.testing.assert_allclose([float(each) for each in mine], made.own, rtol=1e-6)
    cells = json.loads(sign_program(made.config, 0.3, CROSS).notebook)["cells"]
    assert any("false accepts" in "".join(cell["source"]) for cell in cells)
