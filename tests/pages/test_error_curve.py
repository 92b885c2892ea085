"""The error curve without a browser: walking, undoing, the address, the views, bad input."""

import json

import pytest

from nnviz.chapters.error_curve.address import MOST_STEPS, RATES, VIEWS
from nnviz.chapters.error_curve.controls import TYPICAL_RATES
from nnviz.chapters.error_curve.figure_curve import CURVE
from nnviz.chapters.error_curve.paths import PATHS, scene
from nnviz.chapters.error_curve.questions import descent_questions
from nnviz.chapters.error_curve.walk import POINT_A, POINT_B, judge_challenge, walk
from nnviz.chapters.error_curve.words import challenge, descent, update_rules, waiting
from nnviz.chart.slider import expanded
from nnviz.training.update_rules import UPDATE_RULES, apply_rule
from tests.pages.on_screen import formulas

PAGE = "error_curve"
PARTS = ("numbers", "code", "predict", "tutorial")


def sent(app, key):
    """Return what the component of the page with this key was sent."""
    assert not app.exception
    assert not app.error
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in parts if key in data)


def query(app):
    """Return the address that the page writes, as names and values."""
    written = sent(app, "query")["query"]
    return dict(pair.split("=") for pair in written.split("&")) if written else {}


def words(rates=(), start=POINT_A, rate=0.1, name="x"):
    curve, stage = PATHS[name].curve(), scene(name)
    so_far = walk(curve, start, rates)
    ahead = None if rate is None else walk(curve, float(so_far.x[-1]), [rate])
    return descent(curve, so_far, ahead, stage.x_range, stage.flat_regions)


def shows(app, *args, **options):
    assert sent(app, "words")["words"] == words(*args, **options)


def press(app, label):
    """Press the button with this label, of which there is one."""
    (button,) = (button for button in app.button if button.label == label)
    assert not button.disabled
    button.click().run()
    return app


def disabled(app, label):
    return next(button for button in app.button if button.label == label).disabled


def history(app):
    """Return the rows of the table, without the head."""
    body = next(h.proto.body for h in app.get("html") if "The steps so far" in h.proto.body)
    return body.partition("<tbody>")[2].split("<tr>")[1:]


def test_it_starts_at_a_with_nothing_done(visit):
    app = visit(PAGE)
    shows(app)
    assert query(app) == {"lesson": "error_curve.1", "mode": "free"}
    assert disabled(app, "UNDO")
    assert disabled(app, "START AGAIN")
    assert len(history(app)) == 1
    (handle,) = sent(app, "words")["handles"]
    assert (handle["x"], handle["y"]) == (POINT_A, POINT_A**2)
    assert (handle["low"][0], handle["high"][0], handle["curve"]) == (-2, 2, CURVE)
    assert sent(app, "words")["clicks"] == ["xy"]


def test_step_undo_and_start_again(visit):
    app = visit(PAGE)
    press(press(app, "STEP"), "STEP")
    shows(app, (0.1, 0.1))
    assert query(app) == {"lesson": "error_curve.1", "rates": "0.1,0.1"}
    assert len(history(app)) == 3
    assert 'title="0.6968"' in history(app)[1]  # the newest stands first
    shows(press(app, "UNDO"), (0.1,))
    shows(press(app, "STEP"), (0.1, 0.1))
    shows(press(app, "START AGAIN"))
    assert query(app) == {"lesson": "error_curve.1", "mode": "free"}
    # What was left for a new start comes back.
    shows(press(app, "UNDO"), (0.1, 0.1))


def test_the_keys_are_right_and_left(visit):
    app = visit(PAGE)
    keys = {b.label: b.proto.shortcut.lower() for b in app.button if b.proto.shortcut}
    assert keys == {"STEP": "right", "UNDO": "left"}


def at_rate(app, rate):
    app.session_state[f"{PAGE}.rate"] = rate
    return app.run()


def test_the_rate_can_change_between_steps(visit):
    app = visit(PAGE)
    press(at_rate(app, 0.9), "STEP")
    press(at_rate(app, 0.5), "STEP")
    shows(app, (0.9, 0.5), rate=0.5)
    assert query(app) == {"lesson": "error_curve.1", "rate": "0.5", "rates": "0.9,0.5"}
    assert sent(app, "marks")["value"] == 0.5


def test_every_typical_rate_has_a_button_and_a_judgement(visit):
    names = ("Creeps", "Creeps", "Converges", "One step", "Zig-zags", "For ever", "Diverges")
    app = visit(PAGE)
    assert sent(app, "marks")["tries"] == list(TYPICAL_RATES)
    for rate, name in zip(TYPICAL_RATES, names, strict=True):
        at_rate(app, rate)
        expected = f"**{name}** · factor 1 − 2 × {rate:g} = "
        assert [m for m in app.markdown if m.value.startswith(expected)], rate


