"""What the tutorial's update rule and the gradient did to two rows, in sentences."""

from collections.abc import Sequence

from nnviz.text.digits import digits
from nnviz.training.update_rules import RuleResult


def update_rules(rows: Sequence[Sequence[RuleResult]]) -> str:
    """Say what each rule did on the row and on its negative.

    Parameters
    ----------
    rows : sequence of (tutorial, gradient, gradient times rate) results
        Of the row and of its negative.
    """
    (tutorial, gradient, scaled), (mirrored, *_) = rows
    change = "raises" if mirrored.error_after > mirrored.error_before else "lowers"
    return (
        f"The tutorial’s rule takes the error of the row {_row(tutorial)} from "
        f"{digits(tutorial.error_before)} to {digits(tutorial.error_after)}. On the negative row "
        f"the same rule {change} it to {digits(mirrored.error_after)}. The gradient lowers it on "
        f"both, to {digits(gradient.error_after)}; times the rate, to {digits(scaled.error_after)}."
    )


def waiting(rows: Sequence[Sequence[RuleResult]]) -> str:
    """Say what is known before the update is shown."""
    first, second = (results[0] for results in rows)
    return (
        f"Before the update the error is {digits(first.error_before)} on the row {_row(first)} and "
        f"on its negative {_row(second)} alike. What the rules do is hidden until you answer."
    )


def _row(result: RuleResult) -> str:
    return f"({', '.join(digits(float(value)) for value in result.input_vector)})"
