"""Words to numbers without a browser: three views, own words, the address, every button."""

import json
import re
import time

import pytest

from nnviz.chapters.words_to_numbers.address import ADDRESS, ASKED, LONGEST_OWN, UPDATES, WATCHING
from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.questions import (
    ORDER_PAIR,
    counting_questions,
    learning_questions,
    trials_questions,
)
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.trials import WordsStudy, WordsTrials, measure
from nnviz.chapters.words_to_numbers.words import (
    HIDDEN,
    describe_counts,
    describe_step,
    describe_trials,
)
from nnviz.chart import packing
from nnviz.chart.plot import unpacked
from nnviz.chart.tracks import Tracks
from tests.pages.on_screen import added_up, press, query, sent, unescaped

PAGE = "words_to_numbers"
NASTY = "<script>alert(1)</script> ![x](http://e.vil/i.png)\n**bold** $a$ & [l](http://e.vil) 😀 貓"


def raw_and_found(sentences):
    return tuple(bag(sentences, lemmatised) for lemmatised in (False, True))


def figure(app):
    return json.loads(unpacked(sent(app, "words")["figure"]))


def says(app):
    return sent(app, "words")["words"]


def tables(app):
    return [h.proto.body for h in app.get("html") if "nv-table" in h.proto.body]


def warnings(app):
    return [unescaped(warning.value) for warning in app.warning]


def answers(app):
    return [b for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]


def test_the_page_opens_with_four_sentences_counted(visit):
    app = visit(PAGE)
    raw, found = raw_and_found(WATCHING)
    assert says(app) == describe_counts(raw, None)
    app.toggle(key="words_to_numbers.lemmas").set_value(True).run()
    assert says(app) == describe_counts(raw, found)
    assert "watch, watched, watches and watching are all counted as watch" in says(app)
    assert len([t for t in figure(app)["data"] if t["type"] == "heatmap"]) == 2
    assert query(app) == {"lesson": f"{PAGE}.1", "lemmas": "on"}
    assert any("watch, watched, watches, watching" in table for table in tables(app))


def test_the_whole_set_can_be_counted(visit):
    app = visit(PAGE, chosen="all", lemmas="on")
    raw, found = raw_and_found(SENTENCES)
    assert says(app) == describe_counts(raw, found)


def test_own_sentences_are_counted_and_stay_in_the_link(visit):
    app = visit(PAGE, chosen="own")
    assert app.text_area[0].value == "\n".join(WATCHING)
    app.text_area[0].set_value("Cats run.\n\nA cat ran, a dog runs.").run()
    assert says(app) == describe_counts(bag(["Cats run.", "A cat ran, a dog runs."], False), None)
    assert query(app)["own"] == "Cats run.\n\nA cat ran, a dog runs."
    again = visit(PAGE, **query(app))
    assert says(again) == says(app)


@pytest.mark.parametrize("lemmas", ["on", "off"])
def test_nothing_of_what_is_typed_is_markup(visit, lemmas):
    app = visit(PAGE, chosen="own", own=NASTY, lemmas=lemmas)
    for part in ("numbers", "code", "predict", "tutorial"):
        app.button_group(key=f"{PAGE}.part").set_value(part).run()
        shown = figure(app)
        for trace in shown["data"]:
            for row in trace.get("hovertext", []):
                assert all("<script" not in text and "<b>" not in text for text in row)
        labels = shown["layout"]["yaxis"]["ticktext"]
        assert labels[0].startswith("&lt;script&gt;")
        for text in [m.value for m in app.markdown]:
            assert "e.vil" not in text


def test_lines_that_are_left_out_are_reported_and_shown_as_they_stand(visit):
    app = visit(PAGE, chosen="own", own="\n".join(["a"] * 12 + ["![x](http://e.vil) <b>"]))
    (warning,) = app.warning
    assert "![x]" in unescaped(warning.value)
    assert "![x]" not in warning.value
    assert "These are 13 lines, and 12 fit" in warning.value


def test_no_word_at_all_is_said(visit):
    app = visit(PAGE, chosen="own", own="😀 ...")
    (info,) = app.info
    assert info.value.startswith("There is no word here yet")


