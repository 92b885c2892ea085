"""The benchmark of many runs compares like with like and prints the ratio."""

import re

from benchmarks import compare_seeds
from nnviz.data.tutorial import eight_rows


def test_it_prints_the_ratio_and_the_count(monkeypatch, capsys):
    monkeypatch.setattr(compare_seeds, "SEEDS", 12)
    monkeypatch.setattr(compare_seeds, "REPEATS", 2)
    monkeypatch.setattr(compare_seeds, "LOOPED", 1)
    compare_seeds.main()
    printed = capsys.readouterr().out
    # 100 and more on a quiet machine, and with enough runs.
    assert int(re.search(r"nnviz is (\d+) times as fast at best", printed)[1]) > 20
    assert "worse than always 0.5 after update 9,901: 7 of 12" in printed


def test_the_loop_is_the_tutorials():
    first, second = compare_seeds.loop(eight_rows(), (0, 42), 10_000)
    assert abs(first - 2.250071380272835) < 1e-9
    assert abs(second - 1.9038661901637803) < 1e-9
