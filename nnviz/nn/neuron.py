"""The tutorial's neuron: two steps, a weighted sum and a sigmoid, and how it learns."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, integer, matrix, number, vector
from nnviz.nn.rng import Rng, global_stream, normals, pick_row


class NeuralNetwork:
    """A single sigmoid neuron with the names of the tutorial's class, which it can replace.

    Parameters
    ----------
    learning_rate : float
        What fraction of the gradient one update subtracts, 0 or more.
    n_inputs : int
        How many numbers an input vector holds.
    rng : numpy.random.Generator or numpy.random.RandomState, optional
        Where the starting weights and the picked rows come from. Without it they come from the
        stream that ``np.random.seed`` seeds, drawn in the tutorial's order.

    Attributes
    ----------
    weights : ndarray, shape (n_inputs,)
    bias : float
    learning_rate : float

    Raises
    ------
    TypeError, ValueError
        If an argument is not what is said above.
    """

    def __init__(self, learning_rate: float, n_inputs: int = 2, *, rng: Rng | None = None) -> None:
        self.learning_rate = number(learning_rate, "learning_rate", low=0)
        self._rng = rng
        n_inputs = integer(n_inputs, "n_inputs", 1, 100_000)
        self.weights = normals(n_inputs, rng=self._stream())
        self.bias = normals(1, rng=self._stream())[0]

    def predict(self, input_vector: npt.ArrayLike) -> FloatArray:
        """Return the prediction, between 0 and 1, for one row or for each row of a table."""
        layer_1 = np.dot(self._checked(input_vector), self.weights) + self.bias
        layer_2 = self._sigmoid(layer_1)
        return layer_2

    def train(
        self, input_vectors: npt.ArrayLike, targets: npt.ArrayLike, iterations: int
    ) -> list[float]:
        """Update the weights and the bias once per iteration, each time by one random row.

        Returns
        -------
        list of float
            The squared errors summed over all rows, after the updates 0, 100, 200, ...

        Raises
        ------
        TypeError, ValueError
            If the rows and targets do not fit, or `iterations` is not from 0 to 100 million.
        """
        input_vectors = matrix(input_vectors, "input_vectors", n_columns=np.size(self.weights))
        targets = vector(targets, "targets", n=len(input_vectors))
        cumulative_errors = []
        for iteration in range(integer(iterations, "iterations", 0, 100_000_000)):
            row = pick_row(len(input_vectors), rng=self._stream())
            self._update_parameters(*self._compute_gradients(input_vectors[row], targets[row]))
            if iteration % 100 == 0:
                errors = (self.predict(input_vectors) - targets) ** 2
                cumulative_errors.append(float(errors.sum()))
        return cumulative_errors

    def _compute_gradients(
        self, input_vector: npt.ArrayLike, target: float
    ) -> tuple[FloatArray, FloatArray]:
        input_vector = vector(input_vector, "input_vector", n=np.size(self.weights))
        layer_1 = np.dot(input_vector, self.weights) + self.bias
        prediction = self._sigmoid(layer_1)

        derror_dprediction = 2 * (prediction - number(target, "target"))
        dprediction_dlayer1 = self._sigmoid_deriv(layer_1)
        dlayer1_dbias = 1
        dlayer1_dweights = input_vector

        # The chain rule: the derivatives along the way from the error to a parameter, multiplied.
        derror_dlayer1 = derror_dprediction * dprediction_dlayer1
        derror_dbias = derror_dlayer1 * dlayer1_dbias
        derror_dweights = derror_dlayer1 * dlayer1_dweights
        return derror_dbias, derror_dweights

    def _update_parameters(self, derror_dbias: FloatArray, derror_dweights: FloatArray) -> None:
        self.bias = self.bias - self.learning_rate * derror_dbias
        self.weights = self.weights - self.learning_rate * derror_dweights

    def _sigmoid(self, x: npt.ArrayLike) -> FloatArray:
        return sigmoid(x)

    def _sigmoid_deriv(self, x: npt.ArrayLike) -> FloatArray:
        return self._sigmoid(x) * (1 - self._sigmoid(x))

    def _checked(self, input_vector: npt.ArrayLike) -> FloatArray:
        n_inputs = np.size(self.weights)
        if np.ndim(input_vector) == 2:
            return matrix(input_vector, "input_vector", n_columns=n_inputs)
        return vector(input_vector, "input_vector", n=n_inputs)

    def _stream(self) -> Rng:
        return global_stream() if self._rng is None else self._rng
