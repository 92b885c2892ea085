"""A pupil gets a code at the end of a lesson, and a teacher a table of the codes."""

from nnviz.text.hand_in import read_code
from tests.pages.on_screen import unescaped


def html(app):
    return " ".join(e.proto.body for e in app.get("html"))


def test_the_code_of_a_lesson_is_a_row_of_the_table(visit):
    app = visit("error_curve", task="1")
    for _ in range(4):
        next(b for b in app.button if b.label == "STEP").click().run()
    assert "nv-task-done" in html(app)
    end = visit("error_curve", task="6")
    name = next(t for t in end.text_input if t.label == "Your name")
    name.set_value("=Zoë <b>").run()
    code = next(c.value for c in end.code if c.value.startswith("NN1-"))
    handed = read_code(code)
    assert (handed.name, handed.lesson, len(handed.tasks)) == ("=Zoë <b>", "error_curve", 5)
    assert not any(task.done for task in handed.tasks)  # another session

    # A field that refuses what is too long does so without a word; this one cuts it and says so.
    name.set_value("Zoë " * 10 + "Müller").run()
    code_of_cut = next(c.value for c in end.code if c.value.startswith("NN1-"))
    assert read_code(code_of_cut).name == ("Zoë " * 10).strip()
    (told,) = [unescaped(w.value) for w in end.warning]
    assert told.endswith("40 are the most here. What follows from “Müller” on is left out.")

    checked = visit("check_codes")
    area = checked.text_area[0]
    area.set_value(f"Hello\n{code}\n{code[:-1]}\n").run()
    assert [w.value.split("\\")[0] for w in checked.warning] == [
        "Line 1 has no code: one begins with NN1-.",
        "Line 3 has a code that is not whole, or was changed.",
    ]
    assert "=Zoë &lt;b&gt;" in html(checked)
    assert "<b>" not in html(checked).split("nv-table")[1]
    assert any("1 handed in by 1" in m.value for m in checked.markdown)
    row = '<td>Error curve</td><td>0 of 5</td><td>0 of 0</td><td title="0">0</td><td title="2">2'
    assert row in html(checked)


def test_two_hundred_codes_are_one_table(visit):
    from nnviz.text.hand_in import HandIn, TaskResult, code_of

    tasks = (TaskResult(True, True, 1),) * 5
    codes = "\n".join(code_of(HandIn(f"pupil {k}", "error_curve", tasks)) for k in range(200))
    app = visit("check_codes")
    app.text_area[0].set_value(codes).run()
    assert not app.warning
    assert any("200 handed in by 200" in m.value for m in app.markdown)
    assert html(app).count("<tr>") == 1 + 200 + 1 + 5
