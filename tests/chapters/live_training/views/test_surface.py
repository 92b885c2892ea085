"""The part of a page with the error surface: its choices in the address, and what it says."""

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.live_training.views.surface import SURFACE_PARAMETERS
from nnviz.chart.plot import unpacked
from tests.pages.on_screen import query, sent

SURFACE, SOLID, TURN = SURFACE_PARAMETERS


def page(hidden=(), rate=0.1, step=200):
    """Show the part alone; Streamlit runs this function's source as a script."""
    from nnviz.chapters.live_training.views.surface import SURFACE_PARAMETERS, surface_part
    from nnviz.site.address import Address
    from tests.runs import run_of

    address = Address("live_training", SURFACE_PARAMETERS)
    address.open()
    surface_part(address, run_of(steps=200, hidden=hidden, learning_rate=rate), step)
    address.close()


def visit(link=None, **run):
    app = AppTest.from_function(page, kwargs=run, default_timeout=30)
    for name, value in (link or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app):
    return sent(app, "words")["words"]


def names(app):
    return [box.value for box in app.selectbox]


@pytest.mark.parametrize("text", ["w1,w2", "b,w1", "w1.2,v3", "h2.w1.3,c", "principal"])
def test_a_link_gives_back_its_axes(text):
    assert SURFACE.format(SURFACE.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "w1", "w1,", ",w1", "w1,w1", "w1,w2,b", "W1,w2", "w1, w2", "<b>,w1", "w" * 99]
)
def test_what_a_link_gets_wrong_is_a_sentence(text):
    with pytest.raises(ValueError, match=r"^it must be principal, or two different weights"):
        SURFACE.parse(text)


def test_at_first_it_is_a_map_of_the_first_two_weights():
    app = visit()
    assert names(app) == ["w1", "w2"]
    assert "“weight of x1” and “weight of x2”" in words(app)
    assert '"type":"contour"' in unpacked(sent(app, "figure")["figure"])
    assert not app.slider
    assert not app.caption
    assert query(app) == {}


def test_other_axes_are_chosen():
    app = visit()
    app.selectbox[1].select("b").run()
    assert "“weight of x1” and “bias”" in words(app)
    assert query(app)["surface"] == "w1,b"
    app.selectbox[0].select("w2").run()
    assert names(app) == ["w2", "b"]
    assert "“weight of x2” and “bias”" in words(app)
    assert query(app)["surface"] == "w2,b"


def test_the_same_one_twice_is_refused_with_a_sentence():
    app = visit({"surface": "w2,b"})
    app.selectbox[0].select("b").run()
    (warning,) = app.warning
    assert warning.value.startswith("“bias” is on the other axis already. Choose two different")
    assert names(app) == ["w2", "b"]
    assert query(app)["surface"] == "w2,b"
    # The sentence goes with the next choice.
    app.selectbox[0].select("w1").run()
    assert not app.warning
    assert names(app) == ["w1", "b"]


def test_main_directions_are_chosen_and_left_again():
    app = visit(hidden=((4, "tanh"),))
    (kind,) = app.get("button_group")
    kind.set_value("Main directions").run()
    assert query(app)["surface"] == "principal"
    assert "The run moves 17 numbers at once" in words(app)
    assert not app.selectbox
    assert "right angles" in app.caption[0].value
    (kind,) = app.get("button_group")
    kind.set_value("Two weights or biases").run()
    assert names(app) == ["w1.1", "w1.2"]
    assert not app.caption


def test_in_three_dimensions_it_can_be_turned():
    app = visit({"surface": "principal"})
    app.toggle[0].set_value(True).run()
    assert '"type":"surface"' in unpacked(sent(app, "figure")["figure"])
    assert "above or below the ground" in words(app)
    before = sent(app, "figure")["figure"]
    app.slider[0].set_value(90).run()
    assert sent(app, "figure")["figure"] != before
    assert query(app) == {
        "lesson": "live_training.1", "surface": "principal", "solid": "on", "turn": "90",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("link", "hidden", "unknown"),
    [("w1,v3", (), "v3"), ("w1,b", ((2, "relu"),), "w1"), ("w1.1,v3", ((2, "relu"),), "v3")],
)
def test_axes_of_another_model_give_way_to_the_first_two(link, hidden, unknown):
    app = visit({"surface": link}, hidden=hidden)
    (caption,) = app.caption
    first, second = ("x1 → unit 1", "x1 → unit 2") if hidden else ("weight of x1", "weight of x2")
    assert caption.value == (
        f"This model has no weight or bias “{unknown}”. Shown are “{first}” and “{second}”."
    )
    assert f"“{first}” and “{second}”" in words(app)


def test_another_model_starts_with_its_own_first_two_and_nothing_to_say():
    app = visit(hidden=((2, "relu"),))
    assert names(app) == ["w1.1", "w1.2"]
    assert not app.caption


def test_a_run_that_does_not_move_says_so():
    app = visit({"surface": "principal"}, rate=0.0)
    assert app.caption[0].value.startswith("This run does not move, so it has no main directions.")
    assert "“weight of x1” and “weight of x2”" in words(app)


@pytest.mark.parametrize("step", [0, 1, 133, 200])
def test_it_speaks_of_the_step(step):
    when = {0: "before training", 1: "after 1 update"}.get(step, f"after {step} updates")
    assert when in words(visit(step=step))
