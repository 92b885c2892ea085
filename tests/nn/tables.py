"""What every entry of the registries is compared with: PyTorch, and values worked out by hand.

A new activation, loss or optimizer gets its row here. PyTorch is an argument, because a fixture
imports it only where it is installed.
"""

import math

# Name: PyTorch's function, the same of one number in Python, whether the derivative jumps at 0.
ACTIVATIONS = {
    "sigmoid": (lambda torch, z: torch.sigmoid(z), lambda z: 1 / (1 + math.exp(-z)), False),
    "tanh": (lambda torch, z: torch.tanh(z), math.tanh, False),
    "relu": (lambda torch, z: torch.relu(z), lambda z: max(z, 0.0), True),
    "leaky_relu": (
        lambda torch, z: torch.nn.functional.leaky_relu(z, negative_slope=0.01),
        lambda z: z if z > 0 else 0.01 * z,
        True,
    ),
    "linear": (lambda torch, z: 1.0 * z, lambda z: z, False),
    "softplus": (
        lambda torch, z: torch.nn.functional.softplus(z, threshold=50),
        lambda z: math.log(1 + math.exp(z)),
        False,
    ),
    "elu": (
        lambda torch, z: torch.nn.functional.elu(z),
        lambda z: z if z > 0 else math.exp(z) - 1,
        False,
    ),
    "gelu": (
        lambda torch, z: torch.nn.functional.gelu(z),
        lambda z: z * math.erfc(-z / math.sqrt(2)) / 2,
        False,
    ),
}

# The functions that stand in worked formulas.
FUNCTIONS = {
    "exp": math.exp,
    "ln": math.log,
    "Φ": lambda z: math.erfc(-z / math.sqrt(2)) / 2,
    "φ": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
}

# Name: PyTorch's sum over rows and outputs, of the predictions and the targets.
LOSSES = {
    "squared_error": lambda torch, p, t: torch.nn.functional.mse_loss(p, t, reduction="sum"),
    "binary_cross_entropy": lambda torch, p, t: torch.nn.functional.binary_cross_entropy(
        p, t, reduction="sum"
    ),
    "cross_entropy": lambda torch, p, t: -(t * torch.log(p)).sum(),
}

# Name: PyTorch's optimizer of one parameter.
OPTIMIZERS = {
    "sgd": lambda torch, p, rate: torch.optim.SGD([p], rate),
    "momentum": lambda torch, p, rate: torch.optim.SGD([p], rate, momentum=0.9),
    "nesterov": lambda torch, p, rate: torch.optim.SGD([p], rate, momentum=0.9, nesterov=True),
    "adagrad": lambda torch, p, rate: torch.optim.Adagrad([p], rate),
    "rmsprop": lambda torch, p, rate: torch.optim.RMSprop([p], rate),
    "adam": lambda torch, p, rate: torch.optim.Adam([p], rate),
}

# Name: the values at (2, -3) and (0.5, 0).
FEATURES = {
    "x1": (2.0, 0.5),
    "x2": (-3.0, 0.0),
    "x1^2": (4.0, 0.25),
    "x2^2": (9.0, 0.0),
    "x1*x2": (-6.0, 0.0),
    "sin x1": (math.sin(2.0), math.sin(0.5)),
    "sin x2": (math.sin(-3.0), 0.0),
}
