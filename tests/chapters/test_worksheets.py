"""The worksheets of all chapters: right, clear, and the same on every machine."""

import importlib
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from statistics import median

from nnviz.chapters.rules_or_learning.grids import answers
from nnviz.data.tutorial import eight_rows
from nnviz.site.course import COURSE
from nnviz.site.worksheet import made
from nnviz.text.worksheet import Exercise, Part, Worksheet

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = range(1, 51)

# What can be computed: numbers with signs between them, and then what that is.
_WORKED = re.compile(r"(?<![\w.])([(−\d][\d.,()+−×/·² ]*)=\s*(−?\d[\d,]*(?:\.\d+)?)")
_VALUE = re.compile(r"−?\d[\d,]*(?:\.\d+)?")


def sheet(page: str, number: int) -> Worksheet:
    maker = importlib.import_module(f"nnviz.chapters.{page}.worksheet").worksheet
    return made(page, number, maker)


def value_of(text: str) -> float:
    return float(text.strip("()").replace("−", "-").replace(",", ""))


def computed(reason: str) -> list[tuple[float, float]]:
    """Return what the terms of a reason amount to, each with what the reason says it is."""
    found = []
    for terms, told in _WORKED.findall(reason):
        terms = terms.rpartition(", ")[2].replace(",", "").replace("²", "**2")
        python = terms.translate(str.maketrans("−×·", "-**"))
        if re.search(r"[\d)]\s*[-*/+]", python) and python.count("(") == python.count(")"):
            found.append((float(eval(python, {"__builtins__": {}})), value_of(told)))
    return found


def test_every_sheet_has_six_to_ten_different_clear_exercises() -> None:
    for page in COURSE:
        codes = set()
        for number in NUMBERS:
            exercises = list(sheet(page, number))
            where = f"{page}, sheet {number}"
            assert 6 <= len(exercises) <= 10, where
            assert len({each.prompt for each in exercises}) == len(exercises), where
            for each in exercises:
                assert each.prompt.strip(), where
                assert each.prompt[-1] in "?.)…", f"{where}: {each.prompt}"
                assert each.reason.strip(), where
                assert len(set(each.options)) == len(each.options) != 1, where
                assert (each.answer in each.options) or not each.options, where
            codes.add(sheet(page, number).code)
        assert len(codes) == len(NUMBERS), page


def test_no_exercise_gives_an_answer_away() -> None:
    """A number to write stands neither in its exercise nor, with decimals, in any other."""
    for page in COURSE:
        for number in NUMBERS:
            exercises = list(sheet(page, number))
            for each in exercises:
                if each.options:
                    continue
                assert each.answer not in _VALUE.findall(each.prompt), f"{page} {number}: {each}"


def test_an_option_that_is_always_right_stands_in_another_place_on_another_sheet() -> None:
    """Whoever looks at the sheet of the other group must not see which box to tick."""
    for page in COURSE:
        places: dict[str, list[int]] = {}
        for number in NUMBERS:
            for each in sheet(page, number):
                if each.options:
                    asked = re.sub(_VALUE, "", each.prompt)
                    places.setdefault(asked, []).append(each.options.index(each.answer))
        for asked, found in places.items():
            assert len(found) < 20 or len(set(found)) > 1, f"{page}: {asked}"


# What is done on a screen alone.
_SCREEN = re.compile(
    r"\b(press|drag|click|tap|slider|button|scroll|menu|switch it|play|page|tip|step button)\b"
    r"|\b(move|turn) the\b",
    re.IGNORECASE,
)


def test_every_task_asks_on_paper_for_what_a_pen_can_do() -> None:
    for page in COURSE:
        chapter = importlib.import_module(f"nnviz.chapters.{page}.worksheet")
        lesson = importlib.import_module(f"nnviz.chapters.{page}.lesson").LESSON
        on_paper = chapter.ON_PAPER
        assert set(on_paper) <= {each.name for each in lesson.tasks}, page
        for each in lesson.tasks:
            does, key = on_paper.get(each.name, (each.does, ""))
            assert not _SCREEN.search(does.replace("+", "press")), f"{page}: {does}"
            assert not _SCREEN.search(key), f"{page}: {key}"
            # Whoever tries or finds something on the screen does another thing on paper.
            assert each.name in on_paper or each.asks is not None, f"{page}: {each.name}"
            assert key or each.asks is not None, f"{page}: {each.name}"


def test_the_key_of_live_training_says_which_plants_and_names_them_as_the_picture_does() -> None:
    rows = eight_rows()
    for number in NUMBERS:
        part = sheet("live_training", number).parts[0]
        names = [int(n) for n in row(part, "plant")]
        places = zip(row(part, "x1, hours of sun"), row(part, "x2, glasses of water"), strict=True)
        assert [tuple(rows.X[n - 1]) for n in names] == list(places), number
        for each in part.exercises:
            assert {int(n) for n in re.findall(r"plant (\d)", each.prompt)} <= set(names), number
        judged = part.exercises[1]
        assert judged.reason.count(", right") == int(judged.answer), number
        assert [int(n) for n in re.findall(r"plant (\d):", judged.reason)] == names, number


def rounded_alike(one: float, other: float, digits: int = 4) -> bool:
    """Return whether one number is the other, as far as so many significant digits tell."""
    return abs(one - other) <= 10.0 ** -(digits - 1) * max(abs(one), abs(other)) + 1e-9


