"""What a network keeps of its parameters when its plan is changed in the middle of a run."""

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.training.plan import Plan


def transferred(old: Plan, parameters: FloatArray, new: Plan) -> FloatArray:
    """Return the parameters with which a changed plan goes on.

    Layers keep their place, counted from the input. What is added begins without influence: a new
    input with weight 0, a new unit with random weights in front of it and weight 0 behind it.
    Where inputs become standardised, or are no longer, the weights are converted, so that the
    predictions stay the same; those of a linear output as well, where it is the targets of a
    regression that have another scale now. Where layers are added or taken away, those that
    stand on another place now begin anew; what is removed is gone. The result has the shape
    (new.n_parameters,), `parameters` (old.n_parameters,).
    """
    before, fresh = old.layers(parameters), new.layers(new.start)
    n_old, n_new = len(before) - 1, len(fresh) - 1
    parts: list[FloatArray] = []
    for index, (random_weights, random_bias) in enumerate(fresh):
        there = index < min(n_old, n_new) or (n_old == n_new and index == n_old)
        if not there:
            parts += [random_weights.ravel(), random_bias]
            continue
        weights, bias = before[index]
        if index == 0:
            weights, bias = _other_inputs(old, new, weights, bias)
        weights, bias = _other_units(weights, bias, random_weights, random_bias)
        if index == n_new:
            weights, bias = _other_targets(old, new, weights, bias)
        parts += [weights.ravel(), bias]
    return np.concatenate(parts)


def same_parameters(old: Plan, new: Plan) -> bool:
    """Return whether every parameter of two plans stands for the same, in the same scale.

    Only then does the state of an optimizer still say something of it.
    """
    before, after = old.architecture, new.architecture
    return (
        old.sizes == new.sizes
        and before.inputs == after.inputs
        and before.standardise == after.standardise
    )


def keeps_state(old: Plan, new: Plan) -> bool:
    """Return whether the optimizer goes on with its state."""
    same = old.hyperparameters.optimizer == new.hyperparameters.optimizer
    return same and same_parameters(old, new)


def keeps_order(old: Plan, new: Plan) -> bool:
    """Return whether two plans go through the same rows in the same batches."""
    if new.hyperparameters.order != "epochs":
        return True  # the rows of such updates are counted from step 0
    return (
        old.seed == new.seed
        and old.hyperparameters.order == new.hyperparameters.order
        and old.batch_size == new.batch_size
        and np.array_equal(old.split.train, new.split.train)
    )


def _other_inputs(
    old: Plan, new: Plan, weights: FloatArray, bias: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Keep the weights of the inputs that stay, in the scale that the new plan gives them."""
    by_name = dict(zip(old.architecture.inputs, weights, strict=True))
    nothing = np.zeros(weights.shape[1])
    if old.architecture.standardise == new.architecture.standardise:
        return np.array([by_name.get(name, nothing) for name in new.architecture.inputs]), bias
    scaler = old.standardiser or new.standardiser
    assert scaler is not None
    names = old.architecture.inputs if old.standardiser else new.architecture.inputs
    scales = dict(zip(names, zip(scaler.mean, scaler.scale, strict=True), strict=True))
    kept = np.array([by_name.get(name, nothing) for name in new.architecture.inputs])
    mean, scale = np.array([scales.get(name, (0.0, 1.0)) for name in new.architecture.inputs]).T
    mean, scale = mean[:, np.newaxis], scale[:, np.newaxis]
    if new.standardiser:  # x w = (x - mean) / scale * (w scale) + mean w
        return kept * scale, bias + (mean * kept).sum(axis=0)
    return kept / scale, bias - (mean * kept / scale).sum(axis=0)


def _other_units(
    weights: FloatArray, bias: FloatArray, random_weights: FloatArray, random_bias: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Leave out the last inputs and units, or add some; new inputs have weight 0."""
    rows, columns = (min(a, b) for a, b in zip(weights.shape, random_weights.shape, strict=True))
    new = np.array(random_weights)
    new[:rows, :columns] = weights[:rows, :columns]
    new[rows:, :columns] = 0.0
    return new, np.concatenate([bias[:columns], random_bias[columns:]])


def _other_targets(
    old: Plan, new: Plan, weights: FloatArray, bias: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Keep what a linear output predicts, in the scale that the new plan gives its targets."""
    linear = old.architecture.output == new.architecture.output == "linear"
    numbers = not old.sample.classes and not new.sample.classes
    if not (linear and numbers) or old.architecture.standardise == new.architecture.standardise:
        return weights, bias
    (old_mean, old_scale), (mean, scale) = old.target_scale, new.target_scale
    return weights * (old_scale / scale), (bias * old_scale + old_mean - mean) / scale