def test_a_new_start_leaves_a_walk_that_undo_brings_back(visit):
    app = press(visit(PAGE), "STEP")
    shows(press(app, "Go to B"), start=POINT_B)
    shows(press(app, "UNDO"), (0.1,))
    shows(press(app, "UNDO"))
    assert disabled(app, "UNDO")


def test_the_challenge_is_recognised(visit):
    def told(app):
        return next(m.value for m in app.markdown if m.value.startswith(":material/flag:"))

    app = visit(PAGE, rate="0.5")
    assert "Challenge: find the rate" in told(app)
    assert "Found it! At rate 0.5" in told(press(app, "STEP"))
    curve = PATHS["x"].curve()
    slow = walk(curve, POINT_A, [0.1] * 15)
    assert challenge(curve, slow, judge_challenge(curve, slow, RATES)) in told(
        visit(PAGE, rates="0.1," * 14 + "0.1")
    )


def test_a_walk_that_leaves_the_picture_can_be_brought_back(visit):
    app = visit(PAGE, rates=",".join(["1.1"] * 7), rate="1.1")
    assert sent(app, "words")["handles"] == []
    assert "outside the picture, on the left" in sent(app, "words")["words"]
    shows(press(app, "START AGAIN"), rate=1.1)
    assert len(sent(app, "words")["handles"]) == 1


def test_a_walk_that_diverges_ends_and_undo_goes_back_from_there(visit):
    app = visit(PAGE, rates=",".join(["10"] * 50), rate="10")
    assert disabled(app, "STEP")
    n = len(walk(PATHS["x"].curve(), POINT_A, [10] * 50).steps)
    assert n < 50
    press(app, "UNDO")
    assert query(app)["rates"] == ",".join(["10"] * (n - 1))
    assert not disabled(app, "STEP")


def test_a_full_walk_says_so(visit):
    app = visit(PAGE, rates=",".join(["0.001"] * MOST_STEPS))
    assert disabled(app, "STEP")
    assert "200 steps fill a walk: undo some, or start again." in sent(app, "words")["words"]
    assert len(sent(app, "query")["query"]) < 2000
    press(app, "UNDO")
    assert not disabled(app, "STEP")


@pytest.mark.parametrize("name", ["weight_1", "weight_2", "bias"])
def test_every_parameter_has_a_walk_of_its_own(visit, name):
    path = PATHS[name]
    app = press(visit(PAGE, view="weight", along=name, rate="2"), "STEP")
    shows(app, (2.0,), start=path.start, rate=2.0, name=name)
    assert query(app)[f"{name}_rates"] == "2"
    shoulder, _ = path.places["flat"]
    shows(press(app, "Go to the flat shoulder"), start=shoulder, rate=2.0, name=name)
    shows(press(app, "Go to the start"), start=path.start, rate=2.0, name=name)


def test_views_and_parameters_keep_their_walks(visit):
    app = press(visit(PAGE), "STEP")
    for view, along in (("weight", "weight_1"), ("weight", "bias"), ("quadratic", "bias")):
        app.session_state["error_curve.view"] = view
        app.session_state["error_curve.along"] = along
        app.run()
    shows(app, (0.1,))


@pytest.mark.parametrize(
    ("rate", "with_bias"), [("0.001", "on"), ("1", "off"), ("1", "on"), ("10", "off")]
)
def test_the_update_rules(visit, rate, with_bias):
    app = visit(PAGE, view="rules", rate=rate, with_bias=with_bias)
    rows = [
        [
            apply_rule(
                rule,
                learning_rate=float(rate),
                mirrored=turned,
                update_bias=with_bias == "on",
            )
            for rule in UPDATE_RULES
        ]
        for turned in (False, True)
    ]
    assert sent(app, "words")["words"] == update_rules(rows)
    tables = [h.proto.body for h in app.get("html") if "before and after each rule" in h.proto.body]
    assert len(tables) == 2
    for body, results in zip(tables, rows, strict=True):
        for result in results:
            assert f'title="{result.error_after!r}"' in body
            assert f'title="{result.other_error_after!r}"' in body
    app = visit(PAGE, view="rules", rate=rate, with_bias=with_bias, part="predict")
    assert sent(app, "words")["words"] == waiting(rows)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_part_of_every_view_has_something_to_say(visit, view, part):
    app = visit(PAGE, view=view, part=part)
    assert not app.warning
    shown = {
        "numbers": lambda: formulas(app),
        "code": lambda: app.code,
        "predict": lambda: [b for b in app.button if b.key.startswith("error_curve.answer")],
        "tutorial": lambda: [m for m in app.markdown if m.value.startswith("**In fact:**")],
    }
    assert len(shown[part]()) >= 2


