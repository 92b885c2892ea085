"""Words to numbers: the words of sentences are counted, and one neuron learns their moods.

`tokens` takes a text apart into words, `lemmas` looks up their base forms, `bag` counts them, and
`sentences` are the shipped ones. `learning` trains a neuron and records every step, `prediction`
decomposes what it predicts word by word, `trials` repeats the training over many splits. `vectors/`
is about word vectors: placed by hand, on directions, near each other.

`words`, `questions` and `script` are pure functions of these results, and so is `figures/`. `page`
shows one of the views of `views/`; `address` declares what a link holds.
"""
