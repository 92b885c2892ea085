"""Home: one neuron walks through the four steps of learning, and darts show the learning rate.

`page` puts the two views and the course map together, `address` declares what a link holds.
`view_steps` and `view_darts` show the views, `controls` changes the game of darts. `darts` computes
the game, `four_steps` the steps. For each view there is a file of words and one of figures;
`questions` and `script` hold the questions and the scripts of both.
"""
