"""The files of a run: made when they are asked for, exact, and named after what is in them."""

from functools import cache
from io import BytesIO

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nnviz.chapters.live_training.views import export
from nnviz.chapters.live_training.words.export import repeatable
from nnviz.training.export.script import notebook, script
from nnviz.training.export.torch import torch_script
from nnviz.training.record import record
from nnviz.training.sensitivity import sensitivity
from tests.runs import timeline_of

recorded = cache(record)


def run_of(**choices):
    return recorded(timeline_of(**choices)).runs[-1]


def app_of(run, step):
    def page(run, step):
        from nnviz.chapters.live_training.views.export import export_part

        export_part(run, step)

    app = AppTest.from_function(page, args=(run, step)).run()
    assert not app.exception
    return app


@pytest.fixture
def offered(monkeypatch):
    """Return a function that shows the part and returns what each button would give."""

    def offers(run, step):
        buttons = {}
        original = st.delta_generator.DeltaGenerator.download_button

        def noted(self, label, data, file_name, mime, **rest):
            assert rest["on_click"] == "ignore"
            buttons[file_name] = data
            return original(self, label, data, file_name, mime, **rest)

        with monkeypatch.context() as patched:
            patched.setattr(st.delta_generator.DeltaGenerator, "download_button", noted)
            app_of(run, step)
        return buttons

    return offers


def table(data):
    return pd.read_csv(BytesIO(data()))


@pytest.mark.parametrize(
    "choices",
    [
        {"seed": 3},
        {"hidden": ((3, "tanh"),), "features": ("sin x1",), "learning_rate": 1.0},
        {"begin": (200, (0.1, 0.2, -0.3))},
    ],
    ids=repr,
)
def test_the_files(choices, offered):
    run, seed = run_of(**choices), choices.get("seed", 0)
    buttons, first = offered(run, 2500), run.first_step
    name = f"nnviz_run_seed{seed}"
    assert list(buttons) == [
        f"{name}_step2500.py",
        f"{name}_step2500.ipynb",
        f"{name}_step2500_torch.py",
        f"{name}.csv",
        f"{name}_steps{first}-10000.csv",
    ]
    *scripts, moments, updates = buttons.values()
    for made, write in zip(scripts, (script, notebook, torch_script), strict=True):
        assert made().decode() == write(run.timeline, 2500)
    assert table(moments)["step"].tolist() == run.recorded_steps.tolist()
    every = table(updates)
    assert every["step"].tolist() == list(range(first, 10_001))
    found = every.iloc[2500 - first, -run.plan.n_parameters :].tolist()
    assert found == run.parameters_at(2500).tolist()


def test_nothing_is_made_before_it_is_wanted(monkeypatch):
    run = run_of()

    def refuse(*_, **__):
        raise AssertionError("made without being asked for")

    for name in ("notebook", "torch_script", "updates_csv"):
        monkeypatch.setattr(export, name, refuse)
    app_of(run, 2500)


@pytest.mark.parametrize("rate", [0.1, 4.8])
@pytest.mark.parametrize("step", [0, 2500, 10_000])
def test_what_is_said_and_shown(rate, step):
    run = run_of(learning_rate=rate)
    app = app_of(run, step)
    words = [part.value for part in app.markdown]
    assert f"from step 0 to step {step:,}:" in words[0]
    assert repeatable(sensitivity(run, step)) in words
    assert "Errors and parameters at 101 moments, one every 100 updates and the last." in words
    assert "The same after each single update, from step 0 to 10,000." in words
    (code,) = app.code
    assert code.value == script(run.timeline, step).strip()


def test_a_branch_is_repeated_with_what_it_leaves():
    app = app_of(run_of(begin=(1200, (0.1, 0.2, -0.3))), 2500)
    assert app.markdown[0].value.endswith(
        "from step 0 to step 2,500, with everything that was changed on the way:"
    )
    assert "train(0, 1200)" in app.code[0].value
    assert "train(1200, 2500)" in app.code[0].value


def test_a_record_of_every_update_is_offered_once(offered):
    buttons = offered(run_of(steps=500, record_every=1), 20)
    assert [name for name in buttons if name.endswith(".csv")] == ["nnviz_run_seed0.csv"]


@pytest.mark.parametrize(
    ("step", "first", "last"),
    [(0, 0, 20_000), (50_000, 40_000, 60_000), (99_999, 80_000, 100_000)],
)
def test_of_a_long_run_the_updates_around_the_step(step, first, last, offered):
    run = run_of(steps=100_000)
    *_, (name, updates) = offered(run, step).items()
    assert name == f"nnviz_run_seed0_steps{first}-{last}.csv"
    if step == 50_000:
        assert table(updates)["step"].tolist() == list(range(first, last + 1))


def test_of_a_wide_table_fewer_updates(offered):
    run = run_of(hidden=((8, "tanh"),) * 4, steps=20_000, learning_rate=1e-3)
    *_, (name, updates) = offered(run, 10_000).items()
    first, last = map(int, name.removesuffix(".csv").rpartition("steps")[2].split("-"))
    assert first < 10_000 < last
    assert 0.9 * 2e6 < (last - first) * (2 + 8 + run.plan.n_parameters) <= 2e6
    assert updates().count(b"\n") == last - first + 2
