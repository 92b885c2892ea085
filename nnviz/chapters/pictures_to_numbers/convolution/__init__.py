"""A first convolution: a 3 x 3 filter slides over the drawing, and one neuron reads its map.

`network` computes and trains it, `filters` are those that can be drawn by hand, `shifts` measures
what is left of the answers when pictures are moved; `words`, `questions` and `script` tell of them.
"""
