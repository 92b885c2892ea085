"""The teacher's guide says what is so: its answers, numbers, links and minutes are the app's."""

import re
from collections.abc import Callable
from itertools import product
from math import log
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from nnviz.chapters.backpropagation import lesson as backpropagation
from nnviz.chapters.compare_runs import lesson as compare_runs
from nnviz.chapters.deeper_networks import lesson as deeper_networks
from nnviz.chapters.deeper_networks.lines import Line, with_change
from nnviz.chapters.error_curve.lesson import LESSON as ERROR_CURVE
from nnviz.chapters.generalization import lesson as generalization
from nnviz.chapters.home import darts
from nnviz.chapters.live_training import lesson as live_training
from nnviz.chapters.pictures_to_numbers import lesson as pictures
from nnviz.chapters.pictures_to_numbers.drawing import place
from nnviz.chapters.pictures_to_numbers.reading import turns
from nnviz.chapters.rules_or_learning import lesson as rules_or_learning
from nnviz.chapters.rules_or_learning.grids import RULE_SETS
from nnviz.chapters.rules_or_learning.rules import candidates
from nnviz.chapters.teaching import page
from nnviz.chart.assets import APP
from nnviz.data.tutorial import eight_rows
from nnviz.serving.classroom import PORT
from nnviz.site.course import COURSE, PAGES
from nnviz.text.digits import digits
from nnviz.text.hand_in import HandIn, TaskResult, code_of
from nnviz.text.lesson import chosen_tasks, written
from nnviz.training import evaluation
from nnviz.training.model import Model
from tests.chapters.test_lessons import lesson_of, start_of
from tests.solved import ANSWERS, GUIDE, MOVES, plain, solved, with_answers

DEPLOYED = APP / "deploy" / "README.md"
PLANS = sorted(GUIDE.glob("[1-7]-*.md"))
TITLES = {page.label: name for name, page in COURSE.items()}
NUMBER = r"(?<![\w.])[−+]?\d+(?:,\d{3})*(?:\.\d+)?(?!\w)"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def pages_of(plan: Path) -> list[str]:
    return [page for page, _ in ANSWERS.findall(text_of(plan))]


def said_on(page: str) -> str:
    """Return all that the lesson of a page says, to somebody who solves it as the plan does."""
    said = [lesson_of(page)[0].why]
    for each in solved(page):
        said += [each.task.does, each.task.then, each.task.hint, each.understood]
        if each.question is not None:
            said += [*each.question.options, each.question.reason]
        summary = written(lesson_of(page)[0].summary, each.state)  # that of the last task counts
    return plain("\n".join([*said, summary]))


def test_each_lesson_has_its_plan_and_each_plan_its_parts_and_45_minutes() -> None:
    assert len(PLANS) == 7
    assert sorted(page for plan in PLANS for page in pages_of(plan)) == sorted(COURSE)
    for plan in PLANS:
        text = text_of(plan)
        answers = [f"Answers: {COURSE[page].label}" for page in pages_of(plan)]
        heads = re.findall(r"(?m)^## (.*)", text)
        assert heads == [
            "What your class will know afterwards",
            "What you need to know yourself",
            "Before the lesson",
            "The 45 minutes",
            "What to ask",
            "What pupils get wrong",
            *answers,
        ], plan.name
        minutes = [(int(a), int(b)) for a, b in re.findall(r"(?m)^\| (\d+)–(\d+) \|", text)]
        assert minutes[0][0] == 0
        assert minutes[-1][1] == 45
        assert [end for _, end in minutes[:-1]] == [begin for begin, _ in minutes[1:]]


def test_the_answers_are_those_of_the_pages() -> None:
    for plan in PLANS:
        text = text_of(plan)
        assert with_answers(text) == text, "python -m tests.solved writes the answers anew"


def test_what_pupils_say_can_be_said_there() -> None:
    n = 0
    for plan in PLANS:
        (wrong,) = re.findall(r"(?s)## What pupils get wrong\n(.*?)\n## ", text_of(plan))
        rows = [line.split(" | ") for line in wrong.splitlines() if line.startswith("| ")][1:]
        for _, where, _ in (row for row in rows if len(row) == 3):
            title, number = re.findall(r"^\*?([\w ]+?)\*?, task (\d)", where)[0]
            assert TITLES[title] in pages_of(plan), where
            task = list(solved(TITLES[title]))[int(number) - 1]
            for said in re.findall(r'"(.*?)"', where):
                assert task.question is not None, where
                (option,) = (o for o in task.question.options if said in o)
                assert option != task.question.answer, where
                n += 1
    assert n > 20


