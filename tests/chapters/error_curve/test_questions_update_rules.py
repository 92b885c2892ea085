"""Questions about the update rules: every answer is what the rule really does."""

import pytest

from nnviz.chapters.error_curve.questions_update_rules import update_rule_questions
from nnviz.training.update_rules import UPDATE_RULES, apply_rule


def questions(**options):
    rows = [
        [apply_rule(rule, mirrored=turned, **options) for rule in UPDATE_RULES]
        for turned in (False, True)
    ]
    return update_rule_questions(rows)


@pytest.mark.parametrize("update_bias", [False, True])
@pytest.mark.parametrize(("rate", "where"), [(0.1, "above"), (1.0, "the same"), (2.0, "below")])
def test_the_answers(update_bias, rate, where):
    asked = questions(learning_rate=rate, update_bias=update_bias)
    assert [q.answer for q in asked] == ["rises", "rises", "the tutorial’s rule", where]


def test_the_reasons_hold_the_numbers():
    negative, other, longer, rate = questions()
    assert "from 0.7587 to 0.9993" in negative.reason
    assert "from 0.04057 to 0.9716" in other.reason
    assert "2.464" in longer.reason
    assert "0.4893" in longer.reason
    assert "takes the error to 0.7338" in rate.reason


def test_another_rate_is_another_question():
    about = {q.about for rate in (0.1, 0.2) for q in questions(learning_rate=rate)}
    assert len(about) == 8
