"""Rules or learning without a browser: steps, hands, trainings, links, bad input."""

import re

import pytest
import streamlit as st

from nnviz.chapters.rules_or_learning.address import FIRST_PUZZLE
from nnviz.chapters.rules_or_learning.figures.board import centre
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, answers, grid_text, solved_grids
from nnviz.chapters.rules_or_learning.learning import Config
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.chapters.rules_or_learning.script import learning_snippet, rules_snippet
from nnviz.chapters.rules_or_learning.study import LADDER, GamesStudy, GamesTrials
from nnviz.chapters.rules_or_learning.views import trainings
from nnviz.chapters.rules_or_learning.walk import MACHINE, by_hand, walk
from nnviz.chapters.rules_or_learning.words import describe_solving
from nnviz.chart.gestures import Click
from nnviz.chart.plot import unpacked
from tests.pages.on_screen import press, query, sent

PAGE = "rules_or_learning"
BOXES = RULE_SETS["boxes"]
CLUES = puzzle("boxes", "eight clues", FIRST_PUZZLE)


@pytest.fixture
def known_study(monkeypatch):
    """Give the page a curve at once: the trainings of the real one take a while."""
    games = GamesStudy("boxes", 0)
    study = GamesTrials.of(games, {(k, i): 0.3 + 0.06 * i for k, i in games.trials()})
    monkeypatch.setattr(trainings, "study", lambda *_, work: study)


pytestmark = pytest.mark.usefixtures("known_study")


def link(**choices):
    return {"lesson": f"{PAGE}.1", **{name: str(value) for name, value in choices.items()}}


def words(app):
    return sent(app, "words")["words"]


def told(moves, clues=CLUES, rules="boxes"):
    state = walk(clues, moves, RULE_SETS[rules])[-1]
    return describe_solving(state, RULE_SETS[rules], len(answers(clues, rules)))


def disabled(app, label):
    return next(button for button in app.button if button.label == label).disabled


def markdown(app):
    return "\n".join(element.value for element in app.markdown)


def test_it_starts_with_the_clues_and_a_network_that_has_learned(visit):
    app = visit(PAGE)
    assert words(app).startswith(told(()))
    assert "after 600 updates on 64 solved games" in words(app)
    assert query(app) == {**link(), "mode": "free"}
    assert disabled(app, "← Back")
    assert disabled(app, "1")
    assert sent(app, "words")["clicks"] == ["xy", "x2y2", "x3y3"]


def test_the_curve_comes_training_by_training(visit, monkeypatch):
    seen = []

    def counted(rules, seed, *, work):
        found = real(rules, seed, work=work)
        seen.append(found.n_done)
        if found.n_done < 3:
            return found
        return GamesTrials.of(
            GamesStudy("boxes", 0), dict.fromkeys(GamesStudy("boxes", 0).trials(), 0.5)
        )

    monkeypatch.undo()
    real = trainings.study
    monkeypatch.setattr(trainings, "study", counted)
    app = visit(PAGE, **link(seed=77))
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert 3 <= seen[-1] <= len(LADDER)
    assert "trainings are done" not in words(app)
    assert query(app) == link(seed=77)


def test_rules_fire_one_at_a_time_and_back_is_exact(visit):
    app, said = visit(PAGE), []
    while not disabled(app, "Next step →"):
        said.append(words(app))
        press(app, "Next step →")
    assert words(app).split(" The network")[0] == told((MACHINE,) * len(said))
    assert "Solved, and it is the only answer." in words(app)
    assert any("Only one digit fits" in text for text in said)
    assert any("Only one place fits" in text for text in said)
    while said:
        press(app, "← Back")
        assert words(app) == said.pop()
    assert query(app) == {**link(), "mode": "free"}


