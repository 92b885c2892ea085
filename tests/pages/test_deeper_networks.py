"""Deeper networks, without a browser: every control, preset and link, held to the core."""

import json
from functools import cache
from itertools import zip_longest

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.chapters.deeper_networks.words import checkpoint_sentence
from nnviz.chart.gestures import Click, Drag
from nnviz.chart.plot import unpacked
from nnviz.data.sample import Sample
from nnviz.data.sample_text import encode
from nnviz.data.toys import TOYS
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.rng import generator
from nnviz.nn.schedules import SCHEDULES
from nnviz.text.digits import digits
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline
from tests.pages.on_screen import press, query, sent, unescaped

PAGE = "deeper_networks"
SIX_BY_EIGHT = ",".join(["8 tanh"] * 6)


@cache
def trained(settings=Settings(), own=None, epochs=400, changes=()):  # noqa: B008
    """Return the history that the page should show; changes are (step, choices, by_hand)."""
    plan = settings.plan(own)
    stages = [Stage(0, plan)]
    for step, choices, by_hand in changes:
        settings = settings.with_choices(dict(choices))
        stages.append(Stage(step, settings.plan(own), by_hand))
    return record(Timeline(tuple(stages), min(1_000_000, epochs * plan.updates_per_epoch)))


def words(app):
    return sent(app, "words")["words"]


def figure(app):
    return json.loads(unpacked(sent(app, "words")["figure"]))


def control(app, kind, label):
    (found,) = (widget for widget in app.get(kind) if widget.label == label)
    return found


def shows(app, history, step):
    """Assert that sentence, clock and loss axis speak of this moment of this history."""
    chart = sent(app, "words")
    assert chart["words"] == checkpoint_sentence(history, step)
    assert chart["clock"]["step"] == step
    assert figure(app)["layout"]["xaxis3"]["range"][1] == pytest.approx(1.012 * history.last_step)


def again(visit, app):
    """Open the link of the page anew, and assert that it says and shows the same."""
    other = visit(PAGE, **query(app))
    assert not other.warning
    assert query(other) == query(app)
    assert words(other) == words(app)
    assert sent(other, "words")["frames"] == sent(app, "words")["frames"]
    return other


def rounds(cases, name):
    """Return as few links as can carry all cases, with every name once in each."""
    by_name = {}
    for case in cases:
        by_name.setdefault(name(case), []).append(case)
    return [tuple(filter(None, together)) for together in zip_longest(*by_name.values())]


def some_rows(n=40, columns=2, classes=2):
    """Return rows of which the first column tells the class, or the number."""
    X = generator(5, "test of the page").normal(size=(n, columns)).round(2)
    order = np.argsort(np.argsort(X[:, 0]))
    y = order * classes // n if classes else (2 * X[:, 0] + 1).round(3)
    names = tuple(f"c{k}" for k in range(classes))
    return Sample(X, y.astype(float), tuple(f"col {k}" for k in range(columns)), names, "told")


