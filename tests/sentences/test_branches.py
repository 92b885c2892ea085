"""A branch in words."""

from nnviz.branches import Branch
from nnviz.model import Model
from nnviz.sentences.branches import changes, leaving, short

EVERYTHING = Branch(
    1, 2500, 0.01, "in turn", 7, Model(("sin x1",), 4), (("w1.2", -1.5), ("c", 0.0)), ""
)


def test_what_is_changed():
    assert changes(Branch(0, 5)) == ""
    assert changes(Branch(0, 5, learning_rate=1.0)) == "rate 1"
    assert changes(EVERYTHING) == (
        "rate 0.01, 4 tanh units + sin x1, rows in turn, seed 7, w1.2 = −1.5, c = 0"
    )
    assert changes(Branch(0, 5, seed=0)) == "seed 0"


def test_labels():
    assert short(Branch(0, 12_500), 1) == "B from 12,500: the same so far"
    assert short(Branch(0, 5, order="shuffled"), 2) == "C from 5: rows shuffled"
    assert short(Branch(0, 5, name="mine"), 3) == "D mine"


def test_where_it_comes_from():
    told = leaving(Branch(1, 2500, learning_rate=0.5), 3)
    assert told == "D leaves B at update 2,500, with rate 0.5 from there on."
    assert "nothing is changed yet" in leaving(Branch(0, 5), 1)