@pytest.mark.parametrize(
    ("view", "facts"),
    [
        ("quadratic", ["1.742 is large", "0.7586743596667225", "0.7586743559278976"]),
        ("weight", ["1.742", "Along weight 1 the slope is 0.3914"]),
        ("rules", ["up to 0.9993", "4.45 times", "5.93 times", "to 0.9716", "1.91 to −4.187"]),
    ],
)
def test_the_tutorials_words_are_held_against_the_numbers(visit, view, facts):
    text = " ".join(m.value for m in visit(PAGE, view=view, part="tutorial").markdown)
    for fact in facts:
        assert fact in text


@pytest.mark.parametrize(
    ("view", "label", "expected"),
    [
        ("quadratic", "Show me: rate 1.0 from A", {"rates": (1.0, 1.0), "rate": 1.0}),
        ("quadratic", "Show me: a miss of 1.5", {"start": 1.5}),
        (
            "weight",
            "Show me: ten steps on the shoulder",
            {"rates": (1.0,) * 10, "rate": 1.0, "start": 3.4, "name": "weight_1"},
        ),
    ],
)
def test_the_notes_show_what_they_say(visit, view, label, expected):
    shows(press(visit(PAGE, view=view, part="tutorial"), label), **expected)


def test_a_prediction_is_kept_secret_judged_and_followed_by_the_step(visit):
    app = visit(PAGE, part="predict", rate="0.9")
    shows(app, rate=None)
    assert not [m for m in app.markdown if "Zig-zags" in m.value]
    question = descent_questions(PATHS["x"].curve(), POINT_A, 0.9)[0]
    press(app, question.answer)
    assert question.reason in app.success[0].value
    shows(press(app, "STEP: see it happen"), (0.9,), rate=None)


def test_a_link_opens_the_same_picture(visit):
    app = visit(PAGE, x="-1.5", rate="0.333", rates="0.1,0.25")
    shows(app, (0.1, 0.25), start=-1.5, rate=0.333)
    again = visit(PAGE, **query(app))
    assert sent(again, "words") == sent(app, "words")
    assert sent(again, "marks")["value"] == 0.333
    assert 0.333 in expanded(sent(again, "marks")["values"])


WRONG = (
    {
        "x": ("abc", "“abc” is not a number"),
        "rates": ("nan", "“nan” is not a number"),
        "rate": ("1e308", "it must lie between 0.001 and 10"),
        "weight_1": ("-1e9", "it must lie between -4 and 4"),
        "bias_rates": ("x", "“x” is not a number"),
        "view": ("nope", "it must be one of: quadratic, weight, rules"),
        "along": ("bias2", "it must be one of: weight_1, weight_2, bias"),
        "with_bias": ("1", "it must be on or off"),
    },
    {
        "x": ("", "“” is not a number"),
        "rates": ("0.1,,0.1", "“” is not a number"),
        "rate": ("inf", "“inf” is not a number"),
    },
    {"x": ("3", "it must lie between -2 and 2"), "rates": ("0", "must lie between 0.001 and 10")},
    {"rates": ("0.1," * MOST_STEPS + "0.1", "it may hold 200 numbers at the most")},
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_is_reported_in_sentences(visit, wrong):
    app = visit(PAGE, **{name: text for name, (text, _) in wrong.items()})
    # Escaped, so that Markdown shows what stands in the address character by character.
    warnings = [warning.value.replace("\\", "") for warning in app.warning]
    assert len(warnings) == len(wrong)
    for _, reason in wrong.values():
        assert [warning for warning in warnings if reason in warning], reason
    shows(app)


@pytest.mark.parametrize("rate", ["0.001", "10"])
@pytest.mark.parametrize(("x", "part"), [*zip(["-2", "0", "2", "-2"], PARTS, strict=True)])
def test_the_ends_of_every_slider(visit, x, rate, part):
    app = press(visit(PAGE, x=x, rate=rate, part=part), "STEP")
    secret = None if part == "predict" else float(rate)
    shows(app, (float(rate),), start=float(x), rate=secret)


def test_a_teacher_can_hide_controls_and_parts(visit):
    app = visit(PAGE, hide="controls,code")
    assert not [b for b in app.button if b.label == "STEP"]
    shows(app)
