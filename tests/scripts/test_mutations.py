"""The list of deliberate faults fits the tree as it is: else it would tell nothing."""

import ast

import pytest

from scripts.mutations import ROOT, Fault, faults, sources


def test_every_fault_can_be_put_in_once_and_names_tests_that_there_are():
    listed, texts = faults(), sources(ROOT)
    assert len(listed) >= 60
    assert len({fault.name for fault in listed}) == len(listed)
    for fault in listed:
        path, broken = fault.place_in(texts)
        assert broken != texts[path], fault.name
        if path.suffix == ".py":
            ast.parse(broken)
        assert any((ROOT / test).exists() for test in fault.tests), fault.name


def test_lines_may_be_broken_elsewhere_but_a_text_must_stand_once(tmp_path):
    (tmp_path / "nnviz").mkdir()
    file = tmp_path / "nnviz" / "a.py"
    file.write_text("def f(x):\n    return (\n        x + 1\n    )\n")
    fault = Fault("one", "", (("return ( x + 2 )", ""), ("return ( x + 1 )", "return 7")), ())
    assert fault.place_in(sources(tmp_path)) == (file, "def f(x):\n    return 7\n")
    (tmp_path / "nnviz" / "b.py").write_text("return ( x + 1 )")
    with pytest.raises(LookupError, match="found 2 times"):
        fault.place_in(sources(tmp_path))
