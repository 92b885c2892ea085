"""The files of a deeper network's training, and weights that are brought back."""

import json
from functools import cache

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nnviz.chapters.deeper_networks.views import export as view
from nnviz.chapters.deeper_networks.views.export import repeatable
from nnviz.data.csv.file import read_csv
from nnviz.data.toys import make
from nnviz.site.plain import plain
from nnviz.training.export.record import record_csv
from nnviz.training.export.script import notebook, script
from nnviz.training.export.torch import torch_script
from nnviz.training.export.weights_json import from_json, to_json
from nnviz.training.record import record
from nnviz.training.sensitivity import sensitivity
from tests.deep_timelines import SEVERAL, SINGLE, THREE, once

recorded = cache(record)
CHANGED = SEVERAL["more units"]


def app_of(timeline, step):
    def page(timeline, history, step):
        import streamlit as st

        from nnviz.chapters.deeper_networks.views.export import export_part

        def note(architecture, parameters):
            st.session_state["used"] = architecture, parameters

        export_part(timeline, history, step, note)

    return AppTest.from_function(page, args=(timeline, recorded(timeline), step)).run()


def words_of(app):
    assert not app.exception
    return [part.value for part in app.markdown]


@pytest.fixture
def offered(monkeypatch):
    """Return a function that shows the part and returns what each button would give."""

    def offers(timeline, step):
        buttons = {}
        original = st.delta_generator.DeltaGenerator.download_button

        def noted(self, label, data, file_name, mime, **rest):
            assert rest["on_click"] == "ignore"
            buttons[label] = file_name, data
            return original(self, label, data, file_name, mime, **rest)

        with monkeypatch.context() as patched:
            patched.setattr(st.delta_generator.DeltaGenerator, "download_button", noted)
            words_of(app_of(timeline, step))
        return buttons

    return offers


@pytest.fixture
def uploaded(monkeypatch):
    """Return a function that shows the part with a file brought in."""

    class File:
        def __init__(self, content):
            self.getvalue = lambda: content

    def upload(content, timeline=None, step=60):
        monkeypatch.setattr(st, "file_uploader", lambda *_, **__: File(content))
        return app_of(CHANGED if timeline is None else timeline, step)

    return upload


def test_the_files(offered):
    buttons = offered(CHANGED, 100)
    history = recorded(CHANGED)
    name = "nnviz_deeper_seed0"
    assert {label: file for label, (file, _) in buttons.items()} == {
        "Script (.py)": f"{name}_step100.py",
        "Notebook (.ipynb)": f"{name}_step100.ipynb",
        "PyTorch (.py)": f"{name}_step100_torch.py",
        "Weights (.json)": f"{name}_step100.json",
        "Data (.csv)": "nnviz_rows.csv",
        "Record (.csv)": f"{name}_record.csv",
    }
    text = {label: make().decode() for label, (_, make) in buttons.items()}
    assert text["Script (.py)"] == script(CHANGED, 100)
    assert text["Notebook (.ipynb)"] == notebook(CHANGED, 100)
    assert text["PyTorch (.py)"] == torch_script(CHANGED, 100)
    assert text["Record (.csv)"] == record_csv(history)
    plan = history.plan_at(100)
    assert read_csv(text["Data (.csv)"]).sample() == plan.sample
    architecture, parameters = from_json(text["Weights (.json)"])
    assert architecture == plan.architecture
    assert parameters.tolist() == history.parameters_at(100).tolist()


def test_many_rows_are_put_beside(offered):
    sample = make("circle", 2_100, 0.1, 0)
    timeline = once(sample=sample, steps=3)
    buttons = offered(timeline, 3)
    file, rows = buttons["Rows (nnviz_rows.csv)"]
    assert file == "nnviz_rows.csv"
    assert read_csv(rows().decode()).sample() == sample
    assert "Data (.csv)" not in buttons
    assert any("put `nnviz_rows.csv` beside" in words for words in words_of(app_of(timeline, 3)))


def test_nothing_is_made_before_it_is_wanted(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("made without being asked for")

    for name in ("script", "notebook", "torch_script", "record_csv", "to_json", "as_csv"):
        monkeypatch.setattr(view, name, refuse)
    assert not app_of(CHANGED, 100).exception


@pytest.mark.parametrize("rate", [0.1, 3.0])
def test_it_is_said_whether_the_scripts_can_agree(rate):
    timeline = once(1000, learning_rate=rate, batch_size=5)
    history = recorded(timeline)
    assert repeatable(sensitivity(history, 1000)) in words_of(app_of(timeline, 1000))


def test_what_takes_long_is_found_out_when_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(view, "_LONGEST", -1.0)
    app = app_of(CHANGED, 100)
    said = repeatable(sensitivity(recorded(CHANGED), 100))
    assert said not in words_of(app)
    assert any("followed once more" in words for words in words_of(app))
    app.button("deep_export.find_out").click().run()
    assert said in words_of(app)
    assert not [button for button in app.button if button.key == "deep_export.find_out"]


def test_weights_beyond_what_can_be_brought_back_are_not_offered(offered):
    timeline = once(
        60,
        learning_rate=100.0,
        architecture={"hidden": ((2, "relu"),), "output": "linear", "loss": "squared_error"},
    )
    history = recorded(timeline)
    step = history.last_step
    assert abs(history.parameters_at(step)).max() > 1e6
    assert "Weights (.json)" not in offered(timeline, step)
    assert any("beyond 1,000,000" in words for words in words_of(app_of(timeline, step)))


def test_weights_come_back(uploaded):
    plan = SINGLE["six layers"].stages[0].plan
    app = uploaded(to_json(plan, plan.start, 9).encode())
    (said,) = [words for words in words_of(app) if words.startswith("Read ")]
    assert "6 hidden layers" in said
    assert not app.warning
    app.button("deep_export.use").click().run()
    architecture, parameters = app.session_state["used"]
    assert architecture == plan.architecture
    assert parameters.tolist() == plan.start.tolist()


def test_weights_that_do_not_fit_cannot_be_used(uploaded):
    plan = SINGLE["three classes"].stages[0].plan
    assert plan.sample == THREE
    app = uploaded(to_json(plan, plan.start, 0).encode())
    words_of(app)
    (warning,) = app.warning
    assert "another number of units" in warning.value
    assert not [button for button in app.button if button.key == "deep_export.use"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG", "no text in UTF-8"),
        (b"{]", "no JSON"),
        (b"[" * 100_000, "too deep"),
        (json.dumps({"format": "![x](https://example.org/x.png)"}).encode(), plain("![x](https")),
    ],
)
def test_a_file_with_a_flaw_is_told_letter_by_letter(content, words, uploaded):
    app = uploaded(content)
    words_of(app)
    (warning,) = app.warning
    assert words in warning.value
    assert "](" not in warning.value.replace("\\](", "")
    assert not [button for button in app.button if button.key == "deep_export.use"]
