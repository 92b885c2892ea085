"""A lesson as one file, as the part Export of a page makes it."""

import base64
import json
import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.rules_or_learning.study import GamesStudy, GamesTrials
from nnviz.chapters.rules_or_learning.views import trainings
from nnviz.site.origin import public_page
from tests.pages.on_screen import sent
from tests.tracks import opened

LARGEST = 2_000_000  # bytes

# Where each page shows a recorded run, what holds its step, and steps at which the file is to say
# what the page says: the first, the last, and one at which the page shows no single updates.
RUNS: dict[str, tuple[dict[str, str], str, tuple[int, ...]]] = {
    "prediction": ({}, "at", (0, 3, 5)),
    "backpropagation": ({}, "at", (0, 9, 14)),
    "live_training": ({}, "step", (0, 1, 4321, 10_000)),
    "deeper_networks": ({}, "step", (0, 1, 1234, 5200)),
    "words_to_numbers": ({"view": "learn", "other": "laughed danced"}, "step", (0, 1, 777, 2000)),
    "pictures_to_numbers": ({}, "step", (0, 1, 777, 2000)),
    "linear_regression": ({"view": "descent"}, "step", (0, 1, 77, 200)),
    "rules_or_learning": ({"view": "learn"}, "step", (0, 10, 250, 600)),
}


@pytest.fixture
def make(
    visit: Any, instead: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Callable[[], str]]:
    """Return ``make(page, **query)``, which returns what makes the file that a page offers."""
    offers: dict[str, Callable[[], str]] = {}
    games = GamesStudy("boxes", 0)
    study = GamesTrials.of(games, dict.fromkeys(games.trials(), 0.5))
    monkeypatch.setattr(trainings, "study", lambda *_, work: study)  # 45 trainings take a while

    def kept(_: Any) -> Any:
        def offer(key: str, label: str, words: str, name: str, make: Any, mime: str) -> None:
            offers[name] = make

        return offer

    instead("nnviz.site.offer.offer", kept)

    def open_page(page: str, **query: str) -> Callable[[], str]:
        app: AppTest = visit(page, part="export", **query)
        for _ in range(300):  # a training may go on in a thread
            if offers:
                break
            time.sleep(0.1)
            app.run()
        return offers.pop(f"nnviz_{page}.html")

    return open_page


def run_of(text: str) -> dict[str, Any]:
    found = re.search(r'id="nv-run">(.*?)</script>', text)
    assert found
    run: dict[str, Any] = json.loads(found[1])
    return run


def sentence_of(run: dict[str, Any]) -> Callable[[int], str]:
    """Return what the file says at a step at which its player stands."""
    tracks = [
        (track, values)
        for pack in run["packs"]
        for track, values in zip(*_tracks(base64.b64decode(pack)), strict=True)
        if track["kind"] == "words"
    ]
    # As the browser does: the first words there are, of a slot the last that cover the step.
    slot = tracks[0][0]["slot"]
    same = [each for each in tracks if each[0]["slot"] == slot][: None if slot else 1]

    def said(step: int) -> str:
        covers = [
            (t, v)
            for t, v in same
            if t["start"] <= step <= (10**9 if t["until"] is None else t["until"])
        ]
        track, values = covers[-1]
        at = (step - track["start"]) / track["stride"]
        assert at == int(at), f"it does not stand at {step}"
        return str(track["texts"][int(np.ravel(values)[int(at)])])

    return said


def _tracks(pack: bytes) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    header, arrays = opened(pack)
    return header["tracks"], arrays


@pytest.mark.parametrize("page", RUNS)
def test_it_says_at_every_step_what_the_page_says(make: Any, visit: Any, page: str) -> None:
    query, parameter, steps = RUNS[page]
    text = make(page, **query)()
    assert len(text.encode()) < LARGEST
    assert "127.0.0.1" not in text
    assert "localhost" not in text
    said = sentence_of(run_of(text))
    for step in steps:
        app = visit(page, **query, **{parameter: str(step)})
        assert said(step) == sent(app, "clock")["words"], step


def test_the_same_choices_give_the_same_bytes(make: Any) -> None:
    for page in ("backpropagation", "linear_regression"):
        query, *_ = RUNS[page]
        assert make(page, **query)() == make(page, **query)()


def test_a_long_run_stands_where_it_was_recorded_and_at_its_end(make: Any, visit: Any) -> None:
    text = make("live_training", updates="100000")()
    assert len(text.encode()) < LARGEST
    said = sentence_of(run_of(text))
    for step in (0, 50_000, 99_999, 100_000):
        app = visit("live_training", updates="100000", step=str(step))
        assert said(step) == sent(app, "clock")["words"]
    with pytest.raises(AssertionError, match="does not stand at 49999"):
        said(49_999)


def test_a_teachers_task_stands_in_it_letter_by_letter(make: Any) -> None:
    prompt = "Find </script><b>it</b>\n[[neuron]] & \u202e 漢字"
    text = make("prediction", prompt=prompt)()
    assert (
        "<p class='nv-task-does' dir='auto'>Find &lt;/script&gt;&lt;b&gt;it&lt;/b&gt;\n"
        "[[neuron]] &amp; \u202e 漢字</p>"
    ) in text
    assert "nv-why" not in text[text.index("<main>") :].partition("<script")[0]
    assert "<p class='nv-why'>A <span class='nv-term'" in make("prediction")()


def test_names_and_hidden_parts_are_those_of_the_page(make: Any, visit: Any) -> None:
    plain, code = make("prediction")(), make("prediction", names="code")()
    assert run_of(plain)["packs"] != run_of(code)["packs"]
    whole = make("prediction", at="3")()
    part = make("prediction", at="3", hide="coins,curve")()
    assert len(run_of(part)["packs"][0]) < len(run_of(whole)["packs"][0])
    app = visit("prediction", part="export", hide="export")
    assert "Export" not in str(app.main)


def test_only_a_page_that_everybody_can_open_is_linked_to() -> None:
    assert public_page("https://learn.example.org/prediction?at=3") == (
        "https://learn.example.org/prediction"
    )
    assert public_page("http://user:word@8.8.8.8:8501/") == "http://8.8.8.8:8501/"
    for own in (
        "http://127.0.0.1:8501/prediction", "http://localhost:8501/", "http://192.168.1.7:8501/",
        "http://[::1]/", "http://[fe80::1]/", "http://school/", "http://pc.local/", "",
        "file:///home/a.b/x.html", "http://10.0.0.1./",
    ):  # fmt: skip
        assert public_page(own) == "", own