def computed(plan: int) -> set[str]:
    """Return the numbers of a plan that stand in no lesson, computed anew."""
    if plan == 1:
        misses = darts.play(darts.read_throws("210@12,2.5*4"), wind=0, seed=0).misses
        ratio = float(abs(misses[2] / misses[1]))
        state = list(solved("rules_or_learning"))[1].state
        grid, rules = rules_or_learning._clues(state), RULE_SETS[state["rules"]]
        only = {cell: candidates(grid, cell, rules) for cell in range(16) if not grid[cell]}
        assert {cell: d[0] for cell, d in only.items() if len(d) == 1} == {0: 1, 3: 2, 9: 2, 12: 4}
        state = list(solved("rules_or_learning"))[2].state
        told = [
            k for k in range(1, 17) if rules_or_learning._sure_and_forbidden({**state, "cell": k})
        ]
        assert told == [13]
        assert rules_or_learning._clues(state)[12:] == (0, 2, 1, 3)
        return {f"{ratio:.3g}", *(str(cell // 4 + 1) for cell in only)}
    if plan == 3:
        (by_hand,) = (s for s in solved("linear_regression") if s.task.name == "by_hand")
        least = float(re.findall(r"Least squares has (\d+)", plain(by_hand.understood))[0])
        return {f"{least**0.5:.0f}"}
    if plan == 4:
        limit = [backpropagation._update(rate).error_after for rate in (1.3, 1.35)]
        assert limit[1] < 0.25 < limit[0]
        one_step = list(solved("error_curve"))[2]
        assert one_step.state["rates"] == (0.5,)
        assert ERROR_CURVE.tasks[2].name == "one_step"
        return {"1.35", "3", str(2 * 3)}  # and gears of 2 to 1 and 3 to 1
    if plan == 5:
        state = list(solved("live_training"))[4].state
        models = [Model(units=units, standardise=True) for units in (1, 2, 3)]
        right = [live_training._n_right({**state, "model": model}) for model in models]
        (off,) = (s.state for s in solved("deeper_networks") if s.task.name == "off")
        train, jitter = (s.state for s in list(solved("live_training"))[2:4])
        errors = live_training._run(train).cumulative_errors_between(5000, 10_000)
        assert (errors < 2.4).mean() > 0.95
        pressed = live_training._run(jitter)
        assert list(pressed.picks(2000, 2003) + 1) == [5, 8, 3]
        seventh = float(pressed.row_errors_between(2003, 2003)[0, 6])
        rows = set()
        for at, index in product(range(off["step"], off["step"] + 25), (9, 10, 11)):
            lines = with_change((Line(),), 0, at, by_hand={index: 0.0})
            rows.add(deeper_networks._right({**off, "step": at, "lines": lines})[0])
        said = {digits(float(error), 3) for error in (errors.min(), errors.max())}
        said |= {f"{5000 + errors.argmax():,}", "2.4", "2,001", digits(seventh, 2), "−1"}
        said |= {digits(value) for value in eight_rows().X.flatten().tolist()}
        said |= set(_dead_of_both_layers())
        said.add(digits(-log(0.5), 2))  # the loss of always answering one half
        return {str(n) for n in (*right, min(rows), max(rows))} | said
    if plan == 6:
        state = next(solved("generalization")).state
        learning = generalization._learning(state)
        error = learning.test_error * len(learning.plan.split.test)
        rates = (0.001, 0.003, 0.01, 0.03, 0.1)
        good = [compare_runs._good(compare_runs._errors(rate, 0, 20)) >= 16 for rate in rates]
        assert good == [False, True, True, True, False]
        # "99% right" is the news that it begins with.
        return {str(round(float(error[i]))) for i in (learning.best_epoch, -1)} | {
            "0.003",
            "0.03",
            "99",
        }
    if plan == 7:
        (task,) = (each for each in pictures.LESSON.tasks if each.name == "one_square")
        state = {**start_of(task, lesson_of("pictures_to_numbers")[1])}
        turned = [place(turn.pixel) for turn in turns(pictures._reading(state))]
        assert turned == ["row 6, column 3", "row 6, column 4"]
        return {"4"}
    return set()


def _dead_of_both_layers() -> list[str]:
    """Return the numbers of the dead units of the first layer, and how many the second has."""
    (state,) = (s.state for s in solved("deeper_networks") if s.task.name == "dead")
    run, step = deeper_networks._run(state)
    plan, parameters = run.plan_at(step), run.parameters_at(step)[np.newaxis]
    first, second = evaluation.activations(plan, parameters, plan.train_inputs)[:2]
    assert (second <= 0.0).all()
    assert second.shape[-1] == 4
    numbers = np.flatnonzero((first[0] <= 0.0).all(axis=0)) + 1
    assert re.findall(r"Of the first 8 the units (.*?), counted", text_of(PLANS[4])) == [
        re.sub(r", (\d)$", r" and \1", ", ".join(map(str, numbers)))
    ]
    return [*map(str, numbers), "8"]


def test_an_answer_that_names_a_place_is_right_all_around_it() -> None:
    found = 0
    for name_of, moves in MOVES.items():
        for each in solved(name_of):
            points = re.findall(r"\((−?[\d.]+), (−?[\d.]+)\)", each.how)
            if not points:
                assert not re.match("Drag|One end", each.how) or "left, past" in each.how
                continue
            found += 1
            ((name, place),) = moves[each.number - 1][1].items()
            values = [float(value) for point in points for value in point]
            assert [*map(float, str(place).split(","))] == values
            for by in product((-0.2, 0, 0.2), repeat=len(values)):
                near = tuple(value + d for value, d in zip(values, by, strict=True))
                assert each.task.fulfilled({**each.state, name: near}), (each.how, near)
    assert found == 2
    (slider,) = (s for s in solved("generalization") if "about 33" in s.how)
    assert all(slider.task.fulfilled({**slider.state, "epoch": n}) for n in range(28, 37))
    (tip,) = (s for s in solved("vector_similarity") if "to the left, past" in s.how)
    for tip_at in product((-3, -1, -0.1), (-2, -1, 0, 1, 2)):
        assert tip.task.fulfilled({**tip.state, "input_vector": tip_at}), tip_at
    line = next(solved("live_training"))
    sides = [
        [int(n) - 1 for n in re.findall(r"\b\d\b(?!\.)", part)]
        for part in line.how.partition(": plants")[2].split("left")
    ]
    rows = eight_rows()
    assert [{*rows.y[side]} for side in sides] == [{1}, {0}]
    assert sum(map(len, sides)) == live_training._ENOUGH


def test_the_guide_says_which_of_the_pupils_tasks_is_which() -> None:
    for plan in PLANS:
        for link, _, said in re.findall(r"`(/\w*\?tasks=([^`]*))`( \([^)]*\))?", text_of(plan)):
            address = urlsplit(link)
            n = len(lesson_of(address.path.strip("/") or "home")[0].tasks)
            given = [i + 1 for i in chosen_tasks(dict(parse_qsl(address.query))["tasks"], n)]
            moved = [(i, n) for i, n in enumerate(given, 1) if i != n]
            pupils, here = (", ".join(str(pair[k]) for pair in moved) for k in (0, 1))
            verb = "is" if len(moved) == 1 else "are"
            assert said == (f" (pupils' {pupils} {verb} {here} here)" if moved else ""), link


def test_a_projector_that_shows_only_a_question_is_to_be_answered_first() -> None:
    asked = 0
    for plan in PLANS:
        for row in re.findall(r"(?m)^\| \d+–\d+ \|.*size=projector.*", text_of(plan)):
            ((path, number),) = re.findall(r"`/(\w*)\?task=(\d)", row)
            task = lesson_of(path or "home")[0].tasks[int(number) - 1]
            if task.kind == "predict":
                asked += 1
                assert "Answer" in row, row
            if task.name == "ring":
                assert "press + twice, then *Train*" in row
    assert asked >= 2


def test_the_plants_of_a_plan_are_the_eight_rows() -> None:
    rows = eight_rows()
    table = dict(re.findall(r"(?m)^\| (sun|water|thrives)[^|]* \| (.*) \|$", text_of(PLANS[4])))
    for name, values in zip(("sun", "water"), rows.X.T.tolist(), strict=True):
        assert table[name].split(" | ") == [digits(value) for value in values]
    assert table["thrives"].split(" | ") == ["yes" if y else "no" for y in rows.y]


def test_a_code_is_as_long_as_the_guide_says() -> None:
    done = TaskResult(done=True, first=True, tries=1)
    lengths = [
        len(code_of(HandIn(name, page, (done,) * len(lesson_of(page)[0].tasks))))
        for page in COURSE
        for name in ("Al", "Maximilian")
    ]
    low, high = map(int, re.findall(r"has (\d+) to (\d+)\s", text_of(GUIDE / "README.md"))[0])
    assert low - 5 < min(lengths) <= low + 5
    assert high - 5 < max(lengths) <= high + 5


def test_every_number_of_a_plan_is_one_of_its_pages() -> None:
    nowhere = {}
    for number, plan in enumerate(PLANS, 1):
        text = re.sub(r"(?m)^\| \d+–\d+ \|", "|", ANSWERS.sub("", text_of(plan)))
        for other_use in (
            r"`[^`]*`",
            r"\]\([^)]*\)",
            r"\d+ minutes",
            r"(?i)\bplans?\s+\[?\d",
            r"(?m)^\d\. ",
            r"\(pupils' [^)]*\)",
        ):
            text = re.sub(other_use, " ", text)
        text = re.sub(r"(?i)\btasks? \d(?:(?:, | and | to )\d)*", " ", text)
        known = {*re.findall(NUMBER, " ".join(said_on(page) for page in pages_of(plan)))}
        known |= computed(number) | {"0", "1", "2", "4 x 4"}
        nowhere[plan.name] = set(re.findall(NUMBER, text)) - known
    assert not any(nowhere.values()), nowhere


def links(text: str) -> list[str]:
    return re.findall(r"`(/\w*(?:\?[^`]*)?)`", text)


def test_every_link_of_the_guide_opens_what_it_says(visit: Callable[..., Any]) -> None:
    found = sorted({link for path in GUIDE.glob("*.md") for link in links(text_of(path))})
    assert len(found) > 50
    for link in found:
        parts = urlsplit(link)
        query = dict(parse_qsl(parts.query))
        page = parts.path.strip("/") or "home"
        if not {"task", "tasks", "mode"} & set(query):
            query["mode"] = "lesson"  # as a bare page opens it
        elif "tasks" in query:
            query.setdefault("mode", "lesson")
        app = visit("" if page == "home" else page, **query)
        assert not app.warning, link
        panel = " ".join(e.proto.body for e in app.get("html") if "nv-task" in e.proto.body)
        n = len(lesson_of(page)[0].tasks)
        if "sheet" in query:
            assert any("nv-sheet-head" in e.proto.body for e in app.get("html")), link
        elif query.get("mode") == "free":
            assert not panel, link
        else:
            first = int(query.get("task", "1"))
            assert "tasks" in query or f"Task {first} of {n}" in panel, link
            assert "Task " in panel, link


def test_every_reference_of_the_guide_leads_somewhere() -> None:
    for path in GUIDE.glob("*.md"):
        for target in re.findall(r"\]\((?!http)([^)]*)\)", text_of(path)):
            name, _, anchor = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            assert there.is_file(), (path.name, target)
            heads = re.findall(r"(?m)^#+ (.*)", text_of(there))
            anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert not anchor or anchor in anchors, (path.name, target)


def test_the_app_shows_the_guide_with_links_that_lead_to_its_pages(
    visit: Callable[..., Any],
) -> None:
    assert set(page.FILES.values()) == {path.name for path in GUIDE.glob("*.md")}
    for part, file in page.FILES.items():
        app = visit("teaching", part=part)
        (text,) = (m.value for m in app.markdown if len(m.value) > 1000)
        assert (GUIDE / file).read_text(encoding="utf-8").partition("\n")[0] not in text
        for target in re.findall(r"\]\((?!http)([^)]*)\)", text):
            path, _, query = target.partition("#")[0].partition("?")
            assert not path or path.startswith("./"), target
            assert path.removeprefix("./") in ("", *PAGES), target
            if path == "./teaching":
                assert dict(parse_qsl(query))["part"] in page.FILES, target
        assert not re.search(r"(?<!\[)`/\w*(\?[^`]*)?`", text), "a link that is not one"
    app = visit("error_curve")
    assert "teaching" not in {link.proto.page for link in app.get("page_link")}


def test_what_is_said_of_browsers_and_servers_is_so() -> None:
    privacy, it = (text_of(GUIDE / name) for name in ("privacy.md", "it.md"))
    scripts = "\n".join(text_of(path) for path in (APP / "static" / "nnviz").glob("*.js"))
    kept = set(re.findall(r'"(nnviz\.(?!css)[a-z]+)"', scripts))
    assert kept == set(re.findall(r"`(nnviz\.[a-z]+)`", privacy))
    assert f"TCP port {PORT}" in it
    room, guide = (APP / "static" / "nnviz" / "room_desk.js", GUIDE / "README.md")
    marks = re.findall(r"`(✓ [^·]*) · (✗ [^·]*) ·", text_of(room))
    assert marks
    assert all(mark in text_of(guide) for pair in marks for mark in pair)
    table = [line.split(" | ")[:4] for line in text_of(DEPLOYED).splitlines() if line[:1] == "|"]
    said = [line.strip(" |").split(" | ") for line in it.splitlines() if line[:1] == "|"]
    assert [[cell.strip("| ") for cell in row] for row in table if row[0][2:3].isdigit()] == [
        row for row in said if row[0][:1].isdigit()
    ]
