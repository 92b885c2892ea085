"""The benchmark of a class counts what was answered, and nothing else."""

import asyncio

import numpy as np
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import classroom
from nnviz.serving.classroom import Classroom


class Socket:
    """A connection that answers every question with the same messages."""

    def __init__(self, *answers):
        self._answers = answers
        self._waiting = []

    async def send(self, _question):
        self._waiting = [answer.SerializeToString() for answer in self._answers]

    async def recv(self):
        if not self._waiting:
            await asyncio.sleep(60)
        return self._waiting.pop(0)


def shows(text="", query=None):
    """Return a message with a text, or with the link of the page."""
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 1 if query is None else 2])
    element = message.delta.new_element
    if query is None:
        element.text.body = text
    else:
        element.bidi_component.id = "$$ID-0-address"
        element.bidi_component.json = f'{{"query": "{query}"}}'
    return message


ENDED = ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


def test_only_a_changed_screen_with_another_link_and_an_ended_script_is_an_answer(monkeypatch):
    monkeypatch.setattr(classroom, "PATIENCE", 0.1)

    def ask(*messages):
        learner = classroom.Learner(0)
        learner.page, learner.query, learner.script = "p", "lesson=p.1&x=1", ""
        learner.socket = Socket(shows("old"), shows(query="lesson=p.1&x=1"), ENDED)
        row = classroom.Row("")

        async def act():
            with pytest.raises(TimeoutError):
                await learner._answered(learner._ask("lesson=p.1&x=1"), "this")
            learner.socket = Socket(*messages)
            await row.add(learner._answered(learner._ask("lesson=p.1&x=1"), "this"))

        asyncio.run(act())
        assert len(row.answers) + len(row.failed) == 1
        return not row.failed

    assert ask(shows("new"), shows(query="lesson=p.1&x=2"), ENDED)
    assert not ask(shows("new"), shows(query="lesson=p.1&x=2"))
    assert not ask(shows("new"), shows(query="lesson=p.1&x=1"), ENDED)
    assert not ask(shows("new"), shows(query="lesson=q.1&x=2"), ENDED)
    assert not ask(shows("old"), ENDED)
    assert not ask(ENDED)
    assert not ask()


def test_a_class_of_two_is_answered_by_the_real_app(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(classroom, "OPENING", 0.5)
    monkeypatch.setenv("NNVIZ_ROOMS", str(tmp_path / "rooms.sqlite"))
    with Classroom(tmp_path, "127.0.0.1", 0, listen="127.0.0.1") as room:
        rows = asyncio.run(
            classroom.measure(
                room,
                learners=2,
                think=0.2,
                seconds=1.5,
                pages=["vector_similarity", "error_curve", "backpropagation"],
                busy=False,
            )
        )
        asked = {"learners": 2, "think": 0.2, "seconds": 0.4, "pages": ["error_curve"]}
        in_room, ratio = asyncio.run(classroom.measure_room(room, **asked))
    opened, acted = rows
    printed = capsys.readouterr().out
    assert [row.failed for row in rows] == [[], []], printed
    assert len(opened.answers) == 2
    assert opened.answers[0].n_bytes > 1_500_000  # with plotly.js, packed
    assert len(acted.answers) >= 4
    assert 0 < np.median([answer.seconds for answer in acted.answers]) < 5
    assert acted.app > 0
    assert "several pages" in printed
    assert [row.failed for row in in_room] == [[]] * 6, printed
    assert 0 < ratio < 10  # in a second with two learners, what a desk asks counts for much
    assert "The desk saw 2 of 2 at work." in printed