def test_a_wrong_address_is_reported_in_sentences(visit):
    given = {
        "view": ("slides", "it must be one of: count, learn, splits, vectors. So view starts"),
        "own": ("x" * 601, "but it has 601 characters, and 600 are the most for it"),
        "lemmas": ("maybe", "it must be on or off"),
        "ask": ("y" * 161, "but it has 161 characters, and 160 are the most for it"),
        "rate": ("0.3", "it must be one of: 0.05, 0.1, 0.2, 0.5, 1, 2"),
        "seed": ("-1", "it must lie between 0 and"),
        "step": ("2001", "it must lie between 0 and 2,000"),
        "splits": ("41", "it must lie between 1 and 40"),
        "about": ("cats", "it must be one of: place, directions, near, moods, amounts, taken"),
        "placed": ("1,2", "it must be 12 numbers with commas between them"),
        "across": ("z" * 61, "but it has 61 characters, and 60 are the most for it"),
        "left_out": ("perhaps", "it must be on or off"),
    }
    app = visit(PAGE, **{name: text for name, (text, _) in given.items()})
    for warning, (_, sentence) in zip(warnings(app), given.values(), strict=True):
        assert sentence in warning


def test_the_longest_own_text_fits_into_a_link(visit):
    own = ("貓" * 49 + "\n") * 12
    app = visit(PAGE, chosen="own", own=own[:LONGEST_OWN])
    assert says(app).startswith("12 sentences")
    assert query(app)["own"] == own[:LONGEST_OWN]


def test_the_training_and_the_sentence_that_is_asked_about(visit):
    app = visit(PAGE, view="learn", step="300", lemmas="on")
    run = learn_words(WordsConfig(True))
    assert says(app) == describe_step(run, 300, ASKED)
    assert "It does not know zebra" in says(app)
    (table,) = tables(app)
    for word in ("sister", "laugh", "dance", "zebra", "bias", "sum"):
        assert f">{word}<" in table
    app.text_input(key=f"{PAGE}.ask").set_value("What a happy <b>dog</b>!").run()
    assert says(app) == describe_step(run, 300, "What a happy <b>dog</b>!")
    app.toggle(key="words_to_numbers.lemmas").set_value(False).run()
    assert says(app) == describe_step(
        learn_words(WordsConfig(False)), 300, "What a happy <b>dog</b>!"
    )
    clock = sent(app, "words")["clock"]
    assert (clock["step"], clock["play"], clock["jump"]) == (300, "Train", 90)


def test_the_order_is_shown_to_fail_by_a_button(visit):
    app = visit(PAGE, view="learn")
    before = sent(app, "words")["clock"]["order"]
    press(app, "Same words, other order")
    run = learn_words(WordsConfig(False))
    assert says(app) == describe_step(run, UPDATES, *ORDER_PAIR, same=True)
    assert "same words in another order" in says(app)
    assert sent(app, "words")["clock"]["order"] != before
    assert query(app)["step"] == str(UPDATES)


def test_another_split_is_another_seed(visit):
    app = visit(PAGE, view="learn", step="50")
    press(app, "Another split")
    assert query(app)["seed"] == "1"
    assert says(app) == describe_step(learn_words(WordsConfig(False, seed=1)), 50, ASKED)


def test_lemmas_or_not_comes_split_by_split(visit):
    app = visit(PAGE, view="splits", splits="1", rate="1")
    deadline = time.monotonic() + 30
    study = WordsStudy(WordsConfig(False, 1.0), 1)
    come = WordsTrials.of(study, {t: measure(study.config_of(t)) for t in study.trials()})
    while says(app) != describe_trials(come):
        assert time.monotonic() < deadline
        app.run()
    (table,) = tables(app)
    assert f"{come.of_kind(1).median[-1]:.1%}" in table


@pytest.mark.parametrize(
    "choices",
    [{"lemmas": "on"}, {"view": "learn", "step": "100"}, {"view": "splits", "splits": "1"}],
)
def test_a_question_is_asked_before_the_picture_tells(visit, choices):
    app = visit(PAGE, part="predict", **choices)
    deadline = time.monotonic() + 30
    while not answers(app):
        assert time.monotonic() < deadline
        app.run()
    if choices.get("view") == "learn":
        questions = learning_questions(learn_words(WordsConfig(False)), 100)
    elif choices.get("view") == "splits":
        study = WordsStudy(WordsConfig(False), 1)
        come = WordsTrials.of(study, {t: measure(study.config_of(t)) for t in study.trials()})
        questions = trials_questions(come)
        assert says(app) == HIDDEN
    else:
        questions = counting_questions(*raw_and_found(WATCHING))
        assert says(app) == HIDDEN
        assert len([t for t in figure(app)["data"] if t["type"] == "heatmap"]) == 1
    assert [b.label for b in answers(app)] == list(questions[0].options)
    next(b for b in answers(app) if b.label == questions[0].answer).click().run()
    assert app.success[0].value == f"Right. {questions[0].reason}"
    assert says(app) != HIDDEN


