"""The script, run by itself in a clean process, prints the numbers of the training."""

import ast

import numpy as np
import pytest

from nnviz.data.csv.file import as_csv
from nnviz.data.toys import make
from nnviz.training.export.script import script
from nnviz.training.export.segments import MOST_ROWS_INLINE, row_files, segments_to
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Timeline
from tests.clean_process import output
from tests.deep_timelines import CIRCLE, SEVERAL, TIMELINES, along, once, plan_of


def numbers_of(lines):
    pairs = [line.split(":", 1) for line in lines]
    return {name: ast.literal_eval(value.strip()) for name, value in pairs}


def hold(lines, timeline, step, rtol=1e-9):
    """Hold what a script has printed to the record of the timeline."""
    history, numbers = record(timeline), numbers_of(lines)
    parameters = history.parameters_at(step)
    expected = scores(history.plan_at(step), parameters[np.newaxis])
    assert numbers.pop("step") == step
    assert numbers.pop("epoch") == history.epoch_at(step)
    right = "accuracy" if history.plan_at(step).sample.classes else "R squared"
    for rows in ("train", "test"):
        loss, accuracy = getattr(expected, f"{rows}_loss"), getattr(expected, f"{rows}_accuracy")
        title = "training" if rows == "train" else rows
        if np.isnan(loss[0]):
            assert f"{title} loss" not in numbers
            continue
        assert numbers.pop(f"{title} loss") == pytest.approx(loss[0], rel=rtol, abs=1e-15)
        assert numbers.pop(f"{title} {right}") == pytest.approx(accuracy[0], rel=rtol, abs=1e-12)
    printed = np.concatenate([np.ravel(values) for values in numbers.values()])
    np.testing.assert_allclose(printed, parameters, rtol=rtol, atol=1e-12)


@pytest.mark.parametrize("name", TIMELINES)
def test_the_script_prints_the_numbers_of_the_training(name, tmp_path):
    timeline = TIMELINES[name]
    step = record(timeline).last_step
    hold(output(script(timeline, step), tmp_path), timeline, step)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("step", [60, 61])
def test_where_a_segment_begins_it_prints_what_is_changed_there(name, step, tmp_path):
    hold(output(script(SEVERAL[name], step), tmp_path), SEVERAL[name], step)


def test_the_segments_are_those_of_the_record():
    for name in TIMELINES:
        timeline = TIMELINES[name]
        history = record(timeline)
        for segment, recorded in zip(
            segments_to(timeline, timeline.steps), history.segments, strict=True
        ):
            course = recorded.updates
            assert (segment.first, segment.last) == (recorded.first, recorded.last)
            assert segment.updates.order_begin == course.order_begin
            assert segment.updates.optimizer_begin == course.optimizer_begin
            assert segment.updates.epochs_before == course.epochs_before


def test_at_the_start_it_prints_the_initial_parameters(tmp_path):
    timeline = SEVERAL["more units"]
    hold(output(script(timeline, 0), tmp_path), timeline, 0)


def test_stages_that_are_not_reached_are_left_out():
    timeline = along(*[plan_of(learning_rate=k / 100) for k in range(1, 5)], steps=180)
    assert [segment.first for segment in segments_to(timeline, 180)] == [0, 60, 120]
    assert [segment.first for segment in segments_to(timeline, 60)] == [0, 60]
    assert [segment.first for segment in segments_to(timeline, 59)] == [0]
    assert "0.03" not in script(timeline, 119)


def test_many_rows_are_read_from_the_file_beside(tmp_path):
    many = make("blobs", MOST_ROWS_INLINE + 1, 0.3, 0, 3)
    softmax = {"output": "softmax", "loss": "cross_entropy"}
    few = plan_of(sample=make("blobs", 30, 0.3, 0, 3), architecture=softmax)
    timeline = along(plan_of(sample=many, architecture=softmax), few, steps=80)
    files = row_files(segments_to(timeline, 80))
    assert list(files.values()) == ["nnviz_rows.csv", "nnviz_rows_2.csv"]
    for sample, name in files.items():
        (tmp_path / name).write_text(as_csv(sample), encoding="utf-8-sig", newline="")
    text = script(timeline, 80)
    assert len(text) < 10_000
    hold(output(text, tmp_path), timeline, 80)


def test_a_file_with_a_note_and_odd_names_is_read_as_well(tmp_path):
    from nnviz.data.sample import Sample

    X = np.random.default_rng(0).normal(size=(MOST_ROWS_INLINE + 1, 3))
    sample = Sample(X, (X[:, 0] > 0) * 1.0, ("=a", "#b", "c,\n"), ("+z", "2.0"), "the 'target'")
    timeline = once(sample=sample, steps=20)
    ((_, name),) = row_files(segments_to(timeline, 20)).items()
    (tmp_path / name).write_text(as_csv(sample), encoding="utf-8", newline="")
    hold(output(script(timeline, 20), tmp_path), timeline, 20)
    regression = Timeline.of(
        plan_of(
            sample=Sample(X, X[:, 1], ("a", "b", "c"), (), "y"),
            architecture={"output": "linear", "loss": "squared_error"},
        ),
        20,
    )
    (tmp_path / name).write_text(as_csv(regression.stages[0].plan.sample), encoding="utf-8")
    hold(output(script(regression, 20), tmp_path), regression, 20)


def test_as_many_rows_as_are_allowed_stand_in_the_script(tmp_path):
    timeline = once(sample=make("circle", MOST_ROWS_INLINE, 0.1, 0), steps=30)
    assert not row_files(segments_to(timeline, 30))
    hold(output(script(timeline, 30), tmp_path), timeline, 30)


def test_the_script_is_short_lines_and_needs_numpy_alone():
    for name in TIMELINES:
        text = script(TIMELINES[name], TIMELINES[name].steps)
        assert max(map(len, text.splitlines())) <= 100
        imports = [line for line in text.splitlines() if "import" in line]
        assert imports in (["import numpy as np"], ["import math", "import numpy as np"])
        assert "\n\n\n\n" not in text


def test_what_is_not_needed_is_not_there():
    text = script(once(batch_size=50_000), 100)
    for word in ("shuffled", "dropout", "l1", "l2", "memory", "order_begin", "rate_at", "batch"):
        assert word not in text
    assert text.count("def ") == 11


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (201, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_timeline_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        script(once(), step)


def test_only_a_timeline_has_a_script():
    with pytest.raises(TypeError, match="Timeline"):
        script(CIRCLE, 3)