def test_the_reasons_can_be_computed_and_end_at_the_answer() -> None:
    n_worked = 0
    for page in COURSE:
        for number in NUMBERS:
            for each in sheet(page, number):
                where = f"{page}, sheet {number}: {each}"
                worked = computed(each.reason)
                n_worked += len(worked)
                for amount, told in worked:
                    assert rounded_alike(amount, told), where
                read = each.options or "table.)" in each.prompt
                if worked and not read and _VALUE.fullmatch(each.answer):
                    assert any(near(told, each) for pair in worked for told in pair), where
    assert n_worked > 2500


def near(told: float, exercise: Exercise) -> bool:
    """Return whether a number is the answer, as it is rounded; or its percent, root or relu."""
    answer, decimals = value_of(exercise.answer), len(exercise.answer.partition(".")[2])
    room = 0.5 * 10.0**-decimals + 1e-3 * abs(answer)
    return any(
        abs(each - answer) <= room for each in (told, 100 * told, abs(told) ** 0.5, max(told, 0))
    )


def first(page: str, number: int, beginning: str) -> Exercise:
    return next(each for each in sheet(page, number) if each.prompt.startswith(beginning))


def row(part: Part, name: str) -> list[float]:
    return next([value_of(cell) for cell in cells] for head, *cells in part.table if head == name)


def test_what_is_counted_follows_from_what_is_given() -> None:
    """Read from the sheet as a pupil does, and counted anew."""
    for number in NUMBERS:
        sentences = re.findall("“([^”]*)”", sheet("words_to_numbers", number).parts[0].given)
        rows = [re.findall(r"\w+", sentence.lower()) for sentence in sentences]
        words = {word for each in rows for word in each}
        zeros = sum(word not in each for word in words for each in rows)
        columns = first("words_to_numbers", number, "How many columns does")
        assert (len(rows), columns.answer) == (3, str(len(words)))
        assert first("words_to_numbers", number, "How many of all").answer == str(zeros)
        often = first("words_to_numbers", number, "How often")
        (word,) = re.findall("“(.*)”", often.prompt)
        assert often.answer == str(sum(each.count(word) for each in rows))

        plants = sheet("live_training", number).parts[0]
        w1, w2, bias = (value_of(n) for n in re.findall(r"= (−?[\d.]+)", plants.given)[:3])
        sums = [
            w1 * x1 + w2 * x2 + bias
            for x1, x2 in zip(
                row(plants, "x1, hours of sun"), row(plants, "x2, glasses of water"), strict=True
            )
        ]
        right = [(z > 0) == (t == 1) for z, t in zip(sums, row(plants, "target"), strict=True)]
        assert first("live_training", number, "How many of the").answer == str(sum(right))

        runs = sheet("compare_runs", number).parts[0]
        one, other = row(runs, "rate 0.1"), row(runs, "rate 0.5")
        assert value_of(first("compare_runs", number, "What is the median").answer) == median(one)
        worse = first("compare_runs", number, "How many runs").answer
        assert worse == str(sum(error > 2 for error in other))
        lower = first("compare_runs", number, "At which rate").answer
        assert lower == ("rate 0.1" if median(one) < median(other) else "rate 0.5")
        least = first("compare_runs", number, "And which rate").answer
        assert least == ("rate 0.1" if min(one) < min(other) else "rate 0.5")

        losses = sheet("generalization", number).parts[0]
        epochs, test = row(losses, "epoch"), row(losses, "test loss")
        at = test.index(min(test))
        assert value_of(first("generalization", number, "After which").answer) == epochs[at]
        stop = next(
            i for i in range(2, len(test)) if min(test[i - 1 : i + 1]) >= min(test[: i - 1])
        )
        assert value_of(first("generalization", number, "A rule stops").answer) == epochs[stop]


def test_the_sudoku_has_one_solution_and_the_digits_asked_for() -> None:
    for number in NUMBERS:
        part = sheet("rules_or_learning", number).parts[0]
        grid = [int(cell.strip() or 0) for cells in part.table for cell in cells]
        (solved,) = answers(grid, "boxes")
        only = first("rules_or_learning", number, "Only one")
        r, c = (int(n) for n in re.findall(r"\d", only.prompt)[:2])
        assert only.answer == str(solved[4 * (r - 1) + c - 1])
        fitting = first("rules_or_learning", number, "Which digits")
        r, c = (int(n) - 1 for n in re.findall(r"\d", fitting.prompt)[:2])
        seen = {
            grid[4 * i + j]
            for i in range(4)
            for j in range(4)
            if i == r or j == c or (i // 2, j // 2) == (r // 2, c // 2)
        }
        assert fitting.answer == " and ".join(str(d) for d in (1, 2, 3, 4) if d not in seen)


_DIGEST = """
import importlib, sys
from hashlib import sha256
from nnviz.nn.draws import Draws
from nnviz.text.worksheet import Worksheet
for page in sys.argv[1:]:
    draw = importlib.import_module(f"nnviz.chapters.{page}.worksheet").worksheet
    for number in (1, 7, 9999):
        sheet = Worksheet(page, number, draw(Draws(number, f"worksheet of {page}")))
        print(sheet.code, sha256(repr(sheet).encode()).hexdigest())
"""


def test_a_link_gives_the_same_sheet_in_every_process() -> None:
    sheets = [sheet(page, number) for page in COURSE for number in (1, 7, 9999)]
    here = [f"{each.code} {sha256(repr(each).encode()).hexdigest()}" for each in sheets]
    for seed in ("1", "4242"):
        there = subprocess.run(
            [sys.executable, "-c", _DIGEST, *COURSE],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert there.stdout.splitlines() == here
