"""Take a training along as files: scripts, a notebook, weights, a record.

`script` writes the program that repeats a training with NumPy alone, and the notebook of the same
parts; `torch` the one with PyTorch. Both fill in `writer`, which goes through the segments of a
timeline (`segments`) and writes of a later one only what has changed: `rows` (the data, its split
and the inputs), `start` (starting parameters, order of rows, dropout, transfer), `updates`
(forward, gradient, optimizer, loop). Where one row is taken at a time, `one_row` writes updates
that are exact to the last bit. `pieces` is NumPy code that scripts of several chapters
contain.

`record` writes a training as a table, `weights_json` its parameters as a file that
`weights_reader` checks when it is brought back. The format of that file is fixed by its version.
"""
