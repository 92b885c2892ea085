"""Backpropagation without a browser: walks, rows, rates, networks, the address, bad input."""

import re

import pytest
import streamlit as st

from nnviz.chapters.backpropagation import address
from nnviz.chapters.backpropagation.address import ADDRESS, ENDS, MOST_UPDATES, NETWORKS
from nnviz.chart.gestures import Click
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.walkthrough.finite_differences import TOLERANCE
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.walk import RowUpdate
from nnviz.walkthrough.words.sentences import step_sentence
from tests.pages.on_screen import press, query, sent, unescaped

pytestmark = pytest.mark.usefixtures("code_names")

PAGE = "backpropagation"
EIGHT = "3,1.5,0;2,1,1;4,1.5,0;3,4,1;3.5,0.5,0;2,0.5,1;5.5,1,1;1,1,0"


class Choices(dict):
    """The choices of an address, without Streamlit."""


def walk_of(**given):
    """Return the walk that a link should open."""
    parameters = ADDRESS.parameters
    choices = Choices({name: parameter.default for name, parameter in parameters.items()})
    choices.update({name: parameters[name].parse(text) for name, text in given.items()})
    return address.chosen_walk(choices)


def shows(app, walk, position):
    place = walk.place(position)
    trace = walk.traces[place.update]
    effect = update_effect(trace, walk.start.X, walk.start.y)
    told = step_sentence(trace, place.step, walk.taken[place.update].row, effect)
    assert sent(app, "words")["words"] == told


def table_rows(app):
    """Return the rows of the table of values, the newest first."""
    body = next(h.proto.body for h in app.get("html") if "Every value of this" in h.proto.body)
    return re.findall(r'<th scope="row">(.*?)</th><td title="(.*?)">', body)


def test_the_page_opens_before_the_first_step_of_the_tutorials_row(visit):
    app = visit(PAGE)
    assert sent(app, "words")["words"] == (
        "Row 2 goes in: 2 and 1.5. The right answer, its target, is 0. Nothing is computed yet."
    )
    assert sent(app, "clock")["clock"]["step"] == 0
    assert sent(app, "query")["query"] == "lesson=backpropagation.1&mode=free"


def test_the_figures_of_the_tutorial_stand_in_the_table(visit):
    app = visit(PAGE, at="13")
    found = {name.split("  ")[1]: float(value) for name, value in table_rows(app)}
    expected = {
        "layer_1": 1.91,
        "prediction": 0.8710191478537642,
        "error": 0.7586743559278976,
        "derror_dprediction": 1.7420382957075284,
        "dprediction_dlayer1": 0.11234479192586665,
        "dlayer1_dbias": 1.0,
        "derror_dbias": 0.19570892985815364,
        "derror_dweights[0]": 0.39141785971630727,
        "derror_dweights[1]": 0.2935633947872305,
        "new bias": -0.019570892985815364,
    }
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("net", NETWORKS)
def test_every_derivative_in_the_table_is_tried_out(visit, net):
    walk = walk_of(net=net)
    app = visit(PAGE, net=net, at=str(walk.last - 1))
    body = next(h.proto.body for h in app.get("html") if "Every value of this" in h.proto.body)
    differences = [
        float(cells[2])
        for cells in (re.findall(r'<td title="(.*?)">', row) for row in body.split("<tr>"))
        if len(cells) == 3
    ]
    assert len(differences) >= walk.traces[0].network.n_parameters
    assert max(differences) <= TOLERANCE


@pytest.mark.parametrize("net", NETWORKS)
def test_every_part_can_be_seen_at_every_step(visit, all_parts, net):
    walk = walk_of(net=net, taken="2:0.1;1")
    app = visit(PAGE, net=net, taken="2:0.1;1")
    for position in range(0, walk.last + 1, 5):
        # A question is a part of its own: what answers it is out of sight.
        app.session_state[f"{PAGE}.part"] = ("numbers", "predict")[position % 2]
        app.session_state[f"{PAGE}.at"] = position
        app.run()
        shows(app, walk, position)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("end", ENDS)
def test_networks_of_ones_own(visit, activation, end):
    choices = {
        "net": "own", "hidden": "2,4", "features": "x1,x2,sin x1,x1*x2", "end": end,
        "activation": activation, "rows": EIGHT, "taken": "2:0.1;7;3",
    }  # fmt: skip
    walk = walk_of(**choices)
    assert walk.start.sizes == (4, 2, 4, 1)
    app = visit(PAGE, **choices, at="120")
    shows(app, walk, 120)
    assert not app.warning


def test_no_hidden_layer_is_one_unit_with_the_tutorials_names(visit):
    app = visit(PAGE, net="own", hidden="", features="x1", at="2")
    walk = walk_of(net="own", hidden="", features="x1")
    assert walk.start.sizes == (1, 1)
    shows(app, walk, 2)


def test_next_row_goes_on_with_the_updated_parameters(visit):
    app = press(visit(PAGE, at="14"), "Next row")
    assert query(app)["taken"] == "2:0.1;1"
    assert query(app)["at"] == "15"
    walk = walk_of(taken="2:0.1;1")
    assert walk.traces[1].network is walk.traces[0].updated
    shows(app, walk, 15)


def test_next_row_first_goes_to_rows_that_were_taken_already(visit):
    app = press(visit(PAGE, taken="2:0.1;2;2", at="3"), "Next row")
    assert query(app)["taken"] == "2:0.1;2;2"
    assert query(app)["at"] == "15"


def test_a_walk_ends_where_a_link_ends(visit):
    taken = ";".join(["2:0.1", *["1"] * (MOST_UPDATES - 1)])
    app = press(visit(PAGE, taken=taken, at=str(15 * MOST_UPDATES - 1)), "Next row")
    assert query(app)["taken"] == taken
    assert "Live training" in app.toast[0].value


