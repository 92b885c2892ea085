"""Rows to learn from: made, read from people's files, edited, split, and kept in a link.

Start with `sample`: a `Sample` is what everything above trains on and draws. `tutorial` holds the
tutorial's vectors and its eight rows, `toys` the data sets that are drawn from a seed (their
geometry is in `toy_shapes`). `split` decides which rows are held out for testing. `sample_text`
writes a sample as the short text of a link, exact in every digit.

`vectors/` holds word vectors, cut from GloVe.

`csv/` reads the files that people bring, and writes samples as files; its `__init__` is its map.

Not to change: the order in which `toys` and `split` draw random numbers, and the format of
`sample_text`. Links and files that people have kept depend on both.
"""
