"""Live training: train on eight rows, scrub, branch, and see why one neuron gets stuck.

`page` and `controls` draw the page, `address` declares what its link holds, `lesson` its tasks.
`views/` has the parts beside the picture and what is computed for it, `figures/` the pictures,
`words/` the sentences, `export/` the files to take along. The rest explains a run: why it does not
learn (`diagnosis`), what frees it (`freeing`), what a line can do (`by_hand`), which row causes a
jump (`jumps`), which row moves which weight (`row_gradients`), what the one-row updates cost
(`sgd_noise`), and its error surface.
"""
