"""The view Ten digits of the page Pictures to numbers, run without a browser."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, text_of
from nnviz.chapters.pictures_to_numbers.figures.confusion import MOST_SHOWN
from nnviz.chapters.pictures_to_numbers.ten.mistakes import confusion
from nnviz.chapters.pictures_to_numbers.ten.network import UPDATES, TenConfig, train_ten
from nnviz.chapters.pictures_to_numbers.ten.reading import most_needed, read_ten, unit_off
from nnviz.chapters.pictures_to_numbers.ten.words import (
    describe_confusion,
    describe_gallery,
    describe_training,
)
from nnviz.chapters.pictures_to_numbers.views import ten_runs
from nnviz.chart.plot import unpacked
from nnviz.data.digits import digits
from nnviz.site.background import Known
from tests.pages.on_screen import sent
from tests.pages.pictures import PAGE, chart_words, choice

PICTURE = tuple(digits().pictures[1551].tolist())
CHOSEN = {"view": "digits", "learned": "200", "units": "5", "drawing": text_of(PICTURE)}


def test_it_says_what_the_core_computes_at_every_step_and_without_a_unit(
    visit: Callable[..., AppTest],
) -> None:
    run = train_ten(TenConfig(200, 5))
    for step in (0, 70, UPDATES):
        app = visit(PAGE, update=str(step), **CHOSEN)
        assert chart_words(app) == describe_training(run, step, read_ten(run, step, PICTURE))
    app.button(f"{PAGE}.most_needed").click().run()
    unit = most_needed(run, UPDATES)
    assert choice(app, "off") == unit + 1
    off = unit_off(run, UPDATES, unit)
    assert chart_words(app) == describe_training(
        run, UPDATES, read_ten(run, UPDATES, PICTURE, unit), off
    )
    (chooser,) = (each for each in app.selectbox if each.label == "Switched off")
    chooser.set_value(0).run()
    assert choice(app, "off") == 0
    # A unit that there is not is not off, and without hidden units none is offered.
    app = visit(PAGE, update="300", **{**CHOSEN, "off": "9"})
    assert chart_words(app) == describe_training(run, UPDATES, read_ten(run, UPDATES, PICTURE))
    app = visit(PAGE, **{**CHOSEN, "units": "0", "off": "3", "drawing": text_of(EMPTY)})
    assert [each.value for each in app.info] == [
        "Unit 3 is not in this network, so no unit is switched off."
    ]
    assert not [each for each in app.selectbox if each.label == "Switched off"]
    assert "Nothing is learned yet" in chart_words(app)


def test_mistakes_come_one_after_the_other_and_cells_open(visit: Callable[..., AppTest]) -> None:
    run = train_ten(TenConfig(200, 5))
    found = confusion(run, UPDATES)
    app = visit(PAGE, **{**CHOSEN, "drawing": ""})
    for seen in found.mistakes()[:2]:
        app.button(f"{PAGE}.next_mistake").click().run()
        assert choice(app, "drawing") == tuple(digits().pictures[seen.picture].tolist())
    app = visit(PAGE, look="mistakes", **CHOSEN)
    assert chart_words(app) == (
        f"{describe_confusion(found, run.config)} {describe_gallery(found.mistakes(), None)}"
    )
    label, said = found.largest[0]
    app = visit(PAGE, look="mistakes", cell=f"{label}{said}", **CHOSEN)
    cell = found.cell(label, said)
    assert chart_words(app).endswith(describe_gallery(cell, (label, said)))
    assert f"({MOST_SHOWN} of {len(cell)})" in unpacked(sent(app, "save_as")["figure"])
    app.button(f"{PAGE}.surest").click().run()
    assert choice(app, "cell") == ""


def test_parts_say_the_same_and_an_open_question_hides_what_answers_it(
    visit: Callable[..., AppTest],
) -> None:
    for look in ("learn", "mistakes"):
        for part in ("numbers", "code", "export", "tutorial"):
            app = visit(PAGE, look=look, part=part, update="300", **CHOSEN)
            assert not app.exception
    app = visit(PAGE, look="mistakes", part="predict", **CHOSEN)
    assert chart_words(app) == "The picture waits for your answer."
    app.button(f"{PAGE}.answer.0").click().run()
    assert "held-out pictures are wrong" in chart_words(app)
    unit = most_needed(train_ten(TenConfig(200, 5)), UPDATES)
    app = visit(PAGE, part="predict", update="300", off=str(unit + 1), **CHOSEN)
    assert f"Unit {unit + 1} off" not in chart_words(app)
    app.button(f"{PAGE}.answer.0").click().run()
    assert f"Unit {unit + 1} off" in chart_words(app)


def test_repeats_are_shown_as_they_come(visit: Callable[..., AppTest], monkeypatch: Any) -> None:
    made: list[Any] = []

    def ask(study: Any) -> Known[Any]:
        # Some more of them each time the page asks.
        every = list(study.trials())
        made.extend((trial, 0.9) for trial in every[len(made) : len(made) + 60])
        return Known(tuple(made))

    monkeypatch.setattr(ten_runs.STUDIES.background, "ask", ask)
    app = visit(PAGE, look="study", **CHOSEN)
    assert "112 trainings" in chart_words(app) or "Mean of 8" in chart_words(app)
    app.run()
    assert "20 pictures: 90.0%" in chart_words(app)


def test_nonsense_in_the_address_is_told(visit: Callable[..., AppTest]) -> None:
    app = visit(
        PAGE, view="digits", look="x", units="33", learned="7", hands="feet", update="301",
        off="-1", cell="8", mode="free",
    )  # fmt: skip
    told_of = " ".join(each.value for each in (*app.warning, *app.info, *app.error))
    for name in ("look", "units", "learned", "hands", "update", "off", "cell"):
        assert f"The address says {name} is" in told_of
    assert choice(app, "units") == 16
