"""The sentences of the update rules."""

from nnviz.chapters.error_curve.words_update_rules import update_rules, waiting
from nnviz.training.update_rules import UPDATE_RULES, apply_rule


def rows(**options):
    return [
        [apply_rule(rule, mirrored=turned, **options) for rule in UPDATE_RULES]
        for turned in (False, True)
    ]


def test_the_tutorials_numbers_are_told():
    assert update_rules(rows()) == (
        "The tutorial’s rule takes the error of the row (2, 1.5) from 0.7587 to 0.0002239. "
        "On the negative row the same rule raises it to 0.9993. "
        "The gradient lowers it on both, to 0.4426; times the rate, to 0.7338."
    )


def test_rate_and_bias_change_what_is_told():
    told = update_rules(rows(learning_rate=1.0, update_bias=True))
    assert "to 0.3849; times the rate, to 0.3849." in told


def test_before_the_update_nothing_is_given_away():
    told = waiting(rows())
    assert "the error is 0.7587 on the row (2, 1.5) and on its negative (−2, −1.5) alike" in told
    assert "0.9993" not in told