@pytest.mark.parametrize("view", ["count", "learn", "splits"])
def test_the_code_is_the_real_one_with_a_script(visit, view):
    app = visit(PAGE, view=view, part="code", lemmas="on", splits="1")
    script, source = (code.value for code in app.code)
    compile(script, "script", "exec")
    assert "def words_of(text):" in script
    name = {"count": "tokens", "learn": "learn_words", "splits": "measure"}[view]
    assert f"def {name}(" in source


def test_the_notes_show_what_they_say(visit):
    app = visit(PAGE, view="learn", part="tutorial")
    texts = " ".join(m.value for m in app.markdown)
    raw, found = raw_and_found(SENTENCES)
    assert f"{raw.zero_fraction:.1%} of the counts are 0 before" in texts
    assert f"{len(raw.words)} columns become {len(found.words)}" in texts
    press(app, "Show me: same words, other order")
    assert "same words in another order" in says(app)
    press(app, "Show me: all sentences with lemmas")
    assert says(app) == describe_counts(raw, found)
    assert re.search(r"“don't” becomes “do”", " ".join(m.value for m in app.markdown))


def test_a_teacher_can_hide_the_controls_and_parts(visit):
    for view in ("count", "learn", "splits"):
        app = visit(PAGE, view=view, hide="controls,code")
        assert "words_to_numbers.lemmas" not in [toggle.key for toggle in app.toggle]
        assert not app.text_input
        assert not app.selectbox
        assert not app.code
    assert set(ADDRESS.parameters) >= {"view", "own", "ask", "other", "lemmas", "step"}


PARTS_OF_VECTORS = ("place", "directions", "near", "moods", "amounts", "taken")


def test_every_part_of_word_vectors_has_its_picture_sentence_code_and_notes(visit):
    for about in PARTS_OF_VECTORS:
        app = visit(PAGE, view="vectors", about=about, splits="1")
        deadline = time.monotonic() + 30
        while "trainings are made" in says(app):
            assert time.monotonic() < deadline
            app.run()
        assert says(app).endswith((".", ":")), about
        assert figure(app)["data"], about
        assert tables(app), about
        for part in ("code", "predict", "tutorial"):
            app.button_group(key=f"{PAGE}.part").set_value(part).run()
            if part == "code":
                script, source = (code.value for code in app.code)
                compile(script, "script", "exec")
                assert "def " in source
            if part == "predict" and about != "place":
                assert answers(app), about
                assert says(app) == HIDDEN or about == "moods", about
        assert not app.exception


def test_words_are_placed_by_the_link_and_put_back(visit):
    app = visit(PAGE, view="vectors", placed="1,1,2.4,-1.2,4,5,4,6,9,9,10,2")
    assert "Closest are rabbit and cow, 1 apart" in says(app)
    assert "3.606" not in says(app)
    (table,) = tables(app)
    assert ">5<" in table  # mouse to rabbit, by hand: 3, 4, 5
    press(app, "Start again")
    assert "wait below" in says(app)
    assert "placed" not in query(app)


def test_unknown_words_are_named_and_nothing_of_them_is_markup(visit):
    app = visit(PAGE, view="vectors", about="directions", put=f"king delightfull {NASTY[:90]}")
    assert any("Did you mean delightful?" in text for text in warnings(app))
    assert any(">king<" in table for table in tables(app))
    for text in [m.value for m in (*app.markdown, *app.warning)]:
        assert "e.vil/i.png" not in text.replace("\u2060", "")
    for part, name in (("directions", "across"), ("near", "near"), ("taken", "jobs")):
        for text in ("", "😀", "xyzzy", "<b>good</b>", "a " * 29):
            app = visit(PAGE, view="vectors", about=part, **{name: text})
            assert not app.exception
            assert app.warning or part == "taken" or text == "<b>good</b>", (part, text)
    many = " ".join(f"{a}{b}" for a in "abcdefghi" for b in "abcdefghijklm")[:400]
    app = visit(PAGE, view="vectors", about="directions", put=many)
    assert not app.exception


