"""The network itself, in NumPy: what a unit computes, how wrong it is, how it learns.

Start with `neuron`, the tutorial's class: one weighted sum, one sigmoid, one update. `network` is
the same for any number of dense layers (`layers` holds one of them): forward, backward, gradients.
`trace` makes one update and keeps every value in the order in which it is computed; what people
see step by step is this trace. `convolution` slides small filters over pictures.

What can be chosen is a registry of frozen values, one file for each kind: `activations`, `losses`,
`inputs`, `initializers`, `optimizers`, `schedules`. An entry carries everything that the program
says about it - values, formulas, code for exported scripts, words - so adding one changes one file
here and the table in ``tests/nn/tables.py``. `architecture` puts choices together; `source_code`
copies our own functions into scripts.

`checks` converts and refuses what comes from outside, `rng` and `splitmix` are the only sources of
random numbers, `curves` and `regimes` treat an error that depends on one variable.

Not to change: `neuron`, which behaves as the tutorial's class does with the same seed; the order in
which `initializers` draws; `splitmix`; the names in the registries. Links, files and scripts that
people have kept depend on them.
"""
