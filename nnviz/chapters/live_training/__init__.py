"""Live training: train on eight rows, scrub, branch, and see why one neuron gets stuck.

`page` and `controls` draw the page, `address` declares what its link holds, `lesson` its tasks.
A run and its branches are timelines (`branches`); `views/recorded` trains them, `views/lines` says
what of them is shown. `views/` has the parts beside the picture as well, `figures/` the pictures,
`words/` the sentences. The rest explains a run: why it does not learn (`diagnosis`), what frees it
(`freeing`), what a line can do (`by_hand`), which row causes a jump (`jumps`), which row would
change which weight (`row_gradients`), what the one-row updates cost (`sgd_noise`), and its error
surface (`surfaces`).
"""
