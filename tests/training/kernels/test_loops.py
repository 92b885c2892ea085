"""The loops of the updates as machine code against the same loops as Python runs them."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training.kernels import kernel
from nnviz.training.kernels.kernel import uncompiled
from tests.training.kernels.test_kernel import begin, falling_rates, plan_of, plans, walked


def interpreted(plan, rates, **walk):
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(kernel, "compiled", uncompiled)
        return walked(plan, rates, **walk)


def assert_same(plan, rates, **walk):
    pairs = zip(walked(plan, rates, **walk), interpreted(plan, rates, **walk), strict=True)
    for compiled, other in pairs:
        np.testing.assert_array_equal(compiled, other)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_many_updates_of_every_optimiser_are_the_same_to_the_last_bit(optimizer):
    plan = plan_of(9, hidden=((2, "tanh"),), optimizer=optimizer, l1=0.01, l2=0.1, dropout=0.2)
    assert_same(plan, falling_rates(plan, 40))


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(plans(most_layers=2, most_units=3, most_rows=10))
def test_the_machine_code_rounds_as_python_does(plan):
    assert_same(plan, falling_rates(plan, 4))


@pytest.mark.parametrize("value", [1e300, -1e300, np.inf, np.nan])
def test_so_it_is_out_of_range(value):
    plan = plan_of(9, hidden=((2, "relu"),), optimizer="adam", l2=0.1)
    parameters = begin(plan)[0]
    parameters[3] = value
    assert_same(plan, falling_rates(plan, 4), parameters=parameters)