def test_a_text_that_is_too_long_is_cut_and_that_is_said(visit):
    for choices, name, longest in (
        ({"view": "vectors", "about": "directions"}, "put", 400),
        ({"view": "vectors", "about": "taken"}, "jobs", 400),
        ({"view": "vectors", "about": "near"}, "against", 60),
        ({"view": "learn"}, "ask", 160),
        ({"chosen": "own"}, "own", LONGEST_OWN),
    ):
        app = visit(PAGE, **choices)
        fields = app.text_area if name == "own" else app.text_input
        fields(key=f"{PAGE}.{name}").set_value("good " * (longest // 5 - 1) + "wonderful day").run()
        kept = "good " * (longest // 5 - 1)
        assert query(app)[name] == kept.rstrip() or query(app)[name] == kept, name
        assert (
            f"This text has {longest + 8} characters, and {longest} are the most here. What "
            "follows from “wonderful day” on is left out." in warnings(app)
        ), name
        app.run()
        assert not any("left out" in each for each in warnings(app)), name


def test_king_and_not_bad_and_occupations_are_shown_by_a_button(visit):
    app = visit(PAGE, view="vectors", about="near")
    assert "Bad: 0.795, number" in says(app)
    press(app, "king − man + woman")
    assert says(app).startswith("Nearest to king − man + woman: king, cosine 0.884")
    assert "Queen: 0.853, number 2 of 10,000." in says(app)
    app.toggle(key=f"{PAGE}.left_out").set_value(True).run()
    assert says(app).startswith("Nearest to king − man + woman: queen")
    assert "Queen: 0.853, number 1 of 9,997." in says(app)
    app = visit(PAGE, view="vectors", about="moods", part="tutorial")
    press(app, "Not bad")
    run = learn_words(WordsConfig(False, vectors=True))
    assert says(app) == describe_step(run, UPDATES, "The film was not bad.", "The film was good.")
    press(app, "Show me: occupations")
    assert "nearest to he" in says(app)
    assert any("nor what should be" in m.value for m in app.markdown)


def test_while_a_task_waits_for_its_answer_nothing_stands_for_one(visit):
    nothing = [packing.pack(Tracks((), UPDATES))[1]]
    for task, answer in (("4", "both the same"), ("5", "It refuses."), ("7", "a good mood")):
        app = visit(PAGE, task=task)
        assert sent(app, "words")["frames"] == nothing, task
        assert says(app) == HIDDEN
        assert figure(app)["layout"]["yaxis2"]["ticktext"] == ["bias", "<b>sum</b>"]
        press(app, answer)
        assert nothing[0] not in sent(app, "words")["frames"], task


def test_a_word_never_seen_is_told_right_on_the_page(visit):
    app = visit(PAGE, view="vectors", about="moods", step="2000", ask="What a delightful evening!")
    assert "0.921 for a good mood, the heaviest word is “delightful”" in says(app)
    assert any("wonderful" in table and "beautiful" in table for table in tables(app))
    assert any("nearest to delightful" in a["text"] for a in figure(app)["layout"]["annotations"])
    app.text_input(key=f"{PAGE}.ask").set_value("Delightfull <i>").run()
    assert any("Did you mean delightful?" in c.value for c in app.caption)


def test_the_curves_of_the_page_are_what_was_measured(visit):
    app = visit(PAGE, view="vectors", about="amounts", splits="20")
    deadline = time.monotonic() + 60
    while "trainings are made" in says(app):
        assert time.monotonic() < deadline
        app.run()
    found = [float(n) for n in re.findall(r"([\d.]+)%", says(app))]
    # From 20 sentences vectors, lemmas, words; from 90 the same: means of 100 splits. A median of
    # 20 splits goes in steps of 1.7 and is known to about 2.
    measured = (85, 65.5, 55, 93.5, 90, 73)
    for value, mean in zip(found, measured, strict=True):
        assert abs(value - mean) <= 4, found
    (table,) = tables(app)
    assert f"{found[0]:.1f}%" in table


def test_what_the_words_weigh_adds_up_as_printed(visit):
    vectors = {"view": "vectors", "about": "moods"}
    for ask in (ASKED, "We loved the wonderful film and hated the boring end of it."):
        for view in ({"view": "learn"}, vectors):
            assert added_up(visit(PAGE, ask=ask, step="1234", **view)) == 1
