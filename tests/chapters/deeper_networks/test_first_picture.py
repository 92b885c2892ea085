"""However many rows there are, a first picture asks for a bounded amount of work."""

import numpy as np

from nnviz.chapters.deeper_networks.record_view import view
from nnviz.chapters.deeper_networks.views.records import beginning, has_many_rows, part_lengths
from nnviz.chapters.deeper_networks.words import brief_sentence, checkpoint_sentence
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline


def timeline(n_rows, n_columns, units, batch, steps):
    draw = np.random.default_rng(1)
    X, y = draw.normal(size=(n_rows, n_columns)), draw.integers(0, 2, n_rows).astype(float)
    names = tuple(f"x{k}" for k in range(1, n_columns + 1))
    architecture = Architecture(names, hidden=((units, "tanh"),) * 6)
    plan = Plan(Sample(X, y, names, ("a", "b")), architecture, Hyperparameters(batch_size=batch))
    return Timeline.of(plan, steps, 1)


def test_the_first_part_is_short_and_is_looked_at_twice():
    for batch in (1, 10, 50_000):
        long = timeline(50_000, 12, 8, batch, 1_000_000)
        plan = long.stages[0].plan
        lengths = part_lengths(long)
        assert lengths[0] * plan.batch_size * plan.n_parameters <= 15_000_000
        assert lengths[-1] == 1_000_000
        assert len(lengths) <= 5  # each of them is looked at again
        first = record(beginning(long, min(lengths[0], 20)))
        seen = view(first, quick=True)
        checkpoints = sum(len(piece.parameters) for piece in seen.pieces)
        assert checkpoints * 50_000 * sum(plan.sizes) <= 10_000_000
        assert seen.pieces[0].first == 0
        assert seen.last_step == first.last_step


def test_few_rows_are_seen_as_finely_as_before():
    short = timeline(200, 2, 4, 10, 4_000)
    seen = view(record(short), quick=True)
    assert len(seen.pieces) == 2
    assert sum(len(piece.parameters) for piece in seen.pieces) >= 120


def test_the_sentence_of_a_coarse_picture_is_the_beginning_of_the_full_one():
    assert has_many_rows(timeline(50_000, 12, 8, 1, 100))
    short = timeline(200, 2, 4, 10, 400)
    assert not has_many_rows(short)
    for step in (0, 7, 400):
        said = brief_sentence(record(short), step)
        assert "training loss is" in said
        assert checkpoint_sentence(record(short), step).startswith(said[:-1])
