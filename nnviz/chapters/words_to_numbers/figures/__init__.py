"""The pictures of the page.

`bag` draws counted words as a matrix, `learning` what stands still while the neuron learns and
`tracks` what moves over it, `trials` the comparison over many splits. `labels` writes the words of
a person as labels.
"""