@pytest.fixture
def hands(instead):
    """Give the page buttons that do what only hands in a browser do; return what they send."""
    send = {}

    def with_buttons(real):
        def chart(picture, **given):
            send["keys"] = given["keys"]
            real(picture, **given)
            for event in ("click", "position", "key"):
                st.button(event, on_click=lambda e=event: given[f"on_{e}"](send[e]))

        return chart

    def with_a_button(real):
        def rate_slider(label, value, *, on_slide, **given):
            send["label"], send["rate"] = label, value
            real(label, value, on_slide=on_slide, **given)
            st.button("slide", on_click=lambda: on_slide(*send["slide"]))

        return rate_slider

    instead("nnviz.chart.chart.chart", with_buttons)
    instead("nnviz.chart.slider.rate_slider", with_a_button)
    return send


def act(app, hands, event, value):
    """Do what hands in a browser do."""
    hands[event] = value
    return press(app, event)


def test_keys_pick_rows_and_take_the_next(visit, hands):
    app = visit(PAGE, at="7")
    assert hands["keys"] == (*"123456789", "n", "N")
    act(app, hands, "key", "1")
    assert query(app)["taken"] == "1:0.1"
    shows(app, walk_of(taken="1:0.1"), 7)
    act(app, hands, "key", "n")
    assert query(app)["taken"] == "1:0.1;2"


def test_a_key_for_a_row_that_is_not_there_says_so(visit, hands):
    app = visit(PAGE)
    act(app, hands, "key", "7")
    assert sent(app, "query")["query"] == "lesson=backpropagation.1&mode=free"
    assert app.toast[0].value == "There is no row 7: there are 2."


def test_the_player_reports_where_it_is_and_is_not_pulled_back(visit, hands):
    app = visit(PAGE)
    act(app, hands, "position", 6)
    shows(app, walk_of(), 6)
    assert sent(app, "words")["clock"]["order"].endswith(".0")


def test_the_rate_holds_from_this_update_on_and_leaves_the_past(visit, hands):
    app = visit(PAGE, taken="2:0.1;1;2", at="17")
    assert (hands["label"], hands["rate"]) == ("Rate from update 2 on", 0.1)
    act(app, hands, "slide", (0.5, True))
    assert query(app)["taken"] == "2:0.1;1:0.5;2"
    walk = walk_of(taken="2:0.1;1:0.5;2")
    assert [item.learning_rate for item in walk.taken] == [0.1, 0.5, 0.5]
    shows(app, walk, 17)


def test_a_click_reads_a_box_and_an_arrow(visit, hands):
    app = visit(PAGE, at="9")
    act(app, hands, "click", Click("xy", 0, 0, "a.0.0"))
    assert query(app)["read"] == "a.0.0"
    told = [unescaped(m.value) for m in app.markdown]
    assert "prediction: the answer of this unit." in told
    act(app, hands, "click", Click("xy", 0, 0, "edge.0.1.0"))
    told = [unescaped(m.value) for m in app.markdown]
    assert any(text.startswith("weights_1[1]: what input_vector[1] is") for text in told)


def test_a_reading_leads_to_the_step_that_computes_it(visit):
    app = visit(PAGE, read="weight.0.0.0")
    press(app, "Go to step 11")
    shows(app, walk_of(), 11)


def test_a_parameter_is_set_by_hand(visit):
    app = visit(PAGE, read="bias.0.0", at="4")
    next(n for n in app.number_input if n.label == "Set it by hand").set_value(1.5).run()
    assert query(app)["start"] == "1.45,-0.66,1.5"
    shows(app, walk_of(start="1.45,-0.66,1.5"), 4)
    press(app, "Back to the first parameters")
    assert "start" not in query(app)


def test_a_new_walk_begins_where_the_old_one_stands(visit):
    old = walk_of(taken="2:0.1;1")
    app = press(visit(PAGE, taken="2:0.1;1", at="20"), "Begin a new walk with these parameters")
    assert query(app)["taken"] == "1:0.1"
    start = [float(p) for p in query(app)["start"].split(",")]
    assert start == old.traces[1].network.parameters().tolist()
    assert query(app)["at"] == "5"


def test_a_new_walk_cannot_begin_with_what_no_link_can_hold(visit):
    link = {"net": "own", "hidden": "", "end": "linear", "rows": "100,100,0", "taken": "1:10;1"}
    app = press(visit(PAGE, at="15", **link), "Begin a new walk with these parameters")
    assert "up to 100" in app.toast[0].value
    assert "start" not in query(app)
    shows(app, walk_of(**link), 15)


def test_later_updates_can_be_forgotten(visit):
    app = press(visit(PAGE, taken="2:0.1;1;2", at="16"), "Forget the updates after this one")
    assert query(app)["taken"] == "2:0.1;1"


def test_another_network_begins_a_new_walk_with_the_same_rows(visit):
    app = visit(PAGE, rows=EIGHT, taken="3:0.1", at="9")
    app.selectbox(key=f"{PAGE}.net").set_value("2-2-1").run()
    assert {"rows": EIGHT, "net": "2-2-1", "taken": "3:0.1"}.items() <= query(app).items()
    assert "at" not in query(app)


def test_the_eight_rows_and_back(visit):
    app = press(visit(PAGE), "The eight rows")
    data = eight_rows()
    assert query(app)["rows"] == EIGHT
    assert walk_of(rows=EIGHT).start.rows == tuple(map(tuple, data.X.tolist()))
    app.session_state[f"{PAGE}.taken"] = (RowUpdate(7, 0.1), RowUpdate(1, 0.1))
    app.run()
    press(app, "The two first rows")
    assert query(app)["taken"] == "1:0.1;2"
    assert "rows" not in query(app)