def test_the_page_opens_before_training(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Deeper networks"
    assert not app.warning
    shows(app, trained(), 0)
    assert sent(app, "query")["query"] == "lesson=deeper_networks.1&mode=free"
    clock = sent(app, "words")["clock"]
    assert (clock["play"], clock["jump"], clock["jump_unit"]) == ("Train", 13, "epoch")


def test_the_table_says_what_the_core_computes(visit):
    app = visit(PAGE, step="1300")
    history = trained()
    now = scores(history.plan_at(1300), history.parameters_at(1300)[np.newaxis])
    table = next(m.value for m in app.markdown if "mean loss" in m.value)
    assert "update 1,300, epoch 100 | training | test" in table
    assert f"| mean loss | {digits(now.train_loss[0])} | {digits(now.test_loss[0])} |" in table
    right = f"| rows right | {now.train_accuracy[0]:.1%} | {now.test_accuracy[0]:.1%} |"
    assert right in table


def test_the_confusion_matrix_counts_every_row(visit):
    app = visit(PAGE, step="26", **{"with": "data:blobs;classes:5;noise:0.8"})
    tables = [m.value for m in app.markdown if "told →" in m.value]
    counts = []
    for table in tables:
        lines = [line.strip("|").split("|")[1:] for line in table.splitlines()[2:]]
        counts.append(np.array([[int(cell.strip(" *")) for cell in line] for line in lines]))
    train, test = counts
    assert train.shape == test.shape == (5, 5)
    assert (train.sum(), test.sum()) == (125, 125)
    history = trained(Settings(data="blobs", classes=5, noise=0.8))
    now = scores(history.plan_at(26), history.parameters_at(26)[np.newaxis])
    assert np.trace(train) / 125 == pytest.approx(now.train_accuracy[0])
    assert np.trace(test) / 125 == pytest.approx(now.test_accuracy[0])


def test_every_preset_opens_with_its_words_and_is_a_link(visit):
    app = visit(PAGE)
    for name, preset in PRESETS.items():
        control(app, "button_group", "Presets").set_value(name).run()
        assert sent(app, "words")["hint"] == preset.invitation
        assert control(app, "button_group", "Presets").value == name
        assert int(query(app).get("epochs", 400)) >= preset.epochs
        start = record(Timeline.of(preset.plan(), 1))
        assert words(app).startswith(checkpoint_sentence(start, 0).split(";")[0].rstrip("."))
        other = again(visit, app)
        assert sent(other, "words")["hint"] == preset.invitation


def test_every_data_set_can_be_learnt_from(visit):
    app = visit(PAGE, step="10", epochs="50")
    control(app, "radio", "What I change counts").set_value("start").run()
    for data in TOYS:
        control(app, "selectbox", "Data").set_value(data).run()
        shows(app, trained(Settings(data=data), epochs=50), 10)
        assert query(app).get("with", "data:circle") == f"data:{data}"
        again(visit, app)


CONTROLS = [
    ("select_slider", "Noise", 0.5, "noise:0.5"),
    ("select_slider", "Rows", 100, "rows:100"),
    ("number_input", "Seed of the rows", 3, "draw:3"),
    ("select_slider", "Held out for testing", 0.0, "test:0"),
    ("select_slider", "Held out for testing", 0.9, "test:0.9"),
    ("button_group", "Inputs", ["x2", "x1^2", "x1*x2"], "inputs:x2,x1^2,x1*x2"),
    ("toggle", "Standardise", False, "standardise:off"),
    ("selectbox", "Units in layer 1", 8, "hidden:8 tanh,2 tanh"),
    ("selectbox", "Units in layer 2", 1, "hidden:8 tanh,1 tanh"),  # after the one above
    ("selectbox", "Loss", "squared_error", "loss:squared_error"),
    ("selectbox", "Start of the weights", "zeros", "init:zeros"),
    ("select_slider", "Batch size", 1, "batch:1"),
    ("select_slider", "Batch size", 50_000, "batch:50000"),
    ("select_slider", "L1", 0.001, "l1:0.001"),
    ("select_slider", "L2", 0.01, "l2:0.01"),
    ("select_slider", "Dropout", 0.5, "dropout:0.5"),
    ("select_slider", "Early stopping", 10, "patience:10"),
    ("number_input", "Seed", 9, "seed:9"),
    *(
        ("selectbox", "Optimiser", name, f"optimizer:{name}")
        for name in OPTIMIZERS
        if name != "sgd"
    ),
]


def test_every_control_changes_the_start_and_goes_into_the_link(visit):
    app = visit(PAGE, epochs="50")
    chosen = {}
    for together in rounds(CONTROLS, lambda case: case[3].partition(":")[0]):
        for kind, label, value, text in together:
            control(app, kind, label).set_value(value).run()
            chosen[text.partition(":")[0]] = text
            assert set(query(app)["with"].split(";")) == set(chosen.values())
            assert "lines" not in query(app)
        other = again(visit, app)
        for kind, label, value, _ in together:
            assert control(other, kind, label).value == value


def test_every_activation_can_be_taken_by_every_layer(visit):
    app = visit(PAGE, step="13", epochs="50")
    control(app, "radio", "What I change counts").set_value("start").run()
    for activation in ACTIVATIONS:
        for place in (0, 1):
            boxes = [box for box in app.selectbox if box.label == "Activation"]
            boxes[place].set_value(activation).run()
        hidden = ((4, activation), (2, activation))
        shows(app, trained(Settings(hidden=hidden), epochs=50), 13)


def test_every_schedule_can_be_chosen(visit):
    app = visit(PAGE, step="650")
    control(app, "radio", "What I change counts").set_value("start").run()
    for schedule in SCHEDULES:
        control(app, "selectbox", "Learning-rate schedule").set_value(schedule).run()
        shows(app, trained(Settings(schedule=schedule)), 650)


def test_layers_are_added_up_to_six_and_removed_down_to_none(visit):
    app = visit(PAGE)
    for count in (3, 4, 5, 6):
        press(app, "Add a layer")
        assert query(app)["with"] == "hidden:4 tanh," + ",".join(["2 tanh"] * (count - 1))
    (button,) = (b for b in app.button if b.label == "Add a layer")
    assert button.disabled
    for _ in range(6):
        press(app, "Remove the last")
    assert query(app)["with"] == "hidden:none"
    shows(app, trained(Settings(hidden=())), 0)
    (button,) = (b for b in app.button if b.label == "Remove the last")
    assert button.disabled
    press(app, "Add a layer")
    assert query(app)["with"] == "hidden:4 tanh"


def test_the_last_input_stays(visit):
    app = visit(PAGE, **{"with": "inputs:x1"})
    control(app, "button_group", "Inputs").set_value([]).run()
    assert "needs at least one input" in app.toast[0].value
    assert control(app, "button_group", "Inputs").value == ["x1"]
    assert query(app)["with"] == "inputs:x1"


CHANGES = [
    ("selectbox", "Optimiser", "adam", {"optimizer": "adam"}),
    ("select_slider", "Batch size", 50, {"batch": 50}),
    ("select_slider", "L2", 0.01, {"l2": 0.01}),
    ("select_slider", "Dropout", 0.2, {"dropout": 0.2}),
    ("selectbox", "Units in layer 1", 6, {"hidden": ((6, "tanh"), (2, "tanh"))}),
    ("button_group", "Inputs", ["x1", "x2", "x1^2"], {"inputs": ("x1", "x2", "x1^2")}),
    ("toggle", "Standardise", False, {"standardise": False}),
    ("select_slider", "Noise", 0.6, {"noise": 0.6}),
    ("selectbox", "Data", "moons", {"data": "moons"}),
    ("selectbox", "Data", "plane", {"data": "plane"}),
    ("selectbox", "Data", "blobs", {"data": "blobs"}),
    ("select_slider", "Held out for testing", 0.0, {"test": 0.0}),
]


def test_what_is_changed_at_a_step_is_a_mark_and_leaves_the_past(visit):
    app = visit(PAGE, step="700", epochs="100")
    before = words(app)
    for kind, label, value, choices in CHANGES:
        control(app, kind, label).set_value(value).run()
        assert "with" not in query(app)
        assert query(app)["lines"].startswith("700,")
        history = trained(epochs=100, changes=((700, tuple(choices.items()), ()),))
        shows(app, history, 700)
        layout = figure(app)["layout"]
        assert any(shape.get("x0") == shape.get("x1") == 700 for shape in layout["shapes"])
        later = again(visit, app)
        later.session_state[f"{PAGE}.step"] = 1200
        shows(later.run(), history, 1200)
        later.session_state[f"{PAGE}.step"] = 699
        assert words(later.run()) == checkpoint_sentence(trained(epochs=100), 699)
        press(app, "Undo")
        assert "lines" not in query(app)
        assert words(app) == before


def test_what_counts_from_the_start_makes_another_run(visit):
    app = visit(PAGE, step="700", acts="start")
    control(app, "selectbox", "Optimiser").set_value("momentum").run()
    assert query(app)["with"] == "optimizer:momentum"
    assert "lines" not in query(app)
    shows(app, trained(Settings(optimizer="momentum")), 700)


def test_the_seed_counts_from_the_start_and_keeps_what_was_changed_on_the_way(visit):
    app = visit(PAGE, step="700", lines="300,rate:0.03")
    control(app, "number_input", "Seed").set_value(4).run()
    assert (query(app)["with"], query(app)["lines"]) == ("seed:4", "300,rate:0.03")
    shows(app, trained(Settings(seed=4), changes=((300, (("rate", 0.03),), ()),)), 700)


def test_the_slider_changes_the_rate_from_here_and_undo_takes_it_back(visit, hands):
    app = visit(PAGE, step="500")
    assert sent(app, "marks")["label"] == "Rate from 500 on"
    hands["slide"] = (0.01, True)
    press(app, "slide")
    assert query(app)["lines"] == "500,rate:0.01"
    assert sent(app, "marks")["value"] == 0.01
    shows(app, trained(changes=((500, (("rate", 0.01),), ()),)), 500)
    press(app, "Undo")
    assert "lines" not in query(app)
    shows(app, trained(), 500)
    assert sent(app, "marks")["value"] == 0.3


def test_a_slide_that_has_not_ended_ends_in_the_whole_history(visit, hands):
    app = visit(PAGE, step="4000")
    hands["slide"] = (0.05, False)
    press(app, "slide")
    shows(app, trained(changes=((4000, (("rate", 0.05),), ()),)), 4000)


def follow(app, number):
    """Follow a line, by its label: what a label is made of is known while the page runs only."""
    lines = control(app, "button_group", "Line that is followed")
    lines.set_value(lines.options[number]).run()


def test_a_branch_is_made_changed_followed_named_and_deleted(visit, hands):
    app = visit(PAGE, step="500")
    press(app, "Branch here")
    assert query(app)["lines"] == "~0,500,"
    assert query(app)["line"] == "B"
    assert words(app) == checkpoint_sentence(trained(), 500)
    hands["slide"] = (1.0, True)
    press(app, "slide")
    assert query(app)["lines"] == "~0,500,|500,rate:1"
    fast = trained(changes=((500, (("rate", 1.0),), ()),))
    again(visit, app)
    ahead = visit(PAGE, **{**query(app), "step": "900"})
    assert words(ahead) == checkpoint_sentence(fast, 900)
    lines = control(ahead, "button_group", "Line that is followed")
    assert lines.value == "B"
    follow(ahead, 0)
    assert words(ahead) == checkpoint_sentence(trained(), 900)
    assert "line" not in query(ahead)
    follow(ahead, 1)
    name = "a, b; ~c| 50% é"
    control(ahead, "text_input", "Name").set_value(name).run()
    options = control(ahead, "button_group", "Line that is followed").options
    assert unescaped(options[1]).endswith(f"B {name}")
    short = query(ahead)
    control(ahead, "text_input", "Name").set_value(f"{name} {'far too long ' * 20}").run()
    assert any("is left out." in unescaped(w.value) for w in ahead.warning)
    control(ahead, "text_input", "Name").set_value(name).run()
    assert query(ahead) == short
    assert not ahead.warning
    again(visit, ahead)
    named = query(ahead)
    press(ahead, "Delete B and what leaves it")
    assert "lines" not in query(ahead)
    press(ahead, "Bring back B")
    assert query(ahead) == named
    press(ahead, "Delete B and what leaves it")
    assert "lines" not in query(ahead)
    assert words(ahead) == checkpoint_sentence(trained(), 900)


def test_a_branch_at_the_start_leaves_the_run_alone(visit):
    app = visit(PAGE)
    press(app, "Branch here")
    control(app, "selectbox", "Optimiser").set_value("adam").run()
    assert "with" not in query(app)
    ahead = visit(PAGE, **query(app), step="300")
    assert words(ahead) == checkpoint_sentence(trained(Settings(optimizer="adam")), 300)
    follow(ahead, 0)
    assert words(ahead) == checkpoint_sentence(trained(), 300)


def test_five_lines_are_as_many_as_there_can_be(visit):
    app = visit(PAGE, lines="~0,100,|100,rate:1~1,200,|200,rate:2~0,5,~3,7,", step="250")
    press(app, "Branch here")
    assert "4 branches are as many as can be told apart" in app.toast[0].value


def test_a_branch_beyond_the_end_waits(visit):
    app = visit(PAGE, epochs="50", lines="~0,5000,|5000,rate:1", line="B")
    assert any("B would begin at update 5,000" in unescaped(c.value) for c in app.caption)


def picked(app):
    return control(app, "selectbox", "Unit, weight or bias")


def test_a_weight_is_picked_from_the_list_and_set_by_hand(visit):
    app = visit(PAGE, step="300")
    picked(app).set_value("e.1.0.2").run()
    assert query(app)["picked"] == "e.1.0.2"
    index = 2  # of the first input to the third unit: weights stand by rows
    value = control(app, "number_input", "Set its value, from this update on")
    assert value.value == pytest.approx(trained().parameters_at(300)[index])
    value.set_value(-2.5).run()
    assert query(app)["lines"] == "300,set:2 -2.5"
    history = trained(changes=((300, (), ((index, -2.5),)),))
    assert history.parameters_at(300)[index] == -2.5
    shows(app, history, 300)
    again(visit, app)
    press(app, "Undo")
    shows(app, trained(), 300)


@pytest.mark.parametrize("item", ["u.0.1", "u.1.3", "u.3.0", "b.3.0", "b.1.0", "e.3.1.0"])
def test_every_kind_of_item_can_be_read(visit, item):
    app = visit(PAGE, step="300", picked=item)
    assert picked(app).value == item
    assert not app.warning
    if item == "u.0.1":
        return
    assert app.latex


def test_what_the_network_has_no_more_is_not_picked(visit):
    app = visit(PAGE, picked="u.2.1", **{"with": "hidden:none"})
    assert picked(app).value == ""


def test_clicks_on_the_network_pick_and_clicks_on_the_plane_ask(visit, hands):
    app = visit(PAGE, step="300")
    hands["click"] = Click("xy", 500.0, 175.0)
    press(app, "click")
    assert query(app)["picked"] == "u.3.0"
    hands["click"] = Click("x2y2", 1.5, -2.0)
    press(app, "click")
    assert query(app)["probe"] == "1.5,-2"
    again(visit, app)


def test_rows_are_put_in_moved_and_taken_out(visit, hands):
    app = visit(PAGE, tool="add", adds="0", step="100")
    circle = Settings().sample(None)
    hands["click"] = Click("x2y2", 0.5, 0.25)
    press(app, "click")
    X = np.vstack([circle.X, [0.5, 0.25]])
    more = Sample(X, np.append(circle.y, 0.0), circle.columns, circle.classes, circle.target)
    shows(app, trained(Settings(data=OWN), more), 100)
    assert query(app)["with"] == "data:own"
    control(app, "button_group", "Tool on the plane").set_value("move").run()
    hands["drag"] = Drag("250", -1.5, 2.0, True)
    press(app, "drag")
    X[250] = -1.5, 2.0
    moved = Sample(X, more.y, circle.columns, circle.classes, circle.target)
    shows(app, trained(Settings(data=OWN), moved), 100)
    control(app, "button_group", "Tool on the plane").set_value("remove").run()
    hands["click"] = Click("x2y2", -1.49, 2.0)
    nearest = int(np.hypot(*(X - (-1.49, 2.0)).T).argmin())
    press(app, "click")
    fewer = np.delete(X, nearest, axis=0), np.delete(more.y, nearest)
    less = Sample(*fewer, circle.columns, circle.classes, circle.target)
    shows(app, trained(Settings(data=OWN), less), 100)
    hands["click"] = Click("x2y2", 5.9, 5.9)
    press(app, "click")
    assert "There is no row there" in app.toast[0].value
    again(visit, app)


def test_handles_look_as_their_rows_do(visit):
    app = visit(PAGE, tool="move", **{"with": "data:blobs;classes:5;rows:20"})
    rows = sent(app, "words")["handles"]
    assert len(rows) == 20
    looks = {row["label"].rpartition(" ")[2]: (row["colour"], row["symbol"]) for row in rows}
    assert len(looks) == len(set(looks.values())) == 5


@pytest.mark.parametrize("classes", [0, 2, 3, 5])
@pytest.mark.parametrize("columns", [2, 12])
def test_own_rows_come_by_a_link(visit, columns, classes):
    own = some_rows(columns=columns, classes=classes)
    settings = Settings(data=OWN)
    app = visit(PAGE, own=encode(own), step="20", **{"with": "data:own"})
    assert not app.warning
    shows(app, trained(settings, own), 20)
    inputs = control(app, "button_group", "Inputs")
    assert [unescaped(o) for o in inputs.options][:columns] == [f"col {k}" for k in range(columns)]
    again(visit, app)


def test_every_column_of_twelve_can_be_an_input(visit):
    own = some_rows(columns=12)
    names = tuple(f"x{k + 1}" for k in range(12))
    app = visit(PAGE, own=encode(own), step="20", **{"with": f"data:own;inputs:{','.join(names)}"})
    assert not app.warning
    shows(app, trained(Settings(data=OWN, inputs=names), own), 20)


CSV = "height,weight,kind\n" + "\n".join(
    f"{150 + k},{50 + k % 7},{'cat' if k % 2 else '<b>dog</b>'}" for k in range(30)
)


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_own_rows_are_brought_and_used(visit, way):
    app = visit(PAGE, step="50")
    control(app, "selectbox", "Data").set_value(OWN).run()
    assert any("the circle stands in for them" in i.value for i in app.info)
    before = words(app)
    if way == "file":
        app.get("file_uploader")[0].upload("pets.csv", CSV.encode(), "text/csv").run()
    else:
        app.text_area[0].set_value(CSV).run()
        press(app, "Read these rows")
    assert words(app) == before  # nothing changes before it is asked for
    press(app, "Use these rows")
    assert "30 rows" in unescaped(app.toast[0].value)
    assert words(app).startswith("Before training")
    assert query(app)["with"] == "data:own"
    other = again(visit, app)
    options = control(other, "button_group", "Inputs").options
    assert [unescaped(o) for o in options][:2] == ["height", "weight"]


def test_a_file_that_cannot_be_read_leaves_the_work_alone(visit):
    app = visit(PAGE, step="50")
    control(app, "radio", "What I change counts").set_value("start").run()
    control(app, "selectbox", "Data").set_value(OWN).run()
    before = sent(app, "words")["frames"]
    app.get("file_uploader")[0].upload("x.csv", b"\x00\x01\x02", "text/csv").run()
    assert app.warning
    assert sent(app, "words")["frames"] == before
    assert not any(b.label == "Use these rows" for b in app.button)


def test_rows_too_many_for_a_link_are_told(visit):
    app = visit(PAGE, own="file", **{"with": "data:own"})
    (warning,) = app.warning
    assert "too many for a link" in unescaped(warning.value)
    assert any("the circle stands in for them" in i.value for i in app.info)


def test_a_regression_is_told_in_the_unit_of_its_target(visit):
    app = visit(PAGE, step="100", **{"with": "data:plane;hidden:none;rate:0.03"})
    assert "root mean square" in words(app)
    assert any("R²" in m.value for m in app.markdown)


def test_six_layers_of_eight_units_can_be_seen(visit):
    app = visit(PAGE, step="26", **{"with": f"hidden:{SIX_BY_EIGHT}"})
    shows(app, trained(Settings(hidden=((8, "tanh"),) * 6)), 26)
    again(visit, app)


def test_a_run_that_diverges_ends_in_a_sentence_and_a_mark(visit):
    settings = "data:plane;rows:200;hidden:4 relu;rate:5;loss:squared_error"
    app = visit(PAGE, step="1000000", **{"with": settings})
    history = trained(
        Settings(data="plane", rows=200, hidden=((4, "relu"),), rate=5.0, loss="squared_error")
    )
    assert history.diverged_at is not None
    shows(app, history, history.last_step)
    assert query(app)["step"] == str(history.last_step)


def test_early_stopping_ends_the_clock(visit):
    settings = Settings(rows=100, noise=0.7, patience=5, optimizer="adam", rate=0.01)
    app = visit(
        PAGE, step="1000000", **{"with": "rows:100;noise:0.7;patience:5;optimizer:adam;rate:0.01"}
    )
    history = trained(settings)
    assert history.stopped_at is not None
    shows(app, history, history.stopped_at)


def test_a_long_run_is_there_in_the_end(visit):
    app = visit(PAGE, epochs="10000", step="123456", **{"with": "rows:1000;batch:50"})
    chart = sent(app, "words")
    assert chart["clock"]["step"] == 100_000  # 10,000 epochs of ten batches
    assert "After 100,000 updates (10,000 epochs)" in chart["words"]


PLACES = [
    {},
    {"step": "700", "lines": "300,rate:1;hidden:3 relu~0,600,slow|600,rate:0.01", "line": "B"},
    {"step": "9", "with": "data:blobs;classes:5"},
    {"step": "9", "with": "data:multi-gauss;hidden:none"},
    {"step": "9", "with": f"hidden:{SIX_BY_EIGHT};test:0"},
    {"step": "9", "with": "data:eight rows;test:0.9;batch:1"},
    {"step": "9", "picked": "e.1.0.0", "probe": "1e12,-1e12", "log": "on"},
]


@pytest.mark.parametrize("part", ["numbers", "predict"])
@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_every_part_can_be_seen_in_every_place(visit, all_parts, part, place):
    app = visit(PAGE, part=part, **place)
    assert not app.warning
    assert words(app)


def test_where_depth_is_spoken_of_a_link_leads_to_layers_that_fold(visit):
    protos = [str(link.proto) for link in visit(PAGE, part="tutorial").get("page_link")]
    assert any("linear layers" in p and "view=layers" in p for p in protos), protos


NONSENSE = [
    ("with", "gibberish", "is no choice of this page"),
    ("with", "data:gpt", "data cannot be “gpt”"),
    ("with", "rows:9", "rows cannot be “9”"),
    ("with", "rows:1e9", "rows must be between 10 and 5,000"),
    ("with", "rows:" + "9" * 400, "in more than 200 letters"),
    ("with", "noise:nan", "noise cannot be “nan”"),
    ("with", "noise:inf", "noise cannot be “inf”"),
    ("with", "rate:-1", "rate cannot be “-1”"),
    ("with", "rate:0.3;rate:0.4", "rate is said twice"),
    ("with", "hidden:9 tanh", "hidden cannot be"),
    ("with", "hidden:4 mish", "hidden cannot be"),
    ("with", "hidden:" + ",".join(["1 tanh"] * 7), "hidden cannot be"),
    ("with", "hidden:4", "hidden cannot be"),
    ("with", "inputs:", "inputs cannot be"),
    ("with", "inputs:x1,x1", "inputs cannot be"),
    ("with", "inputs:x65", "inputs cannot be"),
    ("with", "standardise:yes", "it must be on or off"),
    ("with", "test:1", "test cannot be “1”"),
    ("with", "classes:6", "classes cannot be “6”"),
    ("with", "seed:-1", "seed cannot be “-1”"),
    ("with", "seed:99999999999", "seed cannot be"),
    ("with", "dropout:1", "dropout cannot be “1”"),
    ("with", "batch:0", "batch cannot be “0”"),
    ("with", "optimizer:<b>x</b>", "optimizer cannot be"),
    ("with", ";;;", "is no choice of this page"),
    ("own", "AAAA", ""),
    ("own", "!" * 4000, ""),
    ("own", "ürs", ""),
    ("lines", "~", "branch B cannot be used"),
    ("lines", "~0,1e9,x", "branch B cannot be used"),
    ("lines", "~0,5,~2,5,", "branch C cannot be used"),
    ("lines", "5,rate:-1", "a change cannot be used"),
    ("lines", "5,rate:1|5,rate:2", "each step once"),
    ("lines", "5,seed:1", "cannot be changed on the way"),
    ("lines", "5,set:1 nan", "a value set by hand is a number"),
    ("lines", "5,set:1", "a value set by hand is a number"),
    ("lines", "~" * 300, "4 branches at the most"),
    ("line", "Z", ""),
    ("epochs", "7e9", ""),
    ("step", "-1", ""),
    ("step", "nan", ""),
    ("acts", "there", ""),
    ("tool", "hammer", ""),
    ("adds", "5", ""),
    ("picked", "x.1", "it names a unit such as u.1.2"),
    ("picked", "u.1.2.3", "it names a unit such as u.1.2"),
    ("picked", "e.²", "it names a unit such as u.1.2"),
    ("probe", "1", ""),
    ("probe", "nan,1", ""),
    ("log", "maybe", ""),
    ("part", "<script>", ""),
]


ROUNDS = rounds(NONSENSE, lambda case: case[0])


@pytest.mark.parametrize("cases", ROUNDS, ids=range(len(ROUNDS)))
def test_an_address_that_makes_no_sense_is_answered_in_sentences(visit, cases):
    link = {name: text for name, text, _ in cases}
    kept = {} if "log" in link else {"log": "on"}
    app = visit(PAGE, **link, **kept)
    told = [unescaped(warning.value) for warning in app.warning]
    assert len(told) == len(cases)
    for (name, _, reason), sentence in zip(cases, told, strict=True):
        assert f"The address says {name} is " in sentence
        assert reason in sentence
    alone = {} if kept else {"mode": "free"}
    assert query(app) == {"lesson": "deeper_networks.1", **kept, **alone}
    shows(app, trained(), 0)


STRANGE = [
    {"lines": "5,set:999 1", "step": "9"},  # a parameter that there is not
    {"lines": "5,hidden:none|9,set:20 3", "step": "12"},
    {"lines": "5,data:plane|9,data:blobs|12,data:own", "step": "20"},
    {"lines": "5,inputs:x12", "step": "9"},
    {"with": "loss:cross_entropy;output:linear"},
    {"with": "data:plane;loss:cross_entropy;output:softmax"},
    {"with": "inputs:x12"},
    {"with": "rows:10;test:0.9", "step": "5"},
    {"with": "rows:10;test:0.9;data:blobs;classes:5", "step": "5"},
    {"with": "rate:1000;optimizer:adam", "step": "50"},
    {"with": "patience:1;test:0", "step": "50"},
    {"with": "rate:1e-300", "step": "50"},
    {"lines": "|".join(f"{k},rate:{k}" for k in range(1, 21)), "step": "30"},
    {"probe": "1e12,-1e12", "picked": "b.9.9"},
    {"hide": "controls,code,numbers", "prompt": "![x](http://x.org/y.png) <b>hi</b>"},
]


@pytest.mark.parametrize("place", STRANGE, ids=range(len(STRANGE)))
def test_what_can_be_said_but_makes_little_sense_still_gives_the_page(visit, place):
    app = visit(PAGE, **place)
    assert words(app)


def test_two_people_have_rows_and_choices_of_their_own(visit):
    own = some_rows(classes=3)
    first = visit(PAGE, own=encode(own), **{"with": "data:own"})
    second = visit(PAGE)
    control(second, "selectbox", "Data").set_value(OWN).run()
    assert any("the circle stands in for them" in i.value for i in second.info)
    press(first, "Branch here")
    second.run()
    assert "lines" not in query(second)
    assert "own" not in query(second)


def test_a_teacher_can_hide_the_controls(visit):
    app = visit(PAGE, hide="controls", prompt="Find a weight.", step="9")
    assert [i.value for i in app.info]
    assert "Branch here" not in [b.label for b in app.button]
    assert not any(group.label == "Presets" for group in app.get("button_group"))


def test_a_batch_of_all_rows_stays_as_it_was_chosen(visit):
    app = visit(PAGE, **{"with": "data:moons;rows:20", "step": "30"})
    app.run()  # two options that are both called "all 10" would be taken for each other
    assert "lines" not in query(app)
