"""How low any model can bring the error on some rows, searched for or proven.

`yardsticks` is what a run is measured against: a guess, the best line (`separation`), the best
neuron (`single_neuron`, by `many_starts`) and the best network (`best_network`, `network_search`).
"""
