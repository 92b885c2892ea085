"""Numbers drawn one after the other, the same ones on every machine."""

import pytest

from nnviz.nn.draws import Draws


def test_the_numbers_of_a_seed_and_a_purpose_stay_the_same() -> None:
    draws = Draws(7, "test")
    assert [draws.whole(1, 6) for _ in range(8)] == [5, 5, 5, 6, 3, 5, 6, 1]
    assert [Draws(seed, "test").whole(0, 10**6) for seed in (7, 8)] != [
        Draws(7, purpose).whole(0, 10**6) for purpose in ("test", "other")
    ]


def test_every_value_between_the_ends_is_drawn_about_as_often() -> None:
    draws, n = Draws(0, "test"), 6000
    drawn = [draws.whole(-2, 3) for _ in range(n)]
    assert set(drawn) == set(range(-2, 4))
    assert all(900 < drawn.count(value) < 1100 for value in set(drawn))


def test_a_grid_has_no_dust_and_both_its_ends() -> None:
    draws = Draws(0, "test")
    assert {draws.on_grid(-0.3, 0.3, 0.1) for _ in range(200)} == {
        -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3,
    }  # fmt: skip


def test_some_of_are_different_ones_in_any_order() -> None:
    draws = Draws(0, "test")
    orders = {draws.some_of("abc", 3) for _ in range(100)}
    assert len(orders) == 6
    assert all(sorted(order) == ["a", "b", "c"] for order in orders)
    assert {draws.one_of("abc") for _ in range(50)} == set("abc")


def test_a_seed_is_a_whole_number() -> None:
    with pytest.raises(ValueError, match="seed"):
        Draws(-1, "test")
