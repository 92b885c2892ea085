"""The steps of one update: all of them, each once, and none before what it needs."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.nn.network import Layer, Network
from nnviz.walkthrough.steps import PHASE_OF, PHASES, Step, is_neuron, update_steps


def network_of(sizes):
    layers = [Layer(np.ones(pair), np.zeros(pair[1]), "tanh") for pair in pairwise(sizes)]
    return Network(tuple(layers))


some_sizes = st.tuples(st.integers(1, 4), st.lists(st.integers(1, 4), max_size=3)).map(
    lambda drawn: (drawn[0], *drawn[1], 1)
)


def units(sizes):
    return [(layer, unit) for layer in range(len(sizes) - 1) for unit in range(sizes[layer + 1])]


def weights(sizes):
    return [(layer, i, unit) for layer, unit in units(sizes) for i in range(sizes[layer])]


def made_and_needed(step, sizes):
    """Return what a step computes and from what, written down from the chain rule alone."""
    at, layer = (step.layer, step.unit), step.layer
    last, alone = len(sizes) - 2, sizes[1:] == (1,)
    sources = [("a", layer - 1, i) if layer else "row" for i in range(sizes[layer])]
    behind = [("dE_da", *at), ("da_dz", *at)] if alone else [("dE_dz", *at)]
    paths = range(sizes[layer + 2]) if layer < last else ()
    match step.kind:
        case "take":
            return "row", []
        case "term":
            before = [("so far", *at, step.source - 1)] if step.source else []
            return ("so far", *at, step.source), [sources[step.source], *before]
        case "bias":
            return ("z", *at), [("so far", *at, sizes[layer] - 1)]
        case "sum":
            return ("z", *at), sources
        case "activation":
            return ("a", *at), [("z", *at)]
        case "error":
            return "error", [("a", last, 0)]
        case "derror_dprediction":
            return ("dE_da", last, 0), [("a", last, 0), "error"]
        case "contribution":
            return ("path", *at, step.source), [("dE_dz", layer + 1, step.source)]
        case "derror_dactivation" if len(paths) > 1:
            return ("dE_da", *at), [("path", *at, k) for k in paths]
        case "derror_dactivation":
            return ("dE_da", *at), [("dE_dz", layer + 1, 0)]
        case "dactivation_dpre_activation":
            return ("da_dz", *at), [("z", *at), ("a", *at)]
        case "derror_dpre_activation":
            return ("dE_dz", *at), [("dE_da", *at), ("da_dz", *at)]
        case "dpre_activation_dbias":
            return ("dz_db", *at), []
        case "derror_dbias":
            return ("dE_db", *at), [*behind, *([("dz_db", *at)] if alone else [])]
        case "dpre_activation_dweights":
            return ("dz_dw", *at), ["row"]
        case "derror_dweights":
            return ("dE_dw", *at), [*behind, *([("dz_dw", *at)] if alone else sources)]
        case "update_bias":
            return ("new b", *at), [("dE_db", *at)]
        case "update_weights":
            return ("new w", *at), [("dE_dw", *at)]
        case "again":
            return "after", [(new, *unit) for unit in units(sizes) for new in ("new b", "new w")]
    raise AssertionError(step)


def test_the_tutorials_order():
    steps = update_steps(network_of((2, 1)), every_term=True)
    assert [step.kind for step in steps] == [
        "take",
        "term",
        "term",
        "bias",
        "activation",
        "error",
        "derror_dprediction",
        "dactivation_dpre_activation",
        "dpre_activation_dbias",
        "derror_dbias",
        "dpre_activation_dweights",
        "derror_dweights",
        "update_bias",
        "update_weights",
        "again",
    ]
    assert steps[1:3] == (Step("term", source=0), Step("term", source=1))
    assert {(step.layer, step.unit) for step in steps} == {(0, 0)}


def test_a_hidden_layer_by_hand():
    steps = update_steps(network_of((1, 2, 1)), every_term=False)
    assert [(step.kind, step.layer, step.unit) for step in steps] == [
        ("take", 0, 0),
        ("sum", 0, 0),
        ("activation", 0, 0),
        ("sum", 0, 1),
        ("activation", 0, 1),
        ("sum", 1, 0),
        ("activation", 1, 0),
        ("error", 1, 0),
        ("derror_dprediction", 1, 0),
        ("dactivation_dpre_activation", 1, 0),
        ("derror_dpre_activation", 1, 0),
        ("derror_dbias", 1, 0),
        ("derror_dweights", 1, 0),
        ("derror_dactivation", 0, 0),
        ("dactivation_dpre_activation", 0, 0),
        ("derror_dpre_activation", 0, 0),
        ("derror_dbias", 0, 0),
        ("derror_dweights", 0, 0),
        ("derror_dactivation", 0, 1),
        ("dactivation_dpre_activation", 0, 1),
        ("derror_dpre_activation", 0, 1),
        ("derror_dbias", 0, 1),
        ("derror_dweights", 0, 1),
        ("update_bias", 0, 0),
        ("update_weights", 0, 0),
        ("update_bias", 0, 1),
        ("update_weights", 0, 1),
        ("update_bias", 1, 0),
        ("update_weights", 1, 0),
        ("again", 1, 0),
    ]


@given(some_sizes, st.booleans())
def test_no_step_needs_what_no_earlier_step_made(sizes, every_term):
    known = set()
    for step in update_steps(network_of(sizes), every_term=every_term):
        made, needed = made_and_needed(step, sizes)
        assert known.issuperset(needed), f"{step} comes too early"
        assert made not in known, f"{step} makes what is there already"
        known.add(made)


@given(some_sizes)
def test_every_weight_and_bias_is_used_once_has_one_gradient_and_one_update(sizes):
    steps = update_steps(network_of(sizes), every_term=True)
    terms = [(step.layer, step.source, step.unit) for step in steps if step.kind == "term"]
    assert sorted(terms) == sorted(weights(sizes))
    places = Counter((step.kind, step.layer, step.unit) for step in steps)
    for kind in ("bias", "derror_dbias", "derror_dweights", "update_bias", "update_weights"):
        found = {place[1:]: n for place, n in places.items() if place[0] == kind}
        assert found == dict.fromkeys(units(sizes), 1)


@given(some_sizes)
def test_without_terms_a_sum_is_one_step_and_all_else_is_the_same(sizes):
    whole = update_steps(network_of(sizes), every_term=False)
    in_terms = update_steps(network_of(sizes), every_term=True)
    assert [(step.layer, step.unit) for step in whole if step.kind == "sum"] == units(sizes)
    assert not {"term", "bias"} & {step.kind for step in whole}
    assert "sum" not in {step.kind for step in in_terms}
    assert [Step("sum", step.layer, step.unit) if step.kind == "bias" else step
            for step in in_terms if step.kind != "term"] == list(whole)  # fmt: skip


@given(some_sizes)
def test_a_unit_that_feeds_several_has_one_contribution_for_each_before_their_sum(sizes):
    steps = update_steps(network_of(sizes), every_term=False)
    last = len(sizes) - 2
    for layer, unit in units(sizes):
        mine = [step for step in steps if (step.layer, step.unit) == (layer, unit)]
        kinds = [step.kind for step in mine]
        paths = [step.source for step in mine if step.kind == "contribution"]
        if layer == last:
            assert not paths
            assert "derror_dactivation" not in kinds
            continue
        n_paths = sizes[layer + 2]
        assert paths == (list(range(n_paths)) if n_paths > 1 else [])
        sum_at = kinds.index("derror_dactivation")
        assert kinds.count("derror_dactivation") == 1
        assert kinds[sum_at - len(paths) : sum_at] == ["contribution"] * len(paths)


@given(some_sizes, st.booleans())
def test_the_phases_follow_one_another(sizes, every_term):
    # So no gradient comes from a weight that has been overwritten: the slip of the article.
    steps = update_steps(network_of(sizes), every_term=every_term)
    order = [PHASES.index(step.phase) for step in steps]
    assert order == sorted(order)
    assert set(order) == set(range(len(PHASES)))
    assert len(set(steps)) == len(steps)
    assert [step.kind for step in (steps[0], steps[-1])] == ["take", "again"]


def test_every_kind_has_a_phase_and_is_taken_somewhere():
    taken = {
        step.kind
        for sizes in ((2, 1), (2, 2, 2, 1))
        for every_term in (True, False)
        for step in update_steps(network_of(sizes), every_term=every_term)
    }
    assert taken == set(PHASE_OF)
    assert set(PHASE_OF.values()) == set(PHASES)


@pytest.mark.parametrize(
    ("sizes", "alone"), [((2, 1), True), ((5, 1), True), ((2, 2), False), ((2, 1, 1), False)]
)
def test_what_a_neuron_is(sizes, alone):
    assert is_neuron(network_of(sizes)) is alone


def test_what_is_refused():
    with pytest.raises(ValueError, match="the network must have one output, but has 2"):
        update_steps(network_of((2, 3, 2)), every_term=True)
    with pytest.raises(TypeError, match="network must be a Network, not"):
        update_steps((2, 1), every_term=True)
