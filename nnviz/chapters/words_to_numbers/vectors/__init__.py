"""Word vectors: words placed by hand, directions, neighbours, and what texts have left in them.

`lookup` finds the vectors of what a person types and names what has none. `placing` is about words
placed by hand, `directions` about axes made of two words each, `neighbours` about the nearest words
and sums of words. Training on vectors is the same as on counted words (`..learning`).

`words`, `questions` and `script` are pure functions of these results.
"""