def test_a_digit_of_ones_own_is_set_explained_and_emptied(visit):
    cell = CLUES.index(0)
    wrong = next(d for d in (1, 2, 3, 4) if forbidding(CLUES, cell, d, BOXES))
    app = press(visit(PAGE, **link(cell=cell + 1)), str(wrong))
    assert query(app)["moves"] == by_hand(cell, wrong)
    assert "A contradiction: " in words(app)
    assert "holds" in words(app)
    assert "One of your digits is wrong" in words(app)
    assert disabled(app, "Next step →")
    press(app, "Empty")
    assert "contradiction" not in words(app)
    press(app, "Start again")
    assert "moves" not in query(app)


def test_clues_cannot_be_changed(visit):
    app = visit(PAGE, **link(cell=next(i for i, d in enumerate(CLUES) if d) + 1))
    assert all(disabled(app, label) for label in ("1", "2", "3", "4", "Empty"))


def test_search_says_that_it_is_search_and_how_many_answers_there_are(visit):
    clues = puzzle("boxes", "several answers", 3)
    app = visit(PAGE, **link(kind="several answers", number=3))
    seen = []
    while not disabled(app, "Next step →"):
        press(app, "Next step →")
        seen.append(words(app))
    assert any("No rule applies" in text and "this is search" in text for text in seen)
    assert f"one of {len(answers(clues, 'boxes'))} answers" in seen[-1]


def test_a_try_is_taken_back_with_its_reason(visit):
    app = visit(PAGE, **link(rules="no boxes", clues="0030000000420403", moves="+" * 40))
    # Moves that cannot be made are forgotten.
    n_made = len(query(app)["moves"])
    assert n_made == 17
    seen = [words(app)]
    for _ in range(n_made):
        press(app, "← Back")
        seen.append(words(app))
    assert any("So the try was wrong" in text for text in seen)


@pytest.fixture
def hands(instead):
    """Hand the page what only a keyboard and a mouse in a browser send."""
    send = {}

    def with_buttons(real):
        def chart(picture, **given):
            real(picture, **given)
            if "on_key" in given:
                st.button("key", on_click=lambda: given["on_key"](send["key"]))
                st.button("click", on_click=lambda: given["on_click"](send["click"]))

        return chart

    instead("nnviz.chart.chart.chart", with_buttons)
    return send


def test_keys_and_clicks_do_what_buttons_do(visit, hands):
    app = visit(PAGE)

    def key(name):
        hands["key"] = name
        press(app, "key")

    key("ArrowRight")
    assert query(app)["moves"] == "+"
    key("ArrowLeft")
    assert query(app) == {**link(), "mode": "free"}
    empty = [cell for cell in range(16) if not CLUES[cell]]
    for cell in (*empty, empty[0]):
        key("n")
        assert query(app)["cell"] == str(cell + 1)
    key("p")
    assert query(app)["cell"] == str(empty[-1] + 1)
    key("3")
    assert query(app)["moves"] == by_hand(empty[-1], 3)
    key("Backspace")
    assert words(app).startswith("You emptied")
    for axes in ("xy", "x2y2"):
        hands["click"] = Click(axes, *centre(empty[1]))
        press(app, "click")
        assert ("cell" in query(app)) == (axes == "xy")  # a second click lets it go
        assert query(app).get("cell", str(empty[1] + 1)) == str(empty[1] + 1)
    hands["click"] = Click("x3y3", 8.2, 0.5)
    press(app, "click")
    assert query(app)["games"] == "216"


def test_more_games_answer_more_and_the_same_code_learns_other_rules(visit):
    shown = {}
    for rules in RULE_SETS:
        app = visit(PAGE, **link(rules=rules, part="code"))
        blocks = [block.value for block in app.code]
        assert learning_snippet(Config(64, 0)).strip() in blocks
        shown[rules] = blocks
        assert "Not a line of this changes with the rule set" in markdown(app)
    assert shown["boxes"] == shown["no boxes"]
    app = visit(PAGE, **link(games=216))
    assert "on 216 solved games" in words(app)


