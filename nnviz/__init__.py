"""nnviz: see a neural network learn, and check every number on the way."""

from nnviz.nn.neuron import NeuralNetwork

__version__ = "0.2.0"

__all__ = ["NeuralNetwork", "__version__"]
