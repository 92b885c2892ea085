"""The compiled updates: what every training run is made with.

Start with `loops.train`: plain loops over rows, units and parameters, which run as Python and
compile to machine code. `elementary` has the exponential functions that a processor can evaluate
for several rows at once, `choices` builds the choice between activations and between optimizers
from their registries, `shuffling` makes the random numbers. `kernel.Kernel` is what the rest of
the program calls; `kernel.compiled` compiles everything, once per machine.
"""
