"""Does it know me? A neuron learns five drawings of a sign, and a threshold decides who gets in.

`judge` trains it and judges; `words`, `questions` and `script` tell of it.
"""