def test_the_code_of_the_rules_does_change(visit):
    for rules in RULE_SETS:
        app = visit(PAGE, **link(rules=rules, part="code", code="rules"))
        clues = puzzle(rules, "eight clues", FIRST_PUZZLE)
        assert rules_snippet(clues, RULE_SETS[rules]).strip() in [block.value for block in app.code]


@pytest.mark.parametrize("rules", RULE_SETS)
def test_a_confident_mistake_is_shown_and_named(visit, rules):
    app = press(visit(PAGE, **link(rules=rules)), "Show a confident mistake")
    assert "A mistake that the rules never make: it gives" in words(app)
    percent = re.search(r"it gives ([\d.]+)%", words(app))
    assert 90 <= float(percent.group(1)) < 100
    clues = query(app)["clues"]
    assert len(answers([int(d) for d in clues], rules)) == 1
    before = clues
    press(app, "Show a confident mistake")
    assert query(app)["clues"] != before


def test_the_training_plays_from_its_start_to_its_end(visit):
    app = visit(PAGE, **link(view="learn", step=150))
    data = sent(app, "clock")
    assert data["clock"]["step"] == 150
    assert "after 150 updates" in data["words"]
    assert len(data["frames"]) == 1


def test_an_earlier_update_is_seen_side_by_side_too(visit):
    app = visit(PAGE, **link(step=0))
    assert "after 0 updates" in words(app)


def test_the_numbers_of_a_cell_are_the_network_s(visit):
    app = visit(PAGE, **link(cell=CLUES.index(0) + 1))
    tables = [
        h.proto.body for h in app.get("html") if "by the network and by the rules" in h.proto.body
    ]
    shares = [float(t) for t in re.findall(r">([\d.]+)%<", tables[0])]
    assert len(shares) == 4
    assert sum(shares) == pytest.approx(100, abs=0.05)
    n_held = len(solved_grids("boxes")) // 4
    assert f"{n_held} are held out" in markdown(app)


def test_questions_are_asked_before_the_step(visit):
    app = visit(PAGE, **link(part="predict"))
    assert "In how many empty cells does only one digit fit" in markdown(app)
    labels = ("none", "1", "2", "3", "4 or more")
    assert {button.label for button in app.button} >= set(labels)
    press(app, "4 or more")
    assert app.success or app.warning
    press(app, "Make the step")
    assert query(app)["moves"] == "+"


def test_the_curve_is_hidden_while_it_would_answer(visit):
    app = visit(PAGE, **link(part="predict"))
    press(app, "none")
    press(app, "Next question")
    assert "And in games never seen?" in markdown(app)
    assert "Hidden until you" in unpacked(sent(app, "figure")["figure"])


def test_what_the_tutorial_says_is_held_against_counts(visit):
    app = visit(PAGE, **link(part="tutorial"))
    assert "85,632" in markdown(app)
    assert "Trained again" in markdown(app)


def test_what_cannot_be_used_is_reported_and_left_out(visit):
    links = (
        {"clues": "12", "moves": "z9", "cell": "17", "games": "65", "rules": "hexagons"},
        {"clues": "500000000000000x", "moves": "+" * 301, "step": "601"},
    )
    for given in links:
        app = visit(PAGE, **link(**given))
        assert len(app.warning) == len(given)
        for name in given:
            assert any(f"The address says {name} is" in each.value for each in app.warning)
        assert query(app) == {**link(), "mode": "free"}


def test_clues_without_an_answer_are_no_trouble(visit):
    app = visit(PAGE, **link(clues="1000010000000000"))
    assert "These clues have no answer" in words(app)
    assert "is asked about a grid that has no answer" in words(app)


def test_a_full_grid_is_no_trouble(visit):
    full = grid_text(solved_grids("boxes")[0])
    for part in ("numbers", "predict"):
        app = visit(PAGE, **link(clues=full, part=part))
        assert "has no empty cell to answer" in words(app)
    visit(PAGE, **link(clues=full, view="learn"))
